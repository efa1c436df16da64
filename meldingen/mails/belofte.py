"""The mail that says that we are late."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ..models import Gebeurtenis, Melding, Volger
from .basis import follower, reporter, send


def too_late(melding: Melding, line: Gebeurtenis, *, beloofd: date, volgers: Iterable[Volger]) -> None:
    """The promised day passed: say so, with the new one; of what is sensitive only the reporter hears.

    `volgers` are those with an address; the caller fetches them for many reports at once.
    """
    people = list(reporter(melding, melding.melder_of_niemand))
    if not melding.categorie.is_gevoelig:
        people += [follower(volger) for volger in volgers]
    for to in people:
        send(
            melding,
            to,
            "melding_te_laat",
            str(line.pk),
            beloofd=beloofd,
            oplossing_datum=melding.oplossing_uiterlijk,
        )
