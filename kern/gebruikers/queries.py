"""What the account page and the forms ask about accounts."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from .models import Gebruiker, Vervanging


def deputies_from(user: Gebruiker, on: date) -> QuerySet[Vervanging]:
    """The replacements of this person that hold on that day or later, first ones first."""
    return user.vervangingen.filter(tot__gte=on).select_related("vervanger").order_by("van")


def stands_in_for(user: Gebruiker, on: date) -> QuerySet[Vervanging]:
    """The replacements this person does for others on that day or later, first ones first."""
    return user.vervangt.filter(tot__gte=on).select_related("afwezige").order_by("van")


def overlapping(afwezige: Gebruiker, van: date, tot: date) -> QuerySet[Vervanging]:
    """The replacements of this person that share a day with the period."""
    return afwezige.vervangingen.filter(van__lte=tot, tot__gte=van)


def possible_deputies(user: Gebruiker) -> QuerySet[Gebruiker]:
    """Who can stand in for this person: every active colleague."""
    return Gebruiker.objects.filter(is_active=True).exclude(pk=user.pk)
