"""Feeds (Atom, RFC 4287): what is new, for who follows with a reader or a program."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language

from kern.geo import Punt

from .antwoord import conditional
from .werkblad import CONTROL

ATOM_TYPE = "application/atom+xml; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry. `id` comes from `kenmerk.tag`; `adres` is the whole address of its page; `samenvatting` is text.

    `gewijzigd_op` moves only when there is something new to tell: readers show the entry as new again.
    """

    id: str
    titel: str
    adres: str
    gepubliceerd_op: datetime
    gewijzigd_op: datetime
    samenvatting: str = ""
    onderwerpen: tuple[str, ...] = ()
    punt: Punt | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as it goes out. `adres` is its own address, `pagina` that of the page it tells of."""

    id: str
    titel: str
    adres: str
    pagina: str
    gewijzigd_op: datetime
    content: bytes


def feed(
    items: Iterable[Item],
    *,
    id: str,
    titel: str,
    adres: str,
    pagina: str,
    begonnen_op: datetime,
    ondertitel: str = "",
    auteur: str = "",
    taal: str = "",
) -> Feed:
    """The feed of these entries. It was updated when its newest entry was; without entries, when it began.

    Addresses are whole addresses. Raises ValueError for two entries with one id and for a time without a zone.
    """
    rows = list(items)
    moments = [begonnen_op, *(m for row in rows for m in (row.gepubliceerd_op, row.gewijzigd_op))]
    if any(moment.tzinfo is None for moment in moments):
        raise ValueError("a moment needs a time zone")
    if len({row.id for row in rows}) < len(rows):
        raise ValueError("two entries have the same id")
    updated = max((row.gewijzigd_op for row in rows), default=begonnen_op)
    book = _Atom(
        title=_text(titel),
        link=pagina,
        description=None,
        language=taal or get_language() or settings.LANGUAGE_CODE,
        author_name=_text(auteur) or "Genk Wijk",
        subtitle=_text(ondertitel) or None,
        feed_url=adres,
        feed_guid=id,
        updated=updated,
    )
    for row in rows:
        book.add_item(
            title=_text(row.titel),
            link=row.adres,
            # Atom's summary is HTML here: what people wrote stays text.
            description=escape(_text(row.samenvatting)).replace("\n", "<br>"),
            pubdate=row.gepubliceerd_op,
            updateddate=row.gewijzigd_op,
            unique_id=row.id,
            categories=[_text(word) for word in row.onderwerpen],
            punt=row.punt,
        )
    content = book.writeString("utf-8").encode()
    return Feed(id=id, titel=titel, adres=adres, pagina=pagina, gewijzigd_op=updated, content=content)


def feed_response(request: HttpRequest, book: Feed, *, publiek: bool = True) -> HttpResponse:
    """A feed as an answer, 304 for who has it already."""
    return conditional(request, book.content, ATOM_TYPE, gewijzigd_op=book.gewijzigd_op, publiek=publiek)


class _Atom(Atom1Feed):
    """Django's Atom, updated when its entries were (also without any), and with the place of an entry (GeoRSS)."""

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:georss": "http://www.georss.org/georss"}

    def latest_post_date(self) -> datetime:
        moment: datetime = self.feed["updated"]
        return moment

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if (punt := item["punt"]) is not None:
            handler.addQuickElement("georss:point", f"{punt.lat:.6f} {punt.lon:.6f}")


def _text(words: str) -> str:
    return CONTROL.sub("", words).strip()
