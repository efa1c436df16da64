"""Messages when a report goes along with another one."""

from __future__ import annotations

from ..models import Gebeurtenis, Melding
from .basis import absolute, audience, send, words


def merged(melding: Melding, line: Gebeurtenis, hoofdmelding: Melding) -> None:
    """It goes on in another report. Its reporter can say that it is something else; followers are told where it went.

    To be called while the followers are still with the merged report.
    """
    for to in audience(melding):
        if to.eigen:
            send(
                melding,
                to,
                "melding_samengevoegd",
                str(line.pk),
                toelichting=words(line, to),
                oplossing_datum=hoofdmelding.oplossing_uiterlijk,
                anders_link=absolute("meldingen:status_differs", melding.code),
            )
        else:
            send(melding, to, "melding_gesloten_dubbel", str(line.pk), toelichting=words(line, to))
