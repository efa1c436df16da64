"""The pages that join the apps; everything else belongs to one of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from genk_wijk.forms import AddressForm, CodeForm
from meldingen.queries import public as meldingen
from wijken import queries as wijken


def home(request: HttpRequest) -> HttpResponse:
    """What do you want to do: report, follow, find your wijk."""
    context = {"code_form": CodeForm(), "adres_form": AddressForm(), "tekening": wijken.city_drawing()}
    context["overzicht"] = meldingen.overview(timezone.localdate())
    return render(request, "home.html", context)
