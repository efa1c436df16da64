"""What comes in through forms, a module per subject."""

from .behoeften import BehoefteForm, BeslisForm
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
from .impuls import AfspraakForm, BeginForm, EindeForm, StapForm
from .inschrijven import AgendaFilter, InschrijfForm, NodenForm, VolgForm
from .openbaar import FindForm
from .partners import PartnerContactForm
from .plan import PlankoppelForm, WaaromForm

__all__ = [
    "AfgelastForm",
    "AfrondForm",
    "AfspraakForm",
    "AgendaFilter",
    "BeginForm",
    "BehoefteForm",
    "BehoefteUitBesluitForm",
    "BeslisForm",
    "BesluitFormSet",
    "BijeenkomstForm",
    "EindeForm",
    "FindForm",
    "InschrijfForm",
    "KopieForm",
    "MixForm",
    "NodenForm",
    "PartnerContactForm",
    "PlaatsenForm",
    "PlankoppelForm",
    "StafInschrijfForm",
    "StapForm",
    "VerplaatsForm",
    "VolgForm",
    "WaaromForm",
    "WerkFilter",
]
