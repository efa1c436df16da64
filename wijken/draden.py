"""Make the kinds of this room known to the red thread, and its actions to the page of a wijk."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from . import registry
from .models import Actie, Actievoorstel, Behoefte, Gehoord
from .queries import actienieuws, acties, knopen, wijkblad


def register_all() -> None:
    """Called once, when the app is ready."""
    registry.register_thread(
        registry.Draadsoort(
            Gehoord,
            "gehoord bij contactmomenten",
            knopen.heard,
            een="gehoord bij een contactmoment",
            volgorde=15,
            deelnemers=knopen.informed,
        )
    )
    registry.register_thread(
        registry.Draadsoort(
            Behoefte,
            "behoeften",
            knopen.needs,
            een="behoefte",
            volgorde=20,
            stand=knopen.need_states,
            publiek=knopen.need_public,
        )
    )
    registry.register_thread(
        registry.Draadsoort(
            Actievoorstel,
            "actievoorstellen",
            knopen.proposals,
            een="actievoorstel",
            volgorde=30,
            deelnemers=knopen.advisers,
            stand=knopen.proposal_states,
            publiek=knopen.proposal_public,
        )
    )
    registry.register_thread(
        registry.Draadsoort(
            Actie,
            "acties",
            knopen.actions,
            een="actie",
            volgorde=40,
            deelnemers=knopen.partners,
            stand=knopen.action_states,
            publiek=knopen.action_public,
        )
    )
    registry.register_agenda(
        registry.Agendabron(wijkblad.TERMS, "wat klaar moet zijn", wijkblad.due_between, volgorde=20)
    )
    registry.register_decision_goal(
        registry.Besluitdoel(
            "actie",
            "Maak er een actie van",
            lambda besluit: f"{reverse('wijken:action_new')}?besluit={besluit.pk}",
            rollen=frozenset({"beheerder", "wijkmanager"}),
            volgorde=20,
        )
    )
    registry.register_block(registry.Blok("acties", "wijken/_actieblok.html", acties.block, volgorde=10))
    registry.register_news(registry.Nieuws("acties", _("wat we doen in de wijk"), actienieuws.by_wijk, volgorde=20))
