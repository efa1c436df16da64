"""What staff do with the photos of a report before others see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import ngettext

from kern.beelden import actions as beelden
from kern.beelden.models import Beeld
from kern.beelden.rules import Vlak
from kern.gebruikers.models import Gebruiker

from ..models import Gebeurtenis, MeldingBeeld
from .lock import locked, write


@transaction.atomic
def blur(*, foto: MeldingBeeld, vlakken: Sequence[Vlak], door: Gebruiker, at: datetime) -> MeldingBeeld:
    """Make parts of a photo unrecognisable, for everybody who sees it from now on.

    What it looked like before is kept apart until the term of keeping is over, to mend a mistake. A second time
    starts from what the first one made. Raises ValueError as long as the photo is not ready, or without an area.
    """
    melding = locked(foto.melding)
    row = MeldingBeeld.objects.select_for_update(of=("self",)).select_related("beeld").get(pk=foto.pk)
    before = row.beeld
    row.beeld = beelden.blurred(beeld=before, vlakken=vlakken)
    first = row.oorspronkelijk_id is None
    if first:
        row.oorspronkelijk = before
    row.vervaagd_op = at
    row.save(update_fields=["beeld", "oorspronkelijk", "vervaagd_op"])
    if not first:
        beelden.remove(beelden=Beeld.objects.filter(pk=before.pk))
    words = ngettext(
        "Op een foto is %(n)d plek onherkenbaar gemaakt",
        "Op een foto zijn %(n)d plekken onherkenbaar gemaakt",
        len(vlakken),
    )
    write(melding, soort=Gebeurtenis.Soort.GEGEVENS, at=at, door=door, tekst=words % {"n": len(vlakken)})
    return row


@transaction.atomic
def restore(*, foto: MeldingBeeld, door: Gebruiker, at: datetime) -> MeldingBeeld:
    """Put back the photo as it was before it was made unrecognisable; nobody outside sees it until it is released.

    Raises ValueError when that version is no longer there.
    """
    melding = locked(foto.melding)
    row = MeldingBeeld.objects.select_for_update(of=("self",)).select_related("beeld").get(pk=foto.pk)
    if row.oorspronkelijk_id is None:
        raise ValueError("de oorspronkelijke foto is er niet meer")
    blurred, row.beeld_id = row.beeld, row.oorspronkelijk_id
    row.oorspronkelijk, row.vervaagd_op, row.openbaar = None, None, False
    row.save(update_fields=["beeld", "oorspronkelijk", "vervaagd_op", "openbaar"])
    beelden.remove(beelden=Beeld.objects.filter(pk=blurred.pk))
    write(melding, soort=Gebeurtenis.Soort.GEGEVENS, at=at, door=door, tekst="De oorspronkelijke foto is teruggezet")
    return row
