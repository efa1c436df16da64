"""Who may read in what, and which column belongs to which field. Fetches nothing."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kern.spelling import fold

if TYPE_CHECKING:
    from kern.gebruikers.models import Gebruiker

    from .models import Inlezing
    from .registry import Soort, Veld

# From so many rows on, the worker does it.
LARGE = 1000
# How many errors and changes are kept to be looked at; all are counted.
SHOWN = 500


def may_read_in(user: Gebruiker, soort: Soort) -> bool:
    """Whether this person may read in files of this kind."""
    return user.is_active and bool(user.rollen) and soort.mag(user)


def may_see(user: Gebruiker, inlezing: Inlezing, soort: Soort) -> bool:
    """Whether this file is theirs and still something they may read in; the twin of `visible_to`."""
    return inlezing.eigenaar_id == user.pk and may_read_in(user, soort)


def known_as(text: str) -> str:
    """A heading without what makes no difference: capitals, accents and signs."""
    return re.sub(r"[^a-z0-9]+", " ", fold(text)).strip()


def recognise(kop: Sequence[str], velden: Iterable[Veld]) -> dict[str, int]:
    """The columns whose heading is the name of a field, by the field's code; each column once."""
    places = {known_as(text): place for place, text in reversed(list(enumerate(kop)))}
    found: dict[str, int] = {}
    for veld in velden:
        for name in (veld.label, *veld.ook, veld.code):
            place = places.get(known_as(name))
            if place is not None and place not in found.values():
                found[veld.code] = place
                break
    return found


def fits(koppeling: Mapping[str, int], kop: Sequence[str], velden: Sequence[Veld]) -> bool:
    """Whether every field that must be there has a column, and no column stands for two."""
    codes = {veld.code for veld in velden}
    places = list(koppeling.values())
    return (
        set(koppeling) <= codes
        and all(0 <= place < len(kop) for place in places)
        and len(set(places)) == len(places)
        and all(veld.code in koppeling for veld in velden if veld.verplicht)
    )


def fingerprint(parts: object) -> str:
    """The same for what is the same, in 64 signs."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def headings_key(kop: Sequence[str]) -> str:
    """The fingerprint of a set of headings."""
    return fingerprint([known_as(text) for text in kop])
