"""Reports, to look up: every change to one is a step, with its line in the story. And who looked at them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ..models import (
    Adresvraag,
    Inzage,
    Label,
    Melding,
    MeldingLabel,
    Uitvoer,
)


@admin.register(Melding)
class MeldingAdmin(admin.ModelAdmin):
    """To look things up. Steps are taken on the page of the report, so that its story and its mails are right."""

    list_display = ["id", "categorie", "adres", "wijk", "status", "team", "behandelaar", "ontvangen_op", "naar_werk"]
    list_filter = ["status", "sluitreden", "prioriteit", "bron", "openbaar", "ontvangen_op", "wijk", "team"]
    list_select_related = ["categorie", "wijk", "team", "behandelaar"]
    search_fields = ["=id", "=code", "adres"]
    show_full_result_count = False
    list_per_page = 50
    exclude = ["inzending", "zoek"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Melding | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Melding | None = None) -> bool:
        return False

    def view_on_site(self, melding: Melding) -> str:
        return reverse("meldingen:detail", args=[melding.pk])

    @admin.display(description=_("werk"))
    def naar_werk(self, melding: Melding) -> SafeString:
        url = reverse("meldingen:detail", args=[melding.pk])
        return format_html('<a href="{}">{}</a>', url, _("open"))


@admin.register(Label)
class LabelAdmin(admin.ModelAdmin):
    """The words that staff hang on reports. One that is in use is put out of use, not deleted."""

    list_display = ["naam", "kleur", "actief", "hangt_ergens"]
    list_filter = ["actief"]
    search_fields = ["naam"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Label]:
        return super().get_queryset(request).annotate(hangt=Exists(MeldingLabel.objects.filter(label=OuterRef("pk"))))

    @admin.display(description=_("in gebruik op meldingen"), boolean=True)
    def hangt_ergens(self, obj: Any) -> bool:
        return bool(obj.hangt)


class LogAdmin(admin.ModelAdmin):
    """To look at only: what the portal wrote down by itself."""

    date_hierarchy = "op"
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Inzage)
class InzageAdmin(LogAdmin):
    list_display = ["op", "gebruiker", "wat", "melding_id"]
    list_filter = ["wat", "op"]
    list_select_related = ["gebruiker"]
    search_fields = ["=melding__pk", "gebruiker__naam", "gebruiker__email"]


@admin.register(Adresvraag)
class AdresvraagAdmin(LogAdmin):
    list_display = ["op", "wat", "adres", "aantal", "door"]
    list_filter = ["wat"]
    list_select_related = ["door"]
    search_fields = ["adres"]


@admin.register(Uitvoer)
class UitvoerAdmin(admin.ModelAdmin):
    """To look at only: who took which list out as a file, and whether it held who reported."""

    list_display = ["op", "door", "wat", "aantal", "vorm", "met_contact", "wijze"]
    list_filter = ["met_contact", "wijze", "vorm", "op"]
    list_select_related = ["door"]
    search_fields = ["wat", "door__naam", "door__email"]
    date_hierarchy = "op"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Uitvoer | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Uitvoer | None = None) -> bool:
        return False
