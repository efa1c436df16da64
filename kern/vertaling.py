"""Texts that administrators write in more than one language: `naam`, `naam_fr`, `naam_en`."""

from collections.abc import Mapping
from typing import Self

from django.db.models import Model
from django.utils.translation import get_language

SOURCE_LANGUAGE = "nl"


def translated(obj: Model, field: str) -> str:
    """The text of the field in the active language; in Dutch where that one is empty."""
    language = (get_language() or SOURCE_LANGUAGE)[:2]
    if language != SOURCE_LANGUAGE and (text := getattr(obj, f"{field}_{language}", "")):
        return text
    return getattr(obj, field)


class Meertalig(str):
    """Words that also exist in other languages. It is its Dutch text, and is stored and shown as that."""

    __slots__ = ("talen",)
    talen: Mapping[str, str]

    def __new__(cls, nederlands: str, talen: Mapping[str, str]) -> Self:
        words = super().__new__(cls, nederlands)
        words.talen = dict(talen)
        return words

    def voor(self, taal: str) -> str:
        """The words in that language; in Dutch where there are none."""
        return self.talen.get(taal) or str(self)
