"""Where apps above say what they add to wijken; each registers in its AppConfig.ready.

`wijken` may not import them: imports run one way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Model, QuerySet

from kern.gebruikers.models import Gebruiker

from .bijdragen import (
    Agendabron,
    Agendaregel,
    Band,
    Besluitdoel,
    Blok,
    Deelnemer,
    Doelsoort,
    Draadsoort,
    Foto,
    Knoop,
    Meldingmaker,
    Meldingpaneel,
    Netwerkbron,
    Nieuws,
    Partnerdeel,
    Plaatsgebonden,
    PubliekeStap,
    Stand,
    has_field,
)
from .models import Wijk
from .rules import Bereik

__all__ = [
    "Agendabron",
    "Agendaregel",
    "Band",
    "Besluitdoel",
    "Blok",
    "Deelnemer",
    "Doelsoort",
    "Draadsoort",
    "Foto",
    "Knoop",
    "Meldingmaker",
    "Meldingpaneel",
    "Netwerkbron",
    "Nieuws",
    "Partnerdeel",
    "Plaatsgebonden",
    "PubliekeStap",
    "Registry",
    "Stand",
    "agenda_sources",
    "blocks_for",
    "decision_goals",
    "facts_for",
    "goal_kinds",
    "network_sources",
    "news",
    "partner_parts",
    "places",
    "register_agenda",
    "register_block",
    "register_decision_goal",
    "register_goal_kind",
    "register_network",
    "register_news",
    "register_partner_part",
    "register_places",
    "register_report_maker",
    "register_report_panel",
    "register_resident_mail",
    "register_thread",
    "report_maker",
    "report_panels",
    "resident_mails",
    "source_kinds",
    "thread_kind",
    "thread_model",
]


@dataclass
class Registry:
    """All that was registered."""

    blokken: list[Blok] = field(default_factory=list)
    plaatsgebonden: list[Plaatsgebonden] = field(default_factory=list)
    draadsoorten: dict[type[Model], Draadsoort] = field(default_factory=dict)
    doelsoorten: dict[type[Model], Doelsoort] = field(default_factory=dict)
    meldingmaker: Meldingmaker | None = None
    partnerdelen: dict[str, Partnerdeel] = field(default_factory=dict)
    netwerkbronnen: dict[str, Netwerkbron] = field(default_factory=dict)
    meldingpanelen: dict[str, Meldingpaneel] = field(default_factory=dict)
    bewonersmails: set[str] = field(default_factory=set)


_registry = Registry()


def register_block(blok: Blok) -> None:
    """Show a block on the page of each wijk, in order of `volgorde`. Registering the same name again replaces it."""
    _registry.blokken = sorted(
        [*(b for b in _registry.blokken if b.naam != blok.naam), blok], key=lambda b: (b.volgorde, b.naam)
    )


def register_places(plaatsgebonden: Plaatsgebonden) -> None:
    """Have rows reassigned when outlines change, inside the same transaction."""
    _registry.plaatsgebonden = [
        *(p for p in _registry.plaatsgebonden if p.naam != plaatsgebonden.naam),
        plaatsgebonden,
    ]


def register_thread(draadsoort: Draadsoort) -> None:
    """Let things of this kind be shown in a thread. Registering the same model again replaces it."""
    _registry.draadsoorten[draadsoort.model] = draadsoort


def thread_kind(model: type[Model] | None) -> Draadsoort | None:
    """How things of this model are shown in a thread; None when no room told."""
    return _registry.draadsoorten.get(model) if model else None


def thread_model(naam: str) -> type[Model] | None:
    """The model of things in a thread with this name, as addresses have it; None when there is none."""
    return next((model for model in _registry.draadsoorten if model._meta.model_name == naam), None)


def register_goal_kind(doelsoort: Doelsoort) -> None:
    """Let things of this kind be reported by goal and domain. Registering the same model again replaces it."""
    _registry.doelsoorten[doelsoort.model] = doelsoort


def goal_kinds() -> list[Doelsoort]:
    """Every kind of thing that is tied to goals and domains, in order of `volgorde`.

    What stands in a thread and has the fields for it needs not be registered.
    """
    found = {
        model: Doelsoort(model, kind.naam, partial(_visible, model), kind.tonen)
        for model, kind in _registry.draadsoorten.items()
        if has_field(model, "doelstellingen") or has_field(model, "domeinen")
    }
    return sorted((found | _registry.doelsoorten).values(), key=lambda kind: (kind.volgorde, kind.naam))


def _visible(model: Any, user: Gebruiker, reach: Bereik) -> QuerySet[Any]:
    return model.objects.visible_to(user, reach)


def source_kinds() -> list[Draadsoort]:
    """The kinds that a need can come from, in their order."""
    found = [kind for kind in _registry.draadsoorten.values() if kind.is_bron]
    return sorted(found, key=lambda kind: kind.volgorde)


def register_report_maker(maker: Meldingmaker) -> None:
    """Say how a report is made of what was heard at a contact moment."""
    _registry.meldingmaker = maker


def report_maker() -> Meldingmaker | None:
    """How a report is made; None when no room told."""
    return _registry.meldingmaker


def register_report_panel(paneel: Meldingpaneel) -> None:
    """Show a part on the page of a report of these categories. The same name again replaces it."""
    _registry.meldingpanelen[paneel.naam] = paneel


def report_panels(categorie: str) -> list[Meldingpaneel]:
    """What other rooms show on the page of a report of this category."""
    return [paneel for paneel in _registry.meldingpanelen.values() if categorie in paneel.categorieen]


def register_resident_mail(soort: str) -> None:
    """Have this kind of mail wiped when a resident wants to be forgotten: one that is about no object of theirs."""
    _registry.bewonersmails.add(soort)


def resident_mails() -> list[str]:
    """The kinds of mail of other rooms that go to who took part in a thread."""
    return sorted(_registry.bewonersmails)


def blocks_for(wijk: Wijk, on: date) -> list[dict[str, Any]]:
    """The blocks with something to say, each {naam, template, context}."""
    shown = []
    for blok in _registry.blokken:
        context = blok.context(wijk, on)
        if context is not None:
            shown.append({"naam": blok.naam, "template": blok.template, "context": context})
    return shown


def facts_for(wijk: Wijk, on: date) -> list[tuple[str, str]]:
    """What the blocks tell in facts, for the wijkfiche."""
    return [fact for blok in _registry.blokken if blok.feiten for fact in blok.feiten(wijk, on)]


def places() -> list[Plaatsgebonden]:
    """What has to be reassigned when outlines change."""
    return list(_registry.plaatsgebonden)


_news: dict[str, Nieuws] = {}
_goals: dict[str, Besluitdoel] = {}
_agenda: dict[str, Agendabron] = {}


def register_news(nieuws: Nieuws) -> None:
    """Tell something in the weekly mail to who follows a wijk. Registering the same code again replaces it."""
    _news[nieuws.code] = nieuws


def news() -> list[Nieuws]:
    """The subjects of the weekly mail, in order."""
    return sorted(_news.values(), key=lambda row: (row.volgorde, row.code))


def register_agenda(bron: Agendabron) -> None:
    """Show a kind of thing in the shared agenda. Registering the same code again replaces it."""
    _agenda[bron.code] = bron


def agenda_sources() -> list[Agendabron]:
    """What the shared agenda shows, in order."""
    return sorted(_agenda.values(), key=lambda row: (row.volgorde, row.code))


def register_decision_goal(doel: Besluitdoel) -> None:
    """Let a decision become something. Registering the same code again replaces it."""
    _goals[doel.code] = doel


def decision_goals(user: Gebruiker) -> list[Besluitdoel]:
    """What this person can make of a decision, in order."""
    rows = sorted(_goals.values(), key=lambda row: (row.volgorde, row.code))
    return [row for row in rows if not row.rollen or row.rollen & user.rollen]


def register_partner_part(deel: Partnerdeel) -> None:
    """Show on the pages of partners what another room knows of them. The same name again replaces it."""
    _registry.partnerdelen[deel.naam] = deel


def partner_parts() -> list[Partnerdeel]:
    """What other rooms know of partners."""
    return list(_registry.partnerdelen.values())


def register_network(bron: Netwerkbron) -> None:
    """Let another room add to the network of each wijk. The same name again replaces it."""
    _registry.netwerkbronnen[bron.naam] = bron


def network_sources() -> list[Netwerkbron]:
    """Where else is known who works with whom."""
    return list(_registry.netwerkbronnen.values())
