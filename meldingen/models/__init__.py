"""Reports of residents: what can be reported, and each report with all that belongs to it."""

from .categorie import Categorie, Stoppagina, Termijn, Vraag
from .melding import Antwoord, Gebeurtenis, Melder, Melding, MeldingBeeld, Pauze, Volger, make_code
from .privacy import Adresvraag, Inzage

__all__ = [
    "Adresvraag",
    "Antwoord",
    "Categorie",
    "Gebeurtenis",
    "Inzage",
    "Melder",
    "Melding",
    "MeldingBeeld",
    "Pauze",
    "Stoppagina",
    "Termijn",
    "Volger",
    "Vraag",
    "make_code",
]
