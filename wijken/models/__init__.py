"""The city in wijken, the teams that work there, what the wijken need, and the partners outside the city."""

from .behoefte import Behoefte, BehoefteQuerySet
from .bijeenkomst import Besluit, Bijeenkomst, BijeenkomstQuerySet, Mixtelling
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
from .inschrijving import Inschrijving, InschrijvingQuerySet
from .partner import Contactvraag, Partner, PartnerQuerySet
from .plan import Actieplan, Beleidsdoelstelling, Meerjarenplan, PlanActie, Planbedrag, Planlink, PlanlinkQuerySet
from .programma import Beleidsdomein, Doelstelling
from .team import PeriodeQuerySet, Team, Teamlid, TeamWijk
from .volger import Wijkvolger, Wijkvolging

__all__ = [
    "Actieplan",
    "Behoefte",
    "BehoefteQuerySet",
    "Beleidsdoelstelling",
    "Beleidsdomein",
    "Besluit",
    "Bijeenkomst",
    "BijeenkomstQuerySet",
    "Contactvraag",
    "Doelstelling",
    "Draad",
    "DraadQuerySet",
    "Factor",
    "Impulsperiode",
    "Indicator",
    "Indicatorwaarde",
    "Inschrijving",
    "InschrijvingQuerySet",
    "Meerjarenplan",
    "Mixtelling",
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
    "Wijkvolger",
    "Wijkvolging",
]
