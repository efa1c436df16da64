"""What is due about contact moments, proposals and actions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from kern.gebruikers.models import Gebruiker
from kern.herinneringen.models import Aan
from kern.herinneringen.registry import Bron, Item, LichteTaak, register, register_light
from kern.termijnen import add_working_days, load_calendar, local_date

from .. import actions
from ..models import Actievoorstel, Advies, Mijlpaal, Team
from ..queries import leaders_of, members_of, wijkmanagers_of
from ..queries.contactmomenten import wijkteams_to_plan
from ..rules import DECISION_WORKING_DAYS
from ..states.draad import RUNNING, Mijlpaalstatus, Voorstelstatus


@dataclass(frozen=True)
class Mensen:
    """Who hears of something in a wijk or a team (four queries, however many things are due)."""

    managers: Mapping[int, list[Gebruiker]]
    leden: Mapping[int, list[Gebruiker]]
    leiders: Mapping[int, list[Gebruiker]]
    hoofden: list[int]

    @classmethod
    def of(cls, wijken: Collection[int], teams: Collection[int], today: date) -> Mensen:
        meldpunten = set(Team.objects.filter(soort=Team.Soort.MELDPUNT, is_actief=True).values_list("pk", flat=True))
        leaders = leaders_of({*teams, *meldpunten}, today)
        return cls(
            managers=wijkmanagers_of(wijken, today, with_deputies=False),
            leden=members_of(teams, today) if teams else {},
            leiders=leaders,
            hoofden=[user.pk for team in meldpunten for user in leaders.get(team, [])],
        )

    def by_role(self, *, wijk: int, team: int = 0, eigenaar: int | None = None) -> dict[str, list[int]]:
        """Responsible is the owner, else the members of the team, else the wijkmanagers; empty roles are left out."""
        managers = [user.pk for user in self.managers.get(wijk, [])]
        members = [user.pk for user in self.leden.get(team, [])]
        people: dict[str, list[int]] = {
            Aan.VERANTWOORDELIJKE: [eigenaar] if eigenaar else members or managers,
            Aan.TEAMLEIDER: [user.pk for user in self.leiders.get(team, [])] or managers,
            Aan.WIJKMANAGER: managers,
            Aan.HOOFD: self.hoofden,
        }
        return {role: ids for role, ids in people.items() if ids}


def opinions_due(today: date, horizon: date) -> Iterator[Item]:
    """Every opinion that a service of the city still has to give; partners are mailed by themselves."""
    rows = list(
        Advies.objects.waiting()
        .filter(team__isnull=False, uiterlijk__lte=horizon)
        .select_related("team", "voorstel")
        .order_by("uiterlijk", "pk")
    )
    if not rows:
        return
    people = Mensen.of({row.voorstel.wijk_id for row in rows}, {row.team_id or 0 for row in rows}, today)
    for row in rows:
        assert row.uiterlijk is not None  # noqa: S101 (a constraint of the database)
        yield Item(
            sleutel=str(row.pk),
            titel=f"Mening van {row.wie} over “{row.voorstel.titel}”",
            url=row.voorstel.get_absolute_url(),
            due_on=row.uiterlijk,
            ontvangers=people.by_role(wijk=row.voorstel.wijk_id, team=row.team_id or 0),
        )


def decisions_due(today: date, horizon: date) -> Iterator[Item]:
    """Every proposal to decide on: five working days after the day on which the opinions were expected."""
    rows = list(Actievoorstel.objects.filter(status=Voorstelstatus.OVERLEG, advies_tegen__lte=horizon).order_by("pk"))
    if not rows:
        return
    calendar, people = load_calendar(), Mensen.of({row.wijk_id for row in rows}, (), today)
    for row in rows:
        assert row.advies_tegen is not None  # noqa: S101 (a constraint of the database)
        due = add_working_days(row.advies_tegen, DECISION_WORKING_DAYS, calendar)
        if due <= horizon:
            yield Item(
                sleutel=str(row.pk),
                titel=f"Beslis over het voorstel “{row.titel}”",
                url=row.get_absolute_url(),
                due_on=due,
                ontvangers=people.by_role(wijk=row.wijk_id),
            )


def milestones_due(today: date, horizon: date) -> Iterator[Item]:
    """Every milestone of a running action; its owner first."""
    rows = list(
        Mijlpaal.objects.filter(status=Mijlpaalstatus.OPEN, uiterlijk__lte=horizon, actie__status__in=sorted(RUNNING))
        .select_related("actie")
        .order_by("uiterlijk", "pk")
    )
    if not rows:
        return
    people = Mensen.of({row.actie.wijk_id for row in rows}, (), today)
    for row in rows:
        yield Item(
            sleutel=str(row.pk),
            titel=f"{row.titel} ({row.actie.titel})",
            url=row.actie.get_absolute_url(),
            due_on=row.uiterlijk,
            ontvangers=people.by_role(wijk=row.actie.wijk_id, eigenaar=row.actie.eigenaar_id),
        )


def wijkteams_due(today: date, horizon: date) -> Iterator[Item]:
    """Every wijk whose next wijkteam, six weeks after the last one, is not planned yet."""
    rows = wijkteams_to_plan(horizon)
    people = Mensen.of({wijk.pk for wijk, _last, _due in rows}, (), today) if rows else None
    for wijk, last, due in rows:
        if people:
            yield Item(
                sleutel=f"{wijk.pk}-{last:%Y%m%d}",
                titel=f"Plan het volgende wijkteam van {wijk.naam}",
                url=f"{reverse('wijken:moment_new')}?soort=wijkteam&wijk={wijk.pk}&datum={due:%Y-%m-%d}",
                due_on=due,
                ontvangers=people.by_role(wijk=wijk.pk),
            )


def remind_partners(at: datetime) -> Mapping[str, int]:
    """Mail the partners whose opinion is expected soon, today or long since."""
    today, calendar = local_date(at), load_calendar()
    rows = Advies.objects.waiting().filter(partner__isnull=False)
    return {"herinnerd": sum(actions.remind_adviser(advies=row, today=today, calendar=calendar) for row in rows)}


def register_all() -> None:
    """Make all of it known to the rounds; called once, when the app is ready."""
    register(Bron("advies", "meningen over voorstellen", opinions_due, "/werk/voorstellen/"))
    register(Bron("actievoorstel", "beslissingen over voorstellen", decisions_due, "/werk/voorstellen/"))
    register(Bron("mijlpaal", "mijlpalen van acties", milestones_due, "/werk/acties/"))
    register(Bron("wijkteam", "wijkteams te plannen", wijkteams_due, "/werk/contactmomenten/"))
    register_light(LichteTaak("partners: herinner aan meningen", remind_partners, daily=True))
