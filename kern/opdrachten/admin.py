from django.contrib import admin
from django.http import HttpRequest

from .models import Opdracht


@admin.register(Opdracht)
class OpdrachtAdmin(admin.ModelAdmin):
    """To see how jobs fare; what was asked and what came of it is for their owner."""

    list_display = ["titel", "soort_naam", "eigenaar", "status", "gedaan", "totaal", "aangevraagd_op", "klaar_op"]
    list_filter = ["status", "aangevraagd_op"]
    list_select_related = ["eigenaar"]
    search_fields = ["titel", "eigenaar__naam"]
    fields = [
        "titel",
        "soort_naam",
        "eigenaar",
        "status",
        "gedaan",
        "totaal",
        "pogingen",
        "fout",
        "aangevraagd_op",
        "begonnen_op",
        "hartslag",
        "klaar_op",
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Opdracht | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Opdracht | None = None) -> bool:
        return False
