"""What residents choose from: categories with their questions and terms, stop pages, the reasons of the survey."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ..models import (
    Categorie,
    Enquete,
    Enquetereden,
    Open311Dienst,
    Stoppagina,
    Termijn,
    Vraag,
)
from .vertaling import TranslationFilter, missing_languages

# A main category first, then what is below it.
TREE = [
    Coalesce("hoofdcategorie__volgorde", "volgorde"),
    Coalesce("hoofdcategorie__naam", "naam"),
    F("hoofdcategorie").asc(nulls_first=True),
    "volgorde",
    "naam",
]


class CategorieTranslation(TranslationFilter):
    fields = ("naam", "uitleg")


class VraagTranslation(TranslationFilter):
    fields = ("tekst", "hulp")


class StopTranslation(TranslationFilter):
    fields = ("titel", "tekst")


class LevelFilter(admin.SimpleListFilter):
    """Main categories, or those that a report can have."""

    title = _("niveau")
    parameter_name = "niveau"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("hoofd", _("hoofdcategorie")), ("sub", _("te kiezen"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(hoofdcategorie__isnull=self.value() == "hoofd") if self.value() else queryset


class OwnTermFilter(admin.SimpleListFilter):
    """Categories with a term of their own, or without."""

    title = _("eigen termijn")
    parameter_name = "eigen_termijn"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("ja", _("ja")), ("nee", _("nee"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(heeft_termijn=self.value() == "ja") if self.value() else queryset


class VraagInline(admin.StackedInline):
    model = Vraag
    extra = 0
    show_change_link = True
    fields = [
        ("tekst", "code"),
        ("soort", "is_verplicht", "volgorde"),
        "keuzes",
        ("alleen_als", "alleen_als_antwoord"),
        ("stoppagina", "stop_bij_antwoord"),
        ("tekst_fr", "tekst_en"),
        ("hulp", "hulp_fr", "hulp_en"),
    ]

    def get_formset(self, request: HttpRequest, obj: Categorie | None = None, **kwargs: Any) -> Any:
        """Offer only questions of this category as the one that comes before."""
        formset = super().get_formset(request, obj, **kwargs)
        own = Vraag.objects.filter(categorie=obj) if obj else Vraag.objects.none()
        formset.form.base_fields["alleen_als"].queryset = own
        return formset


class TermijnInline(admin.StackedInline):
    model = Termijn
    extra = 0
    fields = [("prioriteit", "reactie_werkdagen", "oplossing_werkdagen", "antwoord_werkdagen")]


class Open311Inline(admin.StackedInline):
    model = Open311Dienst
    extra = 0


@admin.register(Categorie)
class CategorieAdmin(admin.ModelAdmin):
    """The two levels in the order in which residents see them."""

    list_display = ["in_boom", "team_of_soort", "eigen_termijn", "vertaling", "geldig", "aantal_vragen", "volgorde"]
    list_filter = [
        LevelFilter,
        CategorieTranslation,
        OwnTermFilter,
        "is_snelle_lijn",
        "is_gevoelig",
        "teamsoort",
        "hoofdcategorie",
    ]
    list_select_related = ["hoofdcategorie", "team"]
    list_per_page = 200
    search_fields = ["naam", "code", "synoniemen", "naam_fr", "naam_en"]
    prepopulated_fields = {"code": ["naam"]}
    inlines = [TermijnInline, VraagInline, Open311Inline]
    fieldsets = [
        (None, {"fields": ["hoofdcategorie", "naam", "code", "uitleg", "synoniemen", "volgorde"]}),
        (_("Vertalingen"), {"fields": [("naam_fr", "naam_en"), ("uitleg_fr", "uitleg_en")]}),
        (_("Wie het krijgt"), {"fields": ["teamsoort", "team", "is_snelle_lijn", "is_gevoelig"]}),
        (_("Wat de melder hoort"), {"fields": ["mailt_te_laat", "vraagt_tevredenheid"]}),
        (_("Wanneer en hoe ze gekozen wordt"), {"fields": [("geldig_van", "geldig_tot"), "is_onbekend", "stoppagina"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Categorie]:
        own_terms = Termijn.objects.filter(categorie=OuterRef("pk"))
        return super().get_queryset(request).annotate(heeft_termijn=Exists(own_terms), vragen_aantal=Count("vragen"))

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        return TREE

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "hoofdcategorie":
            kwargs["queryset"] = Categorie.objects.main()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Categorie | None = None) -> bool:
        """Only what was never used can go; the rest is ended by its last day."""
        used = obj is not None and (obj.meldingen.exists() or obj.subcategorieen.exists())
        return not used and super().has_delete_permission(request, obj)

    @admin.display(description=_("categorie"))
    def in_boom(self, categorie: Categorie) -> SafeString | str:
        if categorie.hoofdcategorie_id is None:
            return format_html("<strong>{}</strong>", categorie.naam)
        return format_html("\u2003› {}", categorie.naam)

    @admin.display(description=_("gaat naar"))
    def team_of_soort(self, categorie: Categorie) -> str:
        return str(categorie.team or categorie.get_teamsoort_display())

    @admin.display(description=_("eigen termijn"), boolean=True, ordering="heeft_termijn")
    def eigen_termijn(self, categorie: Any) -> bool:
        return categorie.heeft_termijn

    @admin.display(description=_("vertaling mist"))
    def vertaling(self, categorie: Categorie) -> str:
        return missing_languages(categorie, "naam", "uitleg")

    @admin.display(description=_("te kiezen"), boolean=True)
    def geldig(self, categorie: Categorie) -> bool:
        today = timezone.localdate()
        return (not categorie.geldig_van or categorie.geldig_van <= today) and (
            not categorie.geldig_tot or categorie.geldig_tot >= today
        )

    @admin.display(description=_("vragen"), ordering="vragen_aantal")
    def aantal_vragen(self, categorie: Any) -> int:
        return categorie.vragen_aantal


@admin.register(Vraag)
class VraagAdmin(admin.ModelAdmin):
    list_display = ["tekst", "categorie", "soort", "is_verplicht", "alleen_als", "vertaling"]
    list_filter = ["soort", "is_verplicht", VraagTranslation, "categorie__hoofdcategorie"]
    list_select_related = ["categorie", "alleen_als"]
    search_fields = ["tekst", "code", "categorie__naam"]
    fieldsets = [
        (None, {"fields": ["categorie", "tekst", "code", "hulp", "soort", "keuzes", "is_verplicht", "volgorde"]}),
        (_("Alleen na een ander antwoord"), {"fields": [("alleen_als", "alleen_als_antwoord")]}),
        (_("Stoppen"), {"fields": [("stoppagina", "stop_bij_antwoord")]}),
        (_("Vertalingen"), {"fields": [("tekst_fr", "tekst_en"), ("hulp_fr", "hulp_en")]}),
    ]

    @admin.display(description=_("vertaling mist"))
    def vertaling(self, vraag: Vraag) -> str:
        return missing_languages(vraag, "tekst", "hulp")


@admin.register(Stoppagina)
class StoppaginaAdmin(admin.ModelAdmin):
    list_display = ["titel", "soort", "telefoon", "website", "aantal_categorieen", "vertaling"]
    list_filter = ["soort", StopTranslation]
    search_fields = ["titel", "tekst", "code"]
    prepopulated_fields = {"code": ["titel"]}
    fieldsets = [
        (None, {"fields": ["soort", "titel", "code", "tekst", "telefoon", "website"]}),
        (_("Vertalingen"), {"fields": [("titel_fr", "titel_en"), ("tekst_fr", "tekst_en")]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Stoppagina]:
        return super().get_queryset(request).annotate(gebruikt=Count("categorieen"))

    @admin.display(description=_("categorieën"), ordering="gebruikt")
    def aantal_categorieen(self, stop: Any) -> int:
        return stop.gebruikt

    @admin.display(description=_("vertaling mist"))
    def vertaling(self, stop: Stoppagina) -> str:
        return missing_languages(stop, "titel", "tekst")


@admin.register(Termijn)
class TermijnAdmin(admin.ModelAdmin):
    """The most exact row wins; the row without category and priority is the last word and stays."""

    list_display = ["__str__", "reactie_werkdagen", "oplossing_werkdagen", "antwoord_werkdagen"]
    list_filter = ["prioriteit", "categorie__hoofdcategorie"]
    list_select_related = ["categorie"]
    search_fields = ["categorie__naam"]
    ordering = ["categorie__hoofdcategorie__naam", "categorie__naam", "prioriteit"]

    def has_delete_permission(self, request: HttpRequest, obj: Termijn | None = None) -> bool:
        is_default = obj is not None and obj.categorie_id is None and obj.prioriteit == ""
        return not is_default and super().has_delete_permission(request, obj)


@admin.register(Enquetereden)
class EnqueteredenAdmin(admin.ModelAdmin):
    """What a resident can tick. One that was given stays: it is turned off instead of deleted."""

    list_display = ["tekst", "tevreden", "is_actief", "volgorde", "vertaling"]
    list_filter = ["tevreden", "is_actief"]
    search_fields = ["tekst"]
    fields = [("tekst", "tevreden"), ("tekst_fr", "tekst_en"), ("volgorde", "is_actief")]

    def has_delete_permission(self, request: HttpRequest, obj: Enquetereden | None = None) -> bool:
        used = obj is not None and Enquete.objects.filter(redenen=obj).exists()
        return not used and super().has_delete_permission(request, obj)

    @admin.display(description=_("vertaling mist"))
    def vertaling(self, reden: Enquetereden) -> str:
        return missing_languages(reden, "tekst")
