"""Levels and zones, the norm book, campaigns, objects with their measurements, and what was found."""

from .actieplan import Actieplan, ActieplanQuerySet, Planbudget, Planregel
from .advies import Adviesregel, Dienstadvies, DienstadviesQuerySet, Standaardoplossing
from .bevinding import Bevinding, BevindingQuerySet, GoedVoorbeeld, Knelpunt, KnelpuntQuerySet, TweedeMening
from .campagne import Campagne, CampagneQuerySet
from .monitoring import Bewonersvraag, KnelpuntBeeld, Monitoringregels
from .niveau import Kwaliteitsniveau, Voorziening, Voorzieningsoort, Woonzorgzone, Zonedeel, ZoneRing
from .norm import Criterium, Herberekening, Invoer, Norm, Normbron, NormQuerySet, Oordeelwijziging
from .object import Meting, Opname, OpnameBeeld, Screeningsobject, ScreeningsobjectQuerySet
from .vorming import Themavorming, ThemavormingQuerySet

__all__ = [
    "Actieplan",
    "ActieplanQuerySet",
    "Adviesregel",
    "Bevinding",
    "BevindingQuerySet",
    "Bewonersvraag",
    "Campagne",
    "CampagneQuerySet",
    "Criterium",
    "Dienstadvies",
    "DienstadviesQuerySet",
    "GoedVoorbeeld",
    "Herberekening",
    "Invoer",
    "Knelpunt",
    "KnelpuntBeeld",
    "KnelpuntQuerySet",
    "Kwaliteitsniveau",
    "Meting",
    "Monitoringregels",
    "Norm",
    "NormQuerySet",
    "Normbron",
    "Oordeelwijziging",
    "Opname",
    "OpnameBeeld",
    "Planbudget",
    "Planregel",
    "Screeningsobject",
    "ScreeningsobjectQuerySet",
    "Standaardoplossing",
    "Themavorming",
    "ThemavormingQuerySet",
    "TweedeMening",
    "Voorziening",
    "Voorzieningsoort",
    "Woonzorgzone",
    "ZoneRing",
    "Zonedeel",
]
