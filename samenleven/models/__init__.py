"""The trajects of living together: who holds conversations, what was said, and what the newspaper makes of it."""

from .aanbeveling import (
    Aanbeveling,
    AanbevelingQuerySet,
    Aanbevelingsnieuws,
    Aanbevelingsvolger,
    Ladderbewijs,
    Mijlpaal,
)
from .activiteit import Activiteitvoorstel, ActiviteitvoorstelQuerySet
from .brief import Halfjaarbrief
from .bruggenbouwer import Bruggenbouwer, BruggenbouwerQuerySet, Jurylid, Juryoordeel, Juryronde, Steun
from .denktafel import Bundel, Denktafel, Denktafellid, DenktafellidQuerySet
from .editie import Editie, Editieblok, EditieblokQuerySet, EditieQuerySet
from .gesprek import (
    Citaat,
    CitaatQuerySet,
    Gesprek,
    GesprekQuerySet,
    Gesprekstaal,
    Methode,
    Profieltelling,
    Signaal,
    SignaalQuerySet,
)
from .ontwerp import Ontwerp, Ontwerpreactie, Ontwerpversie
from .toestemming import Toestemming, ToestemmingQuerySet, Toestemmingstekst, Waarvoor, new_code
from .traject import Domein, Fase, Profielgroep, Profielkenmerk, Thema, Traject, TrajectQuerySet
from .uitdager import Matrixtelling, Uitdager, UitdagerQuerySet, Vorming, Vormingsdeelname

__all__ = [
    "Aanbeveling",
    "AanbevelingQuerySet",
    "Aanbevelingsnieuws",
    "Aanbevelingsvolger",
    "Activiteitvoorstel",
    "ActiviteitvoorstelQuerySet",
    "Bruggenbouwer",
    "BruggenbouwerQuerySet",
    "Bundel",
    "Citaat",
    "CitaatQuerySet",
    "Denktafel",
    "Denktafellid",
    "DenktafellidQuerySet",
    "Domein",
    "Editie",
    "EditieQuerySet",
    "Editieblok",
    "EditieblokQuerySet",
    "Fase",
    "Gesprek",
    "GesprekQuerySet",
    "Gesprekstaal",
    "Halfjaarbrief",
    "Jurylid",
    "Juryoordeel",
    "Juryronde",
    "Ladderbewijs",
    "Matrixtelling",
    "Methode",
    "Mijlpaal",
    "Ontwerp",
    "Ontwerpreactie",
    "Ontwerpversie",
    "Profielgroep",
    "Profielkenmerk",
    "Profieltelling",
    "Signaal",
    "SignaalQuerySet",
    "Steun",
    "Thema",
    "Toestemming",
    "ToestemmingQuerySet",
    "Toestemmingstekst",
    "Traject",
    "TrajectQuerySet",
    "Uitdager",
    "UitdagerQuerySet",
    "Vorming",
    "Vormingsdeelname",
    "Waarvoor",
    "new_code",
]
