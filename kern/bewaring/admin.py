"""Where an administrator sets the terms, looks at what will go, and holds something back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from . import actions, queries, registry
from .models import Aankondiging, Bewaarregel, Bewaarronde


class BewaarregelForm(forms.ModelForm):
    """Offers the kinds of things that exist, with their states and subjects."""

    class Meta:
        model = Bewaarregel
        fields = ["soort", "toestand", "onderwerp", "na_dagen", "wat", "grond", "is_actief"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = list(registry.soorten.values())
        self.fields["soort"].widget = forms.Select(choices=[(row.code, row.naam) for row in kinds])
        for name, words in (("toestand", _("elke toestand")), ("onderwerp", _("elk onderwerp"))):
            source = "toestanden" if name == "toestand" else "onderwerpen"
            groups = [(row.naam, rows) for row in kinds if (rows := list(getattr(row, source)()))]
            self.fields[name].widget = forms.Select(choices=[("", words), *groups])


@admin.register(Bewaarregel)
class BewaarregelAdmin(admin.ModelAdmin):
    form = BewaarregelForm
    list_display = ["waarvoor", "na_dagen", "wat", "is_actief", "nu", "grond"]
    list_filter = ["wat", "is_actief"]
    readonly_fields = ["nu"]

    def get_fields(self, request: HttpRequest, obj: Bewaarregel | None = None) -> Any:
        fields = [*BewaarregelForm.Meta.fields]
        return [*fields, "nu"] if obj else fields

    @admin.display(description=_("voor wat"), ordering="soort")
    def waarvoor(self, regel: Bewaarregel) -> str:
        return regel.waarvoor

    @admin.display(description=_("valt er nu onder"))
    def nu(self, regel: Bewaarregel) -> str:
        """How much the rule is about at this moment."""
        if not regel.pk or regel.soort not in registry.soorten:
            return "–"
        count = queries.effect(regel, timezone.now())
        return f"{queries.COUNT_LIMIT}+" if count > queries.COUNT_LIMIT else str(count)


class Reden(ActionForm):
    """The choice of what to do with the ticked rows, and why."""

    reden = forms.CharField(label=_("Reden"), required=False, max_length=300)


class HeldFilter(admin.SimpleListFilter):
    title = _("ingehouden")
    parameter_name = "ingehouden"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("ja", _("ja")), ("nee", _("nee"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Aankondiging]) -> QuerySet[Aankondiging]:
        if self.value() is None:
            return queryset
        return queryset.filter(ingehouden_op__isnull=self.value() == "nee")


class ReadOnly(admin.ModelAdmin):
    """Rows that the portal itself writes."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Aankondiging)
class AankondigingAdmin(ReadOnly):
    """What goes within a week, and what is held back."""

    list_display = ["omschrijving", "uitvoeren_op", "wat", "ingehouden", "reden"]
    list_filter = [HeldFilter, "regel", "uitvoeren_op"]
    list_select_related = ["regel", "ingehouden_door"]
    search_fields = ["object", "omschrijving"]
    action_form = Reden
    actions = ["hold", "let_go"]
    show_full_result_count = False

    @admin.display(description=_("wat er gebeurt"))
    def wat(self, row: Aankondiging) -> str:
        return f"{row.regel.get_wat_display()}: {row.regel.waarvoor}"

    @admin.display(description=_("ingehouden door"))
    def ingehouden(self, row: Aankondiging) -> str:
        return str(row.ingehouden_door or _("ja")) if row.ingehouden_op else "–"

    @admin.action(description=_("Houd in: bewaar dit langer (geef een reden)"))
    def hold(self, request: HttpRequest, rows: QuerySet[Aankondiging]) -> None:
        try:
            keys = list(rows.values_list("pk", flat=True))
            count = actions.hold(
                aankondigingen=keys,
                reden=request.POST.get("reden", ""),
                door=request.user,  # type: ignore[arg-type]
                at=timezone.now(),
            )
        except ValueError:
            messages.error(request, _("Schrijf een reden in het vak naast de keuze. Er is niets ingehouden."))
        else:
            self._write_down(request, rows, _("Ingehouden: %(reden)s") % {"reden": request.POST["reden"]})
            messages.success(request, ngettext("%(n)d ingehouden.", "%(n)d ingehouden.", count) % {"n": count})

    @admin.action(description=_("Laat los: gaat over een week weg"))
    def let_go(self, request: HttpRequest, rows: QuerySet[Aankondiging]) -> None:
        self._write_down(request, rows, _("Losgelaten"))
        count = actions.let_go(aankondigingen=list(rows.values_list("pk", flat=True)), at=timezone.now())
        messages.success(request, ngettext("%(n)d losgelaten.", "%(n)d losgelaten.", count) % {"n": count})

    def _write_down(self, request: HttpRequest, rows: QuerySet[Aankondiging], words: str) -> None:
        """In the log of the admin: who held back what, and why; the row itself goes when it is let go."""
        for row in rows:
            self.log_change(request, row, words)


@admin.register(Bewaarronde)
class BewaarrondeAdmin(ReadOnly):
    """What went, in numbers."""

    list_display = ["op", "regel_in_woorden", "aangekondigd", "vervallen", "behandeld", "wat_weg_is"]
    list_filter = ["op"]
    date_hierarchy = "op"

    @admin.display(description=_("wat er weg is"))
    def wat_weg_is(self, ronde: Bewaarronde) -> str:
        return ", ".join(f"{count} {name}" for name, count in ronde.aantallen.items() if count) or "–"
