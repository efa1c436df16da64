"""Keys, webhooks and their log, for the administrator. What is secret is shown once, on the page after making it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import ngettext

from . import actions, registry
from .forms import SleutelForm, name_of, with_filters
from .models import Levering, Sleutel, Webhook


def _shown_once(
    model_admin: admin.ModelAdmin[Any], request: HttpRequest, obj: Any, wat: str, tekst: str
) -> HttpResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"{wat} van {obj}",
        "opts": model_admin.opts,
        "object": obj,
        "wat": wat,
        "tekst": tekst,
    }
    response = render(request, "admin/koppelingen/eenmalig.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@admin.register(Sleutel)
class SleutelAdmin(admin.ModelAdmin):
    form = SleutelForm
    list_display = ["naam", "begin", "eigenaar", "mag", "verloopt_op", "laatst_gebruikt_op", "ingetrokken_op"]
    list_filter = [("ingetrokken_op", admin.EmptyFieldListFilter), "verloopt_op"]
    list_select_related = ["eigenaar"]
    search_fields = ["naam", "begin", "eigenaar__naam"]
    autocomplete_fields = ["eigenaar"]
    readonly_fields = ["begin", "aangemaakt_op", "laatst_gebruikt_op", "ingetrokken_op"]
    actions = ["revoke"]
    fieldsets = [
        (None, {"fields": ["naam", "eigenaar", "rechten"]}),
        ("Grenzen", {"fields": ["per_minuut", "verloopt_op"]}),
        ("Gebruik", {"fields": ["begin", "aangemaakt_op", "laatst_gebruikt_op", "ingetrokken_op"]}),
    ]

    @admin.display(description="mag")
    def mag(self, sleutel: Sleutel) -> str:
        return ", ".join(sleutel.rechten)

    def get_fieldsets(self, request: HttpRequest, obj: Sleutel | None = None) -> Any:
        return self.fieldsets if obj else self.fieldsets[:2]

    def save_model(self, request: HttpRequest, obj: Sleutel, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        made, request.nieuwe_sleutel = actions.make_key(  # type: ignore[attr-defined]
            naam=obj.naam,
            eigenaar=obj.eigenaar,
            rechten=form.cleaned_data["rechten"],
            per_minuut=obj.per_minuut,
            verloopt_op=obj.verloopt_op,
            at=timezone.now(),
        )
        obj.pk, obj._state.adding = made.pk, False

    def response_add(self, request: HttpRequest, obj: Sleutel, post_url_continue: str | None = None) -> HttpResponse:
        return _shown_once(self, request, obj, "De sleutel", request.nieuwe_sleutel)  # type: ignore[attr-defined]

    @admin.action(description="Trek in, voorgoed", permissions=["change"])
    def revoke(self, request: HttpRequest, sleutels: QuerySet[Sleutel]) -> None:
        count = actions.revoke(pks=list(sleutels.values_list("pk", flat=True)), at=timezone.now())
        text = ngettext("%d sleutel is ingetrokken.", "%d sleutels zijn ingetrokken.", count)
        self.message_user(request, text % count, messages.SUCCESS)

    def has_delete_permission(self, request: HttpRequest, obj: Sleutel | None = None) -> bool:
        """A key is taken back and stays to be seen: reports name the key that sent them."""
        return False


@admin.register(Webhook)
class WebhookAdmin(admin.ModelAdmin):
    list_display = ["naam", "url", "is_actief", "fouten_op_rij", "uitgezet_op"]
    list_filter = ["is_actief"]
    search_fields = ["naam", "url"]
    readonly_fields = ["fouten_op_rij", "uitgezet_op", "aangemaakt_op"]
    actions = ["turn_on", "new_secret"]

    def get_fieldsets(self, request: HttpRequest, obj: Webhook | None = None) -> Any:
        log = [("Verloop", {"fields": self.readonly_fields})] if obj else []
        return [
            (None, {"fields": ["naam", "url", "is_actief", "gebeurtenissen"]}),
            ("Alleen als", {"fields": [name_of(code) for code in registry.filters]}),
            *log,
        ]

    def get_form(self, request: HttpRequest, obj: Webhook | None = None, change: bool = False, **kwargs: Any) -> Any:
        kwargs["form"] = with_filters()
        return super().get_form(request, obj, change, **kwargs)

    def save_model(self, request: HttpRequest, obj: Webhook, form: Any, change: bool) -> None:
        if change:
            if obj.is_actief:
                obj.uitgezet_op, obj.fouten_op_rij = None, 0
            super().save_model(request, obj, form, change)
            return
        made, request.nieuw_geheim = actions.make_webhook(  # type: ignore[attr-defined]
            naam=obj.naam,
            url=obj.url,
            gebeurtenissen=form.cleaned_data["gebeurtenissen"],
            filters=obj.filters,
            is_actief=obj.is_actief,
            at=timezone.now(),
        )
        obj.pk, obj._state.adding = made.pk, False

    def response_add(self, request: HttpRequest, obj: Webhook, post_url_continue: str | None = None) -> HttpResponse:
        return _shown_once(self, request, obj, "Het geheim", request.nieuw_geheim)  # type: ignore[attr-defined]

    @admin.action(description="Zet weer aan", permissions=["change"])
    def turn_on(self, request: HttpRequest, webhooks: QuerySet[Webhook]) -> None:
        count = actions.turn_on(pks=list(webhooks.values_list("pk", flat=True)), at=timezone.now())
        text = ngettext("%d webhook staat weer aan.", "%d webhooks staan weer aan.", count)
        self.message_user(request, text % count, messages.SUCCESS)

    @admin.action(description="Maak een nieuw geheim (kies er één)", permissions=["change"])
    def new_secret(self, request: HttpRequest, webhooks: QuerySet[Webhook]) -> HttpResponse | None:
        chosen = list(webhooks[:2])
        if len(chosen) != 1:
            self.message_user(request, "Kies één webhook: het geheim wordt één keer getoond.", messages.WARNING)
            return None
        return _shown_once(self, request, chosen[0], "Het geheim", actions.new_secret(webhook=chosen[0]))


@admin.register(Levering)
class LeveringAdmin(admin.ModelAdmin):
    """The log: to look at and to send again."""

    list_display = [
        "aangemaakt_op",
        "webhook",
        "gebeurtenis",
        "sleutel",
        "status",
        "pogingen",
        "http_status",
        "duur_ms",
    ]
    list_filter = ["status", "webhook", "gebeurtenis"]
    list_select_related = ["webhook"]
    show_full_result_count = False
    actions = ["resend"]

    @admin.action(description="Stuur opnieuw", permissions=["view"])
    def resend(self, request: HttpRequest, leveringen: QuerySet[Levering]) -> None:
        rows = [actions.resend(levering=row, at=timezone.now()) for row in leveringen]
        text = ngettext("%d levering gaat opnieuw weg.", "%d leveringen gaan opnieuw weg.", len(rows))
        self.message_user(request, text % len(rows), messages.SUCCESS)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Levering | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Levering | None = None) -> bool:
        return False
