"""The norm book as people read it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from ..models import Herberekening, Norm, Normbron
from ..rules import tekst
from ..rules.woorden import Meetwijze, Onderwerp

_KEY = re.compile(r"\bS\d+a?\b")


@dataclass(frozen=True)
class Normregel:
    """A norm in plain words."""

    norm: Norm
    grens: str
    liefst: str
    wanneer: str
    bronnen: tuple[Normbron, ...]


def norm_list(on: date) -> list[tuple[str, str, list[Normregel]]]:
    """Every norm of the day by subject: code and name of the subject, and its lines (two queries)."""
    rows = describe(
        Norm.objects.on(on)
        .select_related("criterium", "niveau", "hangt_af_van")
        .order_by("criterium__onderwerp", "criterium__volgorde", "niveau__volgorde", "code")
    )
    return [
        (code, str(naam), [row for row in rows if row.norm.criterium.onderwerp == code])
        for code, naam in Onderwerp.choices
    ]


def versions(code: str) -> list[Normregel]:
    """Every version of a norm, the newest first; empty for a code that does not exist (two queries)."""
    rows = Norm.objects.filter(code=code).select_related("criterium", "niveau", "hangt_af_van", "gemaakt_door")
    return describe(rows.order_by("-versie"))


def describe(rows: Iterable[Norm]) -> list[Normregel]:
    """Norms in words, with their sources."""
    sources = {bron.code: bron for bron in Normbron.objects.all()}
    return [_line(norm, sources) for norm in rows]


def _line(norm: Norm, sources: dict[str, Normbron]) -> Normregel:
    unit = norm.criterium.eenheid
    found = tuple(sources[key] for key in dict.fromkeys(_KEY.findall(norm.bron)) if key in sources)
    return Normregel(
        norm,
        tekst.limit(norm.operator, norm.minimum, norm.maximum, unit),
        tekst.target(norm.streef_minimum, norm.streef_maximum, unit),
        condition(norm),
        found,
    )


def condition(norm: Norm) -> str:
    """When a norm holds, in words: 'hoogteverschil: meer dan 10 tot en met 25 cm'. Empty when it always does."""
    words = [norm.get_context_display()] if norm.context else []
    other = norm.hangt_af_van
    if other is not None:
        unit = tekst.unit(other.eenheid)
        if other.meetwijze == Meetwijze.JA_NEE:
            words.append(f"{other.naam} {_('ja') if norm.vanaf else _('nee')}")
        else:
            low, high = tekst.number(norm.vanaf), tekst.number(norm.tot)
            parts = []
            if norm.vanaf is not None:
                parts.append((_("vanaf %s") if norm.vanaf_inbegrepen else _("meer dan %s")) % f"{low}{unit}")
            if norm.tot is not None:
                parts.append((_("tot en met %s") if norm.tot_inbegrepen else _("minder dan %s")) % f"{high}{unit}")
            words.append(f"{other.naam}: {', '.join(parts)}")
    return "; ".join(str(word) for word in words)


def recalculations() -> QuerySet[Herberekening]:
    """What was judged again, the newest first, with how many verdicts changed."""
    rows = Herberekening.objects.select_related("norm", "door", "opdracht")
    return rows.annotate(gewijzigd=Count("wijzigingen")).order_by("-gevraagd_op", "-pk")
