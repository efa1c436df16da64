"""Pages about the portal itself."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kern import queries
from kern.design import sample


def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (Bestuursdecreet of 7 December 2018; model of Decision (EU) 2018/1523)."""
    return render(request, "kern/toegankelijkheidsverklaring.html", {"verklaring": queries.current_statement()})


def privacy(request: HttpRequest) -> HttpResponse:
    """What we keep about residents, why, and for how long (GDPR art. 13)."""
    return render(request, "kern/privacy.html")


def contact(request: HttpRequest) -> HttpResponse:
    """How to reach the city without this portal."""
    return render(request, "kern/contact.html")


def design(request: HttpRequest) -> HttpResponse:
    """Every token and component in all states; only in the demo."""
    if not settings.DEMO:
        raise Http404
    page = request.GET.get("page", "1")
    return render(request, "kern/ontwerp.html", sample(int(page) if page.isdecimal() else 1, timezone.localdate()))
