"""The pages that join the apps; everything else belongs to one of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from meldingen.forms.follow import CodeForm
from meldingen.queries import public as meldingen
from wijken import queries as wijken
from wijken.forms import FindForm


def home(request: HttpRequest) -> HttpResponse:
    """What do you want to do: report, follow, find your wijk."""
    context = {"code_form": CodeForm(), "adres_form": FindForm(), "tekening": wijken.city_drawing()}
    context["overzicht"] = meldingen.overview(timezone.localdate())
    return render(request, "home.html", context)
