"""Reports of residents: what can be reported, and each report with all that belongs to it."""

from .categorie import Categorie, Stoppagina, Termijn, Vraag
from .melding import Antwoord, Gebeurtenis, Melder, Melding, MeldingBeeld, Pauze, Volger, make_code
from .open311 import Open311Dienst, Open311Inzending

__all__ = [
    "Antwoord",
    "Categorie",
    "Gebeurtenis",
    "Melder",
    "Melding",
    "MeldingBeeld",
    "Open311Dienst",
    "Open311Inzending",
    "Pauze",
    "Stoppagina",
    "Termijn",
    "Volger",
    "Vraag",
    "make_code",
]
