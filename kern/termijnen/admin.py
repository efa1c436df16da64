from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import Sluitingsdag
from .queries import year_without_closing_days


@admin.register(Sluitingsdag)
class SluitingsdagAdmin(admin.ModelAdmin):
    list_display = ["datum", "naam"]
    search_fields = ["naam"]
    date_hierarchy = "datum"
    ordering = ["-datum"]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        if year := year_without_closing_days(timezone.localdate()):
            text = _("Er is nog geen sluitingsdag ingevuld voor %(jaar)s.") % {"jaar": year}
            messages.warning(request, text)
        return super().changelist_view(request, extra_context)
