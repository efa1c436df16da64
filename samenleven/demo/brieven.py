"""One half-year letter that was sent. All made up."""

from __future__ import annotations

from datetime import datetime

from kern.gebruikers.models import Gebruiker

from ..actions import brieven as actions

WORDS = "Fictief voorbeeld. Dit gebeurde er het voorbije halfjaar met de aanbevelingen. Bedankt om mee te volgen."


def fill(now: datetime) -> None:
    """The letter of the half year that is over."""
    staff = Gebruiker.objects.filter(groups__name="samenlevingscoördinator").order_by("pk").first()
    brief = actions.prepare(at=now)
    if brief is None or staff is None:
        return
    brief = actions.introduce(brief=brief, inleiding=WORDS, versie=brief.versie)
    actions.send(brief=brief, door=staff, at=now, versie=brief.versie)
    while actions.deliver(at=now):
        pass
