"""A norm that changes becomes a new version, and old measurements are judged again without a visit."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kern.opdrachten import actions as opdrachten
from kern.opdrachten.models import Opdracht
from toegankelijkheid.actions import normen
from toegankelijkheid.models import Criterium, Herberekening, Knelpunt, Meting, Norm, Oordeelwijziging
from toegankelijkheid.queries.boek import book

from .boek import BOOK, limit_of, measures
from .factories import ObjectFactory
from .test_opnemen import measure

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
SLOPE = {"ov-hoogte": "8"}


def stricter(cast, limit="10", **more):
    norm = Norm.objects.get(code="OV-R02", geldig_tot=None)
    fields = {"maximum": Decimal(limit), "streef_maximum": None}
    return normen.revise(
        norm=norm, velden=fields, vanaf=more.pop("vanaf", TODAY), door=cast.beheerder, at=timezone.now(), **more
    )


def test_the_book_in_the_database_is_the_one_of_the_file(normenboek):
    boek = book(TODAY)
    assert {m.code: m for m in boek.maten.values()}.keys() == measures().keys()
    for row in BOOK["normen"]:
        kept = next(g for m in boek.maten.values() for g in m.grenzen if g.code == row["code"])
        wanted = limit_of(row)
        for name in ("operator", "minimum", "maximum", "streef_maximum", "niveau", "kracht", "context", "voorwaarde"):
            assert getattr(kept, name) == getattr(wanted, name), row["code"]


def test_a_stricter_norm_makes_a_new_version_and_shows_which_verdicts_changed(cast):
    fails, passes = ObjectFactory(), ObjectFactory()
    measure(fails, values=SLOPE | {"ov-helling": "11"})
    measure(passes, values=SLOPE | {"ov-helling": "9"})
    new = stricter(cast)
    old = Norm.objects.get(code="OV-R02", versie=1)
    assert (new.versie, new.geldig_van, old.geldig_tot) == (2, TODAY, TODAY - timedelta(days=1))
    changed = Oordeelwijziging.objects.get()
    assert (changed.meting.object, changed.van, changed.naar) == (fails, "aandachtspunt", "voldoet_niet")
    assert (changed.ernst_van, changed.ernst_naar) == (1, 3)
    assert Herberekening.objects.get().bekeken == 2
    assert Knelpunt.objects.get().object == fails
    assert fails.opnames.count() == 1


def test_a_milder_norm_drops_the_knelpunt_and_says_why(cast):
    obj = ObjectFactory()
    measure(obj, values=SLOPE | {"ov-helling": "13"})
    stricter(cast, limit="14")
    found = Knelpunt.objects.get()
    assert found.status == "vervallen"
    assert "norm veranderde" in found.statusreden
    obj.refresh_from_db()
    assert (obj.oordeel, obj.knelpunten_open) == ("voldoet", 0)


def test_a_version_for_later_changes_nothing_until_its_day_and_then_once(cast):
    measure(ObjectFactory(), values=SLOPE | {"ov-helling": "11"})
    later = TODAY + timedelta(days=30)
    new = stricter(cast, vanaf=later)
    Norm.objects.filter(pk=new.pk).update(gemaakt_op=timezone.now() - timedelta(days=1))
    assert not Knelpunt.objects.exists()
    assert normen.start_due(timezone.now()) == {"normen": 0}
    at = timezone.now() + timedelta(days=30)
    assert normen.start_due(at)["normen"] >= 1
    assert Knelpunt.objects.count() == 1
    assert normen.start_due(at) == {"normen": 0}


def test_many_objects_are_judged_by_a_worker_with_progress(cast, monkeypatch):
    monkeypatch.setattr(normen, "AT_ONCE", 2)
    monkeypatch.setattr(normen, "CHUNK", 2)
    for _ in range(5):
        measure(ObjectFactory(), values=SLOPE | {"ov-helling": "11"})
    stricter(cast)
    job = Opdracht.objects.get()
    assert (job.status, job.totaal) == ("wacht", 5)
    assert not Knelpunt.objects.exists()
    assert opdrachten.run(pk=job.pk, at=timezone.now()) == "klaar"
    job.refresh_from_db()
    assert (job.gedaan, job.resultaat["gewijzigd"]) == (5, 5)
    assert Knelpunt.objects.count() == 5
    assert job.verder_url == reverse("toegankelijkheid:recalculation", args=[Herberekening.objects.get().pk])


def test_only_the_last_version_is_followed_and_never_before_its_begin(cast):
    old = Norm.objects.get(code="OV-R02")
    stricter(cast)
    old.refresh_from_db()
    with pytest.raises(ValueError, match="last version"):
        normen.revise(norm=old, velden={}, vanaf=TODAY, door=cast.beheerder, at=timezone.now())
    with pytest.raises(ValueError, match="before"):
        stricter(cast, vanaf=TODAY - timedelta(days=5))
    again = stricter(cast, limit="9")
    assert (again.versie, Norm.objects.filter(code="OV-R02").count()) == (2, 2)


def test_the_database_keeps_one_open_version_and_limits_that_fit(cast):
    norm = Norm.objects.get(code="OV-R02")
    norm.pk = None
    norm.versie = 9
    norm._state.adding = True
    with pytest.raises(IntegrityError, match="norm_one_open_version"), transaction.atomic():
        norm.save()
    with pytest.raises(IntegrityError, match="norm_limit_fits_operator"), transaction.atomic():
        Norm.objects.filter(code="OV-R02").update(maximum=None)


def test_the_admin_makes_a_version_of_another_limit_and_corrects_words_in_place(cast):
    client = Client()
    client.force_login(cast.beheerder)
    norm = Norm.objects.get(code="SM-07")
    url = reverse("admin:toegankelijkheid_norm_change", args=[norm.pk])
    form = client.get(url).context["adminform"].form
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    data = {name: "" if value is None else value for name, value in data.items() if value is not False}
    assert client.post(url, data | {"opmerking": "Andere woorden."}).status_code == 302
    norm.refresh_from_db()
    assert (norm.versie, norm.opmerking) == (1, "Andere woorden.")
    measure(ObjectFactory(onderwerp="straatmeubilair"), values={"sm-doorgang": "150"})
    assert client.post(url, data | {"minimum": "160"}).status_code == 302
    new = Norm.objects.get(code="SM-07", geldig_tot=None)
    assert (new.versie, new.minimum, new.gemaakt_door) == (2, 160, cast.beheerder)
    assert Meting.objects.get().oordeel == "voldoet_niet"
    assert client.post(url, data | {"minimum": "170"}).status_code == 403, "an old version is history"


def test_another_interval_moves_the_days_of_recheck(cast):
    measure(ObjectFactory(), values={"ov-geluid": "1"})
    criterium = Criterium.objects.get(code="ov-geluid")
    before = Meting.objects.get().hercontrole_op
    criterium.hercontrole_maanden = 12
    criterium.save()
    assert normen.change_recheck(criterium=criterium) == 1
    assert Meting.objects.get().hercontrole_op < before
    assert Meting.objects.get().object.hercontrole_op == Meting.objects.get().hercontrole_op


def test_everybody_reads_the_norm_book_with_sources_and_versions(cast, client):
    stricter(cast)
    page = client.get(reverse("toegankelijkheid:norms")).content.decode()
    assert page.count('<tr role="row" id=') == len(BOOK["normen"])
    assert "hoogstens 10\u00a0%" in page
    detail = client.get(reverse("toegankelijkheid:norm", args=["OV-R02"])).content.decode()
    for words in ("Versie 2", "Versie 1", "hoogstens 12\u00a0%", "liefst hoogstens 10\u00a0%", "29 april 1997"):
        assert words in detail
    assert "tot en met 10\u00a0cm" in detail
    assert client.get(reverse("toegankelijkheid:norm", args=["XX-99"])).status_code == 404
