"""The mail that asks how it went."""

from __future__ import annotations

from ..models import Enquete
from .basis import absolute, reporter, send


def survey(enquete: Enquete) -> None:
    """Ask the reporter, with a link for each answer. A link only opens the page, whoever opens it."""
    melding = enquete.melding
    page = absolute("meldingen:survey", enquete.sleutel)
    for to in reporter(melding, melding.melder_of_niemand):
        send(
            melding,
            to,
            "melding_enquete",
            f"enquete-{enquete.pk}",
            ja_link=f"{page}?tevreden=ja",
            nee_link=f"{page}?tevreden=nee",
            antwoord_tot=enquete.geldig_tot,
        )
