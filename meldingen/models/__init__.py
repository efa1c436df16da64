"""Reports of residents: what can be reported, and each report with all that belongs to it."""

from .beloften import Belofte
from .categorie import Categorie, Stoppagina, Termijn, Vraag
from .cijfers import Cijfer, Cijferwijziging, Doorloop, Doorlooptijd, Maandcijfer
from .melding import Antwoord, Gebeurtenis, Melder, Melding, MeldingBeeld, Pauze, Volger, make_code
from .terugkoppeling import Enquete, Enquetereden, Terugkoppeling

__all__ = [
    "Antwoord",
    "Belofte",
    "Categorie",
    "Cijfer",
    "Cijferwijziging",
    "Doorloop",
    "Doorlooptijd",
    "Enquete",
    "Enquetereden",
    "Gebeurtenis",
    "Maandcijfer",
    "Melder",
    "Melding",
    "MeldingBeeld",
    "Pauze",
    "Stoppagina",
    "Termijn",
    "Terugkoppeling",
    "Volger",
    "Vraag",
    "make_code",
]
