"""What an administrator changes about reports: categories with their questions and terms, and stop pages.

A report itself is shown here but not changed: every change to it is a step, with its line in the story.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from .models import (
    Adresvraag,
    Categorie,
    Enquete,
    Enquetereden,
    Inzage,
    Label,
    Materiaal,
    Melding,
    MeldingLabel,
    Open311Dienst,
    Partnerwerk,
    Startplaats,
    Stoppagina,
    Termijn,
    Uitvoer,
    Uitvoerplan,
    Vraag,
    Weergave,
)

LANGUAGES = ["fr", "en"]
# A main category first, then what is below it.
TREE = [
    Coalesce("hoofdcategorie__volgorde", "volgorde"),
    Coalesce("hoofdcategorie__naam", "naam"),
    F("hoofdcategorie").asc(nulls_first=True),
    "volgorde",
    "naam",
]


def untranslated(*fields: str) -> Q:
    """Rows where a Dutch text lacks its French or English."""
    missing = Q(pk__in=[])
    for field in fields:
        for language in LANGUAGES:
            missing |= ~Q(**{field: ""}) & Q(**{f"{field}_{language}": ""})
    return missing


def missing_languages(obj: Any, *fields: str) -> str:
    """The languages in which a text is missing, as French and English; a dash when all is there."""
    names = {"fr": _("Frans"), "en": _("Engels")}
    missing = [
        str(names[language])
        for language in LANGUAGES
        if any(getattr(obj, field) and not getattr(obj, f"{field}_{language}") for field in fields)
    ]
    return ", ".join(missing) or "–"


class TranslationFilter(admin.SimpleListFilter):
    """Rows whose texts are all translated, or not."""

    title = _("vertaling")
    parameter_name = "vertaling"
    fields: tuple[str, ...] = ()

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("mist", _("er mist een vertaling")), ("volledig", _("volledig"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() is None:
            return queryset
        missing = untranslated(*self.fields)
        return queryset.filter(missing) if self.value() == "mist" else queryset.exclude(missing)


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


@admin.register(Partnerwerk)
class PartnerwerkAdmin(admin.ModelAdmin):
    """Which partner is proposed for which reports."""

    list_display = ["partner", "categorie", "wijk"]
    list_filter = ["partner", "categorie__hoofdcategorie"]
    list_select_related = ["partner", "categorie", "wijk"]
    search_fields = ["partner__naam", "categorie__naam", "wijk__naam"]
    autocomplete_fields = ["partner", "categorie", "wijk"]


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


@admin.register(Weergave)
class WeergaveAdmin(admin.ModelAdmin):
    """Who has which views. They are made and shared from the list of reports, where one sees what they show."""

    list_display = ["naam", "eigenaar", "team", "rol", "is_standaard", "volgorde", "is_actief"]
    list_filter = ["rol", "is_actief", "team"]
    list_select_related = ["eigenaar", "team"]
    search_fields = ["naam", "eigenaar__naam"]
    fields = ["naam", "eigenaar", "team", "rol", "filters", "kolommen", "is_standaard", "volgorde", "is_actief"]
    readonly_fields = ["eigenaar", "team", "rol", "filters", "kolommen"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Uitvoerplan)
class UitvoerplanAdmin(admin.ModelAdmin):
    """Which views go out as a file by themselves, to whom; a beheerder can stop one."""

    list_display = ["weergave", "eigenaar", "wanneer", "vorm", "alle_kolommen", "is_actief"]
    list_filter = ["ritme", "is_actief"]
    list_select_related = ["eigenaar", "weergave"]
    search_fields = ["weergave__naam", "eigenaar__naam"]
    fields = ["weergave", "eigenaar", "wanneer", "vorm", "alle_kolommen", "gemaakt_op", "is_actief"]
    readonly_fields = ["weergave", "eigenaar", "wanneer", "vorm", "alle_kolommen", "gemaakt_op"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


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


@admin.register(Materiaal)
class MateriaalAdmin(admin.ModelAdmin):
    """What crews use up on their rounds. What was ever used stays, for the figures."""

    list_display = ["naam", "eenheid", "volgorde", "is_actief"]
    list_filter = ["is_actief"]
    search_fields = ["naam"]


@admin.register(Startplaats)
class StartplaatsAdmin(admin.ModelAdmin):
    """Where rounds begin."""

    list_display = ["naam", "team", "is_actief"]
    list_filter = ["is_actief", "team"]
    list_select_related = ["team"]
    search_fields = ["naam"]

    class Media:
        css = {"all": ["css/tokens.css"]}  # the map widget draws in the colours of the portal
