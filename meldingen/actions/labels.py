"""Give a report labels, or take them away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from kern import historiek
from kern.gebruikers.models import Gebruiker

from ..models import Gebeurtenis, Label, Melding, MeldingLabel
from .lock import beside, locked, write


@transaction.atomic
def label(
    *,
    melding: Melding,
    door: Gebruiker,
    at: datetime,
    erbij: Iterable[Label] = (),
    eraf: Iterable[Label] = (),
    versie: int | None = None,
) -> Melding:
    """Hang these labels on the report and take those off; what it has already, or has not, makes no difference.

    Without a change nothing is written. A closed report can have labels too.
    """
    row = locked(melding, versie, herroepbaar=True)
    has = {hung.label_id: hung for hung in row.labels.select_related("label")}
    new = [one for one in dict.fromkeys(erbij) if one.pk not in has]
    gone = [one for one in dict.fromkeys(eraf) if one.pk in has and one not in new]
    if not new and not gone:
        return row
    beside(
        row,
        labels_bij=[one.pk for one in new],
        labels_weg=[[one.pk, has[one.pk].op.isoformat(), has[one.pk].door_id] for one in gone],
    )
    words = [f"+ {one}" for one in new] + [f"− {one}" for one in gone]
    with historiek.reason("Labels"):
        MeldingLabel.objects.bulk_create(MeldingLabel(melding=row, label=one, op=at, door=door) for one in new)
        MeldingLabel.objects.filter(melding=row, label__in=gone).delete()
    write(row, soort=Gebeurtenis.Soort.LABELS, at=at, door=door, tekst="\n".join(words))
    return row


@transaction.atomic
def set_labels(
    *, melding: Melding, labels: Iterable[Label], door: Gebruiker, at: datetime, versie: int | None = None
) -> Melding:
    """Let the report have exactly these labels; labels that are no longer in use stay."""
    chosen = list(labels)
    others = Label.objects.active().exclude(pk__in=[one.pk for one in chosen])
    return label(melding=melding, door=door, at=at, erbij=chosen, eraf=others, versie=versie)
