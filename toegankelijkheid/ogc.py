"""The screening as map layers: zones, objects, knelpunten and good examples."""

from __future__ import annotations

from typing import Any

from kern.ogc.registry import GEEN_HERGEBRUIK, Beller, Collectie, Eigenschap, register
from kern.ogc.vormen import Lijn, Plaats, Ringen, Soort
from wijken.models import Wijk
from wijken.queries import reach

from .models import GoedVoorbeeld, Knelpunt, Kwaliteitsniveau, Screeningsobject, Woonzorgzone, ZoneRing
from .rules.woorden import (
    Context,
    Dimensie,
    Ernst,
    Haalbaarheid,
    Haalbaarheidsreden,
    Kant,
    Onderwerp,
    Oordeel,
    Planning,
    Prioriteit,
    Wegbeheerder,
)
from .states import Knelpuntstatus


def words(choices: Any, *, blank: bool = False) -> tuple[tuple[str, str], ...]:
    """The values of a closed list, with the words people read."""
    found = tuple((str(value), str(label)) for value, label in choices.choices)
    return (("", "niet bekend"), *found) if blank else found


def _zones(beller: Beller) -> Any:
    return Woonzorgzone.objects.all()


def _objects(beller: Beller) -> Any:
    return Screeningsobject.objects.filter(is_actief=True)


def _lines(beller: Beller) -> Any:
    return _objects(beller).filter(lijn__isnull=False)


def _findings(beller: Beller) -> Any:
    return Knelpunt.objects.public()


def _examples(beller: Beller) -> Any:
    return GoedVoorbeeld.objects.public()


def _findings_of_staff(beller: Beller) -> Any:
    if beller.gebruiker is None:
        return Knelpunt.objects.none()
    return Knelpunt.objects.visible_to(beller.gebruiker, reach(beller.gebruiker, beller.op))


_ONDERWERP = Eigenschap("onderwerp", Soort.TEKST, "Thema", keuzes=words(Onderwerp), filterbaar=True)
_WIJK = Eigenschap("wijk", Soort.TEKST, "Wijk", bron="wijk__naam", filterbaar=True)
_ZONE = Eigenschap("woonzorgzone", Soort.TEKST, "Woonzorgzone", bron="zone__naam", filterbaar=True)
_NIVEAU = Eigenschap("niveau", Soort.TEKST, "Kwaliteitsniveau", bron="niveau__naam", filterbaar=True)
_ERNST_UITLEG = "Van 1 (hinder) tot 4 (onmogelijk of gevaarlijk)."
_ERNST = Eigenschap("ernst", Soort.GEHEEL, "Ernst", _ERNST_UITLEG, keuzes=words(Ernst), filterbaar=True)
_FINDING = (
    _ONDERWERP,
    Eigenschap("dod", Soort.TEKST, "DOD", bron="dimensie", keuzes=words(Dimensie, blank=True), filterbaar=True),
    Eigenschap("titel", Soort.TEKST, "Titel", filterbaar=True),
    Eigenschap("omschrijving", Soort.TEKST, "Omschrijving"),
    Eigenschap("adres", Soort.TEKST, "Adres of plaats in woorden", filterbaar=True),
    _WIJK,
    _ZONE,
    _NIVEAU,
)
_PLAN = (
    _ERNST,
    Eigenschap("status", Soort.TEKST, "Status", keuzes=words(Knelpuntstatus), filterbaar=True),
    Eigenschap("gevraagd", Soort.TEKST, "Gevraagd", "Wat de norm vraagt.", bron="vereist"),
    Eigenschap("gemeten", Soort.GETAL, "Gemeten", filterbaar=True),
    Eigenschap("eenheid", Soort.TEKST, "Eenheid", filterbaar=True),
    Eigenschap("afwijking", Soort.GETAL, "Afwijking", "In de eenheid; onder de grens is min.", filterbaar=True),
    Eigenschap("oplossing", Soort.TEKST, "Mogelijke oplossing"),
    Eigenschap("haalbaarheid", Soort.GEHEEL, "Haalbaarheid", keuzes=words(Haalbaarheid), filterbaar=True),
    Eigenschap("prioriteit", Soort.TEKST, "Prioriteit", keuzes=words(Prioriteit, blank=True), filterbaar=True),
    Eigenschap("planning", Soort.TEKST, "Planning", keuzes=words(Planning, blank=True), filterbaar=True),
    Eigenschap("planjaar", Soort.GEHEEL, "Jaar van de planning", filterbaar=True),
    Eigenschap("wegbeheerder", Soort.TEKST, "Wie de weg beheert", keuzes=words(Wegbeheerder), filterbaar=True),
    Eigenschap("vastgesteld_op", Soort.DAG, "Vastgesteld op"),
    Eigenschap("uitgevoerd_op", Soort.DAG, "Uitgevoerd op", filterbaar=True),
)
_OBJECT = (
    _ONDERWERP,
    Eigenschap("naam", Soort.TEKST, "Naam", filterbaar=True),
    Eigenschap("straat", Soort.TEKST, "Straat", filterbaar=True),
    _WIJK,
    _ZONE,
    _NIVEAU,
    Eigenschap("ligt", Soort.TEKST, "Ligt", bron="context", keuzes=words(Context), filterbaar=True),
    Eigenschap("wegbeheerder", Soort.TEKST, "Wie de weg beheert", keuzes=words(Wegbeheerder), filterbaar=True),
    Eigenschap(
        "oordeel",
        Soort.TEKST,
        "Oordeel",
        "Nog niet gescreend betekent nooit dat er geen probleem is.",
        keuzes=words(Oordeel),
        filterbaar=True,
    ),
    _ERNST,
    Eigenschap("knelpunten_open", Soort.GEHEEL, "Open knelpunten", filterbaar=True),
    Eigenschap("gescreend_op", Soort.DAG, "Laatst gescreend op"),
)

