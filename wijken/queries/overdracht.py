"""The pack that goes with a wijk when its wijkmanager changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from kern.gebruikers.models import Gebruiker

from ..models import Overdracht, Partnerrol, Wijk
from ..registry import Agendaregel
from ..rules import SOON_DAYS, Bereik
from ..wanneer import when
from ..werkbronnen import Getal, Regel, Wijkwerk, work_sources
from .wijkblad import Openwerk, coming, open_work, partners_of


@dataclass(frozen=True)
class Pakket:
    """What a successor has to know: everything that is open, what comes first, with whom, and the numbers of others."""

    werk: Openwerk
    agenda: list[Agendaregel]
    partners: list[Partnerrol]
    andere: list[Wijkwerk]

    @property
    def delen(self) -> list[tuple[str, list[Regel]]]:
        """What is late, then everything by kind."""
        late = [("te laat", self.werk.laat)] if self.werk.laat else []
        return [*late, *self.werk.groepen]

    @property
    def getallen(self) -> list[tuple[str, Getal]]:
        return [(work.naam, number) for work in self.andere for number in work.getallen]

    def as_content(self) -> list[dict[str, Any]]:
        """The pack as it is kept with the receipt: words and days, nothing that changes later."""
        kept: list[dict[str, Any]] = [
            {"naam": naam, "rijen": [_kept(row) for row in rows]} for naam, rows in self.werk.groepen
        ]
        numbers = [[f"{naam}: {number.naam}", "", str(number.aantal)] for naam, number in self.getallen]
        return [*kept, {"naam": "in getallen", "rijen": numbers}] if numbers else kept


def _day(day: date) -> str:
    """A day with its year: what is kept is read again years later."""
    return date_format(day, "j F Y")


def _kept(row: Regel) -> list[str]:
    return [row.titel, row.wie, _day(row.tegen) if row.tegen else ""]


def pack(wijk: Wijk, user: Gebruiker, reach: Bereik, on: date) -> Pakket:
    """The pack as this person may see it (two queries, and those of the agenda and of other rooms)."""
    return Pakket(
        werk=open_work(wijk, user, reach, on),
        agenda=coming(wijk, user, reach, on, SOON_DAYS, overdracht=True),
        partners=partners_of(wijk, on),
        andere=[source.stand(wijk, user, reach, on) for source in work_sources()],
    )


def handovers(wijk: Wijk) -> list[Overdracht]:
    """Every hand-over of a wijk, the last first (one query)."""
    rows = Overdracht.objects.filter(wijk=wijk).select_related("wijk", "van", "naar", "beeindigd_door")
    return list(rows.order_by("-gemaakt_op", "-pk"))


def document(pakket: Pakket, overdracht: Overdracht | None) -> dict[str, Any]:
    """The pack for paper."""
    facts = [[f"{naam}: {number.naam}", str(number.aantal)] for naam, number in pakket.getallen]
    if overdracht:
        who = f"{overdracht.van} geeft over aan {overdracht.naar}, vanaf {_day(overdracht.op)}"
        facts = [["Overdracht", who], *facts]
    return {
        "ondertitel": "Wat er loopt, wat beloofd is, met wie, en wat er aankomt",
        "feiten": facts,
        "nota": overdracht.nota if overdracht else "",
        "delen": [
            {"naam": naam[:1].upper() + naam[1:], "rijen": [_kept(row) for row in rows]} for naam, rows in pakket.delen
        ],
        "partners": [[row.partner.naam, str(row.get_rol_display()), row.toelichting] for row in pakket.partners],
        "agenda": [[row.titel, _moment(row), row.waar] for row in pakket.agenda],
    }


def _moment(row: Agendaregel) -> str:
    return _day(timezone.localtime(row.begin).date()) if row.heel_de_dag else when(row.begin, row.einde)


def receipt(overdracht: Overdracht) -> dict[str, Any]:
    """What was signed for, for paper: as it was on that moment."""
    ended = overdracht.beeindigd_op
    facts = [
        ["Wijk", overdracht.wijk.naam],
        ["Overgegeven door", overdracht.van.naam],
        ["Overgenomen door", overdracht.naar.naam],
        ["Vanaf", _day(overdracht.op)],
        ["Getekend op", _day(timezone.localtime(ended).date()) if ended else "nog niet"],
        ["Op naam van de opvolger gezet", str(overdracht.op_naam_gezet)],
    ]
    return {
        "ondertitel": "Ontvangstbewijs van een overdracht",
        "feiten": facts,
        "nota": overdracht.nota,
        "delen": [
            {"naam": deel["naam"][:1].upper() + deel["naam"][1:], "rijen": deel["rijen"]} for deel in overdracht.inhoud
        ],
        "partners": None,
        "agenda": None,
    }
