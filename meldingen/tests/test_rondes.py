from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
import time_machine
from django.db import IntegrityError, InternalError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from kern.beelden.tests.photos import jpeg, upload
from kern.berichten.models import Bericht
from kern.gebruikers.models import Rol
from kern.geo import Punt
from meldingen import actions, rules
from meldingen.actions import ronde as rounds
from meldingen.forms.rondes import duration_words, read_duration
from meldingen.models import Materiaal, Melding, MeldingBeeld, Ronde, Rondestop, Startplaats, Verbruik
from meldingen.queries import rondes as queries
from meldingen.states import STOP_STEPS, Sluitreden, Status, Stopstatus
from meldingen.tests.factories import (
    CENTRE,
    GebruikerFactory,
    MelderFactory,
    MeldingFactory,
    StandaardtekstFactory,
    SubcategorieFactory,
    member,
    team_in,
)
from wijken.models import Team
from wijken.queries import reach

Bevinding = Rondestop.Bevinding


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def kind(db):
    return SubcategorieFactory(naam="Zwerfvuil", is_snelle_lijn=True, teamsoort=Team.Soort.BUURTWERKPLAATS)


@pytest.fixture
def work(cast, kind):
    """Three open reports of the buurtwerkplaats in a row to the east, the farthest first; each with a reporter."""
    rows = []
    for number in (3, 1, 2):
        melding = MeldingFactory(
            wijk=cast.wijk,
            team=cast.werkplaats,
            categorie=kind,
            plaats=Punt(CENTRE.lon + number * 0.0005, CENTRE.lat),
            adres=f"Hennepstraat {number}",
        )
        MelderFactory(melding=melding, email=f"bewoner{number}@voorbeeld.example")
        rows.append(melding)
    return rows


@pytest.fixture
def make(cast, now, today):
    def make(rows, **fields):
        return rounds.make(
            **{
                "team": cast.werkplaats,
                "wijk": cast.wijk,
                "dag": today,
                "start_naam": "Buurtwerkplaats",
                "start_plaats": CENTRE,
                "meldingen": rows,
                "door": cast.werkman,
                "at": now,
                "keert_terug": False,
                **fields,
            }
        )

    return make


@pytest.fixture
def ronde(make, work):
    return make(work)


@pytest.fixture
def worker(cast, client):
    client.force_login(cast.werkman)
    return client


def stops(ronde):
    return list(ronde.stops.select_related("melding"))


def url(name, *args):
    return reverse(f"meldingen:{name}", args=args)


def page(client, name, *args, **query):
    return client.get(url(name, *args), query).content.decode()


# Choosing and ordering.


def test_the_stops_stand_in_the_order_of_the_walk(ronde):
    assert [stop.melding.adres for stop in stops(ronde)] == ["Hennepstraat 1", "Hennepstraat 2", "Hennepstraat 3"]
    assert [stop.volgorde for stop in stops(ronde)] == [1, 2, 3]
    assert all(40 < stop.meter < 55 for stop in stops(ronde))  # 35 m in a straight line, with the detour


def test_what_is_offered_is_the_open_work_of_the_team_there_late_first(cast, work, kind, today):
    late = MeldingFactory(
        wijk=cast.wijk, team=cast.werkplaats, categorie=kind, reactie_uiterlijk=today - timedelta(days=9)
    )
    promised = MeldingFactory(
        wijk=cast.wijk, team=cast.werkplaats, categorie=kind, status=Status.INGEPLAND, gepland_op=today
    )
    for fields in (
        {"team": cast.toezicht},
        {"status": Status.AFGESLOTEN},
        {"status": Status.WACHT_OP_MELDER},
        {"plaats": None, "plaats_in_woorden": "bij de brug"},
        {"categorie": SubcategorieFactory(is_gevoelig=True)},
        {"status": Status.INGEPLAND, "gepland_op": today + timedelta(days=3)},
        {"wijk": cast.andere_wijk},
    ):
        MeldingFactory(**{"wijk": cast.wijk, "team": cast.werkplaats, "categorie": kind, **fields})
    here = reach(cast.werkman, today)
    found = list(queries.work_for(cast.werkman, here, team=cast.werkplaats, wijk=cast.wijk, dag=today))
    assert found[:2] == [promised, late]
    assert {row.pk for row in found} == {promised.pk, late.pk, *(row.pk for row in work)}