ZONES = Collectie(
    id="woonzorgzones",
    titel="Woonzorgzones",
    omschrijving="De delen van de stad waar mensen kunnen blijven wonen met zorg dichtbij, met hun omtrek.",
    model=Woonzorgzone,
    rijen=_zones,
    geometrie=Ringen(ZoneRing, "zone", naam="ringen"),
    opschrift="naam",
    volgorde=30,
    tabellen=(Woonzorgzone, ZoneRing, Kwaliteitsniveau),
    eigenschappen=(
        Eigenschap("naam", Soort.TEKST, "Naam", filterbaar=True),
        Eigenschap("kern", Soort.TEKST, "Kern", "Het hart van de zone.", bron="kern_naam", filterbaar=True),
        Eigenschap("omschrijving", Soort.TEKST, "Omschrijving"),
        _NIVEAU,
        Eigenschap(
            "fictief", Soort.JANEE, "Fictief", "Alleen voor de demo bedacht.", bron="is_fictief", filterbaar=True
        ),
    ),
)

OBJECTEN = Collectie(
    id="screeningsobjecten",
    titel="Gescreende plaatsen",
    omschrijving=(
        "Looproutes, oversteekplaatsen, hellingsbanen, trappen, haltes, parkeerplaatsen en straatmeubilair, met wat de "
        "laatste metingen zeggen. Van een lijn staat hier het midden; de lijn zelf staat in screeningslijnen."
    ),
    model=Screeningsobject,
    rijen=_objects,
    geometrie=Plaats(),
    opschrift="naam",
    tijd="gescreend_op",
    volgorde=31,
    tabellen=(Screeningsobject, Wijk, Woonzorgzone, Kwaliteitsniveau),
    eigenschappen=_OBJECT,
)

LIJNEN = Collectie(
    id="screeningslijnen",
    titel="Gescreende lijnen",
    omschrijving="De gescreende plaatsen die een lijn zijn, zoals een looproute langs een straat.",
    model=Screeningsobject,
    rijen=_lines,
    geometrie=Lijn(verplicht=True),
    opschrift="naam",
    tijd="gescreend_op",
    volgorde=32,
    tabellen=OBJECTEN.tabellen,
    eigenschappen=(
        *_OBJECT[:3],
        Eigenschap(
            "kant",
            Soort.TEKST,
            "Kant",
            "Gezien vanaf het eerste punt.",
            keuzes=words(Kant, blank=True),
            filterbaar=True,
        ),
        *_OBJECT[3:],
    ),
)

KNELPUNTEN = Collectie(
    id="knelpunten",
    titel="Knelpunten in de toegankelijkheid",
    omschrijving=(
        "Wat niet voldoet op de openbare weg, hoe erg het is en wat de stad ermee doet: alles wat openbaar is. "
        "Zonder namen en zonder bedragen."
    ),
    model=Knelpunt,
    rijen=_findings,
    geometrie=Plaats(),
    opschrift="titel",
    tijd="vastgesteld_op",
    volgorde=33,
    tabellen=(Knelpunt, Wijk, Woonzorgzone, Kwaliteitsniveau),
    eigenschappen=(*_FINDING, *_PLAN),
)

VOORBEELDEN = Collectie(
    id="goede-voorbeelden",
    titel="Goede voorbeelden",
    omschrijving="Plaatsen die goed werken voor iedereen, om van te leren.",
    model=GoedVoorbeeld,
    rijen=_examples,
    geometrie=Plaats(),
    opschrift="titel",
    tijd="vastgesteld_op",
    volgorde=34,
    tabellen=(GoedVoorbeeld, Wijk, Woonzorgzone, Kwaliteitsniveau),
    eigenschappen=(*_FINDING, Eigenschap("vastgesteld_op", Soort.DAG, "Vastgesteld op")),
)

WERK = Collectie(
    id="knelpunten-werk",
    titel="Knelpunten voor het werk",
    omschrijving="De knelpunten die jij in het portaal ook ziet, openbaar of niet, met dienst, termijn en kosten.",
    model=Knelpunt,
    rijen=_findings_of_staff,
    geometrie=Plaats(),
    opschrift="titel",
    tijd="vastgesteld_op",
    voor_staf=True,
    licentie=GEEN_HERGEBRUIK,
    volgorde=81,
    tabellen=(Knelpunt, Wijk, Woonzorgzone, Kwaliteitsniveau),
    eigenschappen=(
        *_FINDING,
        *_PLAN,
        Eigenschap("openbaar", Soort.JANEE, "Openbaar", filterbaar=True),
        Eigenschap(
            "haalbaarheidsreden",
            Soort.TEKST,
            "Reden van de haalbaarheid",
            keuzes=words(Haalbaarheidsreden, blank=True),
            filterbaar=True,
        ),
        Eigenschap("dienst", Soort.TEKST, "Verantwoordelijke dienst", bron="dienst__naam", filterbaar=True),
        Eigenschap("uiterlijk", Soort.DAG, "Termijn", filterbaar=True),
        Eigenschap("kost_laag", Soort.GEHEEL, "Kost, laag geschat (euro)", filterbaar=True),
        Eigenschap("kost_hoog", Soort.GEHEEL, "Kost, hoog geschat (euro)", filterbaar=True),
    ),
)


def register_all() -> None:
    """Make them known; called once, when the app is ready."""
    for collectie in (ZONES, OBJECTEN, LIJNEN, KNELPUNTEN, VOORBEELDEN, WERK):
        register(collectie)
