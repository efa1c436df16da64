"""Bruggenbouwers: what everybody may see, what a signed link opens, and the lists of staff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from kern.bewaring.models import Bewaarregel
from kern.gebruikers.models import Gebruiker
from wijken.models import Wijk
from wijken.queries.gebied import city_drawing
from wijken.rules import Bereik

from ..models import Bruggenbouwer, Jurylid, Juryoordeel, Juryronde, Steun
from ..states.bruggenbouwer import Status


def shown(on: date) -> QuerySet[Bruggenbouwer]:
    """Everybody with the label who may be known: by wijk and name, for there is no first and no last."""
    return (
        Bruggenbouwer.objects.with_label(on)
        .with_photo_consent()
        .select_related("wijk", "foto")
        .order_by("wijk__naam", "naam", "pk")
    )


def in_wijk(wijk: Wijk, on: date) -> dict[str, Any] | None:
    """What the page of a wijk shows of them: who has the label there; None without anybody (one query)."""
    rows = list(Bruggenbouwer.objects.with_label(on).filter(wijk=wijk).order_by("naam", "pk"))
    return {"mensen": rows} if rows else None


@dataclass(frozen=True)
class InWijk:
    """The bruggenbouwers of one wijk; `wijk` is None for who gave none."""

    wijk: Wijk | None
    mensen: list[Bruggenbouwer]


def by_wijk(rows: Sequence[Bruggenbouwer]) -> list[InWijk]:
    """The same, together by wijk, those without a wijk last."""
    groups: dict[int | None, InWijk] = {}
    for row in rows:
        groups.setdefault(row.wijk_id, InWijk(row.wijk, [])).mensen.append(row)
    return sorted(groups.values(), key=lambda group: (group.wijk is None, group.wijk.naam if group.wijk else ""))


@dataclass(frozen=True)
class Vlak:
    """A wijk on the map: its path, and its bruggenbouwers when it has any."""

    pad: str
    groep: InWijk | None


@dataclass(frozen=True)
class Wijkkaart:
    breedte: int
    hoogte: int
    vlakken: list[Vlak]


def city_map(groups: Sequence[InWijk]) -> Wijkkaart | None:
    """The wijken as one drawing; homes are not on it. None without outlines (one query)."""
    drawing = city_drawing(600)
    if drawing is None:
        return None
    here = {group.wijk.pk: group for group in groups if group.wijk}
    areas = [Vlak(path, here.get(key)) for key, path in drawing.paden.items()]  # type: ignore[call-overload]
    return Wijkkaart(drawing.breedte, drawing.hoogte, sorted(areas, key=lambda area: area.groep is not None))


def by_code(code: str) -> Bruggenbouwer | None:
    """Whose label has this code, also when it has ended; None for who withdrew or was wiped."""
    found = Bruggenbouwer.objects.select_related("wijk").filter(code=code, status=Status.LABEL, gewist_op=None)
    return found.first() if code else None


def nominee(sleutel: UUID) -> Bruggenbouwer | None:
    """Of the own link, unless everything was wiped."""
    rows = Bruggenbouwer.objects.select_related("wijk", "foto").with_photo_consent()
    return rows.filter(sleutel=sleutel, gewist_op=None).first()


def supporter(sleutel: UUID) -> Steun | None:
    return Steun.objects.select_related("bruggenbouwer").filter(sleutel=sleutel).first()


def juror(sleutel: UUID) -> Jurylid | None:
    """Of the link of a round that was opened."""
    return Jurylid.objects.select_related("ronde").filter(sleutel=sleutel).exclude(ronde__status="concept").first()


@dataclass(frozen=True)
class TeLezen:
    """What a member of the jury reads: a number, a text, and what they thought. No more."""

    pk: int
    volgnummer: int
    tekst: str
    oordeel: Juryoordeel | None


def to_read(lid: Jurylid) -> list[TeLezen]:
    """What this member of the jury reads, numbered the same for everybody (two queries)."""
    mine = {row.bruggenbouwer_id: row for row in lid.oordelen.all()}
    rows = Bruggenbouwer.objects.filter(ronde=lid.ronde_id, gewist_op=None).exclude(leestekst="").order_by("sleutel")
    return [TeLezen(row.pk, place, row.leestekst, mine.get(row.pk)) for place, row in enumerate(rows, 1)]


def nominations(user: Gebruiker, reach: Bereik, filters: dict[str, Any]) -> QuerySet[Bruggenbouwer]:
    """The nominations that somebody may see and asks for."""
    rows = Bruggenbouwer.objects.visible_to(user, reach).select_related("wijk", "ronde")
    rows = rows.filter(**{name: filters[name] for name in ("status", "wijk", "ronde") if filters.get(name)})
    if filters.get("wacht"):
        rows = rows.filter(
            Q(verlenging_gevraagd_op__isnull=False)
            | Q(verhaal_nagekeken=False) & (~Q(verhaal="") | Q(foto__isnull=False)) & Q(status=Status.LABEL)
        )
    if filters.get("label") == "gegeven":
        rows = rows.filter(label_op__isnull=False)
    elif filters.get("label") == "geldig":
        rows = rows.filter(pk__in=Bruggenbouwer.objects.with_label(timezone.localdate()))
    if jaar := filters.get("jaar"):
        rows = rows.filter(label_op__year=jaar)
    if text := filters.get("q"):
        rows = rows.filter(Q(naam__icontains=text) | Q(email__icontains=text))
    given = Count("steun", filter=Q(steun__bevestigd_op__isnull=False), distinct=True)
    return rows.annotate(n_steun=given).order_by("-voorgedragen_op", "-pk")


def rounds() -> QuerySet[Juryronde]:
    """Every round, with how many read, how much, and how many answers came."""
    return Juryronde.objects.annotate(
        n_leden=Count("juryleden", distinct=True),
        n_kandidaten=Count("kandidaten", distinct=True),
        n_oordelen=Count("juryleden__oordelen", distinct=True),
    ).order_by("-lezen_tot", "-pk")


def candidates(ronde: Juryronde) -> QuerySet[Bruggenbouwer]:
    """The nominations of a round with what the jury thinks (two queries)."""
    given = Juryoordeel.objects.filter(jurylid__ronde=ronde).select_related("jurylid")
    return ronde.kandidaten.select_related("wijk").prefetch_related(Prefetch("oordelen", given)).order_by("sleutel")


def ready_for_jury() -> QuerySet[Bruggenbouwer]:
    return Bruggenbouwer.objects.filter(status=Status.GESTEUND, gewist_op=None).order_by("naam")


def unanswered(regel: Bewaarregel, others: Sequence[Bewaarregel], moment: datetime) -> QuerySet[Bruggenbouwer]:
    """Nominations of so long ago to which nobody said yes."""
    before = moment - timedelta(days=regel.na_dagen)
    return Bruggenbouwer.objects.filter(status=Status.VOORGEDRAGEN, voorgedragen_op__lte=before)


def over(regel: Bewaarregel, others: Sequence[Bewaarregel], moment: datetime) -> QuerySet[Bruggenbouwer]:
    """Nominations that are over for so long: not chosen, never supported enough, or a label that ended."""
    before = moment - timedelta(days=regel.na_dagen)
    ended = Q(status=Status.LABEL, geldig_tot__lt=before.date())
    stuck = Q(status__in=[Status.INGESTEMD, Status.GESTEUND], ingestemd_op__lte=before)
    return Bruggenbouwer.objects.filter(
        ended | stuck | Q(status=Status.NIET_GEKOZEN, beslist_op__lte=before), gewist_op=None
    )


def jurors_done(regel: Bewaarregel, others: Sequence[Bewaarregel], moment: datetime) -> QuerySet[Jurylid]:
    """Who read in a round that ended so long ago and of which everything is decided."""
    waits = Bruggenbouwer.objects.filter(ronde=OuterRef("ronde"), status=Status.BIJ_DE_JURY)
    before = (moment - timedelta(days=regel.na_dagen)).date()
    return Jurylid.objects.filter(~Exists(waits), ronde__lezen_tot__lt=before)
