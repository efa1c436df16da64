"""What staff work with: views, scheduled files, partners by category, materials and starting places of rounds."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from ..models import (
    Materiaal,
    Partnerwerk,
    Startplaats,
    Uitvoerplan,
    Weergave,
)


@admin.register(Weergave)
class WeergaveAdmin(admin.ModelAdmin):
    """Who has which views. They are made and shared from the list of reports, where one sees what they show."""

    list_display = ["naam", "eigenaar", "team", "rol", "is_standaard", "volgorde", "is_actief"]
    list_filter = ["rol", "is_actief", "team"]
    list_select_related = ["eigenaar", "team"]
    search_fields = ["naam", "eigenaar__naam"]
    fields = ["naam", "eigenaar", "team", "rol", "filters", "kolommen", "is_standaard", "volgorde", "is_actief"]
    readonly_fields = ["eigenaar", "team", "rol", "filters", "kolommen"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Uitvoerplan)
class UitvoerplanAdmin(admin.ModelAdmin):
    """Which views go out as a file by themselves, to whom; a beheerder can stop one."""

    list_display = ["weergave", "eigenaar", "wanneer", "vorm", "alle_kolommen", "is_actief"]
    list_filter = ["ritme", "is_actief"]
    list_select_related = ["eigenaar", "weergave"]
    search_fields = ["weergave__naam", "eigenaar__naam"]
    fields = ["weergave", "eigenaar", "wanneer", "vorm", "alle_kolommen", "gemaakt_op", "is_actief"]
    readonly_fields = ["weergave", "eigenaar", "wanneer", "vorm", "alle_kolommen", "gemaakt_op"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Partnerwerk)
class PartnerwerkAdmin(admin.ModelAdmin):
    """Which partner is proposed for which reports."""

    list_display = ["partner", "categorie", "wijk"]
    list_filter = ["partner", "categorie__hoofdcategorie"]
    list_select_related = ["partner", "categorie", "wijk"]
    search_fields = ["partner__naam", "categorie__naam", "wijk__naam"]
    autocomplete_fields = ["partner", "categorie", "wijk"]


@admin.register(Materiaal)
class MateriaalAdmin(admin.ModelAdmin):
    """What crews use up on their rounds. What was ever used stays, for the figures."""

    list_display = ["naam", "eenheid", "volgorde", "is_actief"]
    list_filter = ["is_actief"]
    search_fields = ["naam"]


@admin.register(Startplaats)
class StartplaatsAdmin(admin.ModelAdmin):
    """Where rounds begin."""

    list_display = ["naam", "team", "is_actief"]
    list_filter = ["is_actief", "team"]
    list_select_related = ["team"]
    search_fields = ["naam"]

    class Media:
        css = {"all": ["css/tokens.css"]}  # the map widget draws in the colours of the portal
