"""What can be done with many reports at once: for each when it is refused, what changes, who is mailed, and the action.

Every row goes through the action that one report goes through. What is told beforehand follows from the same table of
steps and the same clocks; a test compares it with what happens.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kern.gebruikers.models import Gebruiker
from kern.templatetags.kern import datum
from kern.termijnen import Calendar
from wijken.models import Team

from ...models import Categorie, Label, Melding, Termijn
from ...states import Sluitreden, Status, allowed
from .. import handle, klok
from ..labels import label

Velden = Mapping[str, Any]
MODELS: dict[str, type[models.Model]] = {"team": Team, "behandelaar": Gebruiker, "categorie": Categorie, "label": Label}
DAYS = frozenset({"gepland_op", "oplossing_uiterlijk"})


@dataclass(frozen=True)
class Kennis:
    """What a preview read once for all rows: terms, closing days, and how long each clock stood still."""

    terms: list[Termijn]
    calendar: Calendar
    paused: Mapping[int, int]
    labels: Mapping[int, frozenset[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Actie:
    """One thing to do with many reports. `mailt` tells who hears of it: "allen", "melder" or ""."""

    code: str
    naam: str | Promise
    icoon: str
    weigert: Callable[[Melding, Velden, Kennis], str]
    wijzigt: Callable[[Melding, Velden], str]
    doe: Callable[[Melding, Velden, Gebruiker, datetime, int | None], object]
    mailt: Callable[[Melding, Velden, Kennis], str] = lambda melding, velden, kennis: ""


def to_json(fields: Velden) -> dict[str, Any]:
    """What was filled in, to keep."""
    return {
        name: value.pk if isinstance(value, models.Model) else value.isoformat() if isinstance(value, date) else value
        for name, value in fields.items()
    }


def from_json(kept: Mapping[str, Any]) -> dict[str, Any]:
    """What was filled in, with its rows and days (one query for each row that is named)."""
    return {name: _value(name, value) for name, value in kept.items()}


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in MODELS:
        return MODELS[name]._default_manager.get(pk=value)
    return date.fromisoformat(value) if name in DAYS else value


def _cannot(melding: Melding, naar: Status) -> str:
    if allowed(melding.status, naar):
        return ""
    if melding.status == naar:
        return _("is al “%(status)s”") % {"status": naar.label}
    words = {"van": Status(melding.status).label, "naar": naar.label}
    return _("van “%(van)s” kan een melding niet naar “%(naar)s”") % words


def _closed(melding: Melding) -> str:
    return "" if melding.is_open else _("de melding is afgesloten")


def _to(naar: Status) -> Callable[[Melding, Velden, Kennis], str]:
    return lambda melding, velden, kennis: _cannot(melding, naar)


def _refuse_assign(melding: Melding, velden: Velden, kennis: Kennis) -> str:
    same = melding.team == velden["team"] and melding.behandelaar_id == getattr(velden["behandelaar"], "pk", None)
    return _closed(melding) or (_("is al zo toegewezen") if same else "")


def _refuse_plan(melding: Melding, velden: Velden, kennis: Kennis) -> str:
    if melding.status != Status.INGEPLAND and (words := _cannot(melding, Status.INGEPLAND)):
        return words
    late = velden["gepland_op"] > melding.oplossing_uiterlijk and not velden["toelichting"].strip()
    return _("de dag is later dan beloofd, en dat vraagt een uitleg") if late else ""


def _refuse_ask(melding: Melding, velden: Velden, kennis: Kennis) -> str:
    if words := _cannot(melding, Status.WACHT_OP_MELDER):
        return words
    return "" if melding.melder_of_niemand.email else _("van deze melder is geen e-mailadres bekend")


def _refuse_correct(name: str) -> Callable[[Melding, Velden, Kennis], str]:
    def refuse(melding: Melding, velden: Velden, kennis: Kennis) -> str:
        return _closed(melding) or (_("heeft dit al") if getattr(melding, name) == velden[name] else "")

    return refuse


def _mails_correct(melding: Melding, velden: Velden, kennis: Kennis) -> str:
    """The resident hears of it when the promise moves."""
    categorie = velden.get("categorie") or melding.categorie
    term = klok.best_term(kennis.terms, categorie, velden.get("prioriteit") or melding.prioriteit)
    fresh = klok.promises_now(melding, term, kennis.calendar, kennis.paused.get(melding.pk, 0))
    return "allen" if fresh.oplossing != melding.oplossing_uiterlijk else ""


def _refuse_label(*, hangs: bool) -> Callable[[Melding, Velden, Kennis], str]:
    def refuse(melding: Melding, velden: Velden, kennis: Kennis) -> str:
        if (velden["label"].pk in kennis.labels.get(melding.pk, ())) != hangs:
            return ""
        return _("heeft dit label al") if hangs else _("heeft dit label niet")

    return refuse


def _all(melding: Melding, velden: Velden, kennis: Kennis) -> str:
    return "allen"


def _call(action: Callable[..., object]) -> Callable[[Melding, Velden, Gebruiker, datetime, int | None], object]:
    return lambda melding, velden, door, at, versie: action(melding=melding, door=door, at=at, versie=versie, **velden)


def _assigned_to(melding: Melding, velden: Velden) -> str:
    who = " · ".join(str(one) for one in (velden["team"], velden["behandelaar"]) if one)
    now = melding.behandelaar or melding.team or _("niemand")
    return f"{now} → {who}"


def _status_to(naar: Status) -> Callable[[Melding, Velden], str]:
    return lambda melding, velden: f"{Status(melding.status).label} → {naar.label}"


ACTIES = {
    actie.code: actie
    for actie in (
        Actie(
            "wijs-toe",
            gettext_lazy("Wijs toe"),
            "team",
            _refuse_assign,
            _assigned_to,
            # One mail tells the colleague of all: see `uitvoeren`.
            lambda melding, velden, door, at, versie: handle.assign(
                melding=melding, door=door, at=at, versie=versie, meld=False, **velden
            ),
        ),
        Actie(
            "start",
            gettext_lazy("Neem in behandeling"),
            "gereedschap",
            _to(Status.IN_BEHANDELING),
            _status_to(Status.IN_BEHANDELING),
            _call(handle.start),
            _all,
        ),
        Actie(
            "plan",
            gettext_lazy("Plan in"),
            "kalender",
            _refuse_plan,
            lambda melding, velden: f"{Status(melding.status).label} → {datum(velden['gepland_op'])}",
            _call(handle.plan),
            _all,
        ),
        Actie(
            "sluit",
            gettext_lazy("Sluit af"),
            "vink",
            _to(Status.AFGESLOTEN),
            lambda melding, velden: f"{Status(melding.status).label} → {Sluitreden(velden['sluitreden']).label}",
            _call(handle.close),
            _all,
        ),
        Actie(
            "vraag",
            gettext_lazy("Stel een vraag"),
            "bericht",
            _refuse_ask,
            _status_to(Status.WACHT_OP_MELDER),
            _call(handle.ask),
            lambda melding, velden, kennis: "melder",
        ),
        Actie(
            "belofte",
            gettext_lazy("Verzet de belofte"),
            "klok",
            lambda melding, velden, kennis: _closed(melding),
            lambda melding, velden: f"{datum(melding.oplossing_uiterlijk)} → {datum(velden['oplossing_uiterlijk'])}",
            _call(handle.move_promise),
            _all,
        ),
        Actie(
            "categorie",
            gettext_lazy("Andere categorie"),
            "potlood",
            _refuse_correct("categorie"),
            lambda melding, velden: f"{melding.categorie} → {velden['categorie']}",
            _call(handle.correct),
            _mails_correct,
        ),
        Actie(
            "prioriteit",
            gettext_lazy("Andere prioriteit"),
            "vlag",
            _refuse_correct("prioriteit"),
            lambda melding, velden: f"{melding.get_prioriteit_display()} → {velden['prioriteit']}",
            _call(handle.correct),
            _mails_correct,
        ),
        Actie(
            "label-erbij",
            gettext_lazy("Label erbij"),
            "label",
            _refuse_label(hangs=True),
            lambda melding, velden: f"+ {velden['label']}",
            lambda melding, velden, door, at, versie: label(
                melding=melding, door=door, at=at, versie=versie, erbij=[velden["label"]]
            ),
        ),
        Actie(
            "label-weg",
            gettext_lazy("Label weg"),
            "kruis",
            _refuse_label(hangs=False),
            lambda melding, velden: f"− {velden['label']}",
            lambda melding, velden, door, at, versie: label(
                melding=melding, door=door, at=at, versie=versie, eraf=[velden["label"]]
            ),
        ),
    )
}
