"""Who sees and measures what: one predicate for one thing, one query for lists, and the two agree."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kern.gebruikers.models import Rol
from meldingen.tests.factories import GebruikerFactory
from toegankelijkheid.models import Campagne, Knelpunt, Screeningsobject
from toegankelijkheid.queries.screening import own_zones
from toegankelijkheid.rules import recht
from wijken.queries import reach
from wijken.tests.conftest import OOST, make_wijk

from .factories import CampagneFactory, KnelpuntFactory, ObjectFactory, ZoneFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def things(cast):
    """Objects in and out of the wijk and the zone, and without any place."""
    east = make_wijk("W2", "Oost", OOST)
    other = ZoneFactory(wijken=[east])
    for wijk in (cast.wijk, east, None):
        for zone in (cast.zone, other, None):
            ObjectFactory(wijk=wijk, zone=zone)
            KnelpuntFactory(wijk=wijk, zone=zone)
    CampagneFactory(zone=other)
    return cast


@pytest.mark.parametrize("rol", [*Rol, None])
@pytest.mark.parametrize("works_here", [True, False])
@pytest.mark.parametrize("screens", [True, False])
def test_the_list_and_the_predicate_agree_for_every_role(things, rol, works_here, screens):
    user = GebruikerFactory(rollen=[rol] if rol else [])
    if works_here:
        things.wijk.teams.get().leden.create(gebruiker=user, van=timezone.localdate())
    if screens:
        things.campagne.screeners.add(user)
    bereik = reach(user, timezone.localdate())
    zones = own_zones(user, bereik)
    for model in (Screeningsobject, Knelpunt):
        seen = set(model.objects.visible_to(user, bereik))
        assert seen == {
            row
            for row in model.objects.all()
            if recht.may_see(user, bereik, wijk_id=row.wijk_id, zone_id=row.zone_id, eigen_zones=zones)
        }
    everything = rol in (Rol.BEHEERDER, Rol.TOEGANKELIJKHEIDSCOORDINATOR, Rol.LEZER)
    assert (len(seen) == 9) == everything
    assert bool(seen) == (everything or (rol is not None and (works_here or screens)))
    campaigns = set(Campagne.objects.visible_to(user, bereik))
    assert (things.campagne in campaigns) == bool(seen)


def pages(obj, knelpunt, campagne, zone):
    name = "toegankelijkheid:{}".format
    return {
        "see": [
            reverse(name("object"), args=[obj.pk]),
            reverse(name("point"), args=[obj.pk]),
            reverse(name("finding"), args=[knelpunt.pk]),
            reverse(name("campaign"), args=[campagne.pk]),
        ],
        "measure": [reverse(name("measure"), args=[obj.pk]), reverse(name("object_edit"), args=[obj.pk])],
        "surveyor": [
            reverse(name("measure_new"), args=["halte"]),
            reverse(name("object_new"), args=["halte"]),
            reverse(name("queue")),
        ],
        "manage": [
            reverse(name("campaign_new")),
            reverse(name("campaign_edit"), args=[campagne.pk]),
            reverse(name("zone_new")),
            reverse(name("zone_edit"), args=[zone.pk]),
            reverse(name("part_new"), args=[zone.pk]),
        ],
    }


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("beheerder", {"see", "measure", "surveyor", "manage"}),
        ("coordinator", {"see", "measure", "surveyor", "manage"}),
        ("screener", {"see", "measure", "surveyor"}),
        ("wijkmanager", {"see"}),
        ("lezer", {"see"}),
        ("collega", {"surveyor"}),
    ],
)
def test_a_page_that_is_not_yours_is_not_there(cast, who, may):
    obj = ObjectFactory(wijk=cast.wijk, zone=cast.zone)
    knelpunt = KnelpuntFactory(wijk=cast.wijk, zone=cast.zone)
    client = Client()
    client.force_login(getattr(cast, who))
    for kind, paths in pages(obj, knelpunt, cast.campagne, cast.zone).items():
        for path in paths:
            assert client.get(path).status_code == (200 if kind in may else 404), path


def test_only_a_manager_publishes_and_takes_steps(cast):
    knelpunt = KnelpuntFactory(wijk=cast.wijk)
    publish = reverse("toegankelijkheid:publish", args=["knelpunt", knelpunt.pk])
    step = reverse("toegankelijkheid:campaign_step", args=[cast.campagne.pk, "afgerond"])
    client = Client()
    client.force_login(cast.wijkmanager)
    assert client.post(publish, {"openbaar": "ja"}).status_code == 404
    assert client.post(step).status_code == 404
    client.force_login(cast.coordinator)
    client.post(publish, {"openbaar": "ja"})
    client.post(step)
    knelpunt.refresh_from_db()
    cast.campagne.refresh_from_db()
    assert (knelpunt.openbaar, cast.campagne.status) == (True, "afgerond")
    client.post(publish)
    knelpunt.refresh_from_db()
    assert not knelpunt.openbaar
