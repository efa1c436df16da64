"""What messages in more than one language share."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kern.vertaling import SOURCE_LANGUAGE


def absolute(path: str) -> str:
    """The full address of a page, for use in a mail."""
    return settings.PORTAL_URL.rstrip("/") + path


def in_words(day: date | None) -> str:
    """A day as people say it, in the active language; empty for no day."""
    return date_format(day, "l j F Y") if day else ""


def dutch(text: str) -> str:
    """What a colleague wrote, in Dutch: in the midst of another language it says so."""
    if not text or translation.get_language() == SOURCE_LANGUAGE:
        return text
    return f"{_('In het Nederlands geschreven:')}\n\n{text}"
