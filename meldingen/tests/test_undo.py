"""A step is taken back within five minutes: exactly, by who may, and never once a mail has left."""

import re
import threading
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from kern.berichten import actions as berichten
from kern.berichten.models import Bericht
from kern.gebruikers.models import Rol
from kern.historiek.queries import history_of
from meldingen import actions
from meldingen.actions import resident, undo
from meldingen.actions.spoor import values_of
from meldingen.models import Gebeurtenis, Handeling, Label, Melding, MeldingLabel, Pauze
from meldingen.states import STEPS, Status, allowed
from meldingen.tests import factories
from wijken.models import Team

NOW = timezone.now()
MINUTE = timedelta(minutes=1)
TOMORROW = timezone.localdate() + timedelta(days=1)
LATER = timezone.localdate() + timedelta(days=90)


@pytest.fixture
def melding(cast):
    made, _new = actions.submit(
        inzending=uuid.uuid4(),
        categorie=factories.SubcategorieFactory(),
        omschrijving="Blikjes in het gras",
        plaats=factories.CENTRE,
        adres="Hennepstraat 1",
        wijk=cast.wijk,
        email=cast.bewoner,
        at=NOW - timedelta(days=3),
    )
    actions.follow(melding=made, sleutel=uuid.uuid4(), at=NOW, email="buur@voorbeeld.example")
    Bericht.objects.update(status=Bericht.Status.VERZONDEN)
    return Melding.objects.get(pk=made.pk)


def everything(melding):
    row = Melding.objects.get(pk=melding.pk)
    return (
        values_of(row),
        list(Pauze.objects.filter(melding=row).values("pk", "van", "tot", "terug_op", "herinner_op", "is_herinnerd")),
        list(row.beelden.values("pk", "openbaar")),
        list(row.labels.values("label", "op", "door")),
    )


def steps_with(cast, melding):
    """Every step that staff can take, as a call."""
    other = factories.SubcategorieFactory(naam="Ander soort")
    factories.TermijnFactory(categorie=other, oplossing_werkdagen=60)
    label = Label.objects.create(naam="fontein")
    same = {"melding": melding, "door": cast.wijkmanager, "at": NOW}
    return {
        "assign": lambda: actions.assign(**same, team=cast.werkplaats, behandelaar=cast.werkman),
        "return": lambda: actions.return_to_triage(**same, reden="Niet van ons"),
        "start": lambda: actions.start(**same),
        "plan": lambda: actions.plan(**same, gepland_op=TOMORROW),
        "plan late": lambda: actions.plan(**same, gepland_op=LATER, toelichting="De ploeg is ziek"),
        "ask": lambda: actions.ask(**same, vraag="Waar juist?"),
        "close": lambda: actions.close(**same, sluitreden="opgelost", toelichting="Weg"),
        "reopen": lambda: actions.reopen(**same, reden="Toch niet"),
        "promise": lambda: actions.move_promise(**same, oplossing_uiterlijk=LATER, reden="Meer werk"),
        "correct": lambda: actions.correct(**same, categorie=other, prioriteit="hoog", adres="Elders 2", reden="Fout"),
        "contact": lambda: actions.contact(**same, hoe="gebeld", tekst="Komt goed"),
        "release": lambda: actions.release(**same, openbaar=True, openbare_tekst="Blikjes"),
        "labels": lambda: actions.set_labels(**same, labels=[label]),
    }


ORDER = [
    "assign", "return", "start", "plan", "plan late", "ask", "close", "reopen", "promise", "correct", "contact",
    "release", "labels",
]  # fmt: skip


