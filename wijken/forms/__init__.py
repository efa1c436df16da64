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
from .inschrijven import AgendaFilter, InschrijfForm, NodenForm, VolgForm
from .openbaar import FindForm
from .partners import PartnerContactForm

__all__ = [
    "AfgelastForm",
    "AfrondForm",
    "AgendaFilter",
    "BehoefteForm",
    "BehoefteUitBesluitForm",
    "BeslisForm",
    "BesluitFormSet",
    "BijeenkomstForm",
    "FindForm",
    "InschrijfForm",
    "KopieForm",
    "MixForm",
    "NodenForm",
    "PartnerContactForm",
    "PlaatsenForm",
    "StafInschrijfForm",
    "VerplaatsForm",
    "VolgForm",
    "WerkFilter",
]
