"""The pages that join the apps; everything else belongs to one of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from genk_wijk.forms import AddressForm, CodeForm
from wijken import queries as wijken


def home(request: HttpRequest) -> HttpResponse:
    """What do you want to do: report, follow, find your wijk."""
    context = {"code_form": CodeForm(), "adres_form": AddressForm(), "tekening": wijken.city_drawing()}
    return render(request, "home.html", context)
