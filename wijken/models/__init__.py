"""The city in wijken, the teams that work there, what the wijken need, and the partners outside the city."""

from .actie import Actie, Actiepartner, ActieQuerySet, Bewijs, Mijlpaal, MijlpaalQuerySet
from .afspraak import Afspraak, AfspraakQuerySet
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
from .netwerk import Partnerpersoon, PartnerpersoonQuerySet, Partnerrol
from .overdracht import Overdracht, OverdrachtQuerySet
from .overeenkomst import (
    Buurtwerkthema,
    Gevraagdresultaat,
    Halfjaarverslag,
    OvereenkomstQuerySet,
    Samenwerkingsovereenkomst,
    Verslagregel,
)
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
    "Afspraak",
    "AfspraakQuerySet",
    "Behoefte",
    "BehoefteQuerySet",
    "Beleidsdoelstelling",
    "Beleidsdomein",
    "Besluit",
    "Bewijs",
    "Bijeenkomst",
    "BijeenkomstQuerySet",
    "Buurtwerkthema",
    "Contactmoment",
    "ContactmomentQuerySet",
    "Contactvraag",
    "Doelstelling",
    "Draad",
    "DraadQuerySet",
    "Factor",
    "Gehoord",
    "Gevraagdresultaat",
    "Halfjaarverslag",
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
    "Overdracht",
    "OverdrachtQuerySet",
    "OvereenkomstQuerySet",
    "Partner",
    "PartnerQuerySet",
    "Partnerpersoon",
    "PartnerpersoonQuerySet",
    "Partnerrol",
    "PeriodeQuerySet",
    "Periodesoort",
    "PlanActie",
    "Planbedrag",
    "Planlink",
    "PlanlinkQuerySet",
    "Programmapunt",
    "ProgrammapuntQuerySet",
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
    "Wijkvolger",
    "Wijkvolging",
]
