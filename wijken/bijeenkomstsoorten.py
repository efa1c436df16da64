"""The meetings of the wijken, and where the rest of the portal shows them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from . import registry, soorten
from .models import Besluit
from .queries import besluiten
from .queries import bijeenkomsten as queries


def _need_page(besluit: Besluit) -> str:
    return reverse("wijken:staff_meeting_need", args=[besluit.bijeenkomst_id, besluit.pk])


def register_all() -> None:
    """Make the kinds known, and show meetings on the page of a wijk, in the weekly mail, the agenda and the thread."""
    soorten.register(
        soorten.Bijeenkomstsoort("wijkvergadering", _("wijkvergadering"), _("wijkvergaderingen"), volgorde=10)
    )
    soorten.register(soorten.Bijeenkomstsoort("wijkwandeling", _("wijkwandeling"), _("wijkwandelingen"), volgorde=20))
    registry.register_block(
        registry.Blok("bijeenkomsten", "wijken/agenda/_wijkblok.html", queries.in_wijk, volgorde=40)
    )
    registry.register_news(registry.Nieuws("bijeenkomsten", _("wat komt er aan"), queries.coming_by_wijk, volgorde=10))
    registry.register_agenda(registry.Agendabron("bijeenkomsten", "bijeenkomsten", queries.agenda, volgorde=10))
    need = registry.Besluitdoel("behoefte", "Maak er een behoefte van", _need_page, volgorde=10)
    registry.register_decision_goal(need)
    registry.register_thread(
        registry.Draadsoort(
            Besluit,
            "besluiten van bijeenkomsten",
            besluiten.decisions_in_thread,
            een="besluit van een bijeenkomst",
            volgorde=18,
        )
    )
