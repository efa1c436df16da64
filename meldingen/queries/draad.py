"""How reports are shown in the red thread of a wijk."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Prefetch
from django.urls import reverse

from kern.gebruikers.models import Gebruiker
from kern.termijnen import local_date
from wijken.queries import Bereik
from wijken.registry import Foto, Knoop

from ..models import Melding, MeldingBeeld
from ..states import Sluitreden, Status
from .staff import visible

PHOTOS = 4


def knots(nummers: Collection[int], user: Gebruiker, reach: Bereik) -> list[Knoop]:
    """Those of these reports that this person may see, the newest first, with four photos each at most (2 queries)."""
    rows = visible(user, reach).filter(pk__in=nummers).select_related("categorie").defer("zoek", "openbare_tekst")
    photos = Prefetch("beelden", MeldingBeeld.objects.select_related("beeld"))
    return [_knot(row) for row in rows.prefetch_related(photos).order_by("-ontvangen_op", "-pk")]


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
