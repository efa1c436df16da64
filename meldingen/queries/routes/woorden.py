"""Routing rules and the facts of a report, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from ...models import Melding, Routeregel, Weekdag
from ...routering import Feiten

HOURS = "%H.%M"


def conditions_in_words(row: Routeregel) -> tuple[tuple[str, str], ...]:
    """What the rule asks, as (code of the condition, words)."""
    words: list[tuple[str, str]] = []
    if row.categorie:
        everything = _("%(naam)s (alles eronder)") % {"naam": row.categorie}
        words.append(("categorie", str(row.categorie) if row.categorie.hoofdcategorie_id else everything))
    if row.wijk:
        words.append(("plaats", _("wijk %(naam)s") % {"naam": row.wijk}))
    if row.stadsdeel:
        words.append(("plaats", _("stadsdeel %(naam)s") % {"naam": row.stadsdeel}))
    if row.bron:
        words.append(("bron", source_name(row.bron)))
    if row.prioriteit:
        words.append(("prioriteit", _("prioriteit %(naam)s") % {"naam": row.get_prioriteit_display()}))
    if row.weekdagen:
        words.append(("weekdag", days_in_words(row.weekdagen)))
    if row.van_uur and row.tot_uur:
        hours = {"van": row.van_uur.strftime(HOURS), "tot": row.tot_uur.strftime(HOURS)}
        words.append(("uur", _("van %(van)s tot %(tot)s uur") % hours))
    if row.vraag:
        words.append(("antwoord", f"“{row.vraag.tekst}” {row.antwoord}"))
    return tuple(words)


def source_name(bron: str) -> str:
    return str(dict(Melding.Bron.choices).get(bron, bron))


def days_in_words(days: Iterable[int]) -> str:
    chosen = sorted(set(days))
    if chosen == [1, 2, 3, 4, 5]:
        return _("maandag tot vrijdag")
    if chosen == [6, 7]:
        return _("het weekend")
    return ", ".join(str(Weekdag(day).label) for day in chosen)


def facts_in_words(feiten: Feiten, names: Mapping[str, str]) -> dict[str, str]:
    """What the report has, by condition. `names`: of its category and its wijk."""
    return {
        "categorie": names.get("categorie", ""),
        "plaats": names.get("wijk", "") or _("geen wijk"),
        "bron": source_name(feiten.bron),
        "prioriteit": _("prioriteit %(naam)s") % {"naam": feiten.prioriteit},
        "weekdag": str(Weekdag(feiten.moment.isoweekday()).label),
        "uur": _("%(uur)s uur") % {"uur": feiten.moment.strftime(HOURS)},
    }
