"""The mails about accounts."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kern.berichten import registry
from kern.berichten.actions import enqueue
from kern.berichten.models import Bericht

NEW_PASSWORD = "nieuw_wachtwoord"  # noqa: S105 (the code of a kind of mail)


def register() -> None:
    registry.register_folder(
        Path(__file__).with_name("mailteksten"),
        {
            NEW_PASSWORD: (
                "Medewerker vroeg een nieuw wachtwoord",
                {"link": "de pagina om een nieuw wachtwoord te kiezen; werkt drie dagen en één keer"},
            )
        },
    )


def new_password(*, aan: str, link: str) -> Bericht | None:
    """Mail the link with which a member of staff chooses a new password; once per link."""
    occasion = hashlib.sha256(link.encode()).hexdigest()[:32]
    return enqueue(sleutel=f"{NEW_PASSWORD}:{occasion}", soort=NEW_PASSWORD, aan=aan, context={"link": link})
