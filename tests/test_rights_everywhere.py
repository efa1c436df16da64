"""No page, list, file or interface shows anything of a report to who may not see it.

Reports of every kind stand in the database, each with words that stand nowhere else. Every address of the portal, and
the lists with their searches, filters and files, are then fetched as every role: what comes back may hold the words
of a report only where `rules.may_see` says so, and the name of who reported only for who handles reports. A new
address is looked at by itself.
"""

from __future__ import annotations

import random
import re
import uuid
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from kern.koppelingen import actions as koppelingen
from meldingen import actions, rules
from meldingen.models import Melding
from meldingen.states import Sluitreden
from meldingen.tests import factories
from tests import world
from tests.test_every_url_as_every_role import EVERYBODY, ROLES, line_of
from tests.world import World
from wijken.queries import reach

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limits")]

WORDS = re.compile(r"(tekst|adres|melder)zz(\d+)zz")
LISTS = [
    "",
    *(f"lijst={code}" for code in ("mijn", "team", "wijk", "zonder", "laat", "alle")),
    "q=zzgemeenzaam",
    "q=zzgemeenzaam&regel=tekst",
    "lijst=alle&volgorde=termijn&status=nieuw&status=afgesloten&plaats=kaart",
    "bereik=cijfers&lijst=alle",
]
MAPS = ["kader=5.3,50.8,5.7,51.1&zoom=11", "kader=5.49,50.95,5.52,50.98&zoom=18", "q=zzgemeenzaam&zoom=18"]


@pytest.fixture
def no_limits():
    from kern.verbinding import redis_client

    yield
    if names := list(redis_client().scan_iter("limiet:*")):
        redis_client().delete(*names)


@pytest.fixture
def everything(settings) -> World:
    settings.DEMO = True
    built = world.build()
    built.paths = [built.path(url) for url in world.every_url() if line_of(url)]  # while there is one of everything
    _reports(built, random.Random(3600))
    return built


def _reports(built: World, dice: random.Random) -> None:
    """Two dozen reports: of here, elsewhere and nowhere, sensitive or not, of every team, open, closed and merged."""
    cast, now = built.cast, timezone.now()
    kinds = [factories.SubcategorieFactory(is_gevoelig=sensitive) for sensitive in (False, False, True)]
    teams = [cast.wijkteam, cast.ander_team, cast.toezicht, cast.meldpunt, None]
    people = [cast.wijkmanager, cast.collega, cast.werkman, None, None]
    made = []
    for _ in range(24):
        wijk = dice.choice([cast.wijk, cast.andere_wijk, None])
        at = now - timedelta(days=dice.randint(0, 60), minutes=dice.randint(1, 900))
        melding, _made = actions.submit(
            inzending=uuid.uuid4(),
            categorie=dice.choice(kinds),
            omschrijving="wordt vervangen",
            plaats=wijk.centrum if wijk else None,
            plaats_in_woorden="" if wijk else "bij de brug",
            wijk=wijk,
            naam="wordt vervangen",
            email="mel@elders.example",
            at=at,
        )
        Melding.objects.filter(pk=melding.pk).update(
            omschrijving=f"zzgemeenzaam tekstzz{melding.pk}zz", adres=f"adreszz{melding.pk}zz 1"
        )
        melding.melder.naam = f"melderzz{melding.pk}zz"
        melding.melder.save()
        actions.assign(
            melding=melding, team=dice.choice(teams), behandelaar=dice.choice(people), door=cast.beheerder, at=at
        )
        if dice.random() < 0.3:
            days = timezone.localdate() + timedelta(days=3)
            actions.deeltaak.hand_out(
                melding=melding, titel="Ga kijken", teams=[cast.werkplaats], uiterlijk=days, door=cast.beheerder, at=at
            )
        elif dice.random() < 0.4:
            actions.close(
                melding=melding, sluitreden=Sluitreden.OPGELOST, toelichting="Klaar", door=cast.beheerder, at=now
            )
        made.append(melding)


def allowed(user: Any) -> tuple[set[int], bool]:
    """The reports that this person may see, by the rule for one report; and whether who reported may be known."""
    if user is None:
        return set(), False
    here = reach(user, timezone.localdate())
    rows = Melding.objects.select_related("categorie")
    return {row.pk for row in rows if rules.may_see(user, here, row)}, rules.handles(user)


