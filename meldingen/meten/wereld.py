"""What the measurements ask about: people who are logged in, reports, places and pages deep in a list."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from kern.gebruikers.models import Gebruiker
from kern.geo import Punt
from kern.geo.vormen import Kader
from kern.koppelingen.actions import make_key
from wijken.models import Straat
from wijken.queries import reach

from ..forms.draft import MIN_SECONDS, STEPS, Draft, stamp
from ..models import Categorie, Melding
from ..queries import keyset
from ..queries import public as public_queries
from ..queries import staff as staff_queries
from ..states import Status
from .bezoeker import Vraag, session_of

CITY = Kader(5.3838, 50.9142, 5.5963, 51.0196)
CITY_ZOOM = 12.5
BOX_WANTED = (500, 2000)
DETAILS = 40
# Who asks for the pages of staff: somebody who sees everything, and somebody who sees a part.
LOGINS = {"beheerder": "beheerder", "wijkmanager": "wijkmanager-centrum"}


@dataclass
class Wereld:
    """The filled scratch database, as the measurements see it."""

    now: datetime

    def __post_init__(self) -> None:
        self.dice = random.Random(1)  # noqa: S311 (nothing secret)

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def person(self, login: str) -> Gebruiker:
        return Gebruiker.objects.get(email__startswith=f"{login}@")

    @cached_property
    def sessions(self) -> dict[str, str]:
        """Sessions of the two whose lists are the largest, and of a visitor without one."""
        return {
            **{who: session_of(self.person(login)) for who, login in LOGINS.items()},
            "bezoeker": "",
        }

    @cached_property
    def keys(self) -> dict[str, str]:
        """A key to the interfaces for each of them, without a limit per minute."""
        return {
            who: make_key(
                naam=f"Meting ({login})",
                eigenaar=self.person(login),
                rechten=["meldingen:lezen", "meldingen:schrijven", "staf:lezen"],
                at=self.now,
                verloopt_op=self.now + timedelta(days=1),
                per_minuut=1_000_000,
            )[1]
            for who, login in LOGINS.items()
        }

    def with_key(self, who: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.keys[who]}"}

    @cached_property
    def total(self) -> int:
        return Melding.objects.count()

    @cached_property
    def numbers(self) -> list[int]:
        """Reports from all times, those of today among them."""
        first, last = (Melding.objects.order_by(order).values_list("pk", flat=True)[0] for order in ("pk", "-pk"))
        return [self.dice.randint(first, last) for _ in range(DETAILS)] + [last - nr for nr in range(5)]

    @cached_property
    def _seen(self) -> dict[str, list[int]]:
        found = {}
        for who, login in LOGINS.items():
            user = self.person(login)
            rows = staff_queries.visible(user, reach(user, self.today)).order_by("pk").values_list("pk", flat=True)
            numbers = list(rows)
            found[who] = self.dice.sample(numbers, min(DETAILS, len(numbers))) + numbers[-5:]
        return found

    def numbers_of(self, who: str) -> list[int]:
        """Reports from all times that this member of staff sees, the newest among them."""
        return self._seen[who]

    @cached_property
    def codes(self) -> list[str]:
        return list(Melding.objects.filter(pk__in=self.numbers).values_list("code", flat=True))

    @cached_property
    def public_numbers(self) -> list[int]:
        rows = Melding.objects.public().open().order_by("-ontvangen_op", "-pk")
        return list(rows.values_list("pk", flat=True)[:DETAILS])

    def deep(self, order: str, share: float, **filters: Any) -> str:
        """The place of a row so far down the list, as the address of the page after it."""
        way = keyset.ORDERS[order]
        rows = way.sorted(Melding.objects.filter(**filters))
        return way.place(rows[int(rows.count() * share)])

    def deep_public(self, share: float) -> str:
        """The same in the public list."""
        way = keyset.ORDERS["-ontvangen"]
        rows = way.sorted(public_queries.Keuze(self.today).open)
        return way.place(rows[int(rows.count() * share)])

    @cached_property
    def box(self) -> Kader:
        """The part of the city around its busiest street that holds 500 to 2,000 public reports."""
        middle = max(self._streets, key=lambda punt: self._public_in(Kader.around(punt, 300)))
        low, high = 50.0, 12_000.0
        for _ in range(30):
            box = Kader.around(middle, (low + high) / 2)
            found = self._public_in(box)
            if BOX_WANTED[0] <= found <= BOX_WANTED[1]:
                return box
            low, high = ((low + high) / 2, high) if found < BOX_WANTED[0] else (low, (low + high) / 2)
        return box

    def _public_in(self, box: Kader) -> int:
        return public_queries.shown(self.today).filter(plaats__binnen_kader=box).count()

    @cached_property
    def _streets(self) -> list[Punt]:
        rows = Straat.objects.order_by("pk").values_list("plaats", flat=True)
        return self.dice.sample(list(rows), 25)

    @cached_property
    def places(self) -> list[Punt]:
        """Places of open reports: where there is something near."""
        rows = Melding.objects.open().filter(plaats__isnull=False).order_by("-pk")
        return list(rows.values_list("plaats", flat=True)[:2000:50])

    @cached_property
    def main_category(self) -> Categorie:
        return Categorie.objects.main().order_by("volgorde").first() or Categorie.objects.main().get()

    @cached_property
    def rare_category(self) -> Categorie:
        """The one with the fewest reports, as far as the newest tell."""
        kinds = list(Categorie.objects.sub().filter(meldingen__isnull=False).distinct())
        return min(kinds, key=lambda kind: kind.meldingen.count())

    def drafts(self, count: int) -> list[Vraag]:
        """So many filled-in forms, each in a session of its own and three seconds old: only the last button is left."""
        from django.urls import reverse

        kinds = list(Categorie.objects.active(self.today).sub().filter(stoppagina=None, vragen=None, is_gevoelig=False))
        streets = list(Straat.objects.exclude(wijk=None).select_related("wijk")[:200])
        forms = []
        for number in range(count):
            session, street = SessionStore(), self.dice.choice(streets)
            draft = Draft(SimpleNamespace(session=session))  # type: ignore[arg-type]
            draft.keep("waar", {"stempel": stamp()})
            results: dict[str, dict[str, Any]] = {
                "waar": {
                    "punt": list(street.plaats),
                    "adres": f"{street.naam} {number}",
                    "in_woorden": "",
                    "wijk": street.wijk.pk,
                    "wijk_naam": street.wijk.naam,
                },
                "wat": {
                    "categorie": self.dice.choice(kinds).pk,
                    "omschrijving": "Er liggen al een week blikjes en papier in de berm, vlak bij de bushalte.",
                    "let_op_gegevens": False,
                },
                "vragen": {"antwoorden": {}, "overgeslagen": True},
                "contact": {"naam": "An Meter", "email": f"meter{number}@bewoner.example", "telefoon": ""},
            }
            for step in STEPS[:-1]:
                draft.finish(step, results.get(step, {}))
            session.create()
            fields = {"inzending": str(draft.inzending), "gezien": draft.fingerprint, "website": ""}
            path = reverse("meldingen:new_samenvatting")
            forms.append(Vraag(path, fields=fields, session=session.session_key or ""))
        time.sleep(MIN_SECONDS + 0.5)
        return forms

    def next_morning(self) -> datetime:
        """The morning round of the first working day from today on."""
        from kern.termijnen import is_working_day, load_calendar

        day, calendar = self.today, load_calendar()
        while not is_working_day(day, calendar):
            day += timedelta(days=1)
        return timezone.make_aware(datetime.combine(day, datetime.min.time()).replace(hour=7, minute=30))

    def late(self) -> int:
        return Melding.objects.late(self.today).exclude(status=Status.WACHT_OP_MELDER).count()
