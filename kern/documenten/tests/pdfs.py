"""Read a PDF as a reading program does. For the tests of every app that makes one."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pdfplumber
import pypdfium2
from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

Blok = dict[str, Any]


class Gelezen:
    """A PDF that was read: what it says of itself, its structure, its text and its pages."""

    def __init__(self, content: bytes) -> None:
        with pdfplumber.open(io.BytesIO(content)) as book:
            catalogue = book.doc.catalog
            self.is_tagged = bool(
                resolve1(catalogue.get("MarkInfo", {})).get("Marked") and resolve1(catalogue.get("StructTreeRoot"))
            )
            self.taal: str = decode_text(resolve1(catalogue.get("Lang", b"")))
            self.titel: str = book.metadata.get("Title", "")
            self.toont_titel = bool(resolve1(catalogue.get("ViewerPreferences", {})).get("DisplayDocTitle"))
            self.is_ua = b"pdfuaid" in (resolve1(catalogue["Metadata"]).get_data() if "Metadata" in catalogue else b"")
            self.maten = [(round(page.width * 25.4 / 72), round(page.height * 25.4 / 72)) for page in book.pages]
            self.lettertypes = {str(char["fontname"]).split("+")[-1] for page in book.pages for char in page.chars}
            self._tree: list[Blok] = book.structure_tree
            self._words: dict[tuple[int, int], str] = {}
            for page in book.pages:
                for char in page.chars:
                    key = (page.page_number, char["mcid"])
                    self._words[key] = self._words.get(key, "") + char["text"]
        document = pypdfium2.PdfDocument(content)
        try:
            self.per_blad = [_text(page) for page in document]
        finally:
            document.close()

    @property
    def bladen(self) -> int:
        return len(self.per_blad)

    @property
    def tekst(self) -> str:
        """All text as a person selects it, line ends as spaces."""
        return " ".join(" ".join(self.per_blad).split())

    def blokken(self, soort: str) -> list[Blok]:
        """The elements of the structure tree of a kind (`H1`, `Table`, `TH`, `Figure`, `L`), in reading order."""
        return [block for block in self._all() if block["type"] == soort]

    def woorden(self, block: Blok) -> str:
        """The text of an element and of all in it."""
        own = "".join(self._words.get((block.get("page_number", 0), mcid), "") for mcid in block.get("mcids", []))
        return " ".join([own, *(self.woorden(child) for child in block.get("children", []))]).strip()

    @property
    def koppen(self) -> list[tuple[int, str]]:
        """The headings with their rank, in reading order."""
        ranks = {f"H{rank}": rank for rank in range(1, 7)}
        return [(ranks[block["type"]], self.woorden(block)) for block in self._all() if block["type"] in ranks]

    @property
    def koppen_van_tabellen(self) -> list[list[str]]:
        """Per table the cells that are marked as headings."""
        tables = self.blokken("Table")
        return [
            [self.woorden(block) for block in self._all(table.get("children", [])) if block["type"] == "TH"]
            for table in tables
        ]

    @property
    def alternatieven(self) -> list[str]:
        """The alternative text of each figure; "" for one that has none."""
        return [str(block.get("alt_text", "")) for block in self.blokken("Figure")]

    @property
    def talen(self) -> set[str]:
        """The languages that parts of the text are marked with."""
        return {str(block["lang"]) for block in self._all() if block.get("lang")}

    def keur(self) -> None:
        """What every document of the house must be: tagged, with title, language, one H1 and described figures."""
        assert self.is_tagged
        assert self.is_ua
        assert self.taal
        assert self.titel
        assert self.toont_titel
        ranks = [rank for rank, words in self.koppen]
        assert ranks[:1] == [1], f"the first heading is no title: {self.koppen}"
        assert all(after - before <= 1 for before, after in pairwise(ranks)), self.koppen
        assert all(self.koppen_van_tabellen), "a table has no headings"
        assert all(self.alternatieven), "a figure has no alternative text"
        assert self.lettertypes, "there is no text"

    def _all(self, blocks: list[Blok] | None = None) -> Iterator[Blok]:
        for block in self._tree if blocks is None else blocks:
            yield block
            yield from self._all(block.get("children", []))


def _text(page: pypdfium2.PdfPage) -> str:
    words = page.get_textpage()
    try:
        return words.get_text_range()
    finally:
        words.close()
        page.close()
