"""To who is asked what they think of a proposal, and how it was decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kern.berichten import actions as berichten
from kern.prive import link_token

from ..models import Actievoorstel, Advies
from ..queries import leaders_of
from ..states.draad import Voorstelstatus
from .taal import absolute, dutch, in_words

ADVICE_SALT = "wijken.advies"
_ASKED = {
    "partner": "naam van de partner",
    "titel": "titel van het voorstel",
    "wijk": "naam van de wijk",
    "tegen": "dag waarop we de mening verwachten",
    "link": "de pagina om te antwoorden",
}
KINDS = {
    "advies_gevraagd": ("Partner: wat vind je van dit voorstel", _ASKED),
    "advies_herinnering": ("Partner: herinnering aan een voorstel", _ASKED),
    "advies_te_laat": ("Partner: de dag voor een mening is voorbij", _ASKED),
    "advies_beslist": (
        "Partner: hoe er beslist is over een voorstel",
        {
            "partner": "naam van de partner",
            "titel": "titel van het voorstel",
            "wijk": "naam van de wijk",
            "besluit": "hoe er beslist is",
            "reden": "waarom",
            "link": "de pagina van het voorstel voor de partner",
        },
    ),
    "staf_advies": (
        "Collega: wat vindt jullie dienst van dit voorstel",
        {
            "naam": "naam van de collega",
            "dienst": "naam van de dienst",
            "titel": "titel van het voorstel",
            "wijk": "naam van de wijk",
            "tegen": "dag waarop we de mening verwachten",
            "link": "de pagina van het voorstel",
        },
    ),
}
EXAMPLES = {
    "partner": "Voorbeeldpartner",
    "naam": "Wim Wijkmanager",
    "dienst": "Dienst groen",
    "titel": "Een speelplein op het pleintje",
    "wijk": "Waterschei-Noord",
    "tegen": "donderdag 30 juli",
    "besluit": "Het voorstel is aanvaard.",
    "reden": "Het is haalbaar dit jaar.",
    "link": f"{settings.PORTAL_URL}/",
}


def advice_path(advies: Advies) -> str:
    """The path of the partner's page, in a signed link."""
    return reverse("wijken:advice_partner", args=[link_token(advies.sleutel, ADVICE_SALT)])


def advice_asked(advies: Advies) -> None:
    """A partner, or who leads the service, is asked what it thinks."""
    if advies.partner:
        _to_partner(advies, "advies_gevraagd", "gevraagd", _asked(advies))
    else:
        _to_service(advies)


def advice_reminder(advies: Advies, today: date) -> None:
    """The day comes near, is today or is over; each time once."""
    late = advies.uiterlijk is not None and advies.uiterlijk < today
    soort = "advies_te_laat" if late else "advies_herinnering"
    _to_partner(advies, soort, f"herinnering-{advies.herinneringen}", _asked(advies))


def decided(voorstel: Actievoorstel, advies: Advies) -> None:
    """How it was decided, and why: to each partner that was asked, whether it answered or not."""

    def facts() -> dict[str, str]:
        words = {
            Voorstelstatus.AANVAARD: _("Het voorstel is aanvaard."),
            Voorstelstatus.BIJGESTUURD: _("Het voorstel is aanvaard, met aanpassingen."),
            Voorstelstatus.AFGEWEZEN: _("Het voorstel is afgewezen."),
        }
        besluit = words[Voorstelstatus(voorstel.status)]
        return {"besluit": besluit, "reden": dutch(voorstel.reden), "link": absolute(advice_path(advies))}

    _to_partner(advies, "advies_beslist", "beslist", facts)


def _asked(advies: Advies) -> Callable[[], dict[str, str]]:
    return lambda: {"tegen": in_words(advies.uiterlijk), "link": absolute(advice_path(advies))}


def _to_partner(advies: Advies, soort: str, occasion: str, facts: Callable[[], dict[str, str]]) -> None:
    """In the partner's language, with the Dutch below. The round of asking is part of the key: a proposal that comes
    back after it was reworked asks anew."""
    partner = advies.partner
    if partner is None or not partner.email:
        return
    known = {"partner": partner.naam, "titel": advies.voorstel.titel, "wijk": advies.voorstel.wijk.naam}
    contexts = {}
    for taal in {partner.taal, "nl"}:
        with translation.override(taal):
            contexts[taal] = {**known, **facts()}
    berichten.enqueue(
        sleutel=f"advies:{advies.pk}:{_round(advies)}:{occasion}",
        soort=soort,
        aan=partner.email,
        taal=partner.taal,
        context=contexts[partner.taal],
        context_nl=None if partner.taal == "nl" else contexts["nl"],
        over=advies.voorstel,
    )


def _to_service(advies: Advies) -> None:
    for leader in leaders_of([advies.team_id or 0], timezone.localdate()).get(advies.team_id or 0, []):
        with translation.override("nl"):
            tegen = in_words(advies.uiterlijk)
        berichten.enqueue(
            sleutel=f"advies:{advies.pk}:{_round(advies)}:gevraagd:collega:{leader.pk}",
            soort="staf_advies",
            aan=leader.email,
            context={
                "naam": leader.naam,
                "dienst": advies.wie,
                "titel": advies.voorstel.titel,
                "wijk": advies.voorstel.wijk.naam,
                "tegen": tegen,
                "link": absolute(advies.voorstel.get_absolute_url()),
            },
            over=advies.voorstel,
        )


def _round(advies: Advies) -> str:
    return f"{advies.gevraagd_op:%Y%m%d%H%M%S}" if advies.gevraagd_op else "0"
