"""How many people live in each wijk, as a file: a row per wijk, with the source and its date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.urls import reverse

from kern.documenten.werkblad import Cel
from kern.gebruikers.models import Gebruiker
from kern.inlezen.registry import GELIJK, GEWIJZIGD, Fout, Rij, Soort, Uitkomst, Veld, Wijziging, register
from kern.inlezen.waarden import geheel, schoon, tekst_tot

from .. import actions, rules
from ..models import Wijk
from .indicatoren import Plaatsen

CODE = "inwoners"
MOST = 1_000_000  # more than a wijk can hold: a number of the wrong column
EXAMPLE_SOURCE = "rijksregister, 1 januari 2026"


def velden(doel: str, kop: Sequence[str] = ()) -> list[Veld]:
    """The columns: which wijk, how many, and who counted them when."""
    return [
        Veld(
            "wijk",
            "Wijk",
            verplicht=True,
            hulp="De naam of de code.",
            voorbeeld="Kolderbos",
            ook=("Gebied", "Gebiedsnaam", "Naam", "Wijknaam", "Gebiedscode", "Wijkcode", "Code"),
        ),
        Veld(
            "inwoners",
            "Inwoners",
            geheel(minstens=1, hoogstens=MOST),
            hulp="Een geheel getal. Leeg: niet bekend, dan staat er ook geen cijfer per 1.000 inwoners.",
            voorbeeld="2150",
            ook=("Aantal inwoners", "Bevolking", "Aantal"),
        ),
        Veld(
            "bron",
            "Bron",
            tekst_tot(120),
            hulp="Wie telde, en op welke dag. Nodig als er een getal staat.",
            voorbeeld=EXAMPLE_SOURCE,
            ook=("Bron van het aantal inwoners",),
        ),
    ]


def vergelijk(rijen: Sequence[Rij], doel: str) -> Iterator[Uitkomst | Fout]:
    """What each row would do."""
    find = Plaatsen()
    seen: dict[int, int] = {}
    for rij in rijen:
        try:
            wijk = find(rij.get("wijk"))
        except LookupError:
            yield rij.fout("wijk", "deze wijk kennen we niet: schrijf haar naam of haar code")
            continue
        if wijk is None:
            yield rij.fout("wijk", "dit gaat over de hele stad: schrijf een wijk")
            continue
        if wijk.pk in seen:
            yield rij.fout("wijk", f"{wijk.naam} staat ook op rij {seen[wijk.pk]}")
            continue
        seen[wijk.pk] = rij.nummer
        count = rij.get("inwoners") if "inwoners" in rij else wijk.inwoners
        source = (rij.get("bron") or "") if "bron" in rij else wijk.inwoners_bron
        if count is not None and not source:
            yield rij.fout("bron", "zeg wie telde, en op welke dag")
            continue
        source = source if count is not None else ""
        changes = [
            *([] if count == wijk.inwoners else [Wijziging("Inwoners", _word(wijk.inwoners), _word(count))]),
            *([] if source == schoon(wijk.inwoners_bron) else [Wijziging("Bron", wijk.inwoners_bron, source)]),
        ]
        yield Uitkomst(
            rij.nummer, GEWIJZIGD if changes else GELIJK, wijk.naam, tuple(changes), (wijk.pk, count, source)
        )


def schrijf(uitkomsten: Sequence[Uitkomst], doel: str, door: Gebruiker, at: datetime) -> None:
    """Keep the numbers."""
    actions.count_inhabitants(aantallen={pk: (count, source) for pk, count, source in (o.inhoud for o in uitkomsten)})


def uitvoer(doel: str) -> Iterable[Sequence[Cel]]:
    """Every wijk, also those without a number, so that the file to fill in is complete."""
    return Wijk.objects.values_list("naam", "inwoners", "inwoners_bron").order_by("naam").iterator()


def _word(count: int | None) -> str:
    return "niet bekend" if count is None else str(count)


def register_kind() -> None:
    """Make the numbers of inhabitants known as a file."""
    register(
        Soort(
            CODE,
            "Inwoners per wijk",
            "Hoeveel mensen er in elke wijk wonen, met de bron: voor de cijfers per 1.000 inwoners.",
            mag=rules.may_manage_figures,
            velden=velden,
            vergelijk=vergelijk,
            schrijf=schrijf,
            terug=lambda doel: reverse("wijken:silence"),
            uitvoer=uitvoer,
        )
    )