def test_what_stands_in_an_open_round_is_offered_to_no_other_and_refused(cast, make, ronde, work, today):
    here = reach(cast.werkman, today)
    assert not queries.work_for(cast.werkman, here, team=cast.werkplaats, wijk=cast.wijk, dag=today).exists()
    with pytest.raises(ValueError, match="staat al in een ronde van Buurtwerkplaats"):
        make(work[:1])
    rounds.finish(ronde=ronde, at=timezone.now())
    assert make(work[:1]).stops.count() == 1


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"status": Status.AFGESLOTEN}, "al afgesloten"),
        ({"status": Status.WACHT_OP_MELDER}, "wacht op iemand"),
        ({"plaats": None}, "geen plaats"),
        ({"gevoelig": True}, "gevoelig"),
    ],
)
def test_what_cannot_be_a_stop_is_refused_with_the_reason(cast, make, work, fields, why):
    secret = fields.pop("gevoelig", False)
    kind = SubcategorieFactory(is_gevoelig=secret)
    row = MeldingFactory(**{"wijk": cast.wijk, "team": cast.werkplaats, "categorie": kind, **fields})
    with pytest.raises(ValueError, match=why):
        make([*work, row])
    assert not Ronde.objects.exists()
    assert make(work).stops.count() == 3


def test_the_order_can_be_moved_and_put_back_to_the_shortest(ronde):
    first, _second, third = stops(ronde)
    rounds.move(stop=third, omhoog=True)
    assert [stop.melding.adres[-1] for stop in stops(ronde)] == ["1", "3", "2"]
    rounds.move(stop=first, omhoog=True)  # at the top already
    rounds.move(stop=first, omhoog=False)
    assert [stop.melding.adres[-1] for stop in stops(ronde)] == ["3", "1", "2"]
    rounds.shorten(ronde=ronde)
    assert [stop.melding.adres[-1] for stop in stops(ronde)] == ["1", "2", "3"]
    rounds.drop(stop=stops(ronde)[0])
    assert [(stop.melding.adres[-1], stop.volgorde) for stop in stops(ronde)] == [("2", 1), ("3", 2)]
    assert stops(ronde)[0].meter > 80  # the way to it is longer now


def test_a_stop_can_be_added_once_and_only_while_the_round_is_open(cast, ronde, kind, now):
    extra = MeldingFactory(wijk=cast.wijk, team=cast.werkplaats, categorie=kind)
    assert rounds.add(ronde=ronde, melding=extra).volgorde == 4
    with pytest.raises(ValueError, match="staat al in deze ronde"):
        rounds.add(ronde=ronde, melding=extra)
    rounds.finish(ronde=ronde, at=now)
    other = MeldingFactory(wijk=cast.wijk, team=cast.werkplaats, categorie=kind)
    with pytest.raises(ValueError, match="is afgerond"):
        rounds.add(ronde=ronde, melding=other)


# What comes of a stop.


def test_done_closes_the_report_with_its_mail_and_keeps_time_and_material(cast, ronde, now):
    bag = Materiaal.objects.create(naam="Zak", eenheid="stuks")
    stop = stops(ronde)[0]
    work = rounds.Werk(minuten=20, materiaal=((bag, Decimal(2)), (bag, Decimal("0.5"))))
    rounds.done(stop=stop, toelichting="Opgeruimd.", door=cast.werkman, at=now, werk=work)
    stop.refresh_from_db()
    melding = Melding.objects.get(pk=stop.melding_id)
    assert (melding.status, melding.sluitreden) == (Status.AFGESLOTEN, Sluitreden.OPGELOST)
    assert (stop.status, stop.minuten, stop.door) == (Stopstatus.GEDAAN, 20, cast.werkman)
    assert Verbruik.objects.get(stop=stop).aantal == Decimal("2.5")
    mail = Bericht.objects.get(soort="melding_gesloten_opgelost")
    assert (mail.aan, "Opgeruimd." in mail.tekst) == ("bewoner1@voorbeeld.example", True)
    with pytest.raises(rounds.StopAfgerond):
        rounds.done(stop=stop, toelichting="Nog eens.", door=cast.werkman, at=now)


