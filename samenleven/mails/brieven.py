"""The half-year letter by mail: where to read it, what changed most, and how to stop."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kern.berichten import actions as berichten
from kern.berichten.registry import register_folder

from ..models import Aanbevelingsvolger, Halfjaarbrief
from ..queries.brieven import told
from .aanbevelingen import token_of

LETTER = "halfjaarbrief"
KINDS = {
    LETTER: (
        "Halfjaarbrief over de aanbevelingen",
        {
            "periode": "het halfjaar",
            "inleiding": "wat collega’s erbij schreven",
            "nieuws": "wat er veranderde",
            "link": "de brief op de site",
            "pdf": "de brief als PDF",
            "stop_link": "pagina om te stoppen",
        },
    )
}
EXAMPLES = {
    "periode": "2026, 2",
    "inleiding": "Dag, dit gebeurde er met de aanbevelingen.",
    "nieuws": "3. Eén loket voor nieuwe inwoners\n- De stad antwoordt: overgenomen.",
    "link": f"{settings.PORTAL_URL}/",
    "pdf": f"{settings.PORTAL_URL}/",
    "stop_link": f"{settings.PORTAL_URL}/",
}


def register() -> None:
    """Make the mail known; called once, when the app is ready."""
    register_folder(Path(__file__).parent.parent / "mailteksten", KINDS, EXAMPLES)


def letter(brief: Halfjaarbrief, volger: Aanbevelingsvolger) -> bool:
    """The letter to one address, once however much it follows; whether it was new. Titles stay Dutch."""
    stop = _absolute(reverse("samenleven:aanbeveling_stop", args=[token_of(volger)]))
    with translation.override(volger.taal):
        changed = [row for row in told(brief.inhoud) if row.nieuws]
        parts = ["\n".join([row.naam, *(f"- {line}" for line in row.nieuws)]) for row in changed]
        nothing = _("Er veranderde niets in dit halfjaar.")
    address = hashlib.sha256(volger.email.lower().encode()).hexdigest()[:24]
    page = [brief.vanaf.year, brief.helft]
    return bool(
        berichten.enqueue(
            sleutel=f"halfjaarbrief:{brief.pk}:{address}",
            soort=LETTER,
            aan=volger.email,
            taal=volger.taal,
            context={
                "periode": f"{brief.vanaf.year}, {brief.helft}",
                "inleiding": brief.inleiding,
                "nieuws": "\n\n".join(parts) or nothing,
                "link": _absolute(reverse("samenleven:brief", args=page)),
                "pdf": _absolute(reverse("samenleven:brief_pdf", args=page)),
                "stop_link": stop,
            },
            over=volger,
            kopteksten={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        )
    )


def _absolute(path: str) -> str:
    return settings.PORTAL_URL.rstrip("/") + path
