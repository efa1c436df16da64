"""Who proposes an activity hears what comes of it, and what is accepted is a meeting like any other."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kern.berichten.models import Bericht
from kern.bewaring.models import Bewaarregel
from kern.bewaring.queries import over
from kern.gebruikers.models import Rol
from meldingen.tests import factories
from samenleven.actions import activiteiten as actions
from samenleven.bewaring.activiteiten import SOORTEN
from samenleven.mails import activiteiten as mails
from samenleven.models import Activiteitvoorstel
from samenleven.rules.bruggen import may_see
from samenleven.states.activiteit import Status, allowed
from wijken import actions as wijken
from wijken.models import Bijeenkomst
from wijken.queries import reach

pytestmark = pytest.mark.usefixtures("no_limits")

FORM = {
    "titel": "Soep op het plein",
    "beschrijving": "We koken samen soep.",
    "ontmoeting": "Twee straten.",
    "wijk": "",
    "wanneer": "een zaterdag in mei",
    "waar": "het plein",
    "verwacht": "40",
    "kosten": "120.50",
    "nodig": "tafels",
    "naam": "Piet",
    "organisatie": "Buurtcomité",
    "email": "piet@voorbeeld.example",
    "telefoon": "",
    "website": "",
}


def send(client, **changes):
    address = reverse("samenleven:voorstel")
    with time_machine.travel(timezone.now() - timedelta(seconds=10)):
        stamp = client.get(address).context["form"]["stempel"].value()
    data = {**FORM, "stempel": stamp, **changes}
    return data, client.post(address, data)


@pytest.fixture
def proposal(client, cast, db):
    send(client, wijk=cast.wijk.pk)
    return actions.confirm(voorstel=Activiteitvoorstel.objects.get(), at=timezone.now())


@pytest.fixture
def acceptance(cast):
    begin = timezone.localtime() + timedelta(days=20)
    return {
        "soort": "activiteit",
        "titel": "Soep op het plein",
        "begin": begin.strftime("%Y-%m-%dT%H:%M"),
        "einde": (begin + timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M"),
        "locatie": "Het plein",
        "team": cast.wijkteam.pk,
        "capaciteit": "30",
        "reden": "Mooi idee.",
    }


def test_a_proposal_is_looked_at_once_its_address_is_confirmed(client, db):
    data, answer = send(client)
    assert answer.status_code == 302
    client.post(reverse("samenleven:voorstel"), data)
    row = Activiteitvoorstel.objects.get()
    mail = Bericht.objects.get()
    own = reverse("samenleven:voorstel_mijn", args=[mails.voorstel_token(row)])
    assert own in mail.tekst
    assert not [word for word in ("Piet", "Soep", "Buurtcomité") if word in mail.tekst]
    client.get(own)
    row.refresh_from_db()
    assert row.status == Status.AANGEMELD, "to open the link is not to confirm"
    client.post(f"{own}bevestig/")
    row.refresh_from_db()
    assert (row.status, row.verwacht, str(row.kosten)) == (Status.NIEUW, 40, "120.50")


@pytest.mark.parametrize(
    "changes", [{"website": "x"}, {"stempel": "vals"}, {"naam": "www.spam.example"}, {"titel": ""}, {"verwacht": "0"}]
)
def test_robots_and_forms_with_something_missing_are_shown_again_with_what_was_typed(client, db, changes):
    answer = send(client, **changes)[1]
    assert answer.status_code == 200
    assert "We koken samen soep." in answer.content.decode()
    assert not Activiteitvoorstel.objects.exists()


def test_the_sixth_proposal_of_one_address_in_an_hour_has_to_wait(client, db):
    assert [send(client)[1].status_code for _ in range(6)] == [302] * 5 + [429]


def test_an_accepted_proposal_is_a_meeting_that_its_coordinator_runs(client, coordinator, proposal, acceptance):
    client.force_login(coordinator)
    work = reverse("samenleven:activiteit_werk", args=[proposal.pk])
    versie = {"versie": proposal.versie}
    wrong = client.post(f"{work}aanvaard/", {**acceptance, **versie, "einde": acceptance["begin"]}).content.decode()
    assert "Het einde komt na het begin." in wrong
    assert not Bijeenkomst.objects.exists()
    client.post(f"{work}aanvaard/", {**acceptance, **versie})
    client.post(f"{work}aanvaard/", {**acceptance, **versie})
    meeting = Bijeenkomst.objects.get()
    proposal.refresh_from_db()
    assert (proposal.status, proposal.bijeenkomst) == (Status.AANVAARD, meeting)
    assert (meeting.soort, meeting.capaciteit, meeting.samen_met) == ("activiteit", 30, "Buurtcomité")
    assert meeting.hoort_bij == proposal
    assert Bericht.objects.filter(soort="activiteit_aanvaard").count() == 1
    assert client.get(reverse("wijken:staff_meeting_edit", args=[meeting.pk])).status_code == 200
    client.post(reverse("wijken:staff_meeting_announce", args=[meeting.pk]), {"versie": meeting.versie})
    client.logout()
    assert "Soep op het plein" in client.get(reverse("samenleven:activiteiten")).content.decode()
    for name in ("agenda", "agenda_month", "agenda_ics", "agenda_feed"):
        page = client.get(reverse(f"wijken:{name}"), {"soort": "activiteit", "maand": meeting.begin.strftime("%Y-%m")})
        assert "Soep op het plein" in page.content.decode()
    other = client.get(reverse("wijken:agenda"), {"soort": "dialoogmoment"}).content.decode()
    assert "Soep op het plein" not in other
    own = client.get(reverse("samenleven:voorstel_mijn", args=[mails.voorstel_token(proposal)])).content.decode()
    assert meeting.get_absolute_url() in own
    assert "Mooi idee." in own


def test_a_coordinator_plans_an_activity_without_a_proposal_and_no_other_kind(client, cast):
    user = factories.member(cast.wijkteam, Rol.SAMENLEVINGSCOORDINATOR)
    client.force_login(user)
    page = client.get(reverse("wijken:staff_meeting_new"))
    offered = {code for code, _name in page.context["form"].fields["soort"].choices}
    assert offered == {"activiteit", "dialoogmoment", "denktafel"}


def test_a_refusal_needs_a_reason_and_can_be_looked_at_again(client, coordinator, proposal):
    client.force_login(coordinator)
    work = reverse("samenleven:activiteit_werk", args=[proposal.pk])
    assert "Zeg waarom niet" in client.post(f"{work}weiger/", {"weiger-versie": proposal.versie}).content.decode()
    client.post(f"{work}weiger/", {"weiger-versie": proposal.versie, "weiger-reden": "Er is die dag markt."})
    proposal.refresh_from_db()
    assert proposal.status == Status.GEWEIGERD
    own = client.get(reverse("samenleven:voorstel_mijn", args=[mails.voorstel_token(proposal)])).content.decode()
    assert "Er is die dag markt." in own
    client.post(f"{work}opnieuw/", {"versie": proposal.versie})
    proposal.refresh_from_db()
    assert (proposal.status, proposal.reden) == (Status.NIEUW, "")


def test_who_withdraws_is_forgotten_after_a_second_question(client, proposal):
    own = reverse("samenleven:voorstel_mijn", args=[mails.voorstel_token(proposal)])
    client.post(f"{own}weg/")
    proposal.refresh_from_db()
    assert proposal.naam == "Piet"
    client.post(f"{own}weg/", {"zeker": "ja"})
    proposal.refresh_from_db()
    assert (proposal.status, proposal.naam, proposal.email, proposal.organisatie) == (Status.INGETROKKEN, "", "", "")
    assert not Bericht.objects.filter(aan="piet@voorbeeld.example").exists()
    assert client.get(own).status_code == 404


@pytest.mark.parametrize("van", Status)
@pytest.mark.parametrize("naar", Status)
def test_a_proposal_goes_only_where_the_table_says(db, van, naar):
    at = timezone.now()
    row = Activiteitvoorstel.objects.create(
        titel="x", beschrijving="x", wanneer="x", gedaan_op=at, bevestigd_op=at, reden="x", status=van
    )
    try:
        with transaction.atomic():
            Activiteitvoorstel.objects.filter(pk=row.pk).update(status=naar)
        passed = True
    except InternalError:
        passed = False
    assert passed == (van == naar or allowed(van, naar))


def test_the_rules_of_keeping_delete_the_unconfirmed_and_wipe_who_proposed(client, cast, coordinator, proposal):
    send(client, email="nooit@voorbeeld.example")
    at = timezone.now()
    begin = at + timedelta(days=100)
    actions.accept(
        voorstel=proposal, soort="activiteit", titel="Soep", begin=begin, einde=begin + timedelta(hours=1),
        locatie="plein", team=cast.wijkteam, capaciteit=None, reden="", door=coordinator, at=at, versie=proposal.versie,
    )  # fmt: skip
    year = at + timedelta(days=370)
    early = {soort.code: over(Bewaarregel.objects.get(soort=soort.code), year).count() for soort in SOORTEN}
    assert early == {"activiteitvoorstel_nieuw": 1, "activiteitvoorstel": 0}, "the activity was not a year ago"
    late = begin + timedelta(days=370)
    for soort in SOORTEN:
        rule = Bewaarregel.objects.get(soort=soort.code)
        keys = list(over(rule, late).values_list("pk", flat=True))
        assert len(keys) == 1
        assert set(soort.omschrijf(keys)) == set(keys)
        soort.uitvoering[rule.wat](keys, late)
        assert not over(rule, late).exists()
    row = Activiteitvoorstel.objects.get()
    assert (row.naam, row.email, row.titel) == ("", "", "Soep op het plein")


def test_who_may_see_a_proposal_is_the_same_for_one_and_for_a_list(cast, coordinator, proposal):
    seen = set()
    for user in (cast.wijkmanager, cast.collega, cast.buurttoezichter, cast.lezer, cast.beheerder, coordinator):
        scope = reach(user, timezone.localdate())
        listed = Activiteitvoorstel.objects.visible_to(user, scope).exists()
        assert listed == may_see(user, scope, proposal)
        if listed:
            seen.add(user)
    assert seen == {cast.wijkmanager, cast.lezer, cast.beheerder, coordinator}


@pytest.mark.parametrize("name", ["activiteiten_werk", "activiteiten"])
def test_a_list_costs_the_same_with_one_and_with_three(client, cast, coordinator, proposal, name):
    client.force_login(coordinator)
    address = reverse(f"samenleven:{name}")

    def add(number):
        at = timezone.now()
        row = Activiteitvoorstel.objects.create(
            inzending=uuid.uuid4(), titel=f"Idee {number}", beschrijving="x", wanneer="x", wijk=cast.wijk,
            gedaan_op=at, bevestigd_op=at, status=Status.NIEUW,
        )  # fmt: skip
        begin = at + timedelta(days=number)
        row = actions.accept(
            voorstel=row, soort="activiteit", titel=f"Idee {number}", begin=begin, einde=begin + timedelta(hours=1),
            locatie="plein", team=cast.wijkteam, capaciteit=9, reden="", door=coordinator, at=at, versie=1,
        )  # fmt: skip
        wijken.announce_meeting(bijeenkomst=row.bijeenkomst, versie=row.bijeenkomst.versie, at=at)

    add(1)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    add(2)
    add(3)
    with CaptureQueriesContext(connection) as three:
        page = client.get(address).content.decode()
    assert "Idee 3" in page
    assert len(one) == len(three) <= 12