@pytest.mark.parametrize(
    ("bevinding", "status", "soort"),
    [
        (Bevinding.WEG, Status.AFGESLOTEN, "melding_gesloten_niet_gevonden"),
        (Bevinding.ONDUIDELIJK, Status.WACHT_OP_MELDER, "melding_vraag"),
        (Bevinding.NIET_VOOR_ONS, Status.NIEUW, None),
        (Bevinding.LATER, Status.INGEPLAND, "melding_gepland"),
    ],
)
def test_each_finding_makes_the_step_that_belongs_to_it(cast, ronde, now, today, bevinding, status, soort):
    stop = stops(ronde)[0]
    day = today + timedelta(days=2) if bevinding == Bevinding.LATER else None
    rounds.not_done(stop=stop, bevinding=bevinding, tekst="Zie foto.", dag=day, door=cast.werkman, at=now)
    stop.refresh_from_db()
    assert (stop.status, stop.bevinding) == (Stopstatus.NIET_GELUKT, bevinding)
    assert Melding.objects.get(pk=stop.melding_id).status == status
    assert list(Bericht.objects.values_list("soort", flat=True)) == ([soort] if soort else [])


def test_who_left_no_address_cannot_be_asked_so_the_meldpunt_looks(cast, ronde, now):
    stop = stops(ronde)[0]
    stop.melding.melder.email = ""
    stop.melding.melder.save()
    rounds.not_done(stop=stop, bevinding=Bevinding.ONDUIDELIJK, tekst="Welk huis?", door=cast.werkman, at=now)
    melding = Melding.objects.get(pk=stop.melding_id)
    assert (melding.status, melding.team) == (Status.NIEUW, cast.meldpunt)
    line = melding.gebeurtenissen.latest("pk")
    assert line.tekst == "Ter plaatse niet duidelijk waar of wat: Welk huis?"


def test_another_day_needs_a_day_and_nothing_changes_without(cast, ronde, now):
    stop = stops(ronde)[0]
    with pytest.raises(ValueError, match="kies de dag"):
        rounds.not_done(stop=stop, bevinding=Bevinding.LATER, tekst="Auto erover.", door=cast.werkman, at=now)
    stop.refresh_from_db()
    assert stop.status == Stopstatus.OPEN


@pytest.mark.parametrize("van", list(Stopstatus))
@pytest.mark.parametrize("naar", list(Stopstatus))
def test_the_database_takes_the_steps_of_the_table_and_no_other(ronde, now, van, naar):
    def values(status):
        reason = Bevinding.WEG if status == Stopstatus.NIET_GELUKT else ""
        return {"status": status, "bevinding": reason, "op": None if status == Stopstatus.OPEN else now}

    mine = Rondestop.objects.filter(pk=stops(ronde)[0].pk)
    if van != Stopstatus.OPEN:
        mine.update(**values(van))
    if naar in STOP_STEPS[van] or van == naar:
        assert mine.update(**values(naar)) == 1
    else:
        with pytest.raises(InternalError), transaction.atomic():
            mine.update(**values(naar))