def body(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if response.headers.get("Content-Type", "").endswith("spreadsheetml.sheet"):
        rows = load_workbook(BytesIO(content), read_only=True).active.iter_rows(values_only=True)
        return "\n".join(str(cell) for row in rows for cell in row)
    return content.decode(errors="replace")


def leaks(text: str, seen: set[int], *, handles: bool) -> list[str]:
    """The words in this text that belong to a report that may not be seen, and names that may not be known."""
    found = {(kind, int(number)) for kind, number in WORDS.findall(text)}
    return [
        f"{kind} of {number}"
        for kind, number in sorted(found)
        if number not in seen or (kind == "melder" and not handles)
    ]


def addresses(everything: World) -> list[str]:
    """Every address, those of each report, and the lists and maps with what can be asked of them."""
    found = list(everything.paths)
    for number in Melding.objects.values_list("pk", flat=True):
        found += [
            reverse(f"meldingen:{name}", args=[number])
            for name in ("detail", "staff_history", "staff_place", "duplicates", "public_detail")
        ]
    for name in ("staff_list", "staff_print", "staff_map"):
        found += [f"{reverse(f'meldingen:{name}')}?{query}" for query in LISTS]
    found += [f"{reverse('meldingen:staff_points')}?{query}" for query in MAPS]
    found += [f"{reverse('meldingen:public_places')}?{query}" for query in MAPS]
    found.append("/open311/v2/requests.json?start_date=2026-09-01T00:00:00Z&end_date=2026-11-29T00:00:00Z")
    return found


@pytest.mark.once
@pytest.mark.parametrize("visitor", sorted(EVERYBODY))
def test_every_role_gets_what_it_may_see_and_nothing_else(everything, visitor):
    user = everything.people[visitor]
    seen, handles = allowed(user)
    client = Client(raise_request_exception=False)
    if user:
        client.force_login(user)
    wrong, shown = [], 0
    for path in addresses(everything):
        if "logout" in path or "uitloggen" in path:
            continue
        text = body(client.get(path))
        shown += len(WORDS.findall(text))
        wrong += [f"{path}: {leak}" for leak in leaks(text, seen, handles=handles)]
    assert not wrong, "\n".join(wrong[:40])
    if visitor == "beheerder":
        assert shown > 200  # the pages do show reports


@pytest.mark.parametrize("vorm", ["csv", "xlsx"])
def test_a_file_has_the_rows_of_who_takes_it_and_all_of_them(everything, vorm):
    for visitor in sorted(ROLES):
        user = everything.people[visitor]
        seen, handles = allowed(user)
        client = Client()
        client.force_login(user)
        data = {"vorm": vorm, "kolommen": "alle", "contact": "on"}
        text = body(client.post(reverse("meldingen:staff_export") + "?lijst=alle", data))
        assert leaks(text, seen, handles=handles) == [], visitor
        numbers = {int(number) for _kind, number in WORDS.findall(text)}
        assert numbers == {pk for pk in seen if Melding.objects.filter(pk=pk, adres__startswith="adreszz").exists()}


def test_a_key_opens_what_its_owner_may_see_and_all_of_that(everything):
    for visitor in sorted(ROLES):
        user = everything.people[visitor]
        seen, handles = allowed(user)
        _key, text = koppelingen.make_key(
            naam=visitor,
            eigenaar=user,
            rechten=["staf:lezen"],
            verloopt_op=timezone.now() + timedelta(days=9),
            per_minuut=6000,
            at=timezone.now(),
        )
        headers, numbers = {"Authorization": f"Bearer {text}"}, set()
        path = reverse("meldingen:api_staff_list") + "?grootte=10"
        for number in Melding.objects.values_list("pk", flat=True):
            one = Client().get(reverse("meldingen:api_staff_detail", args=[number]), headers=headers)
            assert one.status_code == (200 if number in seen else 404), (visitor, number)
            assert leaks(body(one), seen, handles=handles) == []
        while path:
            answer = Client().get(path, headers=headers)
            assert answer.status_code == 200
            numbers |= {row["nummer"] for row in answer.json()["resultaten"]}
            path = answer.json()["volgende"]
        assert numbers == seen, visitor
