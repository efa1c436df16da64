"""The city in wijken, the teams that work there, what the wijken need, and the partners outside the city."""

from .behoefte import Behoefte, BehoefteQuerySet
from .bijeenkomst import Besluit, Bijeenkomst, BijeenkomstQuerySet, Mixtelling
from .draad import Draad, DraadQuerySet
from .gebied import Stadsdeel, Straat, Wijk, WijkQuerySet, WijkRing
from .inschrijving import Inschrijving, InschrijvingQuerySet
from .partner import Contactvraag, Partner, PartnerQuerySet
from .team import PeriodeQuerySet, Team, Teamlid, TeamWijk
from .volger import Wijkvolger, Wijkvolging

__all__ = [
    "Behoefte",
    "BehoefteQuerySet",
    "Besluit",
    "Bijeenkomst",
    "BijeenkomstQuerySet",
    "Contactvraag",
    "Draad",
    "DraadQuerySet",
    "Inschrijving",
    "InschrijvingQuerySet",
    "Mixtelling",
    "Partner",
    "PartnerQuerySet",
    "PeriodeQuerySet",
    "Stadsdeel",
    "Straat",
    "Team",
    "TeamWijk",
    "Teamlid",
    "Wijk",
    "WijkQuerySet",
    "WijkRing",
    "Wijkvolger",
    "Wijkvolging",
]