def test_a_stop_that_was_not_done_has_a_reason_in_the_database(ronde, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        ronde.stops.update(status=Stopstatus.NIET_GELUKT, op=now)


@pytest.mark.parametrize("through", ["the round", "the report"])
def test_taking_the_step_back_opens_the_stop_again_and_no_mail_goes(cast, worker, ronde, now, through):
    stop = stops(ronde)[0]
    rounds.done(stop=stop, toelichting="Klaar.", door=cast.werkman, at=now, werk=rounds.Werk(minuten=15))
    step = stop.melding.handelingen.latest("pk")
    if through == "the round":
        assert "Draai terug" in page(worker, "round", ronde.pk)
        worker.post(url("stop_undo", ronde.pk, stop.pk))
    else:
        worker.post(url("take_back", stop.melding_id, step.pk))
    stop.refresh_from_db()
    assert (stop.status, stop.op, stop.minuten) == (Stopstatus.OPEN, None, 15)
    assert Melding.objects.get(pk=stop.melding_id).status == Status.NIEUW
    assert not Bericht.objects.filter(status=Bericht.Status.WACHT).exists()


def test_after_five_minutes_it_is_too_late_to_take_back(cast, worker, ronde, now):
    stop = stops(ronde)[0]
    rounds.done(stop=stop, toelichting="Klaar.", door=cast.werkman, at=now)
    with time_machine.travel(now + timedelta(minutes=6), tick=False):
        assert "Draai terug" not in page(worker, "round", ronde.pk)
        answer = worker.post(url("stop_undo", ronde.pk, stop.pk), follow=True)
    assert "vijf minuten" in answer.content.decode()
    assert Melding.objects.get(pk=stop.melding_id).status == Status.AFGESLOTEN


def test_finishing_frees_what_was_not_reached_and_reopening_takes_it_back(cast, make, ronde, work, now):
    rounds.done(stop=stops(ronde)[0], toelichting="Klaar.", door=cast.werkman, at=now)
    rounds.finish(ronde=ronde, at=now)
    rounds.finish(ronde=ronde, at=now + timedelta(hours=1))
    assert sorted(ronde.stops.values_list("status", flat=True)) == ["gedaan", "overgeslagen", "overgeslagen"]
    make([stops(ronde)[1].melding])
    rounds.reopen(ronde=ronde)
    assert [stop.status for stop in stops(ronde)] == ["gedaan", "overgeslagen", "open"]


# The pages.


def test_a_round_is_made_from_what_is_ticked(cast, worker, work, today):
    Startplaats.objects.create(naam="De loods", plaats=CENTRE, team=cast.werkplaats)
    text = page(worker, "round_new")
    assert all(row.adres in text for row in work)
    query = f"?team={cast.werkplaats.pk}&wijk={cast.wijk.pk}&dag={today}"
    start = Startplaats.objects.get()
    data = {"meldingen": [row.pk for row in work[:2]], "startplaats": start.pk, "keert_terug": "on"}
    answer = worker.post(url("round_new") + query, data)
    ronde = Ronde.objects.get()
    assert answer.url == url("round", ronde.pk)
    assert (ronde.start_naam, ronde.stops.count(), ronde.wijk) == ("De loods", 2, cast.wijk)
    wrong = worker.post(url("round_new") + query, {"startplaats": start.pk}).content.decode()
    assert "Kies minstens één melding." in wrong
    lost = worker.post(url("round_new") + query, {**data, "startplaats": "", "adres": "Bestaatnietstraat"})
    assert "We vinden deze straat niet" in lost.content.decode()


def test_the_next_stop_stands_first_with_what_can_be_done(worker, ronde):
    text = page(worker, "round", ronde.pk)
    assert text.index("Hennepstraat 1") < text.index("Hennepstraat 2") < text.index("Hennepstraat 3")
    assert f'href="geo:{CENTRE.lat:.6f}' in text
    assert "0 van 3 stops klaar" in text


def test_done_is_one_form_that_opens_with_words_ready_to_send(worker, ronde, settings):
    stop = stops(ronde)[0]
    bag = Materiaal.objects.create(naam="Zak", eenheid="stuks")
    form = page(worker, "stop_done", ronde.pk, stop.pk)
    assert "We zijn langs geweest en hebben dit opgelost." in form
    data = {"versie": 1, "toelichting": "Weg.", "duur": "1u30", "materiaal_1": bag.pk, "aantal_1": "0,5"}
    photo = upload(jpeg(320, 240))
    answer = worker.post(url("stop_done", ronde.pk, stop.pk), {**data, "fotos": [photo]}, follow=True)
    assert "is opgelost en afgesloten" in answer.content.decode()
    stop.refresh_from_db()
    assert (stop.minuten, Verbruik.objects.get().aantal) == (90, Decimal("0.5"))
    assert MeldingBeeld.objects.get().soort == MeldingBeeld.Soort.NA_HERSTEL
    again = worker.post(url("stop_done", ronde.pk, stop.pk), data, follow=True).content.decode()
    assert "was al afgerond in deze ronde" in again


def test_a_standard_text_for_what_is_solved_goes_first(worker, ronde):
    StandaardtekstFactory(stap="sluit", sluitreden=Sluitreden.OPGELOST, tekst="Het zwerfvuil is weg, dankzij jou.")
    assert "Het zwerfvuil is weg, dankzij jou." in page(worker, "stop_done", ronde.pk, stops(ronde)[0].pk)


def test_wrong_time_or_material_is_said_at_its_field_and_nothing_typed_is_lost(worker, ronde):
    stop = stops(ronde)[0]
    bag = Materiaal.objects.create(naam="Zak", eenheid="stuks")
    data = {"versie": 1, "toelichting": "Met eigen woorden.", "duur": "lang", "materiaal_1": bag.pk}
    text = worker.post(url("stop_done", ronde.pk, stop.pk), data).content.decode()
    assert "Schrijf de tijd zo" in text
    assert "Zeg hoeveel je ervan gebruikte." in text
    assert "Met eigen woorden." in text
    assert Melding.objects.get(pk=stop.melding_id).is_open


def test_not_found_asks_a_reason_first_and_then_what_belongs_to_it(worker, ronde, today):
    stop = stops(ronde)[0]
    first = page(worker, "stop_not_done", ronde.pk, stop.pk)
    assert "Er is niets (meer) te zien" in first
    assert "Op welke dag kan het wel?" in page(worker, "stop_not_done", ronde.pk, stop.pk, bevinding="later")
    assert "Op welke dag" not in page(worker, "stop_not_done", ronde.pk, stop.pk, bevinding="weg")
    path = url("stop_not_done", ronde.pk, stop.pk)
    assert "Kies een dag." in worker.post(path, {"versie": 1, "bevinding": "later", "tekst": "x"}).content.decode()
    data = {"versie": 1, "bevinding": "later", "tekst": "Een auto.", "dag": str(today + timedelta(days=1))}
    assert worker.post(path, data).status_code == 302
    assert Melding.objects.get(pk=stop.melding_id).gepland_op == today + timedelta(days=1)


def test_when_a_colleague_was_first_the_words_stay_and_can_be_sent_again(cast, worker, ronde, now):
    stop = stops(ronde)[0]
    data = {"versie": 1, "toelichting": "Mijn woorden."}
    actions.start(melding=stop.melding, door=cast.wijkmanager, at=now)
    answer = worker.post(url("stop_done", ronde.pk, stop.pk), data)
    text = answer.content.decode()
    assert (answer.status_code, "Iemand was je voor" in text, "Mijn woorden." in text) == (409, True, True)
    worker.post(url("stop_done", ronde.pk, stop.pk), {**data, "versie": 2})
    assert Melding.objects.get(pk=stop.melding_id).status == Status.AFGESLOTEN


def test_a_photo_or_a_note_is_for_colleagues_alone(worker, ronde):
    stop = stops(ronde)[0]
    path = url("stop_look", ronde.pk, stop.pk)
    assert "Schrijf een notitie of neem een foto." in worker.post(path, {}).content.decode()
    worker.post(path, {"tekst": "Ladder mee.", "fotos": [upload(jpeg(320, 240))]})
    photo = MeldingBeeld.objects.get()
    assert (photo.soort, photo.openbaar) == (MeldingBeeld.Soort.PLOEG, False)
    followed = Client().get(url("status", stop.melding.code)).content.decode()
    assert "Ladder mee." not in followed
    assert str(photo.beeld_id) not in followed
    assert Client().get(url("status_photo", stop.melding.code, photo.beeld_id, "klein")).status_code == 404


def test_the_order_page_moves_stops_without_a_script(worker, ronde, cast, kind):
    path = url("round_order", ronde.pk)
    third = stops(ronde)[2]
    assert worker.post(path, {"omhoog": third.pk}).url.endswith(f"#stop-{third.pk}")
    assert [stop.melding.adres[-1] for stop in stops(ronde)] == ["1", "3", "2"]
    extra = MeldingFactory(wijk=cast.wijk, team=cast.werkplaats, categorie=kind)
    hidden = MeldingFactory(wijk=cast.andere_wijk, team=cast.ander_team, categorie=kind)
    assert "Uit de ronde" in page(worker, "round_order", ronde.pk)
    worker.post(path, {"erbij": "ja", "nummer": extra.pk})
    refused = worker.post(path, {"erbij": "ja", "nummer": hidden.pk}, follow=True).content.decode()
    assert "er is geen melding met dat nummer die jij mag zien" in refused
    worker.post(path, {"eraf": third.pk})
    worker.post(path, {"kortste": "ja"})
    assert [stop.melding_id for stop in stops(ronde)].count(extra.pk) == 1
    assert not Rondestop.objects.filter(pk=third.pk).exists()
    assert worker.post(path, {}).status_code == 404


def test_the_sheet_has_a_numbered_map_and_boxes_to_tick(worker, ronde):
    text = page(worker, "round_print", ronde.pk)
    assert text.count('class="plattegrond__nummer"') == 3
    assert text.count("niet gevonden") == 3
    assert 'class="plattegrond__wijk"' in text


def test_hours_and_material_of_the_round_are_counted_with_those_of_its_stops(cast, worker, ronde, now):
    bag = Materiaal.objects.create(naam="Zak", eenheid="stuks")
    work = rounds.Werk(minuten=20, materiaal=((bag, Decimal(1)),))
    rounds.done(stop=stops(ronde)[0], toelichting="Klaar.", door=cast.werkman, at=now, werk=work)
    data = {"duur": "40", "materiaal_1": bag.pk, "aantal_1": "3", "opmerking": "Rustig", "afronden": "ja"}
    worker.post(url("round_finish", ronde.pk), data)
    text = page(worker, "round_totals")
    assert "1u00" in text
    assert "4 stuks zak" in text
    (row,) = queries.totals(Ronde.objects.all())
    assert (row.rondes, row.stops, row.gedaan, row.overgeslagen, row.minuten) == (1, 3, 1, 2, 60)
    assert row.uren == Decimal("1.00")
    csv = b"".join(worker.get(url("round_export"), {"wat": "totalen"}).streaming_content).decode()
    assert "Buurtwerkplaats Waterschei;1;3;1;0;2;60;" in csv
    assert "Zak (stuks)" in csv
    sheet = worker.get(url("round_export"), {"vorm": "xlsx"})
    rows = list(
        load_workbook(BytesIO(b"".join(sheet.streaming_content)), read_only=True).active.iter_rows(values_only=True)
    )
    assert len(rows) == 4
    assert rows[1][13] == "1 stuks Zak"
    worker.post(url("round_finish", ronde.pk), {"heropen": "ja"})
    assert Ronde.objects.get().is_open


def test_the_list_filters_by_what_stands_in_its_address(cast, worker, ronde, today):
    assert "0 van 3 gedaan" in page(worker, "rounds", team=cast.werkplaats.pk, stand="open")
    assert "0 van 3 gedaan" not in page(worker, "rounds", stand="klaar")
    assert "0 van 3 gedaan" not in page(worker, "rounds", van=str(today + timedelta(days=1)))
    assert "Team: Buurtwerkplaats Waterschei" in page(worker, "rounds", team=cast.werkplaats.pk)
    assert "0 van 3 gedaan" in page(worker, "rounds", team="x", van="gisteren")


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_with_one_stop_and_with_three(worker, make, work, count, django_assert_num_queries):
    ronde = make(work[:count])
    with django_assert_num_queries(8):
        worker.get(url("round", ronde.pk))
    with django_assert_num_queries(7):
        worker.get(url("round_print", ronde.pk))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_with_one_round_and_with_three(worker, make, work, count, django_assert_num_queries):
    for row in work[:count]:
        make([row])
    with django_assert_num_queries(8):
        worker.get(url("rounds"))


# Rights.


def test_the_list_and_the_rule_for_one_round_agree(cast, make, work, now):
    away = team_in(cast.andere_wijk, Team.Soort.BUURTWERKPLAATS)
    other = MeldingFactory(wijk=cast.andere_wijk, team=away)
    mine, theirs = make(work), make([other], team=away, wijk=cast.andere_wijk)
    people = [
        *(
            cast.wijkmanager,
            cast.buurttoezichter,
            cast.werkman,
            cast.collega,
            cast.verdeler,
            cast.lezer,
            cast.beheerder,
        ),
        member(None, Rol.SAMENLEVINGSCOORDINATOR),
        GebruikerFactory(),
    ]
    for person in people:
        here = reach(person, timezone.localdate())
        seen = set(Ronde.objects.visible_to(person, here))
        assert seen == {row for row in (mine, theirs) if rules.may_see_round(person, here, row)}, person
    assert rules.may_see_round(cast.wijkmanager, reach(cast.wijkmanager, timezone.localdate()), mine)
    assert not rules.may_see_round(cast.wijkmanager, reach(cast.wijkmanager, timezone.localdate()), theirs)


def test_who_only_reads_walks_no_round_and_who_is_elsewhere_sees_none(cast, client, ronde):
    stop = stops(ronde)[0]
    paths = [url("stop_done", ronde.pk, stop.pk), url("round_order", ronde.pk), url("round_finish", ronde.pk)]
    for person, sees in ((cast.lezer, 200), (cast.collega, 404)):
        client.force_login(person)
        assert client.get(url("round", ronde.pk)).status_code == sees
        assert [client.post(path).status_code for path in paths] == [404, 404, 404]
    client.force_login(cast.werkman)
    assert [client.get(path).status_code for path in paths] == [200, 200, 200]


def test_a_report_that_became_sensitive_shows_nothing_of_itself_in_the_round(cast, worker, ronde):
    stop = stops(ronde)[0]
    stop.melding.categorie = SubcategorieFactory(naam="Geheime zaak", is_gevoelig=True)
    stop.melding.save()
    for name in ("round", "round_print", "round_order"):
        text = page(worker, name, ronde.pk)
        assert "Geheime zaak" not in text
        assert "Hennepstraat 1" not in text
        assert "Een melding die jij niet mag zien." in text
    assert worker.get(url("stop_done", ronde.pk, stop.pk)).status_code == 404
    csv = b"".join(worker.get(url("round_export")).streaming_content).decode()
    assert "Geheime zaak" not in csv


# The quick lane in words.


def test_the_resident_reads_that_the_report_takes_the_quick_lane(cast, kind):
    quick = MeldingFactory(categorie=kind, wijk=cast.wijk, team=cast.werkplaats)
    slow = MeldingFactory(wijk=cast.wijk, team=cast.wijkteam)
    MelderFactory(melding=quick)
    MelderFactory(melding=slow)
    words = "Snelle lijn: je melding ging rechtstreeks"
    assert words in Client().get(url("status", quick.code)).content.decode()
    assert words not in Client().get(url("status", slow.code)).content.decode()


def test_the_quick_lane_has_a_crew_in_the_database(kind):
    with pytest.raises(IntegrityError), transaction.atomic():
        type(kind).objects.filter(pk=kind.pk).update(teamsoort=Team.Soort.DIENST)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("45", 45),
        ("45 min", 45),
        ("1:30", 90),
        ("1u30", 90),
        ("2u", 120),
        ("1,5 u", 90),
        ("0,5 uur", 30),
        ("1 uur 15", 75),
    ],
)
def test_a_length_of_time_is_read_as_people_write_it(text, minutes):
    assert read_duration(text) == minutes
    assert read_duration(duration_words(minutes)) == minutes


