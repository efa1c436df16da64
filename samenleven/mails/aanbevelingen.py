"""To who follows recommendations: the question whether they want that, and what changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from kern.berichten import actions as berichten
from kern.berichten.registry import register_folder
from kern.prive import link_token

from ..models import Aanbevelingsnieuws, Aanbevelingsvolger

SALT = "samenleven.aanbevelingsvolger"
CONFIRM, CHANGED = "aanbeveling_volgen", "aanbeveling_nieuws"
KINDS = {
    CONFIRM: (
        "Aanbeveling volgen: wil je dit echt",
        {"aanbeveling": "nummer en titel", "link": "pagina om te bevestigen"},
    ),
    CHANGED: (
        "Aanbevelingen: wat er veranderde",
        {"nieuws": "wat er veranderde, per aanbeveling", "stop_link": "pagina om te stoppen"},
    ),
}
EXAMPLES = {
    "aanbeveling": "3. Eén loket voor nieuwe inwoners",
    "nieuws": "3. Eén loket voor nieuwe inwoners\n- De stad antwoordt: overgenomen.",
    "link": f"{settings.PORTAL_URL}/",
    "stop_link": f"{settings.PORTAL_URL}/",
}


def register() -> None:
    """Make the mails known; called once, when the app is ready."""
    register_folder(Path(__file__).parent.parent / "mailteksten", KINDS, EXAMPLES)


def token_of(volger: Aanbevelingsvolger) -> str:
    return link_token(volger.sleutel, SALT)


def confirm(volger: Aanbevelingsvolger, at: datetime) -> None:
    """Whether they want to follow; once a day at most, however often somebody fills in their address."""
    berichten.enqueue(
        sleutel=f"aanbevelingsvolger:{volger.sleutel}:{at:%Y%m%d}",
        soort=CONFIRM,
        aan=volger.email,
        taal=volger.taal,
        context={
            "aanbeveling": str(volger.aanbeveling),
            "link": _absolute(reverse("samenleven:aanbeveling_bevestig", args=[token_of(volger)])),
        },
        over=volger,
    )


def changed(volger: Aanbevelingsvolger, news: Sequence[Aanbevelingsnieuws]) -> bool:
    """All that changed in one mail, in their language; whether it was new. Titles that colleagues wrote stay Dutch."""
    stop = _absolute(reverse("samenleven:aanbeveling_stop", args=[token_of(volger)]))
    parts = []
    with translation.override(volger.taal):
        for row, changes in groupby(news, key=lambda item: item.aanbeveling):
            lines = [f"- {change.zin}" for change in changes]
            parts.append("\n".join([str(row), *lines, _absolute(row.get_absolute_url())]))
    return bool(
        berichten.enqueue(
            sleutel=f"aanbevelingsnieuws:{volger.sleutel}:{max(row.pk for row in news)}",
            soort=CHANGED,
            aan=volger.email,
            taal=volger.taal,
            context={"nieuws": "\n\n".join(parts), "stop_link": stop},
            over=volger,
            kopteksten={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        )
    )


def _absolute(path: str) -> str:
    return settings.PORTAL_URL.rstrip("/") + path
