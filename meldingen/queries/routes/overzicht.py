"""The rules in their order, and what is wrong with each: it can never take a report, or leads to nobody."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ... import routering
from ...models import Categorie, Routeregel, Vraag
from ...routering import Doel, Regel
from ...rules import handles
from .bestemming import of, with_target
from .woorden import conditions_in_words


@dataclass(frozen=True)
class Vlag:
    """Something that is wrong with a rule: it can never take a report (`nooit`), or it leads to nobody."""

    nooit: bool
    tekst: str


@dataclass(frozen=True)
class Rij:
    """One rule on the page: the row, its value, its conditions in words, and what is wrong with it."""

    row: Routeregel
    regel: Regel
    woorden: tuple[tuple[str, str], ...]
    vlaggen: tuple[Vlag, ...]
    geldt: bool


Paar = tuple[Routeregel, Regel]


def all_rules() -> list[Paar]:
    """Every rule in its order, with what its words need, and its value (one query)."""
    rows = Routeregel.objects.select_related(
        "categorie__hoofdcategorie", "wijk", "stadsdeel", "vraag__categorie", "team", "persoon"
    )
    return [(row, of(row)) for row in with_target(rows).order_by("volgorde")]


def value_of(row: Routeregel) -> Regel:
    """The value of a rule that is not stored yet, or not as it stands here (at most two queries)."""
    wijken = frozenset({row.wijk_id}) if row.wijk_id else None
    if row.stadsdeel:
        wijken = frozenset(row.stadsdeel.wijken.values_list("pk", flat=True))
    usable = handles(row.persoon) if row.persoon else bool(row.team and row.team.is_actief)
    return Regel(
        pk=row.pk or 0,
        doel=Doel(row.team_id, row.persoon_id, usable),
        categorie=row.categorie_id,
        wijken=wijken,
        bron=row.bron,
        prioriteit=row.prioriteit,
        weekdagen=frozenset(row.weekdagen),
        van_uur=row.van_uur,
        tot_uur=row.tot_uur,
        vraag=row.vraag_id,
        antwoord=row.antwoord,
        is_actief=row.is_actief,
        geldig_van=row.geldig_van,
        geldig_tot=row.geldig_tot,
    )


def overview(on: date, rules: Sequence[Paar] | None = None) -> list[Rij]:
    """The rules in their order with what is wrong with each (two queries, whatever their number)."""
    rules = all_rules() if rules is None else rules
    boom = tree(on)
    found: list[Rij] = []
    for row, regel in rules:
        earlier = [(other.regel, other.row) for other in found]
        found.append(
            Rij(
                row=row,
                regel=regel,
                woorden=conditions_in_words(row),
                vlaggen=tuple(_flags(row, regel, earlier, boom, on)),
                geldt=regel.in_force(on),
            )
        )
    return found


@dataclass(frozen=True)
class Boom:
    """The categories: what is below each main one, and what a report can still get, today or later."""

    eronder: Mapping[int, frozenset[int]]
    te_kiezen: frozenset[int]


def tree(on: date) -> Boom:
    """The two levels of categories as they are on this day (one query)."""
    rows = list(Categorie.objects.values_list("pk", "hoofdcategorie_id", "geldig_tot"))
    below: dict[int, set[int]] = {pk: set() for pk, main, _until in rows if main is None}
    still = {pk for pk, _main, until in rows if until is None or until >= on}
    choosable: set[int] = set()
    for pk, main, _until in rows:
        if main is not None:
            below[main].add(pk)
            if {pk, main} <= still:
                choosable |= {pk, main}
    return Boom({main: frozenset(subs) for main, subs in below.items()}, frozenset(choosable))


def _flags(
    row: Routeregel,
    regel: Regel,
    earlier: Sequence[tuple[Regel, Routeregel]],
    boom: Boom,
    on: date,
) -> Iterable[Vlag]:
    if regel.geldig_tot and regel.geldig_tot < on:
        yield Vlag(True, _("De laatste dag is voorbij."))
    if row.categorie and row.categorie_id not in boom.te_kiezen:
        yield Vlag(True, _("Deze categorie kan niemand nog kiezen."))
    if row.stadsdeel and not regel.wijken:
        yield Vlag(True, _("In dit stadsdeel ligt geen enkele wijk."))
    if row.vraag:
        yield from _question_flags(row, row.vraag, boom.eronder)
    taken_by = routering.shadowed_by(regel, [other for other, _row in earlier], boom.eronder, on)
    if taken_by and not (regel.geldig_tot and regel.geldig_tot < on):
        names = {other.pk: other_row.naam for other, other_row in earlier}
        yield Vlag(
            True,
            _("Alles wat hier past, gaat al naar een regel die eerst komt: %(namen)s.")
            % {"namen": ", ".join(f"“{names[other.pk]}”" for other in taken_by)},
        )
    if row.team and not row.team.is_actief:
        yield Vlag(False, _("Team %(naam)s is niet meer actief: deze regel wordt overgeslagen.") % {"naam": row.team})
    if row.persoon and not regel.doel.is_bruikbaar:
        words = (
            _("%(naam)s heeft geen rol die meldingen behandelt: deze regel wordt overgeslagen.")
            if row.persoon.is_active
            else _("%(naam)s werkt niet meer met het portaal: deze regel wordt overgeslagen.")
        )
        yield Vlag(False, words % {"naam": row.persoon})


def _question_flags(row: Routeregel, vraag: Vraag, below: Mapping[int, frozenset[int]]) -> Iterable[Vlag]:
    asked_of = vraag.categorie_id
    if row.categorie_id and asked_of != row.categorie_id and asked_of not in below.get(row.categorie_id, frozenset()):
        words = _("De vraag hoort bij %(ander)s, niet bij %(categorie)s: dat past nooit samen.")
        yield Vlag(True, words % {"ander": vraag.categorie, "categorie": row.categorie})
    if not possible_answer(vraag, row.antwoord):
        yield Vlag(True, _("Dit antwoord staat niet bij de keuzes van de vraag."))


def possible_answer(vraag: Vraag, antwoord: str) -> bool:
    """Whether somebody could give this answer: one of the choices, yes or no; anything where people write freely."""
    match vraag.soort:
        case Vraag.Soort.KEUZE:
            options = [line.split("|")[0] for line in vraag.keuzes.splitlines() if line.strip()]
        case Vraag.Soort.JA_NEE:
            options = ["ja", "nee"]
        case _other:
            return True
    return any(routering.same_words(antwoord, option) for option in options)


def fingerprint(rows: Iterable[Routeregel]) -> str:
    """Changes with any change to the rules or their order; what somebody saw before saying yes."""
    parts = [
        "|".join(str(getattr(row, field.attname)) for field in Routeregel._meta.concrete_fields)
        for row in sorted(rows, key=lambda row: row.volgorde)
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20]
