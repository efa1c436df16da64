"""How staff find a report: a row of rules, from exact to loose, each telling what it looked at.

A number or a code finds its report whatever filters are set. The other rules look within the filters.

Words are looked up in an index first. Where they are rare, the reports that have them are few enough to sort. Where
they are not, the list itself is walked in its order: it meets them soon. Left to choose, the database guesses wrong
when words often go together, or stand at the beginning of many others.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import BigIntegerField, BooleanField, F, Func, OuterRef, Subquery, Value
from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..models import Melder, Melding
from ..models.melder import PhoneTail
from ..models.melding import CODE_ALPHABET, CODE_LENGTH, MeldingQuerySet, without_index

PHONE_DIGITS = 8
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Regel:
    """One rule of the search. `fits` says whether the words can be what it looks for."""

    code: str
    naam: str | Promise
    uitleg: str | Promise
    fits: Callable[[str], bool]
    # The reports; of a rule with an index of words by walking the list until enough of them are met.
    met: Callable[[MeldingQuerySet, str], MeldingQuerySet]
    exact: bool = False
    contact: bool = False
    # The same by the index of words alone, for a rule that has one.
    words: Callable[[str], Any] | None = None

    def seen(self, text: str) -> Gezien:
        """What this rule looks for, after a look in its index of words (one query for a rule that has one)."""
        if self.words is None:
            return Gezien(self, text, None)
        return Gezien(self, text, list(self.words(text).order_by().values_list("pk", flat=True)[: RARE + 1]))

    def find(self, rows: MeldingQuerySet, text: str) -> MeldingQuerySet:
        """The reports that this rule finds among these."""
        return self.seen(text).among(rows)


@dataclass(frozen=True)
class Gezien:
    """A search after one look in the index of words: the numbers of the first RARE + 1 reports of the whole city."""

    regel: Regel
    text: str
    numbers: list[int] | None

    @property
    def is_rare(self) -> bool:
        return self.numbers is not None and len(self.numbers) <= RARE

    def among(self, rows: MeldingQuerySet) -> MeldingQuerySet:
        """The reports that are found among these, to show in their order."""
        return _numbered(rows, self.numbers) if self.numbers and self.is_rare else self._walked(rows)

    def _walked(self, rows: MeldingQuerySet) -> MeldingQuerySet:
        return rows.none() if self.numbers == [] else self.regel.met(rows, self.text)

    def counted(self, rows: MeldingQuerySet, walked: Callable[[], MeldingQuerySet]) -> MeldingQuerySet:
        """The same, for counting in no order. `walked` gives the same rows, with what may be seen asked of each.

        Of common words the database would first gather all that somebody may see, to find the few that count.
        """
        if self.regel.words is None or self.is_rare:
            return self.among(rows)
        return walked().filter(pk__in=self.regel.words(self.text).values("pk"))

    def first(self, rows: MeldingQuerySet) -> tuple[MeldingQuerySet, bool]:
        """What is found among the first RARE of the whole city, and whether there are more."""
        if self.numbers is None:
            return self.among(rows), False
        return _numbered(rows, self.numbers[:RARE]), not self.is_rare


def _numbered(rows: MeldingQuerySet, numbers: list[int]) -> MeldingQuerySet:
    """Those of the rows that have one of these numbers: as one value, not as two thousand."""
    chosen = Value(numbers, ArrayField(BigIntegerField()))
    return rows.filter(OneOf(F("pk"), chosen)) if numbers else rows.none()


class OneOf(Func):
    """Whether the first is one of the numbers in the second."""

    arg_joiner = " = ANY("
    template = "%(expressions)s::bigint[])"
    output_field = BooleanField()


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


class Unseen(SearchQuery):
    """Words that the database does not look at when it chooses how to search: it takes the index of words then."""

    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        sql, params = super().as_sql(*args, **kwargs)
        return f"(SELECT {sql})", params


def prefixes(text: str, config: str) -> Unseen:
    """All words of the text, each also as the beginning of a longer word."""
    words = _WORD.findall(text)
    return Unseen(" & ".join(f"{word}:*" for word in words), config=config, search_type="raw")


ADDRESS = SearchVector("adres", "plaats_in_woorden", config="simple")
"""As the index `melding_address_words` has it."""
NAME = SearchVector("naam", config="simple")
"""As the index `melder_name_words` has it."""
RARE = 2_000


def _texts(text: str) -> MeldingQuerySet:
    return Melding.objects.filter(zoek=Unseen(text, config="dutch", search_type="websearch"))


def _in_text(rows: MeldingQuerySet, text: str) -> MeldingQuerySet:
    return rows.filter(without_index(zoek=SearchQuery(text, config="dutch", search_type="websearch")))


def _addresses(text: str) -> MeldingQuerySet:
    return Melding.objects.alias(woorden=ADDRESS).filter(woorden=prefixes(text, "simple"))


def _in_address(rows: MeldingQuerySet, text: str) -> MeldingQuerySet:
    return rows.alias(woorden=ADDRESS).filter(without_index(woorden=prefixes(text, "simple")))


def _named(text: str) -> Any:
    return Melder.objects.alias(woorden=NAME).filter(woorden=prefixes(text, "simple"))


def _of_named(rows: MeldingQuerySet, text: str) -> MeldingQuerySet:
    named = without_index(woorden=prefixes(text, "simple"))
    here = Melder.objects.alias(woorden=NAME).filter(named, melding=OuterRef("pk"))
    return rows.alias(melder_nr=Subquery(here.values("pk")[:1])).filter(melder_nr__isnull=False)


def _of(reporters: Any) -> Callable[[MeldingQuerySet, str], MeldingQuerySet]:
    return lambda rows, text: rows.filter(pk__in=reporters(text).values("pk"))


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
            words=_addresses,
        ),
        Regel(
            "naam",
            _("Naam van de melder"),
            _("Al deze woorden staan in de naam, of de naam begint ermee."),
            lambda text: _has_words(text) and "@" not in text and not digits(text),
            _of_named,
            contact=True,
            words=_named,
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
            _in_text,
            words=_texts,
        ),
    )
}


def rules_for(text: str, *, contact: bool) -> list[Regel]:
    """The rules that these words can be for; without `contact` none that looks at who reported."""
    return [rule for rule in RULES.values() if rule.fits(text) and (contact or not rule.contact)]
