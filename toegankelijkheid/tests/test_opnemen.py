"""A visit is written down once, judged, and makes, keeps, drops or reopens its knelpunten."""

import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import InternalError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kern.beelden.rules import check
from kern.beelden.tests.photos import jpeg, upload
from toegankelijkheid.actions import opnemen
from toegankelijkheid.actions.opnemen import Ingevuld, Waarde, believable, recheck_on
from toegankelijkheid.models import GoedVoorbeeld, Knelpunt, Meting, Opname, Screeningsobject
from toegankelijkheid.states import Knelpuntstatus

from .factories import CampagneFactory, ObjectFactory, level

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("normenboek")]
NOW = timezone.now()


def measure(obj, days_ago=0, fails=False, **more):
    """A visit to a crossing: a kerb ramp over 8 cm."""
    values = more.pop("values", {"ov-helling": "13" if fails else "9", "ov-hoogte": "8"})
    filled = Ingevuld(
        inzending=more.pop("inzending", None) or uuid.uuid4(),
        waarden={code: v if isinstance(v, Waarde) else Waarde(Decimal(v)) for code, v in values.items()},
        gemeten_op=NOW - timedelta(days=days_ago),
        **{k: more.pop(k) for k in list(more) if k not in {"campagne", "versie", "door"}},
    )
    return opnemen.record(object=obj, ingevuld=filled, door=more.pop("door", None), at=NOW, **more)


def state(obj):
    return Knelpunt.objects.get(object=obj).status


def move(obj, *steps, **fields):
    for step in steps:
        Knelpunt.objects.filter(object=obj).update(status=step, statusreden="omdat", **fields)


@pytest.mark.parametrize(
    ("slope", "oordeel", "count"), [("9", "voldoet", 0), ("11", "aandachtspunt", 0), ("13", "voldoet_niet", 1)]
)
def test_a_kerb_ramp_of_11_percent_over_8_cm_is_allowed_below_target_and_13_is_a_knelpunt(slope, oordeel, count):
    obj = ObjectFactory()
    measure(obj, values={"ov-helling": slope, "ov-hoogte": "8"})
    obj.refresh_from_db()
    assert obj.oordeel == oordeel
    assert Knelpunt.objects.count() == count == obj.knelpunten_open


def test_a_knelpunt_tells_what_was_found_and_proposes_a_solution():
    obj = ObjectFactory(naam="Oversteek <A> & B", adres="aan de kerk")
    measure(obj, fails=True, tags=["steil"], alternatief=True, omweg_m=80)
    found = Knelpunt.objects.get()
    assert found.titel == "Helling van de afrit: 13\u00a0%, gevraagd hoogstens 12\u00a0%"
    assert (found.status, found.ernst, found.gemeten, found.afwijking) == ("vastgesteld", 3, 13, 1)
    assert (found.norm.code, found.vereist, found.oplossing != "") == ("OV-R02", "hoogstens 12\u00a0%", True)
    assert (found.plaats, found.adres, found.tags, found.omweg_m) == (obj.plaats, "aan de kerk", ["steil"], 80)
    assert "rolstoel" in found.groepen
    assert found.vastgesteld_op == timezone.localdate(NOW)


def test_the_same_form_sent_twice_is_kept_once():
    obj, key = ObjectFactory(), uuid.uuid4()
    first, new = measure(obj, fails=True, inzending=key)
    again, newer = measure(obj, fails=True, inzending=key)
    assert (first.pk, new, newer) == (again.pk, True, False)
    assert (Opname.objects.count(), Meting.objects.count(), Knelpunt.objects.count()) == (1, 2, 1)


def test_an_object_that_somebody_else_measured_meanwhile_asks_first():
    obj = ObjectFactory()
    seen = obj.versie
    measure(obj)
    with pytest.raises(opnemen.ObjectGewijzigd), transaction.atomic():
        measure(obj, versie=seen)
    obj.refresh_from_db()
    measure(obj, versie=obj.versie)
    assert Opname.objects.count() == 2


def test_what_is_gone_is_not_measured():
    with pytest.raises(opnemen.ObjectVerdwenen):
        measure(ObjectFactory(is_actief=False))


def test_a_newer_measurement_replaces_the_older_one_and_one_that_comes_in_late_does_not():
    obj = ObjectFactory()
    measure(obj, days_ago=5)
    measure(obj, days_ago=1, fails=True)
    assert {m.waarde for m in obj.metingen.current()} == {8, 13}
    measure(obj, days_ago=3)
    assert {m.waarde for m in obj.metingen.current()} == {8, 13}
    assert Knelpunt.objects.get().is_open
    assert obj.metingen.count() == 6


def test_the_value_of_a_measurement_can_never_be_changed():
    measure(ObjectFactory())
    with pytest.raises(InternalError, match=r"value_stays|update"), transaction.atomic():
        Meting.objects.update(waarde=1)


def test_a_good_new_measurement_drops_what_nobody_worked_on():
    obj = ObjectFactory()
    measure(obj, fails=True, days_ago=2)
    measure(obj)
    found = Knelpunt.objects.get()
    assert (found.status, found.is_open) == ("vervallen", False)
    assert "in orde" in found.statusreden


