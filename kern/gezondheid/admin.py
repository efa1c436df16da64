from django.contrib import admin
from django.http import HttpRequest

from .models import Taakuitvoering


@admin.register(Taakuitvoering)
class TaakuitvoeringAdmin(admin.ModelAdmin):
    """To look at only."""

    list_display = ["taak", "status", "gestart_op", "geeindigd_op", "aantallen"]
    list_filter = ["status", "taak"]
    search_fields = ["taak", "fout"]
    date_hierarchy = "gestart_op"
    fields = ["taak", "status", "gestart_op", "geeindigd_op", "aantallen", "fout"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Taakuitvoering | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Taakuitvoering | None = None) -> bool:
        return False