def bring_to(status, melding, cast):
    """Bring the report to a status by a real step, some time ago."""
    same = {"melding": melding, "door": cast.wijkmanager, "at": NOW - timedelta(days=2)}
    made = {
        Status.NIEUW: lambda: None,
        Status.TOEGEWEZEN: lambda: actions.assign(**same, team=cast.wijkteam),
        Status.IN_BEHANDELING: lambda: actions.start(**same),
        Status.INGEPLAND: lambda: actions.plan(**same, gepland_op=TOMORROW),
        Status.WACHT_OP_MELDER: lambda: actions.ask(**same, vraag="Waar?"),
        Status.AFGESLOTEN: lambda: actions.close(**same, sluitreden="opgelost", toelichting="Weg"),
        Status.HEROPEND: lambda: (
            actions.close(**same, sluitreden="opgelost", toelichting="Weg"),
            actions.reopen(melding=melding, reden="Het ligt er weer", at=NOW - timedelta(days=1)),
        ),
    }
    made[status]()
    Bericht.objects.update(status=Bericht.Status.VERZONDEN)
    Handeling.objects.all().delete()
    return Melding.objects.get(pk=melding.pk)


@pytest.mark.parametrize("step", ORDER)
@pytest.mark.parametrize("status", [Status(value) for value in STEPS if value != "bij_partner"])
def test_every_step_from_every_status_is_taken_back_exactly(melding, cast, status, step):
    melding = bring_to(status, melding, cast)
    before, mails, story = everything(melding), Bericht.objects.count(), Gebeurtenis.objects.count()
    try:
        steps_with(cast, melding)[step]()
    except (actions.StapNietMogelijk, ValueError):
        assert not Handeling.objects.exists()
        return
    row = Melding.objects.get(pk=melding.pk)
    assert row.versie > melding.versie
    taken_back = actions.take_back(handeling=Handeling.objects.get(), door=cast.wijkmanager, at=NOW + 5 * MINUTE)
    assert everything(melding) == before
    assert taken_back.versie == row.versie + 1
    assert Bericht.objects.count() == mails
    lines = Gebeurtenis.objects.order_by("pk")[story:]
    assert lines
    assert {(line.teruggedraaid_op, line.teruggedraaid_door, line.voor_melder) for line in lines} == {
        (NOW + 5 * MINUTE, cast.wijkmanager, False)
    }


def test_a_mail_of_a_step_leaves_after_five_minutes_and_one_of_the_resident_at_once(melding, cast):
    actions.start(melding=melding, door=cast.wijkmanager, at=NOW)
    assert set(Bericht.objects.filter(status="wacht").values_list("volgende_poging_op", flat=True)) == {
        NOW + 5 * MINUTE
    }
    actions.take_back(handeling=Handeling.objects.get(), door=cast.wijkmanager, at=NOW)
    resident.withdraw(melding=melding, at=NOW)
    assert Bericht.objects.filter(status="wacht", volgende_poging_op__gt=timezone.now()).count() == 0
    assert Bericht.objects.filter(status="wacht").count() == 2


def test_a_mail_that_left_refuses_the_undo_in_words(melding, cast):
    actions.start(melding=melding, door=cast.wijkmanager, at=NOW)
    mail = Bericht.objects.filter(status="wacht").first()
    berichten.deliver(pk=mail.pk, at=NOW)
    before = everything(melding)
    with pytest.raises(actions.NietTerug, match="er is al een mail vertrokken"):
        actions.take_back(handeling=Handeling.objects.get(), door=cast.wijkmanager, at=NOW)
    assert everything(melding) == before
    assert Bericht.objects.filter(status="wacht").count() == 1  # that of the follower still leaves


def test_too_late_twice_and_changed_since_are_refused_in_words(melding, cast):
    actions.start(melding=melding, door=cast.wijkmanager, at=NOW)
    step = Handeling.objects.get()
    with pytest.raises(actions.NietTerug, match="de tijd om dit terug te draaien is voorbij"):
        actions.take_back(handeling=step, door=cast.wijkmanager, at=NOW + 5 * MINUTE + timedelta(seconds=1))
    actions.contact(melding=melding, hoe="gebeld", tekst="Ja", door=cast.buurttoezichter, at=NOW + MINUTE)
    with pytest.raises(actions.NietTerug, match=r"Bea Buurttoezichter wijzigde deze melding intussen om \d\d\.\d\d"):
        actions.take_back(handeling=step, door=cast.wijkmanager, at=NOW + 2 * MINUTE)
    last = Handeling.objects.latest("pk")
    actions.take_back(handeling=last, door=cast.buurttoezichter, at=NOW + 2 * MINUTE)
    with pytest.raises(actions.NietTerug, match="dit is al teruggedraaid"):
        actions.take_back(handeling=last, door=cast.buurttoezichter, at=NOW + 2 * MINUTE)
    # Now the step before is the last one again.
    actions.take_back(handeling=step, door=cast.wijkmanager, at=NOW + 3 * MINUTE)
    assert Melding.objects.get(pk=melding.pk).status == Status.NIEUW


