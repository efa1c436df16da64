"""The pages that join the apps; everything else belongs to one of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """What do you want to do: report, follow, find your wijk."""
    return render(request, "home.html")
