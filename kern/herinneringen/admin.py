from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from . import registry
from .models import Herinnering, Ladderstap


class LadderstapForm(forms.ModelForm):
    """Offers the kinds of things that exist, and their subjects."""

    class Meta:
        model = Ladderstap
        fields = ["bron", "onderwerp", "werkdagen", "aan", "is_actief"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(bron.code, bron.naam) for bron in registry.bronnen.values()]
        self.fields["bron"].widget = forms.Select(choices=[("", _("alles met een termijn")), *kinds])
        subjects = [(bron.naam, list(bron.onderwerpen())) for bron in registry.bronnen.values()]
        groups = [group for group in subjects if group[1]]
        if groups:
            self.fields["onderwerp"].widget = forms.Select(choices=[("", _("alle onderwerpen")), *groups])


class BronFilter(admin.SimpleListFilter):
    """The kind of thing; the general ladder has none, and a link without words is no link."""

    title = _("bron")
    parameter_name = "bron"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("alles", _("alles met een termijn")), *((bron.code, bron.naam) for bron in registry.bronnen.values())]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Ladderstap]) -> QuerySet[Ladderstap]:
        if self.value() is None:
            return queryset
        return queryset.filter(bron="" if self.value() == "alles" else self.value())


@admin.register(Ladderstap)
class LadderstapAdmin(admin.ModelAdmin):
    form = LadderstapForm
    list_display = ["__str__", "bron", "onderwerp", "is_actief"]
    list_filter = [BronFilter, "aan", "is_actief"]
    list_editable = ["is_actief"]
    search_fields = ["bron", "onderwerp"]

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        box = forms.CheckboxInput(attrs={"aria-label": _("actief")})
        return super().get_changelist_form(request, **{"widgets": {"is_actief": box}, **kwargs})


@admin.register(Herinnering)
class HerinneringAdmin(admin.ModelAdmin):
    """To look at only: who was reminded of what."""

    list_display = ["gemaakt_op", "bron", "object", "stap", "due_on", "ontvanger", "namens"]
    list_filter = ["bron", "gemaakt_op"]
    list_select_related = ["ontvanger", "namens"]
    search_fields = ["object", "ontvanger__naam", "ontvanger__email"]
    date_hierarchy = "gemaakt_op"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Herinnering | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Herinnering | None = None) -> bool:
        return False
