"""Pages about the portal itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (Bestuursdecreet of 7 December 2018; model of Decision (EU) 2018/1523)."""
    return render(request, "kern/toegankelijkheidsverklaring.html")


def privacy(request: HttpRequest) -> HttpResponse:
    """What we keep about residents, why, and for how long (GDPR art. 13)."""
    return render(request, "kern/privacy.html")


def contact(request: HttpRequest) -> HttpResponse:
    """How to reach the city without this portal."""
    return render(request, "kern/contact.html")
