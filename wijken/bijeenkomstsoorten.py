"""The meetings of the wijken, and where the rest of the portal shows them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from . import registry, soorten
from .models import Besluit
from .queries import bijeenkomsten as queries


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
    registry.register_thread(registry.Draadsoort(Besluit, "besluiten van bijeenkomsten", queries.decisions_in_thread))