def test_a_measurement_checks_what_was_carried_out_and_reopens_what_fails_again():
    obj = ObjectFactory()
    measure(obj, fails=True, days_ago=20)
    s = Knelpuntstatus
    move(obj, s.BEOORDEELD, s.AANVAARD, s.GEPLAND, s.IN_UITVOERING, s.UITGEVOERD)
    Knelpunt.objects.update(uitgevoerd_op=timezone.localdate(NOW) - timedelta(days=10))
    measure(obj, days_ago=15, fails=True)
    assert state(obj) == s.UITGEVOERD, "measured before the work was done"
    measure(obj, days_ago=5)
    assert state(obj) == s.GECONTROLEERD
    measure(obj, fails=True)
    assert state(obj) == s.HEROPEND
    assert Knelpunt.objects.count() == 1


def test_a_decision_not_to_act_stays_when_it_is_measured_again():
    obj = ObjectFactory()
    measure(obj, fails=True, days_ago=2)
    move(obj, Knelpuntstatus.BEOORDEELD, Knelpuntstatus.NIET_UITVOEREN, niet_goedgekeurd_op=timezone.localdate())
    measure(obj, fails=True)
    assert state(obj) == Knelpuntstatus.NIET_UITVOEREN


def test_twice_the_riser_plus_the_tread_is_written_down_from_two_visits():
    obj = ObjectFactory(onderwerp="buitentrap")
    measure(obj, values={"tr-optrede": "18"}, days_ago=1)
    assert not Meting.objects.filter(is_berekend=True).exists()
    measure(obj, values={"tr-aantrede": "30"})
    made = Meting.objects.get(is_berekend=True)
    assert (made.criterium.code, made.waarde, made.oordeel) == ("tr-2rt", 66, "voldoet_niet")


def test_what_cannot_be_measured_is_kept_with_its_reason_and_leaves_the_object_open():
    obj = ObjectFactory()
    measure(obj, values={"ov-boord": "1", "ov-kolk": Waarde(None, "Er stond een auto op.")})
    obj.refresh_from_db()
    assert obj.oordeel == "onvolledig"
    assert Meting.objects.get(criterium__code="ov-kolk").oordeel == "niet_meetbaar"


def test_a_good_example_and_a_knelpunt_in_words_need_no_measurement():
    obj = ObjectFactory()
    measure(obj, values={}, soort="goed", omschrijving="Mooie geleidelijn\ntot aan de halte")
    measure(obj, values={}, soort="knelpunt", omschrijving="Terras op het voetpad", is_tijdelijk=True)
    obj.refresh_from_db()
    assert GoedVoorbeeld.objects.get().titel == "Mooie geleidelijn"
    assert Knelpunt.objects.get().titel == "Terras op het voetpad"
    assert (obj.oordeel, obj.knelpunten_open) == ("onvolledig", 1)


def test_photos_are_kept_with_what_is_on_them():
    foto = check(upload(jpeg(300, 200)))
    opname, _new = measure(ObjectFactory(), fotos=[(foto, "De afrit, met de waterpas erop")])
    assert opname.beelden.get().beeld.alt_tekst == "De afrit, met de waterpas erop"
    assert not opname.beelden.get().openbaar


def test_a_campaign_with_a_level_judges_by_that_level_unless_one_was_chosen_by_hand():
    campagne = CampagneFactory(niveau=level("comfort"))
    obj, own = ObjectFactory(zone=campagne.zone), ObjectFactory(zone=campagne.zone, niveau_herkomst="handmatig")
    for each in (obj, own):
        measure(each, values={"ov-helling": "11", "ov-hoogte": "8"}, campagne=campagne)
        each.refresh_from_db()
    assert (obj.oordeel, obj.niveau.code) == ("voldoet_niet", "comfort")
    assert (own.oordeel, own.niveau.code) == ("aandachtspunt", "basis")


def test_what_lies_outside_the_zone_or_the_subjects_of_a_campaign_does_not_count_for_it():
    campagne = CampagneFactory(onderwerpen=["halte"])
    for obj in (ObjectFactory(zone=campagne.zone), ObjectFactory(onderwerp="halte")):
        opname, _new = measure(obj, values={}, soort="goed", omschrijving="Mooi", campagne=campagne)
        assert opname.campagne is None


def test_the_clock_of_a_device_is_believed_within_reason():
    hour = timedelta(hours=1)
    assert believable(NOW - hour, NOW) == NOW - hour
    assert believable(NOW + timedelta(minutes=2), NOW) == NOW
    assert believable(NOW + 5 * hour, NOW) == NOW
    assert believable(NOW - timedelta(days=400), NOW) == NOW


@given(st.datetimes(min_value=NOW.replace(tzinfo=None, year=2020), timezones=st.just(NOW.tzinfo)), st.integers(1, 240))
def test_a_recheck_falls_so_many_months_later_on_the_same_day_or_the_last_of_the_month(moment, months):
    if moment.year > 9000:
        return
    begin, due = timezone.localdate(moment), recheck_on(moment, months)
    assert (due.year - begin.year) * 12 + due.month - begin.month == months
    assert due.day == begin.day or due.day < begin.day <= 31
    assert due.day == begin.day or (due + timedelta(days=1)).month != due.month


def test_the_recheck_of_an_object_is_that_of_its_first_criterium():
    obj = ObjectFactory()
    measure(obj, values={"ov-helling": "9", "ov-hoogte": "8", "ov-geluid": "1"})
    obj.refresh_from_db()
    assert obj.hercontrole_op == recheck_on(NOW, 24)
    assert isinstance(obj.hercontrole_op, date)
    assert Screeningsobject.objects.due(obj.hercontrole_op).count() == 1
    assert Screeningsobject.objects.due(obj.hercontrole_op - timedelta(days=1)).count() == 0
