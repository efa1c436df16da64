"""The outbox and the words of mails, for the administrator."""

from __future__ import annotations

from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin

from . import actions, queries, registry
from .forms import MailTekstForm
from .models import Bericht, MailTekst

# A mail brings its own style and nothing else.
MAIL_POLICY = {
    "default-src": [NONE],
    "script-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "img-src": ["data:"],
    "form-action": [NONE],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-popups"],
}


class SoortFilter(admin.SimpleListFilter):
    title = gettext_lazy("soort")
    parameter_name = "soort"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, str]]:
        return registry.choices()

    def queryset(self, request: HttpRequest, queryset: QuerySet[Bericht]) -> QuerySet[Bericht]:
        return queryset.filter(soort=self.value()) if self.value() else queryset


@admin.register(Bericht)
class BerichtAdmin(admin.ModelAdmin):
    """To look at, send again and put aside; mails are written by the portal."""

    list_display = ["aangemaakt_op", "aan", "onderwerp", "soort_naam", "status", "pogingen", "verzonden_op"]
    list_display_links = ["onderwerp"]
    list_filter = ["status", SoortFilter, "taal", ("afgehandeld_op", admin.EmptyFieldListFilter), "aangemaakt_op"]
    search_fields = ["aan__iexact", "onderwerp", "sleutel"]
    search_help_text = gettext_lazy("Zoek op het hele mailadres, of op woorden van het onderwerp.")
    date_hierarchy = "aangemaakt_op"
    list_per_page = 50
    show_full_result_count = False
    actions = ["send_again", "mark_handled"]
    fieldsets = [
        (None, {"fields": ["status", "aan", "onderwerp", "tekst"]}),
        (
            gettext_lazy("Verzending"),
            {"fields": ["pogingen", "volgende_poging_op", "verzonden_op", "fout", "afgehandeld_op"]},
        ),
        (
            gettext_lazy("Herkomst"),
            {"fields": ["soort_naam", "taal", "over", "sleutel", "kopteksten", "opnieuw_door"]},
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Bericht]:
        return super().get_queryset(request).defer("html")

    @admin.display(description=gettext_lazy("soort"))
    def soort_naam(self, bericht: Bericht) -> str:
        return bericht.soort_naam

    @admin.action(description=gettext_lazy("Verstuur opnieuw"), permissions=["view"])
    def send_again(self, request: HttpRequest, berichten: QuerySet[Bericht]) -> None:
        again = [bericht for bericht in berichten if bericht.can_be_sent_again]
        for bericht in again:
            actions.send_again(bericht=bericht, door=request.user, at=timezone.now())  # type: ignore[arg-type]
        text = ngettext("%d mail gaat opnieuw weg.", "%d mails gaan opnieuw weg.", len(again))
        self.message_user(request, text % len(again), messages.SUCCESS if again else messages.WARNING)

    @admin.action(description=gettext_lazy("Zet apart: iemand heeft ernaar gekeken"), permissions=["view"])
    def mark_handled(self, request: HttpRequest, berichten: QuerySet[Bericht]) -> None:
        count = actions.mark_handled(pks=list(berichten.values_list("pk", flat=True)), at=timezone.now())
        text = ngettext("%d mail staat apart.", "%d mails staan apart.", count)
        self.message_user(request, text % count, messages.SUCCESS if count else messages.WARNING)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Bericht | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Bericht | None = None) -> bool:
        return False


@admin.register(MailTekst)
class MailTekstAdmin(admin.ModelAdmin):
    """Every kind of mail in every language, whether an administrator wrote its words or not."""

    search_fields = ["soort"]

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("tekst/<slug:soort>/<slug:taal>/", wrap(self.edit_view), name="berichten_mailtekst_edit"),
            path(
                "tekst/<slug:soort>/<slug:taal>/voorbeeld/", wrap(self.preview_view), name="berichten_mailtekst_preview"
            ),
            *super().get_urls(),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        zoek = request.GET.get("q", "").strip()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Teksten van mails"),
            "opts": self.opts,
            "zoek": zoek,
            "talen": settings.LANGUAGES,
            "rijen": queries.overview(zoek),
        }
        return render(request, "admin/berichten/mailtekst/overzicht.html", context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One page for words that were written and words that were not."""
        text = self.get_object(request, object_id)
        if text is None:
            raise Http404
        return redirect("admin:berichten_mailtekst_edit", text.soort, text.taal)

    @method_decorator(csp_update({"frame-src": [SELF]}))
    def edit_view(self, request: HttpRequest, soort: str, taal: str) -> HttpResponse:
        text = self._text(request, soort, taal)
        form = MailTekstForm(request.POST or None, instance=text)
        if request.method == "POST":
            if "standaard" in request.POST:
                actions.restore_default(soort=soort, taal=taal)
                messages.success(request, _("De standaardtekst geldt weer."))
                return redirect("admin:berichten_mailtekst_edit", soort, taal)
            if form.is_valid() and "testmail" in request.POST:
                actions.send_test(form.instance, to=request.user, at=timezone.now())  # type: ignore[arg-type]
                messages.success(request, _("De testmail is onderweg naar %(adres)s.") % {"adres": request.user.email})  # type: ignore[union-attr]
            elif form.is_valid():
                form.save()
                messages.success(request, _("De tekst is bewaard en geldt vanaf nu."))
                return redirect("admin:berichten_mailtekst_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": str(text),
            "opts": self.opts,
            "form": form,
            "soort": registry.get(soort),
            "taal": taal,
            "aangepast": text.pk is not None,
        }
        return render(request, "admin/berichten/mailtekst/tekst.html", context)

    @method_decorator([xframe_options_sameorigin, csp_replace(MAIL_POLICY)])
    def preview_view(self, request: HttpRequest, soort: str, taal: str) -> HttpResponse:
        """The mail as it reads with the words on the form, saved or not; shown in a frame that may do nothing."""
        form = MailTekstForm(request.POST or None, instance=self._text(request, soort, taal))
        if request.method == "POST" and not form.is_valid():
            return render(request, "admin/berichten/mailtekst/voorbeeld_fout.html", {"form": form})
        return HttpResponse(actions.preview_text(form.instance, show_title=True).html)

    def _text(self, request: HttpRequest, soort: str, taal: str) -> MailTekst:
        """The words that hold now, as a row that may not be stored yet."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if taal not in dict(settings.LANGUAGES) or soort not in dict(registry.choices()):
            raise Http404
        words = registry.get(soort).default(taal)
        unsaved = MailTekst(soort=soort, taal=taal, onderwerp=words.onderwerp, tekst=words.tekst)
        return MailTekst.objects.filter(soort=soort, taal=taal).first() or unsaved
