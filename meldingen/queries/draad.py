"""How reports are shown in the red thread of a wijk."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from functools import partial
from itertools import groupby

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kern.gebruikers.models import Gebruiker
from kern.termijnen import local_date
from wijken.queries import Bereik
from wijken.registry import Deelnemer, Foto, Knoop

from .. import publiek
from ..mails.basis import follower, reporter
from ..models import Categorie, Melding, MeldingBeeld, Volger
from ..states import Sluitreden, Status
from .staff import visible

PHOTOS = 4


def knots(nummers: Collection[int], user: Gebruiker, reach: Bereik) -> list[Knoop]:
    """Those of these reports that this person may see, the newest first, with four photos each at most (2 queries)."""
    rows = visible(user, reach).filter(pk__in=nummers).select_related("categorie").defer("zoek", "openbare_tekst")
    photos = Prefetch("beelden", MeldingBeeld.objects.select_related("beeld"))
    return [_knot(row) for row in rows.prefetch_related(photos).order_by("-ontvangen_op", "-pk")]


def participants(nummers: Collection[int]) -> Iterator[Deelnemer]:
    """Who reported or follows these reports and wants mail, as in `mails.basis.audience` (two queries)."""
    rows = Melding.objects.filter(pk__in=nummers).select_related("categorie", "wijk", "melder")
    for row in rows.defer("zoek", "omschrijving").prefetch_related("volgers").order_by("pk"):
        own = [*reporter(row, row.melder_of_niemand)]
        known = {to.aan.lower() for to in own}
        others = [] if row.categorie.is_gevoelig else [volger for volger in row.volgers.all() if volger.email]
        for to in (*own, *(follower(volger) for volger in others if volger.email.lower() not in known)):
            yield Deelnemer(to.aan, to.taal, partial(_about, row), to.link, to.kopteksten)


def residents(nummers: Collection[int], since: datetime) -> Iterator[tuple[int, str]]:
    """(number, who) for each resident who reported or follows those of these reports that came in since (two queries).

    By address where there is one; who left none counts as somebody else each time.
    """
    rows = Melding.objects.filter(pk__in=nummers, ontvangen_op__gte=since).order_by("pk")
    for pk, email in rows.values_list("pk", "melder__email"):
        yield pk, (email or "").lower() or f"melding {pk}"
    others = Volger.objects.filter(melding__in=nummers, melding__ontvangen_op__gte=since).order_by("pk")
    for pk, melding, email in others.values_list("pk", "melding", "email"):
        yield melding, email.lower() or f"volger {pk}"


def _about(row: Melding) -> str:
    """The report in the active language: what everybody may know of it, and its number."""
    words = {"nummer": row.pk, "wat": publiek.subject(row), "waar": publiek.where(row)}
    return _("melding %(nummer)s: %(wat)s, %(waar)s") % words


def kinds() -> list[tuple[str, list[tuple[int, str]]]]:
    """The categories that something heard can become a report of, under their main category (one query)."""
    rows = Categorie.objects.active(timezone.localdate()).sub().select_related("hoofdcategorie")
    rows = rows.filter(stoppagina__isnull=True).exclude(is_onbekend=True)
    ordered = rows.order_by("hoofdcategorie__volgorde", "hoofdcategorie__naam", "volgorde", "naam")
    groups = groupby(ordered, key=lambda row: row.hoofdcategorie)
    return [(top.naam if top else "", [(row.pk, row.naam) for row in group]) for top, group in groups]


def _knot(row: Melding) -> Knoop:
    closed = row.status == Status.AFGESLOTEN
    solved = row.sluitreden == Sluitreden.OPGELOST
    return Knoop(
        nummer=row.pk,
        titel=f"{row.pk} · {row.categorie.naam}",
        url=reverse("meldingen:detail", args=[row.pk]),
        dag=local_date(row.ontvangen_op),
        waar=row.adres or row.plaats_in_woorden,
        tekst=row.omschrijving[:280],
        status=row.get_sluitreden_display() if closed else row.get_status_display(),
        toon="goed" if solved else "",
        punt=row.plaats,
        fotos=tuple(_photo(row, photo) for photo in list(row.beelden.all())[:PHOTOS]),
    )


def _photo(row: Melding, photo: MeldingBeeld) -> Foto:
    small, large = (reverse("meldingen:staff_photo", args=[row.pk, photo.pk, size]) for size in ("klein", "groot"))
    return Foto(small, large, photo.beeld.alt_tekst or f"Foto bij melding {row.pk}")
