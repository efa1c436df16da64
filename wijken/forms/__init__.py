"""What comes in through forms, a module per subject."""

from .behoeften import BehoefteForm, BeslisForm
from .openbaar import FindForm
from .partners import PartnerContactForm, PersoonContactForm

__all__ = [
    "BehoefteForm",
    "BeslisForm",
    "FindForm",
    "PartnerContactForm",
    "PersoonContactForm",
]
