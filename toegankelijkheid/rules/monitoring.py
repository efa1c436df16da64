"""The monitoring table: who may do what with a knelpunt, its priority, and the term that goes with it. Fetches nothing.

Source of the formula and the matrix: ADA transition plans (28 CFR 35.150(d)) and the practice of counties that score
condition times location; see docs/monitoring.md.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kern.gebruikers.rollen import Rol

from ..states import STEPS, Knelpuntstatus
from . import recht
from .woorden import Haalbaarheid, Planning, Prioriteit

if TYPE_CHECKING:
    from wijken.queries import Bereik

# A place within the distance of a facility weighs in full, up to so many times as far it weighs half.
FAR = 3
MOST_WEIGHT = 4
# A report this near to a known knelpunt is probably about it.
SAME_PLACE_M = 15
# Categories of reports that are about accessibility (meldingen knows them by these codes).
REPORT_CATEGORIES = frozenset({"toegankelijkheid"})
# Working days: to measure again after the work, to answer a proposal not to act, and to assess what was found.
CHECK_WORKING_DAYS, APPROVE_WORKING_DAYS, ASSESS_WORKING_DAYS = 20, 10, 30
FIRST_YEAR = 2000

_S = Knelpuntstatus
# What a service that answers for it may do itself; the rest is for who manages the screening.
OF_THE_SERVICE = frozenset({_S.GEPLAND, _S.IN_UITVOERING, _S.UITGEVOERD})
# The step that usually comes next, to offer first.
LIKELY = {
    _S.VASTGESTELD: _S.BEOORDEELD,
    _S.BEOORDEELD: _S.AANVAARD,
    _S.AANVAARD: _S.GEPLAND,
    _S.DOORVERWEZEN: _S.UITGEVOERD,
    _S.NIET_UITVOEREN: _S.BEOORDEELD,
    _S.GEPLAND: _S.IN_UITVOERING,
    _S.IN_UITVOERING: _S.UITGEVOERD,
    _S.UITGEVOERD: _S.GECONTROLEERD,
    _S.HEROPEND: _S.GEPLAND,
}
NEEDS_A_REASON = frozenset({_S.HEROPEND, _S.VERVALLEN, _S.NIET_UITVOEREN})


@dataclass(frozen=True)
class Regels:
    """The numbers of the formula and the years of the terms, as the coordinator set them."""

    middel_vanaf: int = 4
    hoog_vanaf: int = 10
    bewoners_hoogstens: int = 5
    bewoners_maanden: int = 6
    kt_jaren: int = 1
    mlt_jaren: int = 3
    lt_jaren: int = 6


@dataclass(frozen=True)
class Advies:
    """A term that fits a priority and a feasibility, and why."""

    planning: Planning
    waarom: str


_P, _PL = Prioriteit, Planning
_EASY, _HARD = (Haalbaarheid.VLOT, Haalbaarheid.GOED), (Haalbaarheid.LASTIG, Haalbaarheid.MOEILIJK)
ADVICE: dict[tuple[str, int], Advies] = {
    **{(_P.HOOG.value, h.value): Advies(_PL.KT, "snelle winst: doe het meteen") for h in _EASY},
    (_P.HOOG.value, Haalbaarheid.LASTIG.value): Advies(_PL.MLT, "een eigen project, met een tussenoplossing nu"),
    (_P.HOOG.value, Haalbaarheid.MOEILIJK.value): Advies(_PL.LT, "een eigen project, met een tussenoplossing nu"),
    **{(_P.MIDDEL.value, h.value): Advies(_PL.MLT, "neem het mee met ander werk in de straat") for h in _EASY},
    **{(_P.MIDDEL.value, h.value): Advies(_PL.LT, "wacht op een heraanleg") for h in _HARD},
    **{(_P.LAAG.value, h.value): Advies(_PL.MLT, "combineer het met gewoon onderhoud") for h in _EASY},
    **{(_P.LAAG.value, h.value): Advies(_PL.LT, "op lange termijn, of motiveer waarom niet") for h in _HARD},
}


def can_work(user: Any) -> bool:
    """Whether somebody can carry something out at all: who only reads cannot."""
    return bool(user.is_active) and bool(user.rollen - {Rol.LEZER})


def may_see(
    user: Any,
    reach: Bereik,
    *,
    wijk_id: int | None,
    zone_id: int | None,
    eigen_zones: Collection[int],
    dienst_id: int | None,
    verantwoordelijke_id: int | None,
) -> bool:
    """Whether somebody may see a knelpunt: where they work or screen, and what they answer for."""
    own = _answers_for(reach, dienst_id, verantwoordelijke_id)
    place = recht.may_see(user, reach, wijk_id=wijk_id, zone_id=zone_id, eigen_zones=eigen_zones)
    return place or (own and bool(user.is_active) and bool(user.rollen))


def may_work_on(user: Any, reach: Bereik, *, dienst_id: int | None, verantwoordelijke_id: int | None) -> bool:
    """Whether somebody may plan a knelpunt and carry it out: who manages, and the service or person it is given to."""
    if recht.may_manage(user):
        return True
    return can_work(user) and _answers_for(reach, dienst_id, verantwoordelijke_id)


def _answers_for(reach: Bereik, dienst_id: int | None, verantwoordelijke_id: int | None) -> bool:
    return dienst_id in reach.team_ids or verantwoordelijke_id in reach.gebruiker_ids


def offered(user: Any, status: str, *, works: bool, measured: bool) -> list[Knelpuntstatus]:
    """The steps somebody can take from here, the likeliest first.

    What a measurement found, only a measurement checks.
    """
    now = Knelpuntstatus(status)
    found = sorted(STEPS[now], key=lambda target: (target != LIKELY.get(now), list(Knelpuntstatus).index(target)))
    if measured:
        found = [target for target in found if target != Knelpuntstatus.GECONTROLEERD]
    if recht.may_manage(user):
        return found
    return [target for target in found if target in OF_THE_SERVICE] if works else []


def location_weight(facility: int, level: int) -> int:
    """How much a place weighs (0-4): the heaviest facility near it, or what its level asks above the lowest."""
    return min(MOST_WEIGHT, max(facility, level - 1, 0))


def facility_weight(gewicht: int, afstand_m: int, metres: float) -> int:
    """How much one facility weighs at this distance: in full within its own distance, half up to three times that."""
    if metres <= afstand_m:
        return gewicht
    return gewicht // 2 if metres <= FAR * afstand_m else 0


def score(ernst: int, locatiegewicht: int, bewoners: int, regels: Regels) -> int:
    """Severity x (1 + weight of the place), and one for each resident who reported it, up to a limit."""
    return ernst * (1 + locatiegewicht) + min(bewoners, regels.bewoners_hoogstens)


def priority_of(punten: int, regels: Regels) -> Prioriteit:
    """The words for a score."""
    if punten >= regels.hoog_vanaf:
        return Prioriteit.HOOG
    return Prioriteit.MIDDEL if punten >= regels.middel_vanaf else Prioriteit.LAAG


def rank(punten: int, prioriteit: str, regels: Regels) -> int:
    """Where it stands in the list: its score, moved into the range of the priority that somebody chose."""
    low, high = {
        Prioriteit.LAAG.value: (0, regels.middel_vanaf - 1),
        Prioriteit.MIDDEL.value: (regels.middel_vanaf, regels.hoog_vanaf - 1),
        Prioriteit.HOOG.value: (regels.hoog_vanaf, max(punten, regels.hoog_vanaf)),
    }[str(prioriteit)]
    return max(low, min(punten, high))


def formula(ernst: int, locatiegewicht: int, bewoners: int, regels: Regels) -> str:
    """The score as people can check it: 'ernst 3 × (1 + 2 voor de plaats) + 4 bewoners = 13 punten: hoog'."""
    punten = score(ernst, locatiegewicht, bewoners, regels)
    people = "1 bewoner" if bewoners == 1 else f"{bewoners} bewoners"
    if bewoners > regels.bewoners_hoogstens:
        people = f"{regels.bewoners_hoogstens} (het meeste voor {people})"
    words = f"ernst {ernst} × (1 + {locatiegewicht} voor de plaats) + {people} = {punten} punten"
    return f"{words}: {priority_of(punten, regels).label}"


def advise(prioriteit: str, haalbaarheid: int | None) -> Advies | None:
    """The term to propose; None without a feasibility."""
    return ADVICE.get((str(prioriteit), int(haalbaarheid or 0)))


def last_year(planning: str, today: int, regels: Regels) -> int:
    """The last year that still is this term."""
    years = {Planning.KT.value: regels.kt_jaren, Planning.MLT.value: regels.mlt_jaren}
    return today + years.get(str(planning), regels.lt_jaren)


def term_of(year: int, today: int, regels: Regels) -> Planning | None:
    """The term in which a year lies, seen from this year; None beyond the longest."""
    return next((term for term in Planning if year <= last_year(term, today, regels)), None)


def wrong_year(planning: str, year: int | None, today: int, regels: Regels) -> str:
    """What is wrong with a year beside a term, in words; empty when nothing is."""
    if year is None:
        return ""
    if year < FIRST_YEAR:
        return f"Vul een jaar in vanaf {FIRST_YEAR}."
    term = term_of(year, today, regels)
    if term is None:
        return f"Dit is te ver weg: de lange termijn loopt tot {last_year(Planning.LT, today, regels)}."
    if planning and year >= today and term != planning:
        return f"{year} valt in de {term.label} ({term}). Kies {term}, of een ander jaar."
    return ""
