"""How staff find a report: a row of rules, from exact to loose, each telling what it looked at.

A number or a code finds its report whatever filters are set. The other rules look within the filters.
Each rule leans on an index: the text index narrows before anything is compared letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..models import Melder
from ..models.melding import CODE_ALPHABET, CODE_LENGTH, MeldingQuerySet, PhoneTail

PHONE_DIGITS = 8
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Regel:
    """One rule of the search. `fits` says whether the words can be what it looks for."""

    code: str
    naam: str | Promise
    uitleg: str | Promise
    fits: Callable[[str], bool]
    find: Callable[[MeldingQuerySet, str], MeldingQuerySet]
    exact: bool = False
    contact: bool = False


def _number(text: str) -> int | None:
    digits = text.strip().removeprefix("#").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 18 else None


def _code(text: str) -> str:
    return re.sub(r"[\s-]", "", text).upper()


def _is_code(text: str) -> bool:
    code = _code(text)
    return len(code) == CODE_LENGTH and all(letter in CODE_ALPHABET for letter in code)


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)[-PHONE_DIGITS:]


def _is_phone(text: str) -> bool:
    return len(digits(text)) == PHONE_DIGITS and not re.search(r"[^\d\s()+./-]", text)


def prefixes(text: str, config: str) -> SearchQuery:
    """All words of the text, each also as the beginning of a longer word."""
    words = _WORD.findall(text)
    return SearchQuery(" & ".join(f"{word}:*" for word in words), config=config, search_type="raw")


def _in_address(rows: MeldingQuerySet, text: str) -> MeldingQuerySet:
    found = Q()
    for word in _WORD.findall(text):
        found &= Q(adres__icontains=word) | Q(plaats_in_woorden__icontains=word)
    return rows.filter(found, zoek=prefixes(text, "dutch"))


def _of(reporters: Any) -> Callable[[MeldingQuerySet, str], MeldingQuerySet]:
    return lambda rows, text: rows.filter(pk__in=reporters(text).values("pk"))


def _named(text: str) -> Any:
    return Melder.objects.annotate(woorden=SearchVector("naam", config="simple")).filter(
        woorden=prefixes(text, "simple")
    )


def _mailed(text: str) -> Any:
    return Melder.objects.annotate(klein=Lower("email")).filter(klein=text.strip().lower())


def _phoned(text: str) -> Any:
    return Melder.objects.annotate(einde=PhoneTail("telefoon")).filter(einde=digits(text))


def _has_words(text: str) -> bool:
    return bool(_WORD.search(text))


RULES = {
    rule.code: rule
    for rule in (
        Regel(
            "nummer",
            _("Nummer"),
            _("De melding met dit nummer, welke filters er ook staan."),
            lambda text: _number(text) is not None,
            lambda rows, text: rows.filter(pk=_number(text) or 0),
            exact=True,
        ),
        Regel(
            "code",
            _("Volgcode"),
            _("De melding met deze volgcode, welke filters er ook staan."),
            _is_code,
            lambda rows, text: rows.filter(code=_code(text)),
            exact=True,
        ),
        Regel(
            "adres",
            _("Adres"),
            _("Al deze woorden staan in het adres of in de plaats in woorden."),
            _has_words,
            _in_address,
        ),
        Regel(
            "naam",
            _("Naam van de melder"),
            _("Al deze woorden staan in de naam, of de naam begint ermee."),
            lambda text: _has_words(text) and "@" not in text and not digits(text),
            _of(_named),
            contact=True,
        ),
        Regel(
            "mail",
            _("E-mailadres van de melder"),
            _("Precies dit adres; hoofdletters maken niet uit."),
            lambda text: "@" in text,
            _of(_mailed),
            contact=True,
        ),
        Regel(
            "telefoon",
            _("Telefoon van de melder"),
            _("Dezelfde laatste acht cijfers; met of zonder landnummer."),
            _is_phone,
            _of(_phoned),
            contact=True,
        ),
        Regel(
            "tekst",
            _("Tekst van de melding"),
            _(
                "Deze woorden, ook in een andere vorm, staan in de melding. Zet “aanhalingstekens” om woorden die "
                "samen horen, een - voor een woord dat er niet in mag."
            ),
            _has_words,
            lambda rows, text: rows.filter(zoek=SearchQuery(text, config="dutch", search_type="websearch")),
        ),
    )
}


def rules_for(text: str, *, contact: bool) -> list[Regel]:
    """The rules that these words can be for; without `contact` none that looks at who reported."""
    return [rule for rule in RULES.values() if rule.fits(text) and (contact or not rule.contact)]
