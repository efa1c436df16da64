from django.contrib import admin
from django.http import HttpRequest

from .models import Inlezing, Koppeling


@admin.register(Inlezing)
class InlezingAdmin(admin.ModelAdmin):
    """Who read in what, when and why. Only to look at."""

    list_display = ["gemaakt_op", "soort_naam", "eigenaar", "rijen", "status", "gedaan_op", "reden"]
    list_filter = ["soort", "status"]
    list_select_related = ["eigenaar"]
    date_hierarchy = "gemaakt_op"
    fields = ["soort", "doel", "eigenaar", "bestandsnaam", "rijen", "status", "reden", "gemaakt_op", "gedaan_op"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Inlezing | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Inlezing | None = None) -> bool:
        return False


@admin.register(Koppeling)
class KoppelingAdmin(admin.ModelAdmin):
    """The columns that were chosen for files with the same headings; taken away, they are asked again."""

    list_display = ["soort", "velden", "gebruikt_op"]
    list_filter = ["soort"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Koppeling | None = None) -> bool:
        return False