@pytest.mark.parametrize("text", ["", "lang", "1:75", "-5", "een uur"])
def test_what_is_no_length_of_time_is_refused(text):
    with pytest.raises(ValueError, match="geen duur"):
        read_duration(text)


def test_the_history_tells_who_changed_a_round(cast, worker, ronde, now):
    rounds.done(stop=stops(ronde)[0], toelichting="Klaar.", door=cast.werkman, at=now)
    assert connection.in_atomic_block
    assert "gedaan" in page(worker, "round_history", ronde.pk)


# In the shared agenda.


def test_a_round_stands_in_the_agenda_of_its_wijk_or_of_every_wijk_of_its_team(cast, client, make, work, today):
    make(work[:1])
    make(work[1:], wijk=None)
    client.force_login(cast.beheerder)

    def agenda(wijk):
        return client.get("/werk/agenda/", {"wijk": wijk.slug, "bron": "rondes"}).content.decode()

    assert f"Ronde van {cast.werkplaats.naam}, {cast.wijk.naam}" in agenda(cast.wijk)
    assert f"Ronde van {cast.werkplaats.naam}, alle wijken van het team" in agenda(cast.wijk)
    assert "Ronde van" not in agenda(cast.andere_wijk)
    client.force_login(cast.collega)
    assert "Ronde van" not in client.get("/werk/agenda/").content.decode()


def test_the_agenda_tells_how_far_a_round_is(cast, client, make, work, ronde, now):
    client.force_login(cast.werkman)
    assert "0 van 3 stops gedaan" in client.get("/werk/agenda/").content.decode()
    Ronde.objects.filter(pk=ronde.pk).update(afgerond_op=now)
    assert "afgerond" in client.get("/werk/agenda/").content.decode()
