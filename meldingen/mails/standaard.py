"""Standard texts: their placeholders, and how one goes out in the language of the reporter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from kern.berichten import render
from kern.vertaling import SOURCE_LANGUAGE, Meertalig

from ..models import Melding, Standaardtekst
from .basis import OTHER_LANGUAGES, facts, in_words, marked_dutch

DAY = "datum"
PLACEHOLDERS = {
    "nummer": "nummer van de melding",
    "categorie": "waarover het gaat",
    "plaats": "straat en wijk, zonder huisnummer: ook wie volgt leest dit",
    "wijk": "de wijk",
    "team": "het team dat het doet",
    DAY: "de dag die je bij deze stap kiest; anders de dag tegen wanneer het opgelost hoort te zijn",
    "vandaag": "de dag waarop je dit verstuurt",
}
EXAMPLE_DAY = date(2026, 8, 6)


def values(melding: Melding, taal: str, on: date, day: date | None = None) -> dict[str, str]:
    """What the placeholders stand for in this language. The place is what everybody may know: followers read it too."""
    known = facts(melding, taal, eigen=False)
    return {
        **{name: known[name] for name in ("nummer", "categorie", "plaats", "team")},
        "wijk": melding.wijk.naam if melding.wijk else "Genk",
        DAY: in_words(day or melding.oplossing_uiterlijk, taal),
        "vandaag": in_words(on, taal),
    }


def examples(taal: str) -> dict[str, str]:
    """An example for each placeholder, to show a text with."""
    category = {"fr": "Trou dans la chaussée", "en": "Hole in the road"}.get(taal, "Put in het wegdek")
    day = in_words(EXAMPLE_DAY, taal)
    return {
        "nummer": "1234",
        "categorie": category,
        "plaats": "Europalaan",
        "wijk": "Waterschei-Noord",
        "team": "Buurtwerkplaats Noord",
        DAY: day,
        "vandaag": day,
    }


def in_language(tekst: Standaardtekst, taal: str) -> str:
    """The words of a standard text in a language; empty where they were not written."""
    return str(getattr(tekst, "tekst" if taal == SOURCE_LANGUAGE else f"tekst_{taal}"))


def fill(tekst: Standaardtekst, melding: Melding, on: date, *, keep_day: bool) -> str:
    """The Dutch text for this report; `keep_day` leaves {datum} for the day that is still to be chosen."""
    return _fill(tekst, SOURCE_LANGUAGE, values(melding, SOURCE_LANGUAGE, on), keep_day=keep_day)


def _fill(tekst: Standaardtekst, taal: str, known: Mapping[str, str], *, keep_day: bool) -> str:
    context = {name: value for name, value in known.items() if not (keep_day and name == DAY)}
    return render.fill(in_language(tekst, taal), context)


def in_all_languages(
    typed: str, teksten: Iterable[Standaardtekst], melding: Melding, on: date, day: date | None
) -> tuple[Meertalig, tuple[int, ...]]:
    """What somebody wrote with standard texts in it, in Dutch and the other languages; and which are still in it.

    A text that stands there as it was put in, is sent in the language of the reader. What is around it, and a text
    that was changed or not translated, stays as typed and is marked as Dutch. `day` is the one of the step.
    """
    typed = typed.replace("\r\n", "\n")
    dutch = values(melding, SOURCE_LANGUAGE, on, day)
    found: list[tuple[int, str, Standaardtekst]] = []
    for tekst in teksten:
        as_put_in = (
            _fill(tekst, SOURCE_LANGUAGE, dutch, keep_day=True),
            _fill(tekst, SOURCE_LANGUAGE, values(melding, SOURCE_LANGUAGE, on), keep_day=False),
        )
        for words in dict.fromkeys(as_put_in):
            at = typed.find(words)
            if words and at >= 0 and not any(at < b + len(w) and b < at + len(words) for b, w, _t in found):
                found.append((at, words, tekst))
                break
    found.sort(key=lambda row: row[0])
    languages = {
        taal: _pieces(typed, found, taal, values(melding, taal, on, day), dutch[DAY]) for taal in OTHER_LANGUAGES
    }
    whole = typed.replace(f"{{{DAY}}}", dutch[DAY]) if found else typed
    return Meertalig(whole, languages), tuple(tekst.pk for _at, _words, tekst in found)


def _pieces(
    typed: str, found: list[tuple[int, str, Standaardtekst]], taal: str, known: Mapping[str, str], dutch_day: str
) -> str:
    """The text from piece to piece: what exists in the language in it, the rest marked as Dutch."""
    pieces: list[tuple[str, bool]] = []
    here = 0
    for at, words, tekst in found:
        pieces.append((typed[here:at], True))
        translated = in_language(tekst, taal)
        pieces.append((_fill(tekst, taal, known, keep_day=False), False) if translated else (words, True))
        here = at + len(words)
    pieces.append((typed[here:], True))
    parts: list[str] = []
    dutch: list[str] = []
    for words, is_dutch in [*pieces, ("", False)]:
        if is_dutch and words.strip():
            dutch.append(words.strip().replace(f"{{{DAY}}}", dutch_day))
        elif not is_dutch:
            if dutch:
                parts.append(marked_dutch("\n\n".join(dutch), taal))
                dutch = []
            parts.append(words.strip())
    return "\n\n".join(filter(None, parts))
