"""The city in wijken, the teams that work there, what the wijken need, and the partners outside the city."""

from .behoefte import Behoefte, BehoefteQuerySet
from .draad import Draad, DraadQuerySet
from .gebied import Stadsdeel, Straat, Wijk, WijkQuerySet, WijkRing
from .partner import Contactvraag, Partner, PartnerQuerySet
from .programma import Beleidsdomein, Doelstelling
from .team import PeriodeQuerySet, Team, Teamlid, TeamWijk

__all__ = [
    "Behoefte",
    "BehoefteQuerySet",
    "Beleidsdomein",
    "Contactvraag",
    "Doelstelling",
    "Draad",
    "DraadQuerySet",
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
]
