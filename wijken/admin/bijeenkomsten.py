"""Meetings under Beheer: to look up and mend words; steps are taken on the pages of staff."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import Besluit, Bijeenkomst


class BesluitInline(admin.TabularInline):
    """What was decided. It has a thread of its own, so it is never removed here."""

    model = Besluit
    extra = 0
    fields = ["nummer", "tekst", "wie", "tegen"]
    readonly_fields = ["nummer", "tekst", "wie", "tegen"]
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Bijeenkomst)
class BijeenkomstAdmin(admin.ModelAdmin):
    """Announcing, moving and calling off mail people, so those happen on the page of the meeting itself."""

    list_display = ["titel", "soort_naam", "begin", "status", "team", "is_openbaar"]
    list_filter = ["status", "soort", "is_openbaar", "vorm", "team"]
    list_select_related = ["team"]
    search_fields = ["titel", "locatie", "adres"]
    date_hierarchy = "begin"
    inlines = [BesluitInline]
    readonly_fields = [
        "soort_naam", "status", "begin", "einde", "toelichting", "aangekondigd_op", "versie", "wijken", "organisatoren",
    ]  # fmt: skip
    fieldsets = [
        (None, {"fields": ["titel", "soort_naam", "beschrijving", "wijken", "is_openbaar"]}),
        (_("Waar en wanneer"), {"fields": ["begin", "einde", "status", "toelichting", "locatie", "adres", "hint"]}),
        (_("Wie"), {"fields": ["team", "organisatoren", "samen_met"]}),
        (_("Na afloop"), {"fields": ["aanwezigen", "organisaties", "verslag", "verslag_openbaar", "kosten"]}),
        (_("Vaste gegevens"), {"fields": ["aangekondigd_op", "versie"]}),
    ]

    @admin.display(description=_("soort"), ordering="soort")
    def soort_naam(self, bijeenkomst: Bijeenkomst) -> str:
        return bijeenkomst.soort_naam

    def save_model(self, request: HttpRequest, obj: Bijeenkomst, form: Any, change: bool) -> None:
        """A change counts as one, for who has the meeting open and for the calendars."""
        obj.versie += 1
        obj.gewijzigd_op = timezone.now()
        super().save_model(request, obj, form, change)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Bijeenkomst | None = None) -> bool:
        """A meeting that does not take place is called off: who registered hears it."""
        return False
