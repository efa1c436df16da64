"""Who hears of something that is due about a report."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from kern.gebruikers.models import Gebruiker
from kern.herinneringen.models import Aan
from wijken.models import Team
from wijken.queries import leaders_of, members_of, wijkmanagers_of


@dataclass(frozen=True)
class Mensen:
    """The people of some teams and wijken on a day, fetched once (five queries, however many things are due)."""

    leden: dict[int, list[Gebruiker]]
    leiders: dict[int, list[Gebruiker]]
    managers: dict[int, list[Gebruiker]]
    hoofden: list[int]

    @classmethod
    def of(cls, teams: Collection[int | None], wijken: Collection[int | None], today: date) -> Mensen:
        """Those of these teams and wijken; the head is who leads the meldpunt."""
        mine = {pk for pk in teams if pk}
        meldpunten = set(Team.objects.filter(soort=Team.Soort.MELDPUNT, is_actief=True).values_list("pk", flat=True))
        leaders = leaders_of(mine | meldpunten, today)
        return cls(
            leden=members_of(mine, today),
            leiders=leaders,
            managers=wijkmanagers_of({pk for pk in wijken if pk}, today, with_deputies=False),
            hoofden=[user.pk for team in meldpunten for user in leaders.get(team, [])],
        )

    def by_role(
        self, *, behandelaar: int | None, team: int | None, wijk: int | None, gevoelig: bool
    ) -> dict[str, list[int]]:
        """Responsible is the handler, or the whole team as long as nobody took it; roles that nobody has are left out.

        Of something sensitive only the handler and the team hear: the digest tells what and where it is.
        """
        members = [user.pk for user in self.leden.get(team or 0, [])]
        leaders = [user.pk for user in self.leiders.get(team or 0, [])]
        people: dict[str, list[int]] = {
            Aan.VERANTWOORDELIJKE: [behandelaar] if behandelaar else members,
            Aan.TEAMLEIDER: leaders,
            Aan.WIJKMANAGER: [user.pk for user in self.managers.get(wijk or 0, [])],
            Aan.HOOFD: self.hoofden,
        }
        if gevoelig:
            may_see = {behandelaar, *members, *leaders}
            people = {role: [pk for pk in ids if pk in may_see] for role, ids in people.items()}
        return {role: ids for role, ids in people.items() if ids}
