"""Every rule against one report, and in words why it takes it or does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ... import routering
from ...routering import Feiten
from .overzicht import Rij
from .woorden import facts_in_words


@dataclass(frozen=True)
class Getoetst:
    """One condition of one rule against one report, in words."""

    naam: str
    gevraagd: str
    gegeven: str
    past: bool


@dataclass(frozen=True)
class Proef:
    """One rule against one report: what came of it, in words, condition by condition."""

    rij: Rij
    neemt: bool
    waarom: str
    voorwaarden: tuple[Getoetst, ...]


def try_out(rijen: Sequence[Rij], feiten: Feiten, on: date, names: Mapping[str, str]) -> list[Proef]:
    """Why each rule takes the report, or does not. Asks nothing."""
    given = facts_in_words(feiten, names)
    labels = {row.code: row.naam for row in routering.VOORWAARDEN}
    tried = []
    first_name = ""
    for rij, uitslag in zip(rijen, routering.explain([rij.regel for rij in rijen], feiten, on), strict=True):
        wanted = dict(rij.woorden)
        tested = tuple(
            Getoetst(labels[code], wanted.get(code, ""), _given(code, given, rij, feiten), ok)
            for code, ok in uitslag.voorwaarden
        )
        takes = uitslag.uitkomst == routering.Uitkomst.NEEMT
        first_name = rij.row.naam if takes else first_name
        tried.append(Proef(rij, takes, _why(uitslag, rij, first_name), tested))
    return tried


def _given(code: str, given: Mapping[str, str], rij: Rij, feiten: Feiten) -> str:
    if code != "antwoord":
        return given[code]
    answer = feiten.antwoorden.get(rij.regel.vraag or 0, "")
    return f"“{answer}”" if answer else _("geen antwoord op deze vraag")


def _why(uitslag: routering.Uitslag, rij: Rij, first_name: str) -> str:
    match uitslag.uitkomst:
        case routering.Uitkomst.NEEMT:
            return _("Alles past: deze regel beslist.")
        case routering.Uitkomst.TE_LAAT:
            return _("Alles past, maar “%(naam)s” komt eerst.") % {"naam": first_name}
        case routering.Uitkomst.DOEL_KAN_NIET:
            return " ".join([_("Alles past, maar:"), *(flag.tekst for flag in rij.vlaggen if not flag.nooit)])
        case routering.Uitkomst.STAAT_UIT:
            return _("Deze regel staat uit.")
        case routering.Uitkomst.NOG_NIET:
            return _("Deze regel geldt nog niet.")
        case routering.Uitkomst.VOORBIJ:
            return _("Deze regel geldt niet meer.")
    return _("Past niet.")