def test_a_place_moved_by_new_outlines_meanwhile_refuses_the_undo(melding, cast):
    actions.correct(melding=melding, plaats=melding.plaats, adres="Elders 2", wijk=None, door=cast.wijkmanager, at=NOW)
    Melding.objects.filter(pk=melding.pk).update(wijk=cast.andere_wijk)
    with pytest.raises(actions.NietTerug, match="wijzigde deze melding intussen"):
        actions.take_back(handeling=Handeling.objects.get(), door=cast.wijkmanager, at=NOW)


def test_what_a_resident_does_leaves_nothing_to_take_back(melding, cast):
    resident.add(melding=melding, tekst="Er ligt nog meer", at=NOW)
    resident.withdraw(melding=melding, at=NOW)
    resident.reopen(melding=melding, reden="Toch niet", at=NOW)
    assert not Handeling.objects.exists()


def test_the_history_has_the_step_and_its_undoing(melding, cast):
    actions.close(melding=melding, sluitreden="opgelost", toelichting="Weg", door=cast.wijkmanager, at=NOW)
    actions.take_back(handeling=Handeling.objects.get(), door=cast.wijkmanager, at=NOW)
    back, step = history_of(Melding.objects.get(pk=melding.pk))[:2]
    assert (step.reden, back.reden) == ("afgesloten", "Teruggedraaid: afgesloten")
    assert {(change.veld, change.van, change.naar) for change in back.wijzigingen} >= {
        ("status", "afgesloten", "nieuw")
    }


def test_the_trigger_refuses_every_step_back_before_during_and_after(melding, cast):
    actions.close(melding=melding, sluitreden="opgelost", toelichting="Weg", door=cast.wijkmanager, at=NOW)
    back = {"status": Status.NIEUW, "sluitreden": "", "afgesloten_op": None}
    assert not allowed(Status.AFGESLOTEN, Status.NIEUW)
    with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
        Melding.objects.filter(pk=melding.pk).update(**back)
    actions.take_back(handeling=Handeling.objects.get(), door=cast.wijkmanager, at=NOW)
    # In the same transaction, the trigger is back in force.
    actions.close(melding=melding, sluitreden="opgelost", toelichting="Weg", door=cast.wijkmanager, at=NOW)
    with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
        Melding.objects.filter(pk=melding.pk).update(**back)


def test_only_the_undo_goes_round_the_trigger_and_only_round_that_one():
    found = {}
    for path in Path(settings.BASE_DIR).glob("[!.]*/**/*.py"):
        calls = [] if "tests" in path.parts else re.findall(r"pgtrigger\.ignore\((.*?)\)", path.read_text())
        # Whoever names another trigger leaves that of the steps alone; no name at all means every trigger.
        if around := [named for named in calls if not re.fullmatch(r'"[\w.]+:append_only"', named)]:
            found[str(path.relative_to(settings.BASE_DIR))] = around
    assert found == {"meldingen/actions/undo.py": ["STEPS_TRIGGER"]}
    assert undo.STEPS_TRIGGER == "meldingen.Melding:melding_steps"


