"""Which texts lack their French or English."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

LANGUAGES = ["fr", "en"]


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
