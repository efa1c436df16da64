"""A wijk on one page: for residents, for its team, on paper; the map of silence; and handing a wijk over."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import InternalError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kern.beelden import actions as beelden
from kern.beelden.models import Beeld
from kern.beelden.tests.photos import jpeg, upload
from kern.documenten.tests.pdfs import Gelezen
from kern.herinneringen.models import Aan
from meldingen.models import Melding
from meldingen.tests import factories
from wijken import actions, reminders, rules
from wijken.models import (
    Actie,
    Afspraak,
    Besluit,
    Contactmoment,
    Draad,
    Gehoord,
    Indicator,
    Indicatorwaarde,
    Overdracht,
    Partner,
    Partnerrol,
    Teamlid,
)
from wijken.queries import reach, wijkblad
from wijken.states.overdracht import OVERDRACHT_STEPS, Overdrachtstatus

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db):
    return factories.cast()


def visit(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def manager(cast):
    return visit(cast.wijkmanager)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def partner(db):
    return Partner.objects.create(naam="Buurthuis", soort=Partner.Soort.WELZIJN, email="buurthuis@partner.example")


def make_action(cast, today, titel="Glasbol", milestone=None, **fields):
    known = {"titel": titel, "tekst": "Er komt er een.", "eigenaar": cast.wijkmanager, "start": today}
    row = actions.make_action(wijk=cast.wijk, door=cast.wijkmanager, at=timezone.now(), **{**known, **fields})
    row = actions.start_action(actie=row, versie=1)
    if milestone is not None:
        actions.add_milestone(actie=row, titel=f"Eerste stap van {titel}", uiterlijk=milestone)
    return row


def agree(cast, today, wat="Een zaal zoeken", days=5, **fields):
    who = fields or {"collega": cast.wijkmanager}
    return actions.agree(
        wijk=cast.wijk,
        wat=wat,
        uiterlijk=today + timedelta(days=days),
        afgesproken_op=today,
        waar="wijkteam",
        door=cast.wijkmanager,
        at=timezone.now(),
        **who,
    )


def hear(cast, today, text="Het is donker."):
    row = Contactmoment.objects.create(
        soort="buurtbabbel", wijk=cast.wijk, datum=today, gemaakt_op=timezone.now(), aantal_mensen=4
    )
    return Gehoord.objects.create(contactmoment=row, tekst=text)


def page(client, name, *args, **query):
    response = client.get(reverse(f"wijken:{name}", args=args), query)
    assert response.status_code == 200
    return response


def rows_of(client, url):
    """How many rows the list has that a number opens; that of reports has no pages, and fits on one here."""
    found = client.get(url).context["pagina"]
    return len(found.rows) if hasattr(found, "rows") else found.paginator.count


# For residents.


def show(lid, **fields):
    known = {"toon": True, "bereikbaar": "maandag van 9 tot 12 uur", **fields}
    row = actions.show_member(lid=lid, **known)
    if row.foto_id:
        beelden.process(beeld_id=row.foto_id)
    return row


def test_residents_see_who_works_there_with_hours_and_photo_as_long_as_that_person_wants(cast, client):
    lid = Teamlid.objects.get(gebruiker=cast.buurttoezichter)
    where = reverse("wijken:member_photo", args=[cast.wijk.slug, lid.pk])
    public = reverse("wijken:detail", args=[cast.wijk.slug])
    assert "Bea Buurttoezichter" not in client.get(public).content.decode()
    form = {
        "lid": lid.pk,
        f"lid{lid.pk}-toon": "on",
        f"lid{lid.pk}-bereikbaar": "dinsdag van 8 tot 10 uur",
        f"lid{lid.pk}-foto": upload(jpeg(300, 300)),
    }
    answer = visit(cast.buurttoezichter).post(reverse("wijken:member_card"), form)
    assert answer.status_code == 302
    beelden.process(beeld_id=Beeld.objects.get().pk)
    html = client.get(public).content.decode()
    assert "Bea Buurttoezichter" in html
    assert "dinsdag van 8 tot 10 uur" in html
    assert where in html
    picture = client.get(where)
    assert picture["Content-Type"] == "image/webp"
    assert b"".join(picture.streaming_content)
    elsewhere = reverse("wijken:member_photo", args=[cast.andere_wijk.slug, lid.pk])
    assert client.get(elsewhere).status_code == 404
    visit(cast.buurttoezichter).post(reverse("wijken:member_card"), {"lid": lid.pk})
    assert client.get(where).status_code == 404
    assert "Bea Buurttoezichter" not in client.get(public).content.decode()


def test_a_photo_that_goes_or_is_replaced_is_deleted(cast, django_capture_on_commit_callbacks):
    lid = Teamlid.objects.get(gebruiker=cast.wijkmanager)
    with django_capture_on_commit_callbacks(execute=True):
        from kern.beelden.rules import check

        first = show(lid, foto=check(upload(jpeg(200, 200)))).foto_id
        second = show(lid, foto=check(upload(jpeg(210, 210)))).foto_id
        assert list(Beeld.objects.values_list("pk", flat=True)) == [second] != [first]
        assert show(lid, foto_weg=True).foto is None
    assert not Beeld.objects.exists()


def test_nobody_changes_the_card_of_somebody_else(cast, manager):
    other = Teamlid.objects.get(gebruiker=cast.collega)
    answer = manager.post(reverse("wijken:member_card"), {"lid": other.pk, f"lid{other.pk}-toon": "on"})
    assert answer.status_code == 200
    other.refresh_from_db()
    assert not other.toon_op_wijkpagina


def _fill_the_wijk(cast, today, count, text=""):
    for number in range(count):
        make_action(cast, today, titel=f"Actie {number} {text}", milestone=today + timedelta(days=9))
        row = actions.plan_meeting(
            door=cast.wijkmanager,
            at=timezone.now(),
            wijken=[cast.wijk],
            soort="wijkvergadering",
            titel=f"Vergadering {number} {text}"[:120],
            begin=timezone.now() + timedelta(days=4 + number),
            einde=timezone.now() + timedelta(days=4 + number, hours=2),
            locatie="Buurthuis",
            team=cast.wijkteam,
        )
        actions.announce_meeting(bijeenkomst=row, versie=row.versie, at=timezone.now())
        partner = Partner.objects.create(naam=f"Partner {number} {text}"[:100], soort=Partner.Soort.WELZIJN)
        Partnerrol.objects.create(
            partner=partner, wijk=cast.wijk, rol=Partnerrol.Rol.JEUGD, van=today, is_openbaar=True
        )
        indicator = Indicator.objects.create(
            code=f"i{number}", naam=f"Werkzoekenden {number}", factor="tewerkstelling", eenheid="%", bron="Demo"
        )
        Indicatorwaarde.objects.create(indicator=indicator, wijk=cast.wijk, periode="2025", waarde="12")
        Indicatorwaarde.objects.create(indicator=indicator, wijk=None, periode="2025", waarde="9")
        factories.MeldingFactory(wijk=cast.wijk, team=cast.wijkteam)


def test_the_wijkfiche_is_one_tagged_page_that_says_what_the_public_page_says(cast, client, today):
    show(Teamlid.objects.get(gebruiker=cast.wijkmanager))
    _fill_the_wijk(cast, today, 1)
    html = client.get(reverse("wijken:detail", args=[cast.wijk.slug])).content.decode()
    where = reverse("wijken:leaflet", args=[cast.wijk.slug])
    assert where in html
    assert "Dat is hoger dan in heel Genk" in html
    sheet = Gelezen(client.get(where).content)
    sheet.keur()
    assert sheet.titel == "Wijkfiche Waterschei-Noord"
    assert sheet.taal.startswith("nl")
    assert sheet.koppen_van_tabellen == [["Actie", "Hoever"], ["Wat", "Wanneer"]]
    for words in ("Wim Wijkmanager", "maandag van 9 tot 12 uur", "Actie 0", "Vergadering 0", "Partner 0"):
        assert words in sheet.tekst
    assert "Dat is hoger dan in heel Genk" in sheet.tekst
    assert "Meldingen die nu open zijn" in sheet.tekst


def test_the_wijkfiche_stays_one_page_with_much_to_tell_and_follows_the_language(cast, client, today):
    for lid in Teamlid.objects.filter(team=cast.wijkteam):
        show(lid)
    _fill_the_wijk(cast, today, 9, "met een heel lange naam die niemand ooit zo zou schrijven maar die toch kan")
    where = reverse("wijken:leaflet", args=[cast.wijk.slug])
    assert Gelezen(client.get(where).content).bladen == 1
    client.cookies["taal"] = "fr"
    french = Gelezen(client.get(where, headers={"accept-language": "fr"}).content)
    french.keur()
    assert french.bladen == 1


def test_the_wijkfiche_of_an_empty_wijk_says_so(cast, client):
    sheet = Gelezen(client.get(reverse("wijken:leaflet", args=[cast.andere_wijk.slug])).content)
    sheet.keur()
    assert "Er loopt nu geen actie." in sheet.tekst
    assert client.get(reverse("wijken:leaflet", args=["nergens"])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_wijkfiche_costs_the_same_for_one_and_for_three(cast, client, today, count, django_assert_num_queries):
    show(Teamlid.objects.get(gebruiker=cast.wijkmanager))
    _fill_the_wijk(cast, today, count)
    with django_assert_num_queries(11):
        client.get(reverse("wijken:leaflet", args=[cast.wijk.slug]))


# For the team.


def test_the_page_of_a_wijk_says_what_is_late_what_was_promised_and_what_was_heard(cast, manager, today, partner):
    make_action(cast, today, milestone=today - timedelta(days=1))
    agree(cast, today, wat="Een zaal zoeken", days=5)
    agree(cast, today, wat="Veel later", days=rules.SOON_DAYS + 5)
    agree(cast, today, wat="Vergeten", days=-2, partner=partner)
    hear(cast, today)
    Partnerrol.objects.create(partner=partner, wijk=cast.wijk, rol=Partnerrol.Rol.JEUGD, van=today)
    report = factories.MeldingFactory(wijk=cast.wijk, team=cast.wijkteam)
    Melding.objects.filter(pk=report.pk).update(volgende_termijn=today - timedelta(days=3))
    response = page(manager, "staff_wijk", cast.wijk.slug)
    blad = response.context["blad"]
    assert [row.titel for row in blad.werk.laat] == ["Vergeten", "Glasbol: Eerste stap van Glasbol"]
    assert [row.wie for row in blad.werk.laat] == ["Buurthuis", "Wim Wijkmanager"]
    assert [row.titel for row in blad.binnenkort] == ["Een zaal zoeken"]
    assert [row.titel for row in blad.werk.signalen] == ["Het is donker."]
    assert [role.partner for role in blad.partners] == [partner]
    assert [row.titel for row in blad.andere[0].regels] == [f"Melding {report.pk}: {report.categorie.naam}"]
    for number in blad.andere[0].getallen:
        assert rows_of(manager, number.url) == number.aantal, number.naam


def test_an_empty_wijk_says_what_comes_where_and_another_wijk_is_not_there(cast, manager):
    html = page(manager, "staff_wijk", cast.wijk.slug).content.decode()
    assert "Niets is te laat." in html
    assert "Nog geen partners met een rol" in html
    for name in ("staff_wijk", "handover", "handover_pdf", "handover_new"):
        assert manager.get(reverse(f"wijken:{name}", args=[cast.andere_wijk.slug])).status_code == 404


def test_every_line_leads_to_a_page_that_opens_and_only_who_may_sees_it(cast, manager, today, partner):
    make_action(cast, today, milestone=today)
    agree(cast, today)
    hear(cast, today)
    work = wijkblad.open_work(cast.wijk, cast.wijkmanager, reach(cast.wijkmanager, today), today)
    assert work.aantal == 4
    for _naam, rows in work.groepen:
        assert all(manager.get(row.url).status_code == 200 for row in rows)
    assert wijkblad.open_work(cast.wijk, cast.collega, reach(cast.collega, today), today).aantal == 0


def _busy(cast, today, count):
    for number in range(count):
        make_action(cast, today, titel=f"Actie {number}", milestone=today - timedelta(days=1))
        agree(cast, today, wat=f"Afspraak {number}")
        hear(cast, today)
        partner = Partner.objects.create(naam=f"Partner {number}", soort=Partner.Soort.WELZIJN)
        Partnerrol.objects.create(partner=partner, wijk=cast.wijk, rol=Partnerrol.Rol.JEUGD, van=today)
        report = factories.MeldingFactory(wijk=cast.wijk, team=cast.wijkteam)
        Melding.objects.filter(pk=report.pk).update(volgende_termijn=today - timedelta(days=3))
        actions.plan_meeting(
            door=cast.wijkmanager,
            at=timezone.now(),
            wijken=[cast.wijk],
            soort="wijkvergadering",
            titel=f"Vergadering {number}",
            begin=timezone.now() + timedelta(days=3),
            einde=timezone.now() + timedelta(days=3, hours=2),
            team=cast.wijkteam,
        )


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_of_a_wijk_cost_the_same_for_one_and_for_three(
    cast, manager, today, count, django_assert_num_queries
):
    _busy(cast, today, count)
    with django_assert_num_queries(12):
        page(manager, "staff_wijk", cast.wijk.slug)
    with django_assert_num_queries(12):
        page(manager, "handover", cast.wijk.slug)
    admin = visit(cast.beheerder)
    with django_assert_num_queries(7):
        page(admin, "silence")


# The map of silence.


def test_the_map_of_silence_counts_what_its_lists_hold_and_says_which_wijk_is_quiet(cast, today):
    cast.wijk.inwoners, cast.wijk.inwoners_bron = 2000, "rijksregister"
    cast.wijk.save()
    for bron in ("formulier", "telefoon", *["straat"] * 6):
        factories.MeldingFactory(wijk=cast.wijk, team=cast.wijkteam, bron=bron)
    for _turn in range(6):
        factories.MeldingFactory(wijk=cast.andere_wijk, team=cast.ander_team, bron="formulier")
    admin = visit(cast.beheerder)
    response = page(admin, "silence")
    rows = {row.wijk.naam: row for row in response.context["stilte"].rijen}
    quiet, other = rows["Waterschei-Noord"], rows["Sledderlo"]
    assert quiet.is_stil
    assert (quiet.gemeld, quiet.gevonden, quiet.gemeld_per_1000, quiet.gevonden_per_1000) == (2, 6, 1.0, 3.0)
    assert not other.is_stil
    assert other.gemeld_per_1000 is None
    for _kop, count, url in [*quiet.tellingen, *other.tellingen]:
        assert rows_of(admin, url) == count, url
    html = response.content.decode()
    assert "Van 1 wijk is het aantal inwoners niet bekend" in html
    assert "Bron van de inwoners: rijksregister" in html


def test_without_inhabitants_the_map_of_silence_says_so_and_a_wijkmanager_sees_only_their_own(cast, manager):
    response = page(manager, "silence")
    assert "Van geen enkele wijk is het aantal inwoners bekend" in " ".join(response.content.decode().split())
    assert [row.wijk for row in response.context["stilte"].rijen] == [cast.wijk]
    assert response.context["stilte"].grafiek is None


# Handing over.


def prepare(cast, today, naar=None, **fields):
    known = {"van": cast.wijkmanager, "naar": naar or cast.collega, "op": today, "nota": "Bel eerst Rita."}
    return actions.prepare_handover(wijk=cast.wijk, door=cast.wijkmanager, at=timezone.now(), **{**known, **fields})


def test_a_wijk_goes_to_a_successor_who_reads_signs_and_gets_a_receipt(cast, manager, today):
    action = make_action(cast, today, milestone=today + timedelta(days=3))
    task = agree(cast, today)
    successor = visit(cast.collega)
    where = reverse("wijken:handover", args=[cast.wijk.slug])
    assert successor.get(where).status_code == 404
    form = {"van": cast.wijkmanager.pk, "naar": cast.collega.pk, "op": today.isoformat(), "nota": "Bel eerst Rita."}
    new = reverse("wijken:handover_new", args=[cast.wijk.slug])
    assert manager.post(new, form).status_code == 302
    row = Overdracht.objects.get()
    # Who takes over reads along, though not in the team yet; and nobody else.
    html = successor.get(where).content.decode()
    assert "Eerste stap van Glasbol" in html
    assert "Bel eerst Rita." in html
    assert "Je zit nog niet in het team van deze wijk" in html
    assert successor.get(reverse("wijken:staff_wijk", args=[cast.wijk.slug])).status_code == 404
    # The maker cannot sign for somebody else, and not without the tick.
    receipt = row.get_absolute_url()
    assert manager.post(receipt, {"teken": "1", "gelezen": "on"}).status_code == 404
    refused = successor.post(receipt, {"teken": "1"})
    assert "Vink aan dat je de wijk overneemt." in refused.content.decode()
    assert successor.post(receipt, {"teken": "1", "gelezen": "on", "op_naam": "on"}).status_code == 302
    row.refresh_from_db()
    assert row.is_overgenomen
    assert (row.beeindigd_door, row.op_naam_gezet) == (cast.collega, 2)
    assert (Actie.objects.get().eigenaar, Afspraak.objects.get().collega) == (cast.collega, cast.collega)
    assert Actie.objects.get().versie == action.versie + 1
    # The receipt keeps saying what there was.
    actions.finish_task(afspraak=Afspraak.objects.get(pk=task.pk), at=timezone.now())
    html = successor.get(receipt).content.decode()
    assert "Een zaal zoeken" in html
    paper = Gelezen(successor.get(receipt, {"vorm": "pdf"}).content)
    paper.keur()
    assert "Ontvangstbewijs van een overdracht" in paper.tekst
    assert "Saar Sledderlo" in paper.tekst


def test_the_pack_on_paper_is_tagged_and_has_everything(cast, manager, today, partner):
    make_action(cast, today, milestone=today - timedelta(days=1))
    agree(cast, today)
    Partnerrol.objects.create(partner=partner, wijk=cast.wijk, rol=Partnerrol.Rol.JEUGD, van=today)
    prepare(cast, today)
    paper = Gelezen(manager.get(reverse("wijken:handover_pdf", args=[cast.wijk.slug])).content)
    paper.keur()
    assert paper.koppen_van_tabellen[0] == ["Wat", "Wie", "Tegen"]
    for words in ("Te laat", "Een zaal zoeken", "Buurthuis", "Bel eerst Rita.", "Wim Wijkmanager geeft over aan"):
        assert words in paper.tekst


def test_only_one_hand_over_waits_and_it_can_be_taken_back(cast, manager, today):
    row = prepare(cast, today)
    with pytest.raises(actions.AlBezig):
        prepare(cast, today, naar=cast.beheerder)
    html = page(manager, "handover", cast.wijk.slug).content.decode()
    assert "Geef de wijk over" not in html
    assert visit(cast.buurttoezichter).post(row.get_absolute_url(), {"trek_in": "1"}).status_code == 200
    row.refresh_from_db()
    assert row.is_open
    assert manager.post(row.get_absolute_url(), {"trek_in": "1"}).status_code == 302
    row.refresh_from_db()
    assert row.status == Overdrachtstatus.INGETROKKEN
    assert prepare(cast, today, naar=cast.beheerder).is_open
    assert visit(cast.collega).get(row.get_absolute_url()).status_code == 200
    assert visit(cast.verdeler).get(row.get_absolute_url()).status_code == 404


def test_the_form_refuses_in_words_and_keeps_what_was_typed(cast, manager, today):
    new = reverse("wijken:handover_new", args=[cast.wijk.slug])
    form = {"van": cast.wijkmanager.pk, "naar": cast.wijkmanager.pk, "op": "2020-01-01", "nota": "Dit blijft staan."}
    html = manager.post(new, form).content.decode()
    assert "Kies iemand anders dan wie de wijk overgeeft." in html
    assert "Kies een dag vanaf vandaag." in html
    assert "Dit blijft staan." in html
    assert not Overdracht.objects.exists()


def test_the_successor_hears_of_it_in_the_morning(cast, today):
    row = prepare(cast, today)
    assert list(reminders.overdrachten.open_items(today, today - timedelta(days=1))) == []
    item = next(iter(reminders.overdrachten.open_items(today, today)))
    assert item.ontvangers == {Aan.VERANTWOORDELIJKE: [cast.collega.pk], Aan.WIJKMANAGER: [cast.wijkmanager.pk]}
    assert item.url == row.get_absolute_url()


@pytest.mark.parametrize(("van", "naar"), list(product(Overdrachtstatus, Overdrachtstatus)))
def test_every_step_of_a_hand_over_is_in_the_table_or_refused_by_the_database(cast, today, van, naar):
    row = prepare(cast, today)
    now = timezone.now()
    moments = {status: None if status == Overdrachtstatus.KLAAR else now for status in Overdrachtstatus}
    if van != Overdrachtstatus.KLAAR:
        Overdracht.objects.filter(pk=row.pk).update(status=van, beeindigd_op=now)

    def step():
        with transaction.atomic():
            Overdracht.objects.filter(pk=row.pk).update(status=naar, beeindigd_op=moments[naar])

    if van == naar or naar in OVERDRACHT_STEPS[van]:
        step()
    else:
        with pytest.raises(InternalError):
            step()


def test_what_somebody_may_see_of_hand_overs_is_the_same_for_one_and_for_a_list(cast, today):
    row = prepare(cast, today)
    people = [cast.wijkmanager, cast.collega, cast.buurttoezichter, cast.verdeler, cast.lezer, cast.beheerder]
    for person in people:
        far = reach(person, today)
        listed = Overdracht.objects.visible_to(person, far).filter(pk=row.pk).exists()
        assert rules.may_see_handover(person, far, row) == listed, person.naam


# What stands in the shared agenda, and what a decision becomes.


def test_what_is_due_stands_in_the_shared_agenda_of_who_may_see_it(cast, manager, today, partner):
    make_action(cast, today, milestone=today + timedelta(days=3))
    agree(cast, today, wat="Een zaal zoeken", days=4)
    agree(cast, today, wat="Lang geleden", days=-40)
    hear(cast, today + timedelta(days=5))
    response = page(manager, "staff_agenda", soort="termijnen")
    html = response.content.decode()
    for words in ("Eerste stap van Glasbol", "Een zaal zoeken", "Buurtbabbel in Waterschei-Noord"):
        assert words in html
    assert "Lang geleden" not in html
    other = page(visit(cast.collega), "staff_agenda", soort="termijnen").content.decode()
    assert "Een zaal zoeken" not in other


@pytest.mark.parametrize("count", [1, 3])
def test_the_shared_agenda_costs_the_same_for_one_and_for_three(
    cast, manager, today, count, django_assert_max_num_queries
):
    _busy(cast, today, count)
    for number in range(count):
        agree(cast, today, wat=f"Nog een {number}", days=2 + number)
    with django_assert_max_num_queries(12):
        page(manager, "staff_agenda")


def test_a_decision_of_a_meeting_becomes_an_action_that_remembers_where_it_comes_from(cast, manager, today):
    meeting = actions.plan_meeting(
        door=cast.wijkmanager,
        at=timezone.now(),
        wijken=[cast.wijk],
        soort="wijkvergadering",
        titel="Het plein",
        begin=timezone.now() - timedelta(days=1),
        einde=timezone.now() - timedelta(hours=22),
        team=cast.wijkteam,
    )
    decision = Besluit.objects.create(
        bijeenkomst=meeting, nummer=1, tekst="Er komt een bank", genomen_op=timezone.now()
    )
    where = f"{reverse('wijken:action_new')}?besluit={decision.pk}"
    assert where in manager.get(reverse("wijken:staff_meeting", args=[meeting.pk])).content.decode()
    form = manager.get(where)
    assert form.context["form"].initial["titel"] == "Er komt een bank"
    assert form.context["form"].initial["wijk"] == cast.wijk.pk
    # Who does not run the meeting makes an action without it.
    assert "Er komt een bank" not in visit(cast.collega).get(where).content.decode()
    data = {
        "titel": "Er komt een bank",
        "tekst": "Op het plein.",
        "wijk": cast.wijk.pk,
        "eigenaar": cast.wijkmanager.pk,
        "looptijd": "kt",
        "start": today.isoformat(),
        "betrokkenheid": "samen",
        "besluit": decision.pk,
    }
    assert manager.post(reverse("wijken:action_new"), data).status_code == 302
    made = Actie.objects.get()
    assert [piece.van for piece in Draad.objects.into(made)] == [decision]
    assert made.titel in manager.get(reverse("wijken:staff_meeting", args=[meeting.pk])).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_public_page_costs_the_same_for_one_and_for_three(cast, client, today, count, django_assert_num_queries):
    show(Teamlid.objects.get(gebruiker=cast.wijkmanager))
    _fill_the_wijk(cast, today, count)
    with django_assert_num_queries(13):
        client.get(reverse("wijken:detail", args=[cast.wijk.slug]))
