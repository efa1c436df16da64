"""Levels, facilities and the norm book in the admin; a norm that changes becomes a new version."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from wijken.queries import wijk_at

from .actions import normen, zones
from .models import (
    Criterium,
    Kwaliteitsniveau,
    Norm,
    Normbron,
    Standaardoplossing,
    Voorziening,
    Voorzieningsoort,
)

MAP_CSS = {"all": ["css/tokens.css"]}


@admin.register(Kwaliteitsniveau)
class KwaliteitsniveauAdmin(admin.ModelAdmin):
    list_display = ["naam", "volgorde", "code"]
    fields = ["naam", "code", "volgorde", "uitleg"]

    def get_readonly_fields(self, request: HttpRequest, obj: Kwaliteitsniveau | None = None) -> list[str]:
        return ["code"] if obj else []

    def save_model(self, request: HttpRequest, obj: Kwaliteitsniveau, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "volgorde" in form.changed_data:
            normen.recalculate(
                reden=f"De volgorde van {obj.naam} veranderde.", norm=None, door=request.user, at=timezone.now()
            )


@admin.register(Voorzieningsoort)
class VoorzieningsoortAdmin(admin.ModelAdmin):
    """The facility table: what a kind asks for around it. A change is worked out over every zone at once."""

    list_display = ["naam", "niveau", "afstand_m", "gewicht"]
    list_select_related = ["niveau"]
    fields = ["naam", "code", "niveau", "afstand_m", "gewicht"]

    def get_readonly_fields(self, request: HttpRequest, obj: Voorzieningsoort | None = None) -> list[str]:
        return ["code"] if obj else []

    def save_model(self, request: HttpRequest, obj: Voorzieningsoort, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        zones.derive_all(at=timezone.now())


@admin.register(Voorziening)
class VoorzieningAdmin(admin.ModelAdmin):
    list_display = ["naam", "soort", "wijk", "is_actief", "is_fictief"]
    list_filter = ["soort", "is_actief", "is_fictief", "wijk"]
    list_select_related = ["soort", "wijk"]
    search_fields = ["naam", "adres"]
    fields = ["naam", "soort", "plaats", "adres", "is_actief"]

    class Media:
        css = MAP_CSS

    def save_model(self, request: HttpRequest, obj: Voorziening, form: Any, change: bool) -> None:
        obj.wijk = wijk_at(obj.plaats)
        super().save_model(request, obj, form, change)
        zones.derive_all(at=timezone.now())

    def has_delete_permission(self, request: HttpRequest, obj: Voorziening | None = None) -> bool:
        """What closed is set out of use: the levels it gave go with it."""
        return False


@admin.register(Normbron)
class NormbronAdmin(admin.ModelAdmin):
    list_display = ["code", "titel", "vindplaats"]
    search_fields = ["code", "titel"]


@admin.register(Criterium)
class CriteriumAdmin(admin.ModelAdmin):
    """What is measured. How it is judged stands with the norms."""

    list_display = ["naam", "onderwerp", "dimensie", "eenheid", "hercontrole_maanden", "aantal_normen", "is_actief"]
    list_filter = ["onderwerp", "dimensie", "meetwijze", "is_actief"]
    search_fields = ["code", "naam"]
    fieldsets = [
        (None, {"fields": ["naam", "code", "onderwerp", "dimensie", "hulp", "volgorde", "is_actief"]}),
        ("Meten", {"fields": ["meetwijze", "eenheid", "formule", "laagst", "hoogst", "standaard"]}),
        ("Gevolg", {"fields": ["groepen", "ernst_bij_nee", "hercontrole_maanden", "oplossing"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Criterium]:
        return super().get_queryset(request).annotate(aantal=Count("normen__code", distinct=True))

    def get_readonly_fields(self, request: HttpRequest, obj: Criterium | None = None) -> list[str]:
        return ["code", "onderwerp", "meetwijze", "eenheid", "formule"] if obj else []

    @admin.display(description="normen", ordering="aantal")
    def aantal_normen(self, criterium: Any) -> int:
        return criterium.aantal

    def save_model(self, request: HttpRequest, obj: Criterium, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "hercontrole_maanden" in form.changed_data:
            moved = normen.change_recheck(criterium=obj)
            messages.info(request, f"Van {moved} metingen verschoof de dag waarop ze opnieuw moeten.")

    def has_delete_permission(self, request: HttpRequest, obj: Criterium | None = None) -> bool:
        """What was measured by it stays; it can be taken out of use."""
        return False


class NormForm(forms.ModelForm):
    """A norm with the day from which what is filled in here holds."""

    ingaat_op = forms.DateField(
        label="Nieuwe versie gaat in op",
        required=False,
        widget=admin.widgets.AdminDateWidget,
        help_text="Alleen als je een grens of een status wijzigt. Leeg: vandaag. De vorige versie blijft bewaard.",
    )

    class Meta:
        model = Norm
        exclude = ["versie", "geldig_tot", "gemaakt_door"]  # noqa: DJ006 (the admin lists the fields)

    def clean_ingaat_op(self) -> Any:
        day = self.cleaned_data["ingaat_op"] or timezone.localdate()
        if self.instance.pk and day < self.instance.geldig_van:
            raise forms.ValidationError("Een nieuwe versie gaat niet in voor de versie die ze vervangt.")
        return day


class OpenFilter(admin.SimpleListFilter):
    """Versions that hold, or that were followed by another."""

    title = "geldigheid"
    parameter_name = "geldt"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("alle", "alle versies"), ("oud", "vroegere versies")]

    def choices(self, changelist: Any) -> Any:
        first, *rest = super().choices(changelist)
        yield {**first, "display": "laatste versies"}
        yield from rest

    def queryset(self, request: HttpRequest, queryset: QuerySet[Norm]) -> QuerySet[Norm]:
        if self.value() == "alle":
            return queryset
        return queryset.filter(geldig_tot__isnull=self.value() != "oud")


@admin.register(Norm)
class NormAdmin(admin.ModelAdmin):
    """The norm book. Who changes a limit makes a new version; measurements are judged again at once or by a worker."""

    form = NormForm
    list_display = ["code", "versie", "naam", "niveau", "grens", "kracht", "geldig_van", "geldig_tot"]
    list_filter = [OpenFilter, "criterium__onderwerp", "niveau", "kracht", "zekerheid"]
    list_select_related = ["niveau", "criterium"]
    search_fields = ["code", "naam", "bron"]
    autocomplete_fields = ["criterium", "hangt_af_van"]
    fieldsets = [
        (None, {"fields": ["code", "criterium", "naam", "niveau", "ingaat_op", "geldig_van"]}),
        ("Grens", {"fields": ["operator", ("minimum", "maximum"), ("streef_minimum", "streef_maximum")]}),
        (
            "Wanneer geldt hij",
            {"fields": ["context", "hangt_af_van", ("vanaf", "vanaf_inbegrepen"), ("tot", "tot_inbegrepen")]},
        ),
        ("Gewicht en bron", {"fields": ["kracht", "ernst_minstens", "bron", "zekerheid", "opmerking"]}),
    ]

    @admin.display(description="grens")
    def grens(self, norm: Norm) -> str:
        from .rules import tekst

        return tekst.limit(norm.operator, norm.minimum, norm.maximum, norm.criterium.eenheid)

    def get_readonly_fields(self, request: HttpRequest, obj: Norm | None = None) -> list[str]:
        return ["code", "criterium", "geldig_van"] if obj else []

    def has_change_permission(self, request: HttpRequest, obj: Norm | None = None) -> bool:
        """A version that was followed by another one is history."""
        return super().has_change_permission(request, obj) and (obj is None or obj.geldig_tot is None)

    def has_delete_permission(self, request: HttpRequest, obj: Norm | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Norm, form: Any, change: bool) -> None:
        at = timezone.now()
        if not change:
            obj.gemaakt_door = request.user
            super().save_model(request, obj, form, change)
            normen.recalculate(reden=f"{obj.code} is nieuw.", norm=obj, door=request.user, at=at)
            return
        before = Norm.objects.get(pk=obj.pk)
        if not normen.is_decisive(before, obj):
            super().save_model(request, obj, form, change)
            return
        fields = {name: getattr(obj, name) for name in form.fields if name in form.changed_data and hasattr(obj, name)}
        new = normen.revise(norm=before, velden=fields, vanaf=form.cleaned_data["ingaat_op"], door=request.user, at=at)
        obj.pk = new.pk
        messages.info(
            request, f"{new.code} versie {new.versie} gaat in op {new.geldig_van:%d-%m-%Y}. Zie: gewijzigde normen."
        )


@admin.register(Standaardoplossing)
class StandaardoplossingAdmin(admin.ModelAdmin):
    """What recommendations are drafted from; a new price holds for what is drafted afterwards."""

    list_display = ["naam", "onderwerp", "criterium", "prijs_laag", "prijs_hoog", "eenheid", "bron", "is_actief"]
    list_filter = ["onderwerp", "is_actief"]
    list_select_related = ["criterium"]
    search_fields = ["naam", "tekst"]
    autocomplete_fields = ["criterium"]
