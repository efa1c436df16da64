"""Reports of residents: what can be reported, and each report with all that belongs to it."""

from .bulk import Bulk, BulkRij, Handeling
from .categorie import Categorie, Stoppagina, Termijn, Vraag
from .dubbel import Dubbelvoorstel, GeenDubbel, Samenvoeging, Voorstelrij
from .label import Label, MeldingLabel
from .melding import Antwoord, Gebeurtenis, Melder, Melding, MeldingBeeld, Pauze, Volger, make_code
from .open311 import Open311Dienst, Open311Inzending
from .privacy import Adresvraag, Inzage
from .route import Routeregel, Weekdag
from .standaardtekst import Standaardtekst

__all__ = [
    "Adresvraag",
    "Antwoord",
    "Bulk",
    "BulkRij",
    "Categorie",
    "Dubbelvoorstel",
    "Gebeurtenis",
    "GeenDubbel",
    "Handeling",
    "Inzage",
    "Label",
    "Melder",
    "Melding",
    "MeldingBeeld",
    "MeldingLabel",
    "Open311Dienst",
    "Open311Inzending",
    "Pauze",
    "Routeregel",
    "Samenvoeging",
    "Standaardtekst",
    "Stoppagina",
    "Termijn",
    "Volger",
    "Voorstelrij",
    "Vraag",
    "Weekdag",
    "make_code",
]
