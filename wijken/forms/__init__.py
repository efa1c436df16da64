"""What comes in through forms, a module per subject."""

from .acties import ActieForm, ActiepartnerForm, BewijsForm, EindeForm, MijlpaalForm, MijlpaalStapForm
from .behoeften import BehoefteForm, BeslisForm, BronForm, NieuweBehoefteForm
from .contactmomenten import GehoordForm, MomentForm, OpdehoogteForm
from .filters import ActieFilter, BehoefteFilter, MomentFilter, VoorstelFilter
from .openbaar import FindForm
from .partners import PartnerContactForm
from .voorstellen import AdviesForm, BesluitForm, OverlegForm, PartnerAdviesForm, TerugForm, VoorstelForm

__all__ = [
    "ActieFilter",
    "ActieForm",
    "ActiepartnerForm",
    "AdviesForm",
    "BehoefteFilter",
    "BehoefteForm",
    "BeslisForm",
    "BesluitForm",
    "BewijsForm",
    "BronForm",
    "EindeForm",
    "FindForm",
    "GehoordForm",
    "MijlpaalForm",
    "MijlpaalStapForm",
    "MomentFilter",
    "MomentForm",
    "NieuweBehoefteForm",
    "OpdehoogteForm",
    "OverlegForm",
    "PartnerAdviesForm",
    "PartnerContactForm",
    "TerugForm",
    "VoorstelFilter",
    "VoorstelForm",
]
