"""Signing up without an account, and what is known of whoever does: the person here, the counts there."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from kern.berichten.models import Bericht
from kern.bewaring.models import Bewaarregel
from kern.bewaring.queries import over
from samenleven import mails
from samenleven.actions import uitdagers as actions
from samenleven.actions import vormingen as trainings
from samenleven.bewaring.gesprekken import SOORTEN
from samenleven.models import Matrixtelling, Profielgroep, Uitdager, Vorming
from samenleven.queries import bereik
from samenleven.states.uitdager import Status

pytestmark = pytest.mark.usefixtures("no_limits")


@pytest.fixture
def open_traject(traject):
    traject.zoekt_uitdagers = True
    traject.save()
    return traject


def person(client, traject, **changes):
    """What somebody posts who opened the form ten seconds ago."""
    with time_machine.travel(timezone.now() - timedelta(seconds=10)):
        page = client.get(reverse("samenleven:aanmelden", args=[traject.slug]))
    stamp = page.context["form"]["stempel"].value()
    return {
        "naam": "An Janssens",
        "email": "an@voorbeeld.example",
        "telefoon": "",
        "wijk": "",
        "motivatie": "Met mijn straat.",
        "akkoord": "on",
        "stempel": stamp,
        "website": "",
        **changes,
    }


def sign_up(client, traject, **changes):
    data = person(client, traject, **changes)
    return data, client.post(reverse("samenleven:aanmelden", args=[traject.slug]), data)


def test_somebody_signs_up_and_counts_only_after_the_link_in_the_mail(client, open_traject):
    _data, answer = sign_up(client, open_traject)
    assert answer.status_code == 302
    row = Uitdager.objects.get()
    assert row.status == Status.AANGEMELD
    mail = Bericht.objects.get(soort="uitdager_bevestig")
    link = reverse("samenleven:mijn", args=[mails.uitdager_token(row)])
    assert link in mail.tekst
    assert "Ja, dit is mijn adres" in client.get(link).content.decode()
    row.refresh_from_db()
    assert row.status == Status.AANGEMELD, "to open the link is not to confirm: mail programs open links too"
    client.post(f"{link}bevestig/")
    row.refresh_from_db()
    assert row.status == Status.KANDIDAAT


def test_sent_twice_it_is_one_sign_up_with_one_mail(client, open_traject):
    data, _answer = sign_up(client, open_traject)
    client.post(reverse("samenleven:aanmelden", args=[open_traject.slug]), data)
    assert Uitdager.objects.count() == Bericht.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [{"website": "http://spam.example"}, {"stempel": "vals"}, {"akkoord": ""}, {"naam": "Kijk op http://x.y"}],
)
def test_robots_and_who_does_not_agree_are_not_kept_and_lose_nothing_typed(client, open_traject, changes):
    _data, answer = sign_up(client, open_traject, **changes)
    assert answer.status_code == 200
    assert "Met mijn straat." in answer.content.decode()
    assert not Uitdager.objects.exists()


def test_a_form_that_comes_back_at_once_is_asked_again_and_then_taken(client, open_traject):
    address = reverse("samenleven:aanmelden", args=[open_traject.slug])
    data = person(client, open_traject)
    fresh = client.get(address).context["form"]["stempel"].value()
    refused = client.post(address, {**data, "stempel": fresh})
    assert not Uitdager.objects.exists()
    again = refused.context["form"]["stempel"].value()
    with time_machine.travel(timezone.now() + timedelta(seconds=10)):
        assert client.post(address, {**data, "stempel": again}).status_code == 302
    assert Uitdager.objects.count() == 1


def test_the_fourth_sign_up_with_one_address_in_an_hour_has_to_wait(client, open_traject):
    answers = [sign_up(client, open_traject)[1].status_code for _ in range(4)]
    assert answers == [302, 302, 302, 429]


def test_a_traject_that_looks_for_nobody_takes_nobody(client, traject):
    answer = client.post(reverse("samenleven:aanmelden", args=[traject.slug]), {"naam": "An"})
    assert answer.status_code == 200
    assert not Uitdager.objects.exists()


def test_what_somebody_is_is_counted_once_and_not_written_with_the_person(client, uitdager):
    groep = Profielgroep.objects.get(kenmerk__code="herkomst", code="ma")
    token = mails.uitdager_token(uitdager)
    field = f"kenmerk-{groep.kenmerk_id}"
    for _ in range(2):
        client.post(reverse("samenleven:mijn_tel", args=[token]), {field: groep.pk})
    assert Matrixtelling.objects.get().aantal == 1
    pointing = [f for f in Uitdager._meta.get_fields() if f.related_model in (Matrixtelling, Profielgroep)]
    assert pointing == []
    uitdager.refresh_from_db()
    assert not uitdager.historiek.filter(pgh_label="update").exists(), "no moment beside the count"


def test_the_matrix_shows_counts_from_five_on(traject, uitdager):
    groep = Profielgroep.objects.get(kenmerk__code="herkomst", code="ma")
    Matrixtelling.objects.create(traject=traject, groep=groep, aantal=4)
    shown = {rij.naam: rij.aantal for deel in bereik.matrix(traject) for rij in deel.rijen}
    assert shown["Marokko"] is None
    Matrixtelling.objects.update(aantal=5)
    shown = {rij.naam: rij.aantal for deel in bereik.matrix(traject) for rij in deel.rijen}
    assert shown["Marokko"] == 5


def test_whoever_withdraws_is_forgotten_at_once_with_the_mails(client, uitdager, coordinator):
    uitdager = actions.end(uitdager=uitdager, at=timezone.now(), versie=1)
    link = reverse("samenleven:mijn_wis", args=[mails.uitdager_token(uitdager)])
    assert "Zeker" in client.post(link).content.decode()
    assert Uitdager.objects.get().naam == "Uma Uitdager"
    client.post(link, {"zeker": "ja"})
    row = Uitdager.objects.get()
    assert (row.naam, row.email, row.status) == ("", "", Status.INGETROKKEN)
    assert not Bericht.objects.filter(aan="uma@voorbeeld.example").exists()
    assert client.get(reverse("samenleven:mijn", args=[mails.uitdager_token(row)])).status_code == 404


def test_a_candidate_becomes_an_uitdager_with_a_coach_and_is_thanked_at_the_end(client, uitdager, coordinator, gesprek):
    Uitdager.objects.filter(pk=uitdager.pk).delete()
    row = actions.sign_up(
        inzending=uuid.uuid4(),
        traject=uitdager.traject,
        naam="Nora",
        email="nora@voorbeeld.example",
        telefoon="",
        wijk=None,
        motivatie="",
        taal="nl",
        at=timezone.now(),
    )
    row = actions.confirm(uitdager=row, at=timezone.now())
    client.force_login(coordinator)
    address = reverse("samenleven:uitdager_stap", args=[row.pk, "aanvaard"])
    client.post(address, {"versie": row.versie, "coach": coordinator.pk})
    row.refresh_from_db()
    assert (row.status, row.coach) == (Status.ACTIEF, coordinator)
    client.post(address.replace("aanvaard", "bedank"), {"versie": row.versie, "coach": coordinator.pk})
    row.refresh_from_db()
    assert row.status == Status.GESTOPT
    assert row.bedankt_op
    kinds = Bericht.objects.filter(aan="nora@voorbeeld.example").values_list("soort", flat=True)
    assert set(kinds) == {"uitdager_bevestig", "uitdager_welkom", "uitdager_bedankt"}


def test_two_colleagues_at_once_the_second_is_told(uitdager):
    actions.end(uitdager=uitdager, at=timezone.now(), versie=1)
    with pytest.raises(actions.Gewijzigd):
        actions.assign_coach(uitdager=uitdager, coach=None, versie=1)


def test_a_training_invites_once_notes_who_came_and_tells_of_a_move(client, uitdager, coordinator, traject):
    begin = timezone.now() + timedelta(days=3)
    row = trainings.save_training(
        vorming=Vorming(
            traject=traject, titel="Luisteren", begin=begin, einde=begin + timedelta(hours=2), locatie="Zaal"
        )
    )
    client.force_login(coordinator)
    for _ in range(2):
        client.post(reverse("samenleven:vorming_nodig", args=[row.pk]), {"uitdagers": [uitdager.pk]})
    deelname = row.deelnames.get()
    assert Bericht.objects.filter(soort="uitdager_vorming").count() == 1
    client.post(reverse("samenleven:vorming_aanwezig", args=[row.pk]), {f"deelname-{deelname.pk}": "ja"})
    deelname.refresh_from_db()
    assert deelname.was_er is True
    row.locatie = "Andere zaal"
    trainings.save_training(vorming=row)
    assert Bericht.objects.filter(soort="uitdager_vorming").count() == 2


def test_the_rules_of_keeping_wipe_who_stopped_and_delete_who_never_confirmed(uitdager, traject):
    old = timezone.now() - timedelta(days=400)
    actions.end(uitdager=uitdager, at=old, versie=1)
    Uitdager.objects.create(traject=traject, naam="Nooit", email="nooit@voorbeeld.example", aangemeld_op=old)
    for soort in SOORTEN[:2]:
        rule = Bewaarregel.objects.get(soort=soort.code)
        keys = list(over(rule, timezone.now()).values_list("pk", flat=True))
        assert len(keys) == 1
        assert set(soort.omschrijf(keys)) == set(keys)
        soort.uitvoering[rule.wat](keys, timezone.now())
        assert not over(rule, timezone.now()).exists()
    row = Uitdager.objects.get()
    assert (row.naam, row.email) == ("", "")
