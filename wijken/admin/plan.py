"""Goals, the multi-year plan and the indicators in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from ..models import (
    Actieplan,
    Beleidsdoelstelling,
    Beleidsdomein,
    Doelstelling,
    Indicator,
    Indicatorwaarde,
    Meerjarenplan,
    PlanActie,
    Planbedrag,
)


class ReferentieAdmin(admin.ModelAdmin):
    """Reference data that things are tied to: it can stop, never disappear."""

    list_display = ["naam", "code", "volgorde", "is_actief"]
    list_filter = ["is_actief"]
    search_fields = ["naam", "code", "omschrijving"]
    prepopulated_fields = {"code": ["naam"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["code"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else self.prepopulated_fields

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Beleidsdomein)
class BeleidsdomeinAdmin(ReferentieAdmin):
    pass


@admin.register(Doelstelling)
class DoelstellingAdmin(ReferentieAdmin):
    list_display = ["naam", "soort", "code", "volgorde", "is_actief"]
    list_filter = ["soort", "is_actief"]


@admin.register(Meerjarenplan)
class MeerjarenplanAdmin(admin.ModelAdmin):
    """A plan with its years; what stands in it comes in from a file."""

    list_display = ["naam", "van", "tot", "is_fictief"]


@admin.register(Beleidsdoelstelling)
class BeleidsdoelstellingAdmin(admin.ModelAdmin):
    list_display = ["code", "naam", "plan", "is_prioritair"]
    list_filter = ["plan", "is_prioritair"]
    list_select_related = ["plan"]
    search_fields = ["code", "naam"]


@admin.register(Actieplan)
class ActieplanAdmin(admin.ModelAdmin):
    list_display = ["code", "naam", "beleidsdoelstelling"]
    list_filter = ["beleidsdoelstelling__plan"]
    list_select_related = ["beleidsdoelstelling"]
    search_fields = ["code", "naam"]
    autocomplete_fields = ["beleidsdoelstelling"]


class PlanbedragInline(admin.StackedInline):
    model = Planbedrag
    extra = 0


@admin.register(PlanActie)
class PlanActieAdmin(admin.ModelAdmin):
    list_display = ["code", "naam", "status", "dienst"]
    list_filter = ["actieplan__beleidsdoelstelling__plan", "status"]
    search_fields = ["code", "naam", "dienst"]
    autocomplete_fields = ["actieplan"]
    inlines = [PlanbedragInline]


@admin.register(Indicator)
class IndicatorAdmin(admin.ModelAdmin):
    """What is counted in the wijken. Raising the number below which is hidden, hides what stands there already."""

    list_display = ["naam", "code", "factor", "eenheid", "periodesoort", "bron", "is_openbaar"]
    list_filter = ["factor", "is_openbaar"]
    search_fields = ["naam", "code", "bron"]
    prepopulated_fields = {"code": ["naam"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["code"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else self.prepopulated_fields


@admin.register(Indicatorwaarde)
class IndicatorwaardeAdmin(admin.ModelAdmin):
    """Single figures, to mend or take one away; many at once come in from a file."""

    list_display = ["indicator", "wijk", "periode", "waarde", "aantal", "is_verborgen"]
    list_filter = ["indicator", "is_verborgen"]
    list_select_related = ["indicator", "wijk"]
    search_fields = ["indicator__naam", "wijk__naam", "periode"]
    autocomplete_fields = ["indicator", "wijk"]
