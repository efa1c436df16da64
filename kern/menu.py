"""The menu of staff: each app registers its pages in `AppConfig.ready`, in groups that everybody finds back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from kern.gebruikers.models import Gebruiker


def has_a_role(user: Gebruiker) -> bool:
    """Whether somebody works on the portal; the usual `wie` of a page."""
    return bool(user.rollen)


def with_role(*rollen: str) -> Callable[[Gebruiker], bool]:
    """Whether somebody has one of these roles."""
    return lambda user: bool(user.rollen & set(rollen))


@dataclass(frozen=True)
class Punt:
    """A page in the menu: its group, name, url name and icon; `wie` tells who gets to see it.

    Without a group it stands in the bar itself. `toets` is its key, if it has one.
    """

    naam: str
    adres: str
    icoon: str
    groep: str = ""
    volgorde: int = 50
    wie: Callable[[Gebruiker], bool] = has_a_role
    toets: str = ""


@dataclass(frozen=True)
class Keuze:
    """A page as one person sees it on one page. `is_hier`: it is the page itself."""

    naam: str
    url: str
    icoon: str
    toets: str
    is_hier: bool


@dataclass(frozen=True)
class Groep:
    """A group with the pages that somebody may open. `is_hier`: one of them is the page itself."""

    naam: str
    keuzes: tuple[Keuze, ...]

    @property
    def is_hier(self) -> bool:
        return any(keuze.is_hier for keuze in self.keuzes)


_groepen: dict[str, int] = {}
_punten: dict[str, Punt] = {}


def register(*punten: Punt) -> None:
    """Add pages. Registering the same url name again replaces it."""
    _punten.update({punt.adres: punt for punt in punten})


def register_group(naam: str, volgorde: int) -> None:
    """Give a group its place among the others."""
    _groepen[naam] = volgorde


def menu_of(user: Gebruiker, path: str) -> tuple[list[Keuze], list[Groep]]:
    """What somebody sees on the page with this path: what stands in the bar itself, and the groups. Asks nothing."""
    seen = [punt for punt in _punten.values() if user.is_authenticated and punt.wie(user)]
    seen.sort(key=lambda punt: (punt.volgorde, punt.naam))
    names = sorted({punt.groep for punt in seen} - {""}, key=lambda naam: (_groepen.get(naam, 50), naam))
    return (
        _choices((punt for punt in seen if not punt.groep), path),
        [Groep(naam, tuple(_choices((punt for punt in seen if punt.groep == naam), path))) for naam in names],
    )


def _choices(punten: Iterable[Punt], path: str) -> list[Keuze]:
    return [
        Keuze(punt.naam, url, punt.icoon, punt.toets, is_hier=path == url)
        for punt in punten
        for url in [reverse(punt.adres)]
    ]
