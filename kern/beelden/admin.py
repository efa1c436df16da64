from django.contrib import admin
from django.http import HttpRequest

from .models import Beeld


@admin.register(Beeld)
class BeeldAdmin(admin.ModelAdmin):
    """To see how photos fare; the photos themselves are shown by the app that owns them, to who may see them."""

    list_display = ["__str__", "status", "aangemaakt_op", "breedte", "hoogte", "pogingen"]
    list_filter = ["status", "aangemaakt_op"]
    search_fields = ["id", "alt_tekst"]
    fields = ["id", "status", "alt_tekst", "breedte", "hoogte", "pogingen", "sha256", "aangemaakt_op"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Beeld | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Beeld | None = None) -> bool:
        return False
