"""Reads for the public form: what can be reported, what is asked then, and what was reported nearby."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.text import capfirst

from kern.geheugen import onthoud
from kern.geo import Punt
from kern.geo.fields import within
from kern.geo.vormen import haversine
from kern.spelling import fold, one_slip_apart, without_doubles, words
from kern.vertaling import translated

from .. import publiek
from ..models import Categorie, Melding, MeldingBeeld, Vraag
from ..publiek import PubliekeStatus

NEARBY_METRES = 100
NEARBY_ROWS = 5
ROUNDING_METRES = 10
SHORTEST_WORD = 3
SLIP_LENGTH = 5
# Words of a sentence that say nothing about a category.
IDLE = frozenset(
    {
        *(
            "aan",
            "bij",
            "dat",
            "deze",
            "die",
            "dit",
            "een",
            "het",
            "hier",
            "ligt",
            "mijn",
            "naar",
            "niet",
            "nog",
            "onze",
        ),
        *("ook", "over", "staat", "van", "voor", "wordt", "zijn"),
        *("the", "and", "our", "there", "this", "with", "des", "est", "les", "mon", "une", "dans", "pour", "sur"),
    }
)


Index = list[tuple[Categorie, list[tuple[int, str, str]]]]


@dataclass(frozen=True)
class Groep:
    """A main category with what can be chosen under it."""

    hoofd: Categorie
    categorieen: list[Categorie]


@dataclass(frozen=True)
class Treffer:
    """A category that was found, and the word that led to it."""

    categorie: Categorie
    woord: str


def categories(on: date) -> list[Categorie]:
    """What can be chosen on this day, in the order of the main categories (one query)."""
    rows = Categorie.objects.active(on).sub().filter(hoofdcategorie__in=Categorie.objects.active(on).main())
    return list(
        rows.select_related("hoofdcategorie", "stoppagina").order_by(
            "hoofdcategorie__volgorde", "hoofdcategorie__naam", "volgorde", "naam"
        )
    )


def groups(rows: Iterable[Categorie]) -> list[Groep]:
    """The categories under their main category, without “ik weet het niet”."""
    found: dict[int, Groep] = {}
    for row in rows:
        if row.hoofdcategorie and not row.is_onbekend:
            found.setdefault(row.hoofdcategorie.pk, Groep(row.hoofdcategorie, [])).categorieen.append(row)
    return list(found.values())


def find_categories(text: str, rows: Iterable[Categorie]) -> list[Treffer]:
    """The categories that fit the typed words, best first; a slip of the finger is forgiven when nothing else fits.

    Looks in names of every language, synonyms and explanation, without capitals or accents.
    """
    asked = [word for word in words(text) if len(word) >= SHORTEST_WORD and word not in IDLE]
    if not asked:
        return []
    index = [(row, _index(row)) for row in rows if not row.is_onbekend]
    return _ranked(asked, index, _fits) or _ranked(asked, index, _almost)


def _index(row: Categorie) -> list[tuple[int, str, str]]:
    """Per word of a category its weight (0 is best), its folded form, and how it is written."""
    main = row.hoofdcategorie or row
    fields = [
        (0, [row.naam, row.naam_fr, row.naam_en]),
        (1, row.synoniemen.split(",")),
        (2, [main.naam, main.naam_fr, main.naam_en, *main.synoniemen.split(",")]),
        (3, [row.uitleg, row.uitleg_fr, row.uitleg_en]),
    ]
    return [
        (weight, fold(word), word)
        for weight, texts in fields
        for text in texts
        for word in text.replace(",", " ").replace(".", " ").split()
        if len(word) >= SHORTEST_WORD
    ]


def _ranked(asked: list[str], index: Index, fits: Callable[[str, str], bool]) -> list[Treffer]:
    found = []
    for place, (row, entries) in enumerate(index):
        hits = [min(((w, shown) for w, word, shown in entries if fits(ask, word)), default=None) for ask in asked]
        best = [hit for hit in hits if hit]
        if best:
            weight, shown = min(best)
            found.append((-len(best), weight, place, Treffer(row, shown if weight else "")))
    return [treffer for *_rank, treffer in sorted(found, key=lambda row: row[:3])]


def _fits(asked: str, word: str) -> bool:
    return (
        word.startswith(asked)
        or (len(word) > SHORTEST_WORD and asked.startswith(word))
        or (len(asked) > SHORTEST_WORD and asked in word)
    )


def _almost(asked: str, word: str) -> bool:
    a, b = without_doubles(asked), without_doubles(word)
    return len(asked) >= SLIP_LENGTH and (a == b or one_slip_apart(a, b))


def category(pk: int | None, on: date) -> Categorie | None:
    """The chosen category when it can still be chosen, with its main category, team and stop page (one query)."""
    if pk is None:
        return None
    return onthoud(("categorie", pk, on), lambda: _category(pk, on))


def _category(pk: int, on: date) -> Categorie | None:
    rows = Categorie.objects.active(on).sub().filter(pk=pk)
    return rows.select_related("hoofdcategorie", "team", "stoppagina").first()


def questions(categorie_id: int) -> list[Vraag]:
    """The extra questions of a category in their order, each with its category, that one's team and main category.

    One query: a report that is sent needs no other for them.
    """
    return list(onthoud(("vragen", categorie_id), lambda: _questions(categorie_id)))


def _questions(categorie_id: int) -> list[Vraag]:
    rows = Vraag.objects.filter(categorie=categorie_id).order_by("volgorde", "pk")
    return list(rows.select_related("stoppagina", "categorie__hoofdcategorie", "categorie__team"))


@dataclass(frozen=True)
class Buurmelding:
    """An open report nearby, as everybody may see it."""

    nummer: int
    categorie: str
    ontvangen_op: datetime
    status: PubliekeStatus
    metres: int
    tekst: str
    taal: str
    foto: UUID | None


def nearby(punt: Punt | None, categorie: Categorie, on: date) -> list[Buurmelding]:
    """Open reports of the same main category within 100 m, nearest first, at most five (two queries).

    Never of a sensitive category, and measured from the rounded place: asking from many points finds no door. Text and
    photo only of those that staff released. Nothing for a report
    without a place or a category.
    """
    if punt is None or categorie.is_onbekend or categorie.is_gevoelig:
        return []
    rows = Melding.objects.open().filter(
        categorie__hoofdcategorie=categorie.hoofdcategorie_id, categorie__is_gevoelig=False
    )
    around = within(rows.select_related("categorie", "team"), punt, NEARBY_METRES + ROUNDING_METRES)[: 4 * NEARBY_ROWS]
    metres = {melding: haversine(punt, publiek.rough_place(melding.plaats)) for melding in around}
    found = sorted((melding for melding in metres if metres[melding] <= NEARBY_METRES), key=metres.__getitem__)
    found = found[:NEARBY_ROWS]
    released = [melding.pk for melding in found if melding.openbaar]
    photos = dict(
        MeldingBeeld.objects.filter(melding__in=released, openbaar=True)
        .order_by("-pk")
        .values_list("melding_id", "beeld_id")
        if released
        else []
    )
    return [
        Buurmelding(
            nummer=melding.pk,
            categorie=capfirst(translated(melding.categorie, "naam")),
            ontvangen_op=melding.ontvangen_op,
            status=publiek.public_status(melding, on=on),
            metres=max(10, round(metres[melding] / 10) * 10),
            tekst=melding.openbare_tekst if melding.openbaar else "",
            taal=melding.taal,
            foto=photos.get(melding.pk),
        )
        for melding in found
    ]
