"""What Open311 reads: the services, and the reports that everybody may see through it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.text import slugify

from .. import privacy, publiek
from ..models import Categorie, Melding, MeldingBeeld, Open311Dienst, Open311Inzending, Vraag
from ..models.categorie import CategorieQuerySet
from ..models.melding import MeldingQuerySet
from ..states import Sluitreden, Status
from .public import SOLVED_DAYS

MOST = 1000  # GeoReport v2: at most 1,000 requests in one answer
SPAN = timedelta(days=90)  # GeoReport v2: a range is no longer than 90 days
MAX_ID = 2**63 - 1
MASK = "[weggelaten]"
LATER = Open311Dienst.Verwerking.LATER


def _offered(on: date) -> CategorieQuerySet:
    """The categories of this day that are for the city and for everybody's eyes."""
    main = Categorie.objects.active(on).main()
    rows = Categorie.objects.active(on).sub().filter(hoofdcategorie__in=main, is_gevoelig=False, stoppagina=None)
    return rows.exclude(open311__verwerking=Open311Dienst.Verwerking.GEEN)


def services(on: date) -> list[Categorie]:
    """What can be reported on this day, in the order of the form; each with `heeft_vragen` (one query)."""
    rows = _offered(on).select_related("hoofdcategorie", "open311")
    rows = rows.annotate(heeft_vragen=Exists(Vraag.objects.filter(categorie=OuterRef("pk"))))
    return list(rows.order_by("hoofdcategorie__volgorde", "hoofdcategorie__naam", "volgorde", "naam"))


def service(code: str, on: date) -> Categorie | None:
    """One of them by its code, with its main category and team (one query)."""
    if "\0" in code:
        return None
    return _offered(on).select_related("hoofdcategorie", "team", "open311").filter(code=code).first()


def is_later(categorie: Categorie) -> bool:
    """Whether the service answers with a token first."""
    dienst: Open311Dienst | None = getattr(categorie, "open311", None)
    return dienst is not None and dienst.verwerking == LATER


def keys(options: Collection[tuple[str, str]]) -> dict[str, str]:
    """A key for each choice of a question, by which a program names it -> the words that are stored."""
    found: dict[str, str] = {}
    for number, (words, _shown) in enumerate(options, 1):
        key = slugify(words)[:50] or str(number)
        found[f"{key}-{number}" if key in found else key] = words
    return found


@dataclass(frozen=True)
class Vraagstelling:
    """Which requests are asked for. `ids` goes before all the rest."""

    van: datetime
    tot: datetime
    ids: frozenset[int] | None = None
    codes: frozenset[str] | None = None
    open: bool = True
    gesloten: bool = True
    vanaf: int = 0
    hoeveel: int = MOST


def _complete(rows: MeldingQuerySet) -> MeldingQuerySet:
    return rows.in_open311().select_related("categorie", "team", "wijk").defer("zoek", "code", "inzending")


def find(asked: Vraagstelling) -> list[Melding]:
    """The requests that are asked for, newest first (one query)."""
    rows = _complete(Melding.objects.all()).order_by("-ontvangen_op", "-pk")
    if asked.ids is not None:
        return list(rows.filter(pk__in=asked.ids)[:MOST])
    rows = rows.filter(ontvangen_op__gte=asked.van, ontvangen_op__lte=asked.tot)
    if asked.codes is not None:
        # The numbers first: a list of them can use the index that begins with the category.
        chosen = list(Categorie.objects.filter(code__in=asked.codes).values_list("pk", flat=True))
        rows = rows.filter(categorie__in=chosen)
    if asked.open != asked.gesloten:
        closed = Q(status=Status.AFGESLOTEN)
        rows = rows.filter(~closed if asked.open else closed)
    return list(rows[asked.vanaf : asked.vanaf + asked.hoeveel])


def one(nummer: str) -> Melding | None:
    """The request with this number; None for whatever is none."""
    number = request_id(nummer)
    return _complete(Melding.objects.all()).filter(pk=number).first() if number else None


def request_id(text: str) -> int | None:
    """A number as programs write it; None for what cannot be one."""
    text = text.strip()
    if not (text.isascii() and text.isdecimal() and len(text) < 20):
        return None
    number = int(text)
    return number if 0 < number <= MAX_ID else None


def photos(rows: Collection[Melding], at: datetime) -> dict[int, UUID]:
    """The newest released photo of each report that still has a public page (one query; none without such)."""
    recent = at - timedelta(days=SOLVED_DAYS)
    shown = [
        row.pk
        for row in rows
        if row.openbaar
        and (
            row.is_open
            or (row.sluitreden == Sluitreden.OPGELOST and row.afgesloten_op is not None and row.afgesloten_op > recent)
        )
    ]
    if not shown:
        return {}
    found = MeldingBeeld.objects.filter(melding__in=shown, openbaar=True).order_by("pk")
    return dict(found.values_list("melding_id", "beeld_id"))


def by_token(text: str) -> Open311Inzending | None:
    """The request that got this token; None for whatever is none."""
    try:
        token = UUID(text)
    except ValueError:
        return None
    return Open311Inzending.objects.filter(pk=token).first() if str(token) == text.lower() else None


def description(melding: Melding) -> str:
    """What everybody may read of it.

    What staff released goes first. Else only what a program sent, for that publishes its texts itself, without
    what looks like personal data; and nothing once staff took a released text back.
    """
    if melding.openbaar:
        return melding.openbare_tekst
    if melding.bron != Melding.Bron.OPEN311 or melding.openbare_tekst:
        return ""
    return masked(melding.omschrijving)


def place(melding: Melding) -> tuple[str | None, float | None, float | None]:
    """Address, latitude and longitude: as they were sent by a program, of our own form the street and some metres."""
    punt = melding.plaats
    if melding.bron == Melding.Bron.OPEN311:
        address = masked(melding.adres) or None
        return address, punt.lat if punt else None, punt.lon if punt else None
    rough = publiek.rough_place(punt) if punt else None
    return publiek.street_of(melding.adres) or None, rough.lat if rough else None, rough.lon if rough else None


def masked(text: str) -> str:
    """The text without what looks like a number, address or number plate of somebody."""
    for found in privacy.find(text):
        text = text.replace(found.tekst, MASK)
    return text
