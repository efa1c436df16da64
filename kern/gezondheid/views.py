"""The health page, for people and for whatever watches the portal."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from . import queries
from .registry import Stand


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 when all is well, 503 when something is wrong; JSON with `?format=json` or by the Accept header."""
    with translation.override("nl"):
        checks = queries.report(at=timezone.now())
        red = any(check.stand == Stand.FOUT for check in checks)
        status = 503 if red else 200
        if request.GET.get("format") == "json" or _prefers_json(request):
            lines = [{"code": c.code, "naam": c.naam, "stand": c.stand, "uitleg": c.uitleg} for c in checks]
            response: HttpResponse = JsonResponse(
                {"stand": "rood" if red else "groen", "controles": lines}, status=status
            )
        else:
            # Without the request: this page must come when there is no session to be read.
            page = render_to_string("gezondheid/gezondheid.html", {"controles": checks, "rood": red})
            response = HttpResponse(page, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _prefers_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
