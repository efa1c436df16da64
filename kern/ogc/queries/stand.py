"""Whether anything changed, and what is remembered for as long as nothing does."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar

from django.db.models import Sum

from ..models import Tabelstand
from ..registry import Beller, Collectie

Waarde = TypeVar("Waarde")
Stand = tuple[tuple[str, str], ...]

MAX_KEPT = 4000
_kept: OrderedDict[Hashable, Any] = OrderedDict()
_lock = threading.Lock()


def state(collecties: Iterable[Collectie], beller: Beller) -> Stand | None:
    """The state of all that these collections read: another one after every change (one query).

    None for staff: what they may see hangs on more than these tables, so for them nothing is remembered.
    """
    if beller.is_staf:
        return None
    tables = sorted({model._meta.db_table for collectie in collecties for model in collectie.tabellen})
    rows = Tabelstand.objects.filter(tabel__in=tables).values_list("tabel").annotate(som=Sum("teken")).order_by("tabel")
    return tuple((table, str(total)) for table, total in rows)


def remembered(key: Hashable, stand: Stand | None, load: Callable[[], Waarde]) -> Waarde:
    """What `load` gave under this key and state; small values only, the least used is forgotten first."""
    if stand is None:
        return load()
    whole = (key, stand)
    with _lock:
        if whole in _kept:
            _kept.move_to_end(whole)
            found: Waarde = _kept[whole]
            return found
    value = load()
    with _lock:
        _kept[whole] = value
        while len(_kept) > MAX_KEPT:
            _kept.popitem(last=False)
    return value
