"""The city in wijken, the teams that work there, what the wijken need, and the partners outside the city."""

from .actie import Actie, Actiepartner, ActieQuerySet, Bewijs, Mijlpaal, MijlpaalQuerySet
from .behoefte import Behoefte, BehoefteQuerySet
from .contactmoment import (
    Contactmoment,
    ContactmomentQuerySet,
    Gehoord,
    Opdehoogte,
    OpdehoogteQuerySet,
    Thema,
)
from .draad import Draad, DraadQuerySet
from .gebied import Stadsdeel, Straat, Wijk, WijkQuerySet, WijkRing
from .partner import Contactvraag, Partner, PartnerQuerySet
from .programma import Beleidsdomein, Doelstelling
from .team import PeriodeQuerySet, Team, Teamlid, TeamWijk
from .voorstel import Actievoorstel, ActievoorstelQuerySet, Advies, AdviesQuerySet, Looptijd

__all__ = [
    "Actie",
    "ActieQuerySet",
    "Actiepartner",
    "Actievoorstel",
    "ActievoorstelQuerySet",
    "Advies",
    "AdviesQuerySet",
    "Behoefte",
    "BehoefteQuerySet",
    "Beleidsdomein",
    "Bewijs",
    "Contactmoment",
    "ContactmomentQuerySet",
    "Contactvraag",
    "Doelstelling",
    "Draad",
    "DraadQuerySet",
    "Gehoord",
    "Looptijd",
    "Mijlpaal",
    "MijlpaalQuerySet",
    "Opdehoogte",
    "OpdehoogteQuerySet",
    "Partner",
    "PartnerQuerySet",
    "PeriodeQuerySet",
    "Stadsdeel",
    "Straat",
    "Team",
    "TeamWijk",
    "Teamlid",
    "Thema",
    "Wijk",
    "WijkQuerySet",
    "WijkRing",
]
