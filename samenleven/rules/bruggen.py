"""Who may see bruggenbouwers, when a nomination has enough support, and what the jury may not read. Fetches nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from . import may_see_all

if TYPE_CHECKING:
    from kern.gebruikers.models import Gebruiker
    from wijken.rules import Bereik

    from ..models import Activiteitvoorstel, Bruggenbouwer

# So many others have to say that the nomination is right.
STEUN_NODIG = 2
LABEL_YEARS = 2
# From so many days before its end until so many days after, whoever has the label may ask to keep it.
RENEW_BEFORE_DAYS, RENEW_AFTER_DAYS = 60, 60
HIDDEN = "[naam]"
# Words of names that are words of the language too; to hide them would only make the text unreadable.
SMALL_WORDS = frozenset({"van", "den", "der", "het", "een", "ten", "ter", "dit", "demo"})


def may_see(user: Gebruiker, reach: Bereik, row: Bruggenbouwer | Activiteitvoorstel) -> bool:
    """Whether somebody may see the nomination or proposal; the twin of their `visible_to`."""
    if may_see_all(user):
        return True
    return user.is_active and "wijkmanager" in user.rollen and row.wijk_id in reach.wijk_ids


def blind(text: str, names: Iterable[str]) -> str:
    """The text without the words of these names, whatever their case; a colleague still reads it before the jury."""
    words = {word for name in names for word in re.findall(r"[^\W\d_]{3,}", name) if word.lower() not in SMALL_WORDS}
    if not words:
        return text
    either = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    hidden = re.sub(rf"(?<!\w)(?:{either})(?!\w)", HIDDEN, text, flags=re.IGNORECASE)
    return re.sub(rf"{re.escape(HIDDEN)}(?:\s+{re.escape(HIDDEN)})+", HIDDEN, hidden)


def end_of_label(begin: date) -> date:
    """The last day of a label that begins on that day."""
    try:
        later = begin.replace(year=begin.year + LABEL_YEARS)
    except ValueError:  # 29 February
        later = begin.replace(year=begin.year + LABEL_YEARS, month=3, day=1)
    return later - timedelta(days=1)


def may_ask_renewal(row: Bruggenbouwer, on: date) -> bool:
    """Whether whoever has the label may ask now to keep it."""
    if not row.heeft_label or row.geldig_tot is None or row.is_gewist or row.verlenging_gevraagd_op:
        return False
    return row.geldig_tot - timedelta(days=RENEW_BEFORE_DAYS) <= on <= row.geldig_tot + timedelta(days=RENEW_AFTER_DAYS)
