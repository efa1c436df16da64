"""What comes in through forms, a module per subject."""

from .behoeften import BehoefteForm, BeslisForm
from .impuls import AfspraakForm, BeginForm, EindeForm, StapForm
from .openbaar import FindForm
from .partners import PartnerContactForm
from .plan import PlankoppelForm, WaaromForm

__all__ = [
    "AfspraakForm",
    "BeginForm",
    "BehoefteForm",
    "BeslisForm",
    "EindeForm",
    "FindForm",
    "PartnerContactForm",
    "PlankoppelForm",
    "StapForm",
    "WaaromForm",
]
