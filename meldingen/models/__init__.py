"""Reports of residents: what can be reported, and each report with all that belongs to it."""

from .categorie import Categorie, Stoppagina, Termijn, Vraag
from .melding import Antwoord, Gebeurtenis, Melder, Melding, MeldingBeeld, Pauze, Volger, make_code
from .route import Routeregel, Weekdag
from .standaardtekst import Standaardtekst

__all__ = [
    "Antwoord",
    "Categorie",
    "Gebeurtenis",
    "Melder",
    "Melding",
    "MeldingBeeld",
    "Pauze",
    "Routeregel",
    "Standaardtekst",
    "Stoppagina",
    "Termijn",
    "Volger",
    "Vraag",
    "Weekdag",
    "make_code",
]
