"""The city in wijken, the teams that work there, what the wijken need, and the partners outside the city."""

from .afspraak import Afspraak, AfspraakQuerySet
from .behoefte import Behoefte, BehoefteQuerySet
from .draad import Draad, DraadQuerySet
from .gebied import Stadsdeel, Straat, Wijk, WijkQuerySet, WijkRing
from .netwerk import Partnerpersoon, PartnerpersoonQuerySet, Partnerrol
from .overeenkomst import (
    Gevraagdresultaat,
    Halfjaarverslag,
    OvereenkomstQuerySet,
    Samenwerkingsovereenkomst,
    Thema,
    Verslagregel,
)
from .partner import Contactvraag, Partner, PartnerQuerySet
from .team import PeriodeQuerySet, Team, Teamlid, TeamWijk

__all__ = [
    "Afspraak",
    "AfspraakQuerySet",
    "Behoefte",
    "BehoefteQuerySet",
    "Contactvraag",
    "Draad",
    "DraadQuerySet",
    "Gevraagdresultaat",
    "Halfjaarverslag",
    "OvereenkomstQuerySet",
    "Partner",
    "PartnerQuerySet",
    "Partnerpersoon",
    "PartnerpersoonQuerySet",
    "Partnerrol",
    "PeriodeQuerySet",
    "Samenwerkingsovereenkomst",
    "Stadsdeel",
    "Straat",
    "Team",
    "TeamWijk",
    "Teamlid",
    "Thema",
    "Verslagregel",
    "Wijk",
    "WijkQuerySet",
    "WijkRing",
]
