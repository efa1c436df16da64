"""Where apps above say what they add to wijken; each registers in its AppConfig.ready.

`wijken` may not import them: imports run one way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from functools import partial
from typing import Any

from django.db.models import Count, Model, QuerySet

from kern.gebruikers.models import Gebruiker
from kern.geo import Punt

from .models import Beleidsdomein, Besluit, Doelstelling, Partner, Wijk
from .rules import Bereik


@dataclass(frozen=True)
class Blok:
    """A part of the page of a wijk: its template and, for a wijk on a day, its context; no context, no block.

    `feiten` are labels and values for the wijkfiche, the same on paper, in two queries at most.
    """

    naam: str
    template: str
    context: Callable[[Wijk, date], dict[str, Any] | None]
    volgorde: int = 50
    feiten: Callable[[Wijk, date], list[tuple[str, str]]] | None = None


@dataclass(frozen=True)
class Plaatsgebonden:
    """Rows that hold a place and the wijk it lies in. `reassign` looks the wijk up again and tells how many moved."""

    naam: str
    reassign: Callable[[], int]


@dataclass(frozen=True)
class Foto:
    """A photo as a thread shows it: its addresses, small and large, and what is to be seen."""

    klein: str
    groot: str
    alt: str


@dataclass(frozen=True)
class Knoop:
    """One thing in a thread, as somebody who may see it reads it. `toon` is a kind of the status label."""

    nummer: int
    titel: str
    url: str
    dag: date
    waar: str = ""
    tekst: str = ""
    status: str = ""
    toon: str = ""
    punt: Punt | None = None
    fotos: tuple[Foto, ...] = ()


class Stand(Enum):
    """How far work in a thread is. What is `DOOR` has ended as soon as it leads on to something else."""

    BEZIG = "bezig"
    DOOR = "door"
    KLAAR = "klaar"
    TELT_NIET = "telt niet"


@dataclass(frozen=True)
class Deelnemer:
    """Somebody who reported, follows or took part, and wants to hear what comes of it.

    `waarover` says in the active language what it was about; `kopteksten` are headers of the mail, to leave by.
    """

    aan: str
    taal: str
    waarover: Callable[[], str]
    link: str
    kopteksten: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PubliekeStap:
    """What came of something, in plain words for everybody; `tekst` is Dutch that a colleague wrote."""

    titel: str
    op: datetime
    moment: str
    tekst: str = ""
    url: str = ""
    knop: str = ""


@dataclass(frozen=True)
class Draadsoort:
    """A kind of thing in a thread: its name for many, and those of the given numbers that a person may see.

    A room tells besides, for the numbers of its kind and in a fixed number of queries: who took part (`deelnemers`),
    how far it is when it is work (`stand`), and what everybody may read of it (`publiek`). Of `een`, its name for one.
    `volgorde` is its place in a thread that is told as a list. `bewoners` gives, for those that came in since a
    moment, (number, who) for each resident behind it; who is the same for the same person, and is not kept.
    """

    model: type[Model]
    naam: str
    tonen: Callable[[Collection[int], Gebruiker, Bereik], list[Knoop]]
    een: str = ""
    volgorde: int = 50
    is_bron: bool = False
    deelnemers: Callable[[Collection[int]], Iterable[Deelnemer]] | None = None
    stand: Callable[[Collection[int]], Mapping[int, Stand]] | None = None
    publiek: Callable[[Collection[int]], Iterable[PubliekeStap]] | None = None
    bewoners: Callable[[Collection[int], datetime], Iterable[tuple[int, str]]] | None = None


@dataclass(frozen=True)
class Meldingpaneel:
    """A part of the page of a report that another room fills, for reports of some categories (by their codes).

    It costs the page nothing: `url(number)` is a page of its own, which a browser with scripts shows in its place.
    """

    naam: str
    categorieen: frozenset[str]
    titel: str
    uitleg: str
    url: Callable[[int], str]


@dataclass(frozen=True)
class Meldingmaker:
    """How a report is made of what was heard: the kinds to choose from, by group, and the making itself.

    `maak(kind, text, moment, by whom, when)` gives the report; nobody is mailed, because nobody reported.
    """

    keuzes: Callable[[], Sequence[tuple[str, Sequence[tuple[int, str]]]]]
    maak: Callable[[int | None, str, Any, Gebruiker, datetime], Model]


@dataclass(frozen=True)
class Doelsoort:
    """A kind of thing that is tied to goals and policy domains.

    `rijen` gives what a person may see, in the order of a list; `tonen` those of the given numbers as they are shown.
    The thing has fields `doelstellingen` and `domeinen`, or one of both.
    """

    model: type[Model]
    naam: str
    rijen: Callable[[Gebruiker, Bereik], QuerySet[Any]]
    tonen: Callable[[Collection[int], Gebruiker, Bereik], list[Knoop]]
    volgorde: int = 50

    def field_to(self, of: type[Model]) -> str | None:
        """The field that ties it to goals, or to domains; None when it has none."""
        name = {Doelstelling: "doelstellingen", Beleidsdomein: "domeinen"}[of]
        return name if _has_field(self.model, name) else None

    def count(self, of: type[Model], user: Gebruiker, reach: Bereik) -> dict[int, int]:
        """How many things are tied to each goal, or to each domain, by its number."""
        if (name := self.field_to(of)) is None:
            return {}
        rows = self.rijen(user, reach).order_by().filter(**{f"{name}__isnull": False})
        return dict(rows.values_list(name).annotate(Count("pk", distinct=True)))

    def show(self, doel: Model, user: Gebruiker, reach: Bereik, limit: int = 50) -> tuple[list[Knoop], int]:
        """The first things that are tied to this one, and how many there are."""
        if (name := self.field_to(type(doel))) is None:
            return [], 0
        numbers = list(dict.fromkeys(self.rijen(user, reach).filter(**{name: doel.pk}).values_list("pk", flat=True)))
        shown = numbers[:limit]
        knots = self.tonen(shown, user, reach) if shown else []
        return sorted(knots, key=lambda knot: shown.index(knot.nummer)), len(numbers)


@dataclass(frozen=True)
class Partnerdeel:
    """What another room knows of partners: columns of their list, and a block on the page of one.

    `per_partner` gives for these partners what this person may see of it, in a fixed number of queries. Each of
    `kolommen` is a heading and the template of its cell, which gets `deel` (nothing for a partner it does not know).
    """

    naam: str
    kolommen: tuple[tuple[str, str], ...]
    per_partner: Callable[[Collection[int], Gebruiker, Bereik, date], Mapping[int, Any]]
    template: str
    context: Callable[[Partner, Gebruiker, Bereik, date], dict[str, Any]]


@dataclass(frozen=True)
class Band:
    """Two who work together in a wijk, and on what. `url` is the page for who may see it.

    Each end is (kind, number, name): the kind is “partner”, “team” or “collega”.
    """

    een: tuple[str, int, str]
    ander: tuple[str, int, str]
    wat: str
    soort: str
    url: str = ""


@dataclass(frozen=True)
class Netwerkbron:
    """Where another room finds who works with whom in a wijk, as this person may see it."""

    naam: str
    banden: Callable[[Wijk, Gebruiker, Bereik, date], Iterable[Band]]


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
        if _has_field(model, "doelstellingen") or _has_field(model, "domeinen")
    }
    return sorted((found | _registry.doelsoorten).values(), key=lambda kind: (kind.volgorde, kind.naam))


def _visible(model: Any, user: Gebruiker, reach: Bereik) -> QuerySet[Any]:
    return model.objects.visible_to(user, reach)


def _has_field(model: type[Model], name: str) -> bool:
    return any(field.name == name for field in model._meta.get_fields())


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


@dataclass(frozen=True)
class Nieuws:
    """A subject of the weekly mail: its title (lazy), and per wijk its lines, each with a path or "".

    `regels(since, until)` is asked in the language of the reader, once for all wijken: a few queries at most.
    """

    code: str
    titel: Any
    regels: Callable[[datetime, datetime], Mapping[int, list[tuple[str, str]]]]
    volgorde: int = 50


@dataclass(frozen=True)
class Agendaregel:
    """Something with a date in the shared agenda of the staff. Without a time (`heel_de_dag`) only its day counts."""

    begin: datetime
    einde: datetime
    titel: str
    url: str
    soort: str
    waar: str = ""
    status: str = ""
    toon: str = ""
    heel_de_dag: bool = False
    wijken: tuple[str, ...] = ()


@dataclass(frozen=True)
class Agendabron:
    """A kind of thing with a date: what of it a person may see between two moments, of all their wijken or of one.

    `regels(user, reach, wijk, since, until)` may cost three queries at most, however many there are. `bij_overdracht`
    says whether who takes over a wijk has to know of it.
    """

    code: str
    naam: str
    regels: Callable[[Gebruiker, Bereik, Wijk | None, datetime, datetime], Iterable[Agendaregel]]
    volgorde: int = 50
    bij_overdracht: bool = True


@dataclass(frozen=True)
class Besluitdoel:
    """What a decision of a meeting can become: the words of the link, and for a decision the page where it is made.

    `rollen` may make it; none means everybody who runs the meeting. That page ties the two with `actions.tie`.
    """

    code: str
    vraag: str
    url: Callable[[Besluit], str]
    rollen: frozenset[str] = frozenset()
    volgorde: int = 50


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
