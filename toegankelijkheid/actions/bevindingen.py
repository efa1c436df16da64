"""What a second person thinks of a finding, and what everybody may see of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kern.gebruikers.models import Gebruiker

from ..models import GoedVoorbeeld, Knelpunt, OpnameBeeld, TweedeMening


class EigenMeting(ValueError):
    """Who measured it cannot be the second person."""


@transaction.atomic
def second_opinion(
    *,
    bevinding: Knelpunt | GoedVoorbeeld,
    mening: str,
    toelichting: str,
    door: Gebruiker,
    at: datetime,
) -> TweedeMening:
    """Write down what somebody else found; a new opinion of the same person replaces their earlier one.

    Raises EigenMeting for who did the visit.
    """
    if bevinding.opname is not None and bevinding.opname.door_id == door.pk:
        raise EigenMeting
    link = {"knelpunt": bevinding} if isinstance(bevinding, Knelpunt) else {"voorbeeld": bevinding}
    row, _made = TweedeMening.objects.update_or_create(
        **link, door=door, defaults={"mening": mening, "toelichting": toelichting.strip(), "op": at}
    )
    return row


@transaction.atomic
def publish(*, bevinding: Knelpunt | GoedVoorbeeld, openbaar: bool) -> None:
    """Show a finding to everybody, or no longer; its photos go with it."""
    bevinding.openbaar = openbaar
    bevinding.save(update_fields=["openbaar", "gewijzigd_op"])
    if bevinding.opname_id:
        OpnameBeeld.objects.filter(opname=bevinding.opname_id).update(openbaar=openbaar)
