"""Texts that administrators write in more than one language: `naam`, `naam_fr`, `naam_en`."""

from django.db.models import Model
from django.utils.translation import get_language

SOURCE_LANGUAGE = "nl"


def translated(obj: Model, field: str) -> str:
    """The text of the field in the active language; in Dutch where that one is empty."""
    language = (get_language() or SOURCE_LANGUAGE)[:2]
    if language != SOURCE_LANGUAGE and (text := getattr(obj, f"{field}_{language}", "")):
        return text
    return getattr(obj, field)
