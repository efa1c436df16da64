"""What comes in through forms, a module per subject."""

from .acties import ActieForm, ActiepartnerForm, BewijsForm, EindeForm, MijlpaalForm, MijlpaalStapForm
from .behoeften import BehoefteForm, BeslisForm, BronForm, NieuweBehoefteForm
from .bijeenkomsten import (
    AfgelastForm,
    AfrondForm,
    BehoefteUitBesluitForm,
    BesluitFormSet,
    BijeenkomstForm,
    KopieForm,
    MixForm,
    PlaatsenForm,
    StafInschrijfForm,
    VerplaatsForm,
    WerkFilter,
)
from .contactmomenten import GehoordForm, MomentForm, OpdehoogteForm
from .filters import ActieFilter, BehoefteFilter, MomentFilter, VoorstelFilter
from .impuls import ImpulsBeginForm, ImpulsEindeForm, ProgrammapuntForm, StapForm
from .inschrijven import AgendaFilter, InschrijfForm, NodenForm, VolgForm
from .openbaar import FindForm
from .partners import PartnerContactForm, PersoonContactForm
from .plan import PlankoppelForm, WaaromForm
from .voorstellen import AdviesForm, BesluitForm, OverlegForm, PartnerAdviesForm, TerugForm, VoorstelForm

__all__ = [
    "ActieFilter",
    "ActieForm",
    "ActiepartnerForm",
    "AdviesForm",
    "AfgelastForm",
    "AfrondForm",
    "AgendaFilter",
    "BehoefteFilter",
    "BehoefteForm",
    "BehoefteUitBesluitForm",
    "BeslisForm",
    "BesluitForm",
    "BesluitFormSet",
    "BewijsForm",
    "BijeenkomstForm",
    "BronForm",
    "EindeForm",
    "FindForm",
    "GehoordForm",
    "ImpulsBeginForm",
    "ImpulsEindeForm",
    "InschrijfForm",
    "KopieForm",
    "MijlpaalForm",
    "MijlpaalStapForm",
    "MixForm",
    "MomentFilter",
    "MomentForm",
    "NieuweBehoefteForm",
    "NodenForm",
    "OpdehoogteForm",
    "OverlegForm",
    "PartnerAdviesForm",
    "PartnerContactForm",
    "PersoonContactForm",
    "PlaatsenForm",
    "PlankoppelForm",
    "ProgrammapuntForm",
    "StafInschrijfForm",
    "StapForm",
    "TerugForm",
    "VerplaatsForm",
    "VolgForm",
    "VoorstelFilter",
    "VoorstelForm",
    "WaaromForm",
    "WerkFilter",
]
