"""What who proposes an activity gets in their mail box. What somebody typed is in none of it."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from kern.berichten import actions as berichten
from kern.berichten.registry import register_folder
from kern.prive import link_token

from ..models import Activiteitvoorstel
from . import absolute

VOORSTEL_SALT = "samenleven.activiteitvoorstel"
_LINK = {"link": "eigen pagina van het voorstel"}
KINDS = {
    "activiteit_bevestig": ("Activiteit: bevestig je adres", _LINK),
    "activiteit_aanvaard": ("Activiteit: je voorstel is aanvaard", _LINK),
    "activiteit_geweigerd": ("Activiteit: je voorstel kan niet", _LINK),
}
EXAMPLES = {"link": f"{settings.PORTAL_URL}/"}


def register() -> None:
    """Make the mails known; called once, when the app is ready."""
    register_folder(Path(__file__).parent.parent / "mailteksten", KINDS, EXAMPLES)


def voorstel_token(row: Activiteitvoorstel) -> str:
    return link_token(row.sleutel, VOORSTEL_SALT)


def confirm_address(row: Activiteitvoorstel) -> None:
    _send("activiteit_bevestig", row, "bevestig")


def accepted(row: Activiteitvoorstel) -> None:
    _send("activiteit_aanvaard", row, f"aanvaard:{row.versie}")


def refused(row: Activiteitvoorstel) -> None:
    _send("activiteit_geweigerd", row, f"geweigerd:{row.versie}")


def _send(soort: str, row: Activiteitvoorstel, occasion: str) -> None:
    if not row.email:
        return
    context = {"link": absolute("samenleven:voorstel_mijn", voorstel_token(row))}
    berichten.enqueue(
        sleutel=f"activiteitvoorstel:{row.pk}:{occasion}",
        soort=soort,
        aan=row.email,
        taal=row.taal,
        context=context,
        context_nl=None if row.taal == "nl" else context,
        over=row,
    )
