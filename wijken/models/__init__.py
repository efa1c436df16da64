"""The city in wijken, the teams that work there, what the wijken need, and the partners outside the city."""

from .actie import Actie, Actiepartner, ActieQuerySet, Bewijs, Mijlpaal, MijlpaalQuerySet
from .behoefte import Behoefte, BehoefteQuerySet
from .bijeenkomst import Besluit, Bijeenkomst, BijeenkomstQuerySet, Mixtelling
from .contactmoment import Contactmoment, ContactmomentQuerySet, Gehoord, Opdehoogte, OpdehoogteQuerySet, Thema
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
from .voorstel import Actievoorstel, ActievoorstelQuerySet, Advies, AdviesQuerySet, Looptijd

__all__ = [
    "Actie",
    "ActieQuerySet",
    "Actiepartner",
    "Actieplan",
    "Actievoorstel",
    "ActievoorstelQuerySet",
    "Advies",
    "AdviesQuerySet",
    "Behoefte",
    "BehoefteQuerySet",
    "Beleidsdoelstelling",
    "Beleidsdomein",
    "Besluit",
    "Bewijs",
    "Bijeenkomst",
    "BijeenkomstQuerySet",
    "Contactmoment",
    "ContactmomentQuerySet",
    "Contactvraag",
    "Doelstelling",
    "Draad",
    "DraadQuerySet",
    "Factor",
    "Gehoord",
    "Impulsperiode",
    "Indicator",
    "Indicatorwaarde",
    "Inschrijving",
    "InschrijvingQuerySet",
    "Looptijd",
    "Meerjarenplan",
    "Mijlpaal",
    "MijlpaalQuerySet",
    "Mixtelling",
    "Opdehoogte",
    "OpdehoogteQuerySet",
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
    "Thema",
    "Wijk",
    "WijkQuerySet",
    "WijkRing",
    "Wijkvolger",
    "Wijkvolging",
]
