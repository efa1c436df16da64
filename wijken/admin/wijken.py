"""Wijken, teams, partners and streets in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from .. import actions
from ..models import Partner, Stadsdeel, Straat, Team, Teamlid, TeamWijk, Thema, Wijk
from ..templatetags.wijken import wijk_motif

# The map widget draws in the colours of the portal, which the admin does not load by itself.
MAP_CSS = {"all": ["css/tokens.css"]}


class CurrentFilter(admin.SimpleListFilter):
    """Rows that hold today, or that are over."""

    title = _("periode")
    parameter_name = "periode"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("nu", _("nu")), ("voorbij", _("voorbij"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        today = timezone.localdate()
        if self.value() == "nu":
            return queryset.on(today)
        return queryset.filter(tot__lt=today) if self.value() == "voorbij" else queryset


@admin.register(Stadsdeel)
class StadsdeelAdmin(admin.ModelAdmin):
    list_display = ["naam", "aantal_wijken", "is_fictief"]
    search_fields = ["naam"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Stadsdeel]:
        return super().get_queryset(request).annotate(aantal=Count("wijken"))

    @admin.display(description=_("wijken"), ordering="aantal")
    def aantal_wijken(self, stadsdeel: Any) -> int:
        return stadsdeel.aantal


@admin.register(Wijk)
class WijkAdmin(admin.ModelAdmin):
    """Wijken come in with their outlines by `importeer_wijken`; here is kept what the city tells about them."""

    list_display = ["naam", "code", "stadsdeel", "is_impulswijk", "omtrek_is_benaderend"]
    list_filter = ["stadsdeel", "is_impulswijk", "omtrek_is_benaderend"]
    list_select_related = ["stadsdeel"]
    search_fields = ["naam", "code"]
    # Whether it is an impulswijk follows from its periods: see the page of the impulswijken.
    readonly_fields = [
        *("code", "slug", "omtrek", "omtrek_is_benaderend", "oppervlakte_km2"),
        *("is_impulswijk", "impulswijk_sinds"),
    ]
    fieldsets = [
        (None, {"fields": ["naam", "stadsdeel", "inleiding", "inwoners", "inwoners_bron"]}),
        (_("Impulswijk"), {"fields": ["is_impulswijk", "impulswijk_sinds"]}),
        (_("Op de kaart"), {"fields": ["centrum", "omtrek", "omtrek_is_benaderend", "oppervlakte_km2"]}),
        (_("Vaste gegevens"), {"fields": ["code", "slug"]}),
    ]

    class Media:
        css = MAP_CSS

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Wijk | None = None) -> bool:
        return False

    @admin.display(description=_("omtrek"))
    def omtrek(self, wijk: Wijk) -> SafeString | str:
        return wijk_motif(wijk, 160) or _("nog niet ingelezen")


class TeamlidInline(admin.StackedInline):
    model = Teamlid
    extra = 0
    fields = [("gebruiker", "is_leider"), ("van", "tot"), ("toon_op_wijkpagina", "bereikbaar")]
    autocomplete_fields = ["gebruiker"]
    ordering = ["tot", "gebruiker__naam"]


class TeamWijkInline(admin.StackedInline):
    model = TeamWijk
    extra = 0
    fields = [("wijk", "van", "tot")]
    classes = ["collapse"]
    autocomplete_fields = ["wijk"]
    ordering = ["tot", "wijk__naam"]


@admin.register(Team)
class TeamAdmin(admin.ModelAdmin):
    list_display = ["naam", "soort", "aantal_leden", "aantal_wijken", "is_actief"]
    list_filter = ["soort", "is_actief"]
    search_fields = ["naam", "email", "leden__gebruiker__naam", "wijken__naam"]
    inlines = [TeamlidInline, TeamWijkInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Team]:
        today = timezone.localdate()
        members = Q(leden__in=Teamlid.objects.on(today))
        wijken = Q(teamwijken__in=TeamWijk.objects.on(today))
        return (
            super()
            .get_queryset(request)
            .annotate(
                leden_nu=Count("leden__gebruiker", filter=members, distinct=True),
                wijken_nu=Count("teamwijken__wijk", filter=wijken, distinct=True),
            )
        )

    @admin.display(description=_("leden nu"), ordering="leden_nu")
    def aantal_leden(self, team: Any) -> int:
        return team.leden_nu

    @admin.display(description=_("wijken nu"), ordering="wijken_nu")
    def aantal_wijken(self, team: Any) -> int:
        return team.wijken_nu


@admin.register(Teamlid)
class TeamlidAdmin(admin.ModelAdmin):
    list_display = ["gebruiker", "team", "is_leider", "van", "tot", "toon_op_wijkpagina"]
    list_filter = [CurrentFilter, "is_leider", "team"]
    list_select_related = ["gebruiker", "team"]
    search_fields = ["gebruiker__naam", "gebruiker__email", "team__naam"]
    autocomplete_fields = ["gebruiker", "team"]
    exclude = ["foto"]  # each chooses their own, on their own page
    date_hierarchy = "van"


@admin.register(Straat)
class StraatAdmin(admin.ModelAdmin):
    """Streets for the address search; many at once come in by `importeer_straten`."""

    list_display = ["naam", "wijk", "is_fictief"]
    list_filter = ["wijk", "is_fictief"]
    list_select_related = ["wijk"]
    search_fields = ["naam", "zoeknaam"]
    fields = ["naam", "plaats"]

    class Media:
        css = MAP_CSS

    def save_model(self, request: HttpRequest, obj: Straat, form: ModelForm[Straat], change: bool) -> None:
        actions.place_street(straat=obj)


@admin.register(Thema)
class ThemaAdmin(admin.ModelAdmin):
    """What people talk about at contact moments."""

    list_display = ["naam", "is_actief"]
    list_filter = ["is_actief"]
    search_fields = ["naam"]


@admin.register(Partner)
class PartnerAdmin(admin.ModelAdmin):
    """Organisations outside the city. What kind of reports each handles is kept with the reports."""

    list_display = ["naam", "soort", "email", "taal", "termijn_werkdagen", "bevestigd_op", "is_actief"]
    list_filter = ["soort", "is_actief", "taal"]
    search_fields = ["naam", "email", "telefoon"]
    fieldsets = [
        (None, {"fields": ["naam", "soort", "is_actief", "is_demo"]}),
        (_("Contact"), {"fields": ["email", "telefoon", "website", "taal", "bevestigd_op"]}),
        (_("Opdrachten"), {"fields": ["termijn_werkdagen", "notities"]}),
    ]

    def has_delete_permission(self, request: HttpRequest, obj: Partner | None = None) -> bool:
        """A partner that stops is set inactive: what it did stays in the stories."""
        return False
