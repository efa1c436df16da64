"""Denktafels as pages want them: their people, bundles, drafts and meetings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, Prefetch, Q, QuerySet

from kern.bewaring.models import Bewaarregel
from wijken.models import Bijeenkomst
from wijken.states.bijeenkomst import Status as Bijeenkomststatus

from ..models import (
    Aanbeveling,
    Bundel,
    Denktafel,
    Denktafellid,
    Ontwerp,
    Ontwerpreactie,
    Ontwerpversie,
    Signaal,
    Toestemming,
    Waarvoor,
)
from ..rules.ontwerp import Stukje, differences
from ..states.ontwerp import Status


def tables(on: date) -> QuerySet[Denktafel]:
    """Every denktafel with how many members, bundles, drafts and recommendations it has (one query)."""
    sits = Q(leden__van__lte=on) & (Q(leden__tot__isnull=True) | Q(leden__tot__gte=on))
    return (
        Denktafel.objects.select_related("traject", "domein")
        .annotate(
            leden_n=Count("leden", filter=sits, distinct=True),
            bundels_n=Count("bundels", distinct=True),
            ontwerpen_n=Count("ontwerpen", filter=~Q(ontwerpen__status=Status.VOORGESTELD), distinct=True),
            aanbevelingen_n=Count("aanbevelingen", distinct=True),
        )
        .order_by("-traject__van", "naam")
    )


def members(tafel: Denktafel) -> QuerySet[Denktafellid]:
    """Everybody who ever sat at it, with `genoemd`: whether everybody may read their name (one query)."""
    named = Toestemming.objects.for_rows(Denktafellid, Waarvoor.NAAM)
    return tafel.leden.annotate(genoemd=Exists(named)).order_by("-tot", "naam")


def meetings(tafel: Denktafel) -> QuerySet[Bijeenkomst]:
    """Its meetings, the newest first."""
    kind = ContentType.objects.get_for_model(Denktafel)
    return Bijeenkomst.objects.filter(hoort_bij_type=kind, hoort_bij_id=tafel.pk).order_by("-begin")


def public_meetings(tafel: Denktafel) -> QuerySet[Bijeenkomst]:
    """Those that everybody hears of: when they are or were, with the minutes that staff made public."""
    hidden = (Bijeenkomststatus.CONCEPT, Bijeenkomststatus.AFGELAST)
    return meetings(tafel).exclude(status__in=hidden)


def bundles(tafel: Denktafel) -> QuerySet[Bundel]:
    """Its bundles with how much is in each (one query)."""
    return tafel.bundels.annotate(n=Count("signalen")).order_by("titel")


def drafts(tafel: Denktafel) -> QuerySet[Ontwerp]:
    """Its drafts with how many comments wait for an answer (one query)."""
    waits = Q(versies__reacties__isnull=False, versies__reacties__afgehandeld_op__isnull=True)
    return (
        tafel.ontwerpen.select_related("bundel", "aanbeveling")
        .annotate(open_n=Count("versies__reacties", filter=waits, distinct=True))
        .order_by("status", "titel")
    )


def said(bundel: Bundel) -> QuerySet[Signaal]:
    """What is in a bundle, with where it was said."""
    return bundel.signalen.select_related("gesprek", "gesprek__wijk", "thema").order_by("soort", "pk")


def to_bundle(bundel: Bundel, chosen: dict[str, Any], rows: QuerySet[Signaal]) -> QuerySet[Signaal]:
    """What was said and can still come in, by the filter: in the beginning of the domain of the table."""
    domein = chosen.get("domein") or bundel.denktafel.domein
    rows = rows.filter(gesprek__traject=bundel.denktafel.traject, domein=domein).exclude(bundels=bundel)
    for name in ("soort", "thema"):
        if value := chosen.get(name):
            rows = rows.filter(**{name: value})
    if wijk := chosen.get("wijk"):
        rows = rows.filter(gesprek__wijk=wijk)
    if text := chosen.get("q"):
        rows = rows.filter(tekst__icontains=text)
    return rows.select_related("gesprek", "gesprek__wijk", "thema").order_by("-gesprek__datum", "pk")


@dataclass(frozen=True)
class Ronde:
    """One version of a draft: what changed since the one before it, and what was said of it."""

    versie: Ontwerpversie
    verschil: list[Stukje]
    reacties: list[Ontwerpreactie]


def rounds(ontwerp: Ontwerp) -> list[Ronde]:
    """The versions, the newest first (two queries)."""
    comments = Prefetch("reacties", Ontwerpreactie.objects.select_related("lid", "door"))
    rows = list(ontwerp.versies.select_related("door").prefetch_related(comments).order_by("nummer"))
    found, before = [], ""
    for row in rows:
        changed = differences(before, row.tekst) if before else []
        found.append(Ronde(row, changed, list(row.reacties.all())))
        before = row.tekst
    return found[::-1]


def member(sleutel: UUID) -> Denktafellid | None:
    """Whose own page this is."""
    rows = Denktafellid.objects.select_related("denktafel__traject", "denktafel__domein")
    return rows.filter(sleutel=sleutel).first()


def is_named(lid: Denktafellid) -> bool:
    """Whether everybody may read their name."""
    return Toestemming.objects.about(lid).valid().filter(waarvoor=Waarvoor.NAAM).exists()


def for_member(lid: Denktafellid, on: date) -> list[tuple[Ontwerp, Ontwerpversie, list[Ontwerpreactie]]]:
    """The drafts that a member can say something of, with the newest text and what they said (three queries)."""
    rows = lid.denktafel.ontwerpen.filter(status=Status.BESPROKEN, bespreken_tot__gte=on)
    own = Prefetch("reacties", Ontwerpreactie.objects.filter(lid=lid))
    versions = Prefetch("versies", Ontwerpversie.objects.order_by("-nummer").prefetch_related(own))
    found = []
    for row in rows.prefetch_related(versions):
        all_versions = list(row.versies.all())
        comments = [one for version in reversed(all_versions) for one in version.reacties.all()]
        found.append((row, all_versions[0], comments))
    return found


def ended(regel: Bewaarregel, others: Sequence[Bewaarregel], moment: datetime) -> QuerySet[Denktafellid]:
    """Members whose mandate is over for as long as the rule says."""
    return Denktafellid.objects.filter(tot__lte=(moment - timedelta(days=regel.na_dagen)).date()).order_by("pk")


def public_recommendations(tafel: Denktafel) -> QuerySet[Aanbeveling]:
    """Those that everybody may read."""
    return Aanbeveling.objects.public().filter(denktafel=tafel).select_related("traject").order_by("nummer")


def names(pks: Collection[int]) -> dict[int, str]:
    """By number: a name has nothing to do in the report of what was wiped."""
    return {pk: f"lid {pk}" for pk in pks}
