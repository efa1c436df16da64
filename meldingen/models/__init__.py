"""Reports of residents: what can be reported, and each report with all that belongs to it."""

from .bulk import Bulk, BulkRij, Handeling
from .categorie import Categorie, Stoppagina, Termijn, Vraag
from .label import Label, MeldingLabel
from .melding import Antwoord, Gebeurtenis, Melder, Melding, MeldingBeeld, Pauze, Volger, make_code
from .uitvoer import Uitvoer, Uitvoerplan, Vorm
from .weergave import Kolomkeuze, Seintje, Weergave

__all__ = [
    "Antwoord",
    "Bulk",
    "BulkRij",
    "Categorie",
    "Gebeurtenis",
    "Handeling",
    "Kolomkeuze",
    "Label",
    "Melder",
    "Melding",
    "MeldingBeeld",
    "MeldingLabel",
    "Pauze",
    "Seintje",
    "Stoppagina",
    "Termijn",
    "Uitvoer",
    "Uitvoerplan",
    "Volger",
    "Vorm",
    "Vraag",
    "Weergave",
    "make_code",
]
