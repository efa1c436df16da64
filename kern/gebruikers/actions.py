"""Every change to accounts and replacements."""

from __future__ import annotations

from datetime import date

from allauth.mfa.models import Authenticator
from django.db import transaction

from .models import Gebruiker, Vervanging


@transaction.atomic
def arrange_deputy(*, afwezige: Gebruiker, vervanger: Gebruiker, van: date, tot: date) -> Vervanging:
    """Let `vervanger` stand in for `afwezige` from `van` up to and including `tot`.

    Raises IntegrityError when the period ends before it starts or somebody would stand in for themselves.
    """
    return Vervanging.objects.create(afwezige=afwezige, vervanger=vervanger, van=van, tot=tot)


@transaction.atomic
def cancel_deputy(*, vervanging: Vervanging) -> None:
    """Take a replacement away; the absent person gets their own reminders again at once."""
    vervanging.delete()


@transaction.atomic
def forget_second_factor(*, gebruiker: Gebruiker) -> int:
    """Remove every second factor of somebody who lost theirs; how many there were. They set up a new one at log-in."""
    count: int = Authenticator.objects.filter(user=gebruiker).delete()[0]
    return count
