"""The city in wijken, the teams that work there, what the wijken need, and the partners outside the city."""

from .behoefte import Behoefte, BehoefteQuerySet
from .draad import Draad, DraadQuerySet
from .gebied import Stadsdeel, Straat, Wijk, WijkQuerySet, WijkRing
from .impuls import (
    Factor,
    Impulsperiode,
    Indicator,
    Indicatorwaarde,
    Periodesoort,
    Programmapunt,
    ProgrammapuntQuerySet,
)
from .partner import Contactvraag, Partner, PartnerQuerySet
from .plan import Actieplan, Beleidsdoelstelling, Meerjarenplan, PlanActie, Planbedrag, Planlink, PlanlinkQuerySet
from .programma import Beleidsdomein, Doelstelling
from .team import PeriodeQuerySet, Team, Teamlid, TeamWijk

__all__ = [
    "Actieplan",
    "Behoefte",
    "BehoefteQuerySet",
    "Beleidsdoelstelling",
    "Beleidsdomein",
    "Contactvraag",
    "Doelstelling",
    "Draad",
    "DraadQuerySet",
    "Factor",
    "Impulsperiode",
    "Indicator",
    "Indicatorwaarde",
    "Meerjarenplan",
    "Partner",
    "PartnerQuerySet",
    "PeriodeQuerySet",
    "Periodesoort",
    "PlanActie",
    "Planbedrag",
    "Planlink",
    "PlanlinkQuerySet",
    "Programmapunt",
    "ProgrammapuntQuerySet",
    "Stadsdeel",
    "Straat",
    "Team",
    "TeamWijk",
    "Teamlid",
    "Wijk",
    "WijkQuerySet",
    "WijkRing",
]
