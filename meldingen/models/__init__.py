"""Reports of residents: what can be reported, and each report with all that belongs to it."""

from .beloften import Belofte
from .bulk import Bulk, BulkRij, Handeling
from .categorie import Categorie, Stoppagina, Termijn, Vraag
from .cijfers import Cijfer, Cijferwijziging, Doorloop, Doorlooptijd, Maandcijfer
from .deeltaak import Deeltaak
from .dubbel import Dubbelvoorstel, GeenDubbel, Samenvoeging, Voorstelrij
from .foto import MeldingBeeld
from .kaartvak import Kaartvak
from .label import Label, MeldingLabel
from .melder import Antwoord, Melder, Volger
from .melding import Melding, make_code
from .open311 import Open311Dienst, Open311Inzending
from .partner import Partnerantwoord, Partneropdracht, Partnerwerk
from .privacy import Adresvraag, Inzage
from .ronde import Materiaal, Ronde, Rondestop, Startplaats, Verbruik
from .route import Routeregel, Weekdag
from .standaardtekst import Standaardtekst
from .terugkoppeling import Enquete, Enquetereden, Terugkoppeling
from .uitvoer import Uitvoer, Uitvoerplan, Vorm
from .verloop import Gebeurtenis, Pauze
from .weergave import Kolomkeuze, Seintje, Weergave

__all__ = [
    "Adresvraag",
    "Antwoord",
    "Belofte",
    "Bulk",
    "BulkRij",
    "Categorie",
    "Cijfer",
    "Cijferwijziging",
    "Deeltaak",
    "Doorloop",
    "Doorlooptijd",
    "Dubbelvoorstel",
    "Enquete",
    "Enquetereden",
    "Gebeurtenis",
    "GeenDubbel",
    "Handeling",
    "Inzage",
    "Kaartvak",
    "Kolomkeuze",
    "Label",
    "Maandcijfer",
    "Materiaal",
    "Melder",
    "Melding",
    "MeldingBeeld",
    "MeldingLabel",
    "Open311Dienst",
    "Open311Inzending",
    "Partnerantwoord",
    "Partneropdracht",
    "Partnerwerk",
    "Pauze",
    "Ronde",
    "Rondestop",
    "Routeregel",
    "Samenvoeging",
    "Seintje",
    "Standaardtekst",
    "Startplaats",
    "Stoppagina",
    "Termijn",
    "Terugkoppeling",
    "Uitvoer",
    "Uitvoerplan",
    "Verbruik",
    "Volger",
    "Voorstelrij",
    "Vorm",
    "Vraag",
    "Weekdag",
    "Weergave",
    "make_code",
]
