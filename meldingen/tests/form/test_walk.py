import pytest

from meldingen.models import Melding
from meldingen.tests import factories
from meldingen.tests.form.conftest import picture, text, where

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("patient")]


def test_a_resident_reports_something_from_the_first_to_the_last_step(visitor, sluikstort, cast):
    hoeveel, gevaar, _wat = sluikstort.vragen.all()
    assert where(visitor.client.get("/meldingen/nieuw/")) == "waar"
    assert where(visitor.waar(plaats_adres="", in_woorden="achter het bankje")) == "wat"
    assert "dit is in Waterschei-Noord" in text(visitor.get("wat"))
    assert where(visitor.wat(sluikstort, "Er ligt een matras.")) == "vragen"
    answers = {f"vraag_{hoeveel.pk}": "2,5", f"vraag_{gevaar.pk}": "nee", "getoond": f"{hoeveel.pk},{gevaar.pk}"}
    assert where(visitor.post("vragen", answers)) == "foto"
    assert where(visitor.fotos(picture("matras.jpg"), picture("hoek.jpg", "red"))) == "contact"
    assert where(visitor.contact(naam="An Janssens", email=cast.bewoner, telefoon="0470 12 34 56")) == "samenvatting"
    page = text(visitor.get("samenvatting"))
    for shown in (
        "achter het bankje",
        "Waterschei-Noord",
        "Sluikstort",
        "Er ligt een matras.",
        "2,5",
        "Nee",
        "An Janssens",
    ):
        assert shown in page
    answer = visitor.sends()
    melding = Melding.objects.get()
    assert answer.url == f"/meldingen/nieuw/bedankt/{melding.code}/"
    assert melding.plaats == factories.CENTRE
    assert (melding.wijk, melding.team, melding.taal) == (cast.wijk, cast.wijkteam, "nl")
    assert melding.melder.email == cast.bewoner
    assert {(a.vraag, a.waarde) for a in melding.antwoorden.all()} == {(hoeveel, "2,5"), (gevaar, "nee")}
    assert melding.beelden.count() == 2
    thanks = text(visitor.client.get(answer.url))
    assert melding.code in thanks
    assert "Wijkteam Waterschei" in thanks
    assert visitor.draft is None
