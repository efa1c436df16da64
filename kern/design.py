"""What the page /ontwerp/ shows: every token and every component in all its states, with made-up content."""

import re
from datetime import date, timedelta
from pathlib import Path

from django import forms
from django.conf import settings
from django.core.paginator import Page, Paginator

TOKENS = Path(settings.BASE_DIR) / "static" / "css" / "tokens.css"
_COLOUR = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{6});")


class SampleForm(forms.Form):
    """One field of each kind that the portal uses."""

    onderwerp = forms.CharField(label="Waarover gaat het?", help_text="Eén zin is genoeg.")
    uitleg = forms.CharField(
        label="Vertel er meer over", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    soort = forms.ChoiceField(label="Soort", choices=[("", "Kies een soort"), ("weg", "Weg"), ("groen", "Groen")])
    dag = forms.DateField(label="Sinds wanneer?", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    foto = forms.FileField(label="Foto", required=False, help_text="JPEG, PNG, WebP of HEIC, hoogstens 15 MB.")
    plaats = forms.ChoiceField(
        label="Waar is het?",
        choices=[("stoep", "Op de stoep"), ("weg", "Op de weg"), ("weet-niet", "Ik weet het niet")],
        widget=forms.RadioSelect,
    )
    hinder = forms.MultipleChoiceField(
        label="Wie heeft er last van?",
        required=False,
        choices=[("rolstoel", "Mensen in een rolstoel"), ("kinderen", "Kinderen"), ("fietsers", "Fietsers")],
        widget=forms.CheckboxSelectMultiple,
    )
    op_de_hoogte = forms.BooleanField(label="Hou me op de hoogte met een mail", required=False)


def colours() -> list[tuple[str, str, str]]:
    """Name, light value, dark value of each colour token, read from the stylesheet itself."""
    light, dark = TOKENS.read_text().split("@media (prefers-color-scheme: dark)")
    dark_values = dict(_COLOUR.findall(dark))
    return [(name, value, dark_values.get(name, value)) for name, value in _COLOUR.findall(light)]


def sample(page: int, today: date) -> dict[str, object]:
    """The context of the page, with dates around `today`."""
    pages: Page[int] = Paginator(range(200), 20).get_page(page)
    return {
        "kleuren": colours(),
        "formulier": SampleForm(),
        "foute_form": SampleForm({"onderwerp": "", "plaats": ""}, prefix="fout"),
        "pagina": pages,
        "vandaag": today,
        "stappen": [
            {"moment": "geweest", "titel": "We kregen je melding", "wanneer": today - timedelta(3), "tekst": ""},
            {
                "moment": "geweest",
                "titel": "De buurtwerkplaats nam je melding aan",
                "wanneer": today - timedelta(2),
                "tekst": "Dank je. We komen kijken wat er nodig is.",
            },
            {"moment": "nu", "titel": "We plannen de herstelling", "wanneer": today, "tekst": ""},
            {"moment": "beloofd", "titel": "Ten laatste opgelost", "wanneer": today + timedelta(7), "tekst": ""},
        ],
        "rijen": [
            {"naam": "Waar", "waarde": "Stalenstraat 12, Waterschei", "href": "#waar"},
            {"naam": "Wat", "waarde": "Losse stoeptegel", "href": "#wat"},
            {"naam": "Foto’s", "waarde": "", "href": "#fotos"},
        ],
        "pillen": [
            {"naam": "Wijk", "waarde": "Waterschei", "href": "?"},
            {"naam": "Status", "waarde": "in behandeling", "href": "?"},
        ],
        "pad": [{"naam": "Start", "href": "/"}, {"naam": "Wijken", "href": "#"}],
    }
