"""Reports of residents: what can be reported, and each report with all that belongs to it."""

from .categorie import Categorie, Stoppagina, Termijn, Vraag
from .deeltaak import Deeltaak
from .melding import Antwoord, Gebeurtenis, Melder, Melding, MeldingBeeld, Pauze, Volger, make_code
from .partner import Partnerantwoord, Partneropdracht, Partnerwerk
from .privacy import Adresvraag, Inzage

__all__ = [
    "Adresvraag",
    "Antwoord",
    "Categorie",
    "Deeltaak",
    "Gebeurtenis",
    "Inzage",
    "Melder",
    "Melding",
    "MeldingBeeld",
    "Partnerantwoord",
    "Partneropdracht",
    "Partnerwerk",
    "Pauze",
    "Stoppagina",
    "Termijn",
    "Volger",
    "Vraag",
    "make_code",
]