@pytest.mark.django_db(transaction=True)
def test_two_who_take_it_back_at_once_and_a_worker_that_sends_meanwhile_do_it_once(cast, melding):
    """Whatever comes first: the step is taken back once and no mail leaves, or a mail leaves and nothing changes."""
    for race in range(6):
        actions.start(melding=melding, door=cast.wijkmanager, at=NOW)
        step, mail = Handeling.objects.latest("pk"), Bericht.objects.filter(status="wacht").first()
        barrier, outcomes = threading.Barrier(3), []

        def take(step=step, barrier=barrier, outcomes=outcomes):
            barrier.wait()
            try:
                actions.take_back(handeling=step, door=cast.wijkmanager, at=NOW)
                outcomes.append("back")
            except actions.NietTerug as error:
                outcomes.append(str(error))
            finally:
                connection.close()

        def send(mail=mail, barrier=barrier, race=race):
            barrier.wait()
            try:
                if race % 2:
                    berichten.deliver(pk=mail.pk, at=NOW)
            finally:
                connection.close()

        threads = [threading.Thread(target=work) for work in (take, take, send)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        sent = Bericht.objects.filter(pk=mail.pk, status="verzonden").exists()
        status = Melding.objects.get(pk=melding.pk).status
        assert (outcomes.count("back"), status) == ((0, "in_behandeling") if sent else (1, "nieuw"))
        assert set(outcomes) == ({"er is al een mail vertrokken"} if sent else {"back", "dit is al teruggedraaid"})
        if sent:
            return


def test_traces_are_forgotten_once_they_are_no_use(melding, cast):
    actions.start(melding=melding, door=cast.wijkmanager, at=NOW)
    assert undo.forget_old(NOW + 5 * MINUTE) == {"gewist": 0}
    assert undo.forget_old(NOW + 6 * MINUTE) == {"gewist": 1}


# The page.


def page_of(melding):
    return reverse("meldingen:detail", args=[melding.pk])


def take(client, melding, nummer=None):
    step = Handeling.objects.latest("pk")
    return client.post(reverse("meldingen:take_back", args=[nummer or melding.pk, step.pk]), follow=True)


def do(client, melding, stap, **data):
    versie = Melding.objects.get(pk=melding.pk).versie
    return client.post(reverse("meldingen:step", args=[melding.pk, stap]), {"versie": versie, **data})


def test_the_page_offers_to_take_a_step_back_and_says_until_when(client, melding, cast):
    client.force_login(cast.wijkmanager)
    assert "Terugdraaien kan nog" not in client.get(page_of(melding)).content.decode()
    do(client, melding, "start", toelichting="Ik kom kijken.")
    page = client.get(page_of(melding)).content.decode()
    until = timezone.localtime(Handeling.objects.get().op + 5 * MINUTE)
    assert f"Terugdraaien kan nog tot {until:%H.%M}" in page
    after = take(client, melding).content.decode()
    assert "Teruggedraaid: in behandeling. Er ging geen mail weg." in after
    assert "Teruggedraaid door Wim Wijkmanager" in after
    assert "Terugdraaien kan nog" not in after
    assert Melding.objects.get(pk=melding.pk).status == Status.NIEUW


def test_the_resident_reads_nothing_of_what_was_taken_back(client, melding, cast):
    actions.close(melding=melding, sluitreden="opgelost", toelichting="Alles is weg.", door=cast.wijkmanager, at=NOW)
    follow = reverse("meldingen:status", args=[melding.code])
    assert "Alles is weg." in client.get(follow).content.decode()
    actions.take_back(handeling=Handeling.objects.get(), door=cast.wijkmanager, at=NOW)
    page = client.get(follow).content.decode()
    assert "Alles is weg." not in page
    assert "Opgelost" not in page
    data = client.get(reverse("meldingen:status_data", args=[melding.code])).content.decode()
    assert "Alles is weg." not in data


@pytest.mark.parametrize(("who", "may"), [("same", True), ("leider", True), ("beheerder", True), ("peer", False)])
def test_only_who_took_the_step_and_who_leads_can_take_it_back(client, melding, cast, who, may):
    people = {
        "same": cast.wijkmanager,
        "beheerder": cast.beheerder,
        "leider": factories.member(cast.toezicht, Rol.TEAMLEIDER, is_leider=True),
        "peer": cast.buurttoezichter,
    }
    actions.start(melding=melding, door=cast.wijkmanager, at=timezone.now())
    client.force_login(people[who])
    assert ("Terugdraaien kan nog" in client.get(page_of(melding)).content.decode()) is may
    assert take(client, melding).status_code == (200 if may else 404)
    assert (Melding.objects.get(pk=melding.pk).status == Status.NIEUW) is may


def test_a_step_of_another_report_or_of_an_unseen_one_is_not_there(client, melding, cast):
    actions.start(melding=melding, door=cast.wijkmanager, at=timezone.now())
    other = factories.MeldingFactory(wijk=cast.wijk, team=cast.wijkteam)
    client.force_login(cast.wijkmanager)
    assert take(client, melding, nummer=other.pk).status_code == 404
    client.force_login(cast.collega)
    assert take(client, melding).status_code == 404


def test_too_late_is_said_on_the_page_and_a_get_takes_nothing_back(client, melding, cast):
    actions.start(melding=melding, door=cast.wijkmanager, at=timezone.now() - 6 * MINUTE)
    client.force_login(cast.wijkmanager)
    assert "Dit kan niet: de vijf minuten" in take(client, melding).content.decode()
    actions.plan(melding=melding, gepland_op=TOMORROW, door=cast.wijkmanager, at=timezone.now())
    client.get(reverse("meldingen:take_back", args=[melding.pk, Handeling.objects.latest("pk").pk]))
    assert Melding.objects.get(pk=melding.pk).status == Status.INGEPLAND


# Labels.


def test_labels_are_given_and_taken_with_a_line_and_history(client, melding, cast):
    glas, oud = Label.objects.create(naam="glas"), Label.objects.create(naam="oud", actief=False)
    MeldingLabel.objects.create(melding=melding, label=oud, op=NOW)
    client.force_login(cast.wijkmanager)
    assert do(client, melding, "labels", labels=[glas.pk]).status_code == 302
    assert {hung.label for hung in melding.labels.all()} == {glas, oud}
    line = Gebeurtenis.objects.get(soort="labels")
    assert (line.tekst, line.voor_melder) == ("+ glas", False)
    page = client.get(page_of(melding)).content.decode()
    assert '<span class="label label--lei">glas</span>' in page
    history = client.get(reverse("meldingen:staff_history", args=[melding.pk])).content.decode()
    assert "Label van een melding gemaakt" in history
    do(client, melding, "labels", labels=[])
    assert {hung.label for hung in melding.labels.all()} == {oud}
    versie = Melding.objects.get(pk=melding.pk).versie
    do(client, melding, "labels", labels=[])
    assert Melding.objects.get(pk=melding.pk).versie == versie


def test_the_list_filters_on_labels_and_shows_them(client, cast):
    glas, park = Label.objects.create(naam="glas"), Label.objects.create(naam="park")
    rows = [factories.MeldingFactory(wijk=cast.wijk, team=cast.wijkteam) for _ in range(3)]
    for row, labels in zip(rows, ([glas], [glas, park], []), strict=True):
        actions.label(melding=row, erbij=labels, door=cast.wijkmanager, at=NOW)
    client.force_login(cast.wijkmanager)

    def listed(*labels):
        page = client.get(reverse("meldingen:staff_list"), {"label": labels})
        return {row.pk for row in page.context["pagina"].rows}

    assert listed(glas.pk) == {rows[0].pk, rows[1].pk}
    assert listed(park.pk) == {rows[1].pk}
    assert listed("geen") == {rows[2].pk}
    assert listed("geen", park.pk) == {rows[1].pk, rows[2].pk}
    assert '<span class="label label--lei">park</span>' in client.get(reverse("meldingen:staff_list")).content.decode()


def test_the_meldpunt_team_comes_back_after_not_for_us(melding, cast):
    actions.return_to_triage(melding=melding, reden="Niet van ons", door=cast.wijkmanager, at=NOW)
    assert Melding.objects.get(pk=melding.pk).team.soort == Team.Soort.MELDPUNT
    actions.take_back(handeling=Handeling.objects.get(), door=cast.wijkmanager, at=NOW)
    row = Melding.objects.get(pk=melding.pk)
    assert (row.team, row.keren_doorgestuurd) == (cast.wijkteam, 0)
