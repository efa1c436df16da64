"""Who has the label stands on the page of the wijk as long as they want; who read for the jury is kept no longer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kern.bewaring.models import Bewaarregel
from samenleven.actions import jury
from samenleven.actions.toestemming import give_consent, withdraw_consent
from samenleven.models import Bruggenbouwer, Jurylid, Juryoordeel, Juryronde, Toestemming, Waarvoor
from samenleven.queries.bruggen import jurors_done
from samenleven.states.bruggenbouwer import Rondestatus, Status

NAME = "Fatma Fictief"


@pytest.fixture
def labelled(cast):
    now, today = timezone.now(), timezone.localdate()
    row = Bruggenbouwer.objects.create(
        naam=NAME, wijk=cast.wijk, status=Status.LABEL, voorgedragen_op=now, ingestemd_op=now, beslist_op=now,
        jury_reden="Brengt buren samen.", code="ABCD2345", label_op=today, geldig_tot=today + timedelta(days=700),
    )  # fmt: skip
    give_consent(over=row, waarvoor=Waarvoor.NAAM, via="site", at=now)
    return row


def test_the_page_of_the_wijk_names_its_bruggenbouwers_until_they_take_it_back(client, cast, labelled):
    page = reverse("wijken:detail", args=[cast.wijk.slug])
    assert NAME in client.get(page).text
    assert NAME not in client.get(reverse("wijken:detail", args=[cast.andere_wijk.slug])).text
    withdraw_consent(toestemming=Toestemming.objects.about(labelled).get(), at=timezone.now())
    assert NAME not in client.get(page).text


@pytest.mark.parametrize(("days", "waits", "kept"), [(364, False, True), (366, True, True), (366, False, False)])
def test_a_jury_is_forgotten_a_year_after_its_round_when_all_is_decided(cast, labelled, days, waits, kept):
    today = timezone.localdate()
    ronde = Juryronde.objects.create(
        naam="Vorige", lezen_tot=today, status=Rondestatus.GESLOTEN, gemaakt_op=timezone.now()
    )
    lid = Jurylid.objects.create(ronde=ronde, naam="Dirk", email="dirk@voorbeeld.example")
    Juryoordeel.objects.create(jurylid=lid, bruggenbouwer=labelled, keuze="ja", reden="Mooi.", op=timezone.now())
    if waits:
        now = timezone.now()
        Bruggenbouwer.objects.create(
            naam="Nog", ronde=ronde, status=Status.BIJ_DE_JURY, voorgedragen_op=now, ingestemd_op=now
        )
    rule = Bewaarregel.objects.get(soort="jurylid")
    rows = jurors_done(rule, [], timezone.now() + timedelta(days=days))
    assert rows.exists() is not kept
    jury.forget_jurors(pks=list(rows.values_list("pk", flat=True)))
    assert Jurylid.objects.exists() is kept
    assert Juryoordeel.objects.exists() is kept
    assert Bruggenbouwer.objects.get(pk=labelled.pk).jury_reden == "Brengt buren samen."
