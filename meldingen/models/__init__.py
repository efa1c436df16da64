"""Reports of residents: what can be reported, and each report with all that belongs to it."""

from .categorie import Categorie, Stoppagina, Termijn, Vraag
from .dubbel import Dubbelvoorstel, GeenDubbel, Samenvoeging, Voorstelrij
from .melding import Antwoord, Gebeurtenis, Melder, Melding, MeldingBeeld, Pauze, Volger, make_code

__all__ = [
    "Antwoord",
    "Categorie",
    "Dubbelvoorstel",
    "Gebeurtenis",
    "GeenDubbel",
    "Melder",
    "Melding",
    "MeldingBeeld",
    "Pauze",
    "Samenvoeging",
    "Stoppagina",
    "Termijn",
    "Volger",
    "Voorstelrij",
    "Vraag",
    "make_code",
]
