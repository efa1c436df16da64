"""Comparing words as people type them: without capitals, without accents, with one slip of the finger.

Knows no database, so that rules may use it too.
"""

import re
import unicodedata

_WORD = re.compile(r"\w+")
_DOUBLE = re.compile(r"(\w)\1+")


def fold(text: str) -> str:
    """The text in small letters and without accents: "Kaçak Çöp" becomes "kacak cop"."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).replace("ı", "i")


def words(text: str) -> list[str]:
    """The folded words of a text, in their order."""
    return _WORD.findall(fold(text))


def without_doubles(text: str) -> str:
    """The text with double letters once: "grafitti" and "graffiti" become the same."""
    return _DOUBLE.sub(r"\1", text)


def one_slip_apart(a: str, b: str) -> bool:
    """Whether one letter more, less, other, or two neighbours swapped turn one word into the other."""
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest_a, rest_b = a[at:], b[at:]
    return (
        rest_a[1:] == rest_b
        or rest_a == rest_b[1:]
        or rest_a[1:] == rest_b[1:]
        or (rest_a[:2] == rest_b[1::-1] and len(rest_a) > 1 and rest_a[2:] == rest_b[2:])
    )
