"""Trajects, phases and the lists of this room under Beheer."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from .models import (
    Aanbevelingsvolger,
    Denktafel,
    Domein,
    Fase,
    Profielgroep,
    Profielkenmerk,
    Thema,
    Toestemmingstekst,
    Traject,
)


class FaseInline(admin.StackedInline):
    model = Fase
    extra = 0


@admin.register(Traject)
class TrajectAdmin(admin.ModelAdmin):
    list_display = ["naam", "van", "tot", "is_openbaar", "zoekt_uitdagers"]
    list_filter = ["is_openbaar", "zoekt_uitdagers"]
    prepopulated_fields = {"slug": ["naam"]}
    inlines = [FaseInline]


@admin.register(Domein)
class DomeinAdmin(admin.ModelAdmin):
    list_display = ["naam", "code", "volgorde", "is_actief"]


@admin.register(Thema)
class ThemaAdmin(admin.ModelAdmin):
    list_display = ["naam", "domein", "volgorde", "is_actief"]
    list_select_related = ["domein"]


class ProfielgroepInline(admin.StackedInline):
    model = Profielgroep
    extra = 0


@admin.register(Profielkenmerk)
class ProfielkenmerkAdmin(admin.ModelAdmin):
    list_display = ["naam", "vraag", "volgorde", "is_actief"]
    inlines = [ProfielgroepInline]


@admin.register(Toestemmingstekst)
class ToestemmingstekstAdmin(admin.ModelAdmin):
    """People said yes to these words: they can be added to, not changed or deleted."""

    list_display = ["waarvoor", "versie", "sinds"]

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False


class LidInline(admin.StackedInline):
    """Who hears of every recommendation of the table; members are added on the pages of staff, and so hear of it."""

    model = Aanbevelingsvolger
    fields = ["email", "taal", "gevraagd_op", "bevestigd_op"]
    readonly_fields = ["gevraagd_op", "bevestigd_op"]
    extra = 0
    verbose_name = "lid dat mails krijgt"
    verbose_name_plural = "leden die mails krijgen"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Denktafel)
class DenktafelAdmin(admin.ModelAdmin):
    list_display = ["naam", "traject", "domein", "voorgesteld_op"]
    list_select_related = ["traject", "domein"]
    inlines = [LidInline]
