"""Trainings: planned as a meeting, found by theme, shown to everybody once announced."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from toegankelijkheid.actions import vormingen as actions
from toegankelijkheid.models import Themavorming
from toegankelijkheid.queries import vormingen as trainings
from wijken import actions as wijken
from wijken.models import Bijeenkomst, Team

from .test_monitoring import client_of

pytestmark = pytest.mark.django_db
NAME = "toegankelijkheid:{}".format


def plan(cast, titel="Haltes", themas=("halte",), days=9):
    begin = timezone.now() + timedelta(days=days)
    return actions.plan(
        themas=themas, doelgroep="aannemers", door=cast.coordinator, at=timezone.now(), titel=titel, begin=begin,
        einde=begin + timedelta(hours=2), locatie="Zaal", team=Team.objects.first(),
    )  # fmt: skip


def announce(row):
    meeting = Bijeenkomst.objects.get(pk=row.pk)
    return wijken.announce_meeting(bijeenkomst=meeting, versie=meeting.versie, at=timezone.now())


def test_a_training_is_planned_on_its_page_and_is_a_meeting_of_who_plans_it(cast):
    data = {
        "titel": "Haltes", "begin": "2027-03-01T13:00", "einde": "2027-03-01T15:00", "locatie": "Zaal",
        "capaciteit": 20, "team": Team.objects.first().pk, "themas": ["halte", "looproute"], "doelgroep": "aannemers",
        "is_openbaar": "on",
    }  # fmt: skip
    client, url = client_of(cast.coordinator), reverse(NAME("training_new"))
    wrong = client.post(url, data | {"einde": "2027-03-01T12:00"}).content.decode()
    assert "Het einde komt na het begin" in wrong
    assert "aannemers" in wrong
    answer = client.post(url, data)
    row = Themavorming.objects.get()
    assert answer.url == reverse("wijken:staff_meeting", args=[row.pk])
    assert client.get(answer.url).status_code == 200
    assert (row.themas, row.bijeenkomst.capaciteit, row.bijeenkomst.soort) == (
        ["halte", "looproute"], 20, "vorming_toegang",
    )  # fmt: skip


def test_everybody_reads_of_a_training_once_it_is_announced_and_registers_there(cast):
    row = plan(cast)
    url = reverse(NAME("public_trainings"))
    assert "Haltes" not in Client().get(url).content.decode()
    announce(row)
    page = Client().get(url).content.decode()
    assert reverse("wijken:meeting", args=[row.pk]) in page
    assert Client().get(reverse("wijken:meeting", args=[row.pk])).status_code == 200


def test_trainings_are_found_by_theme(cast):
    halt, path = plan(cast), plan(cast, "Paden", ("looproute",))
    assert list(trainings.trainings("halte")) == [halt]
    assert trainings.about({"halte"}, timezone.now()) == []
    announce(halt)
    announce(path)
    assert trainings.about({"halte", "buitentrap"}, timezone.now()) == [halt]
    assert trainings.about(set(), timezone.now()) == []


def test_what_a_training_treats_is_changed_and_is_never_nothing(cast):
    row = plan(cast)
    url = reverse(NAME("training_edit"), args=[row.pk])
    client_of(cast.coordinator).post(url, {"themas": ["buitentrap"], "doelgroep": "winkeliers"})
    row.refresh_from_db()
    assert (row.themas, row.doelgroep) == (["buitentrap"], "winkeliers")
    with pytest.raises(IntegrityError, match="is_about_something"), transaction.atomic():
        Themavorming.objects.update(themas=[])


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_cost_the_same_with_one_and_with_three(cast, django_assert_num_queries, count):
    for number in range(count):
        announce(plan(cast, f"Vorming {number}"))
    client, url = client_of(cast.coordinator), reverse(NAME("trainings"))
    client.get(url)
    with django_assert_num_queries(6):
        client.get(url)
    with django_assert_num_queries(2):
        Client().get(reverse(NAME("public_trainings")))
    rows = b"".join(client.get(reverse(NAME("trainings_file")))).decode().splitlines()
    assert len(rows) == count + 1
