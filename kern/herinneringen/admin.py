from typing import Any

from django import forms
from django.contrib import admin
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


@admin.register(Ladderstap)
class LadderstapAdmin(admin.ModelAdmin):
    form = LadderstapForm
    list_display = ["__str__", "bron", "onderwerp", "is_actief"]
    list_filter = ["bron", "aan", "is_actief"]
    list_editable = ["is_actief"]
    search_fields = ["bron", "onderwerp"]


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
