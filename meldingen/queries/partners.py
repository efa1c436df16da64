"""Reads about partners: whom to propose, what is with them, what their page shows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Prefetch, Q, Subquery, When
from django.urls import reverse

from kern.gebruikers.models import Gebruiker
from wijken.models import Partner, Wijk
from wijken.queries import Bereik
from wijken.registry import Band

from ..models import Melder, Melding, MeldingBeeld, Partnerantwoord, Partneropdracht, Partnerwerk
from ..models.partner import PartneropdrachtQuerySet
from ..states import OPDRACHT_OPEN, Opdrachtstatus
from .keyset import Volgorde

BY_DUE = Volgorde("uiterlijk", F("uiterlijk"), date.fromisoformat)


def suggestions(melding: Melding) -> tuple[Sequence[Partner], Sequence[Partner]]:
    """Active partners for a report: those whose work it is, the closest fit first, and the others (one query)."""
    categorie = melding.categorie
    fits = Partnerwerk.objects.filter(
        Q(categorie=None) | Q(categorie__in=[categorie.pk, categorie.hoofdcategorie_id]),
        Q(wijk=None) | Q(wijk=melding.wijk_id),
        partner=OuterRef("pk"),
    ).annotate(
        gewicht=Case(When(categorie=categorie.pk, then=4), When(categorie__isnull=False, then=2), default=0)
        + Case(When(wijk__isnull=False, then=1), default=0, output_field=IntegerField())
    )
    best = Subquery(fits.order_by("-gewicht").values("gewicht")[:1])
    rows: list[Any] = list(Partner.objects.active().exclude(email="").annotate(past=best).order_by("naam"))
    fitting = sorted((row for row in rows if row.past is not None), key=lambda row: -row.past)
    others = [row for row in rows if row.past is None]
    return fitting, others


@dataclass
class BijPartner:
    """What a partner does for reports, and what is with it now of what a person may see."""

    werk: list[Partnerwerk]
    open: int = 0
    laat: int = 0


def per_partner(partners: Collection[int], user: Gebruiker, reach: Bereik, on: date) -> dict[int, BijPartner]:
    """For each of these partners what it does and what is with it now (two queries)."""
    found = {pk: BijPartner([]) for pk in partners}
    for work in Partnerwerk.objects.filter(partner__in=partners).select_related("categorie", "wijk").order_by("pk"):
        found[work.partner_id].werk.append(work)
    seen = Partneropdracht.objects.open().visible_to(user, reach).filter(partner__in=partners).order_by()
    counts = seen.values("partner").annotate(n=Count("pk"), laat=Count("pk", filter=Q(uiterlijk__lt=on)))
    for row in counts:
        found[row["partner"]].open, found[row["partner"]].laat = row["n"], row["laat"]
    return found


FEW = 20


def on_partner_page(partner: Partner, user: Gebruiker, reach: Bereik, on: date) -> dict[str, Any]:
    """The block of reports on the page of a partner: for what it is proposed, and what is with it (two queries)."""
    tasks = list(at_partners(user, reach, partner).order_by("uiterlijk", "pk")[: FEW + 1])
    return {
        "werk": list(partner.werk.select_related("categorie", "wijk")),
        "opdrachten": tasks[:FEW],
        "meer": len(tasks) > FEW,
        "vandaag": on,
        "partner": partner,
    }


def network(wijk: Wijk, user: Gebruiker, reach: Bereik, on: date) -> Iterator[Band]:
    """Which partners have reports of which team in this wijk now, of what this person may see (one query)."""
    rows = (
        Partneropdracht.objects.open()
        .visible_to(user, reach)
        .filter(melding__wijk=wijk, melding__team__isnull=False)
        .order_by()
        .values("partner", "partner__naam", "melding__team", "melding__team__naam")
        .annotate(n=Count("pk"))
    )
    for row in rows:
        yield Band(
            ("team", row["melding__team"], row["melding__team__naam"]),
            ("partner", row["partner"], row["partner__naam"]),
            "1 melding" if row["n"] == 1 else f"{row['n']} meldingen",
            "meldingen",
            f"{reverse('meldingen:at_partners')}?partner={row['partner']}",
        )


def at_partners(user: Gebruiker, reach: Bereik, partner: Partner | None = None) -> PartneropdrachtQuerySet:
    """The open tasks that this member of staff may see, with all that a row shows; of one partner, or of all."""
    rows = Partneropdracht.objects.open().visible_to(user, reach)
    if partner is not None:
        rows = rows.filter(partner=partner)
    return rows.select_related("partner", "melding__categorie", "melding__wijk", "melding__behandelaar")


def open_task(melding: Melding) -> Partneropdracht | None:
    """The task that is with a partner now (one query)."""
    return (
        melding.partneropdrachten.select_related("partner")
        .prefetch_related("fotos")
        .filter(status__in=OPDRACHT_OPEN)
        .first()
    )


def by_key(sleutel: UUID) -> Partneropdracht | None:
    """The task that this link opens, with its report and who reported (one query)."""
    rows = Partneropdracht.objects.select_related(
        "partner", "melding__categorie", "melding__wijk", "melding__melder", "melding__team"
    )
    return rows.defer("melding__zoek").filter(sleutel=sleutel).first()


@dataclass(frozen=True)
class Opdrachtpagina:
    """What a partner reads about a task. Who reported only with the tick of the city, and only while it is open."""

    opdracht: Partneropdracht
    fotos: list[MeldingBeeld]
    antwoorden: list[Partnerantwoord]
    melder: Melder | None


def task_page(opdracht: Partneropdracht) -> Opdrachtpagina:
    """Everything on the page of a task (three queries)."""
    answers = Partnerantwoord.objects.filter(
        opdracht__melding=opdracht.melding_id, opdracht__partner=opdracht.partner_id
    )
    photos = MeldingBeeld.objects.select_related("beeld")
    known = opdracht.melding.melder_of_niemand if opdracht.met_contact and opdracht.is_open else None
    return Opdrachtpagina(
        opdracht=opdracht,
        fotos=list(opdracht.fotos.select_related("beeld")),
        antwoorden=list(answers.prefetch_related(Prefetch("fotos", photos)).order_by("-op", "-pk")),
        melder=known if known and (known.naam or known.email or known.telefoon) else None,
    )


def photo_of(opdracht: Partneropdracht, foto: int) -> MeldingBeeld | None:
    """A photo that went along with the task, or that the partner sent; nothing else of the report."""
    theirs = MeldingBeeld.objects.filter(
        Exists(Partneropdracht.fotos.through.objects.filter(partneropdracht=opdracht.pk, meldingbeeld=OuterRef("pk")))
        | Exists(
            Partnerantwoord.fotos.through.objects.filter(
                partnerantwoord__opdracht__melding=opdracht.melding_id,
                partnerantwoord__opdracht__partner=opdracht.partner_id,
                meldingbeeld=OuterRef("pk"),
            )
        )
    )
    return theirs.select_related("beeld").filter(pk=foto, melding=opdracht.melding_id).first()


def is_withdrawn(opdracht: Partneropdracht) -> bool:
    """Whether the city took the task back."""
    return opdracht.status == Opdrachtstatus.INGETROKKEN
