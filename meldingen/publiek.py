"""Honest words for everybody: what the public reads of a report's status, story and place.

"Opgelost" is said only of what is solved. A team may be named, a person never. Nothing is fetched here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kern.geo import Punt
from kern.templatetags.kern import datum
from kern.vertaling import SOURCE_LANGUAGE, translated

from .states import PAUSED, Sluitreden, Status

if TYPE_CHECKING:
    from .models import Gebeurtenis, Melding

# What the portal itself writes in the story of a report; stored in Dutch, shown in the language of the reader.
NO_ANSWER = "Er kwam geen antwoord op de vraag."
WITHDRAWN = "Ingetrokken door de melder."
TOO_LATE = "Het is niet gelukt om dit op tijd op te lossen. Daarom is er een nieuwe datum."
CLOSED = "De stad heeft de melding afgesloten."
TAKEN_OVER = "De stad pakt het zelf verder aan."

# What a partner wrote is for the city to check; the resident reads what happened.
BY_PARTNER = frozenset({"partner_ja", "partner_plan", "partner_klaar", "partner_nee"})

PLACE_DECIMALS = 4  # about 11 by 7 metres: the street, not the door


@dataclass(frozen=True)
class PubliekeStatus:
    """A status in words for people; `toon` and `icoon` are names of the status label's component."""

    woord: str
    icoon: str
    toon: str
    zin: str


@dataclass(frozen=True)
class Stap:
    """A point of the time line: something that happened, what goes on now, or what is promised.

    `taal` is the language of a `tekst` that somebody wrote; empty for our own words, which are in the reader's.
    """

    moment: Literal["geweest", "nu", "beloofd"]
    titel: str
    wanneer: date | datetime | None = None
    tekst: str = ""
    taal: str = ""


def public_status(melding: Melding, *, on: date, eigen: bool = False) -> PubliekeStatus:
    """What the status means for people outside on this day. `eigen`: said to the reporter, else to everybody."""
    if melding.status == Status.AFGESLOTEN:
        return _closed(melding.sluitreden)
    team = melding.team.naam if melding.team else _("Het meldpunt")
    match melding.status:
        case Status.IN_BEHANDELING:
            zin = _("%(team)s werkt eraan.") % {"team": team}
            return PubliekeStatus(_("in behandeling"), "gereedschap", "bezig", zin)
        case Status.INGEPLAND if melding.gepland_op and melding.gepland_op < on:
            words = {"team": team, "datum": datum(melding.gepland_op)}
            zin = _("%(team)s zou komen op %(datum)s. Die dag is voorbij, en het is nog niet afgerond.") % words
            return PubliekeStatus(_("was gepland op %(datum)s") % words, "kalender", "laat", zin)
        case Status.INGEPLAND:
            woord = _("ingepland op %(datum)s") % {"datum": datum(melding.gepland_op)}
            zin = _("%(team)s komt op %(datum)s.") % {"team": team, "datum": datum(melding.gepland_op)}
            return PubliekeStatus(woord, "kalender", "bezig", zin)
        case Status.WACHT_OP_MELDER if eigen:
            zin = _("We hebben je antwoord nodig om verder te kunnen.")
            return PubliekeStatus(_("wacht op je antwoord"), "bericht", "laat", zin)
        case Status.WACHT_OP_MELDER:
            zin = _("We vroegen de melder iets en wachten op het antwoord.")
            return PubliekeStatus(_("wacht op een antwoord"), "pauze", "", zin)
        case Status.BIJ_PARTNER:
            zin = _("Een andere organisatie werkt eraan. %(team)s volgt het op.") % {"team": team}
            return PubliekeStatus(_("bij een andere organisatie"), "verwijs", "bezig", zin)
        case Status.HEROPEND:
            zin = _("%(team)s bekijkt de melding opnieuw.") % {"team": team}
            return PubliekeStatus(_("weer open"), "herhaal", "bezig", zin)
    zin = _("%(team)s bekijkt de melding.") % {"team": team}
    return PubliekeStatus(_("ontvangen"), "klok", "", zin)


def _closed(sluitreden: str) -> PubliekeStatus:
    match sluitreden:
        case Sluitreden.OPGELOST:
            return PubliekeStatus(_("opgelost"), "vink", "goed", _("Dit is opgelost."))
        case Sluitreden.DUBBEL:
            zin = _("Iemand had dit al gemeld. We werken verder aan die eerste melding.")
            return PubliekeStatus(_("al eerder gemeld"), "verwijs", "", zin)
        case Sluitreden.NIET_GEVONDEN:
            zin = _("We zijn gaan kijken, maar hebben het niet gevonden.")
            return PubliekeStatus(_("niet gevonden"), "zoek", "", zin)
        case Sluitreden.NIET_BEVOEGD:
            zin = _("Dit is niet voor de stad. Een andere organisatie moet dit oplossen.")
            return PubliekeStatus(_("niet voor de stad"), "verwijs", "", zin)
        case Sluitreden.INGETROKKEN:
            return PubliekeStatus(_("ingetrokken"), "terug", "", _("De melder trok de melding in."))
    return PubliekeStatus(_("we doen dit niet"), "kruis", "", _("We voeren dit niet uit."))


def story(melding: Melding, lines: Iterable[Gebeurtenis], *, on: date, eigen: bool = False) -> list[Stap]:
    """The time line: past, now, promised. Give only lines that the reporter may see.

    The reporter (`eigen`) also reads the words that were written; everybody else reads only what happened.
    """
    past = [
        Stap("geweest", titel, line.op, for_reader(line.tekst), _written_in(line, melding))
        if eigen and line.soort not in BY_PARTNER
        else Stap("geweest", titel, line.op)
        for line in lines
        if (titel := _title(line, eigen=eigen))
    ]
    if not melding.is_open:
        return [*past[:-1], replace(past[-1], moment="nu")] if past else []
    status = public_status(melding, on=on, eigen=eigen)
    return [*past, Stap("nu", status.zin.removesuffix(".")), *_promised(melding, on)]


def _written_in(line: Gebeurtenis, melding: Melding) -> str:
    """Staff write Dutch; the reporter probably writes the language that was chosen for the form."""
    if line.tekst in (NO_ANSWER, WITHDRAWN, TOO_LATE):
        return ""
    return SOURCE_LANGUAGE if line.door_id else melding.taal


def for_reader(tekst: str) -> str:
    """A stored text; in the active language when it is one of our own, else as it was written."""
    own = {
        NO_ANSWER: _("Er kwam geen antwoord op de vraag."),
        WITHDRAWN: _("Ingetrokken door de melder."),
        TOO_LATE: _("Het is niet gelukt om dit op tijd op te lossen. Daarom is er een nieuwe datum."),
        CLOSED: _("De stad heeft de melding afgesloten."),
        TAKEN_OVER: _("De stad pakt het zelf verder aan."),
    }
    return own.get(tekst, tekst)


def _promised(melding: Melding, on: date) -> list[Stap]:
    if melding.status == Status.BIJ_PARTNER:
        return [Stap("beloofd", _("Daarna kijken we na of het in orde is"))]
    if melding.status == Status.WACHT_OP_MELDER:
        return [Stap("beloofd", _("Daarna werken we verder"), tekst=_("Tot het antwoord er is, staat de klok stil."))]
    steps = []
    if melding.gereageerd_op is None and melding.reactie_uiterlijk >= on:
        steps.append(Stap("beloofd", _("Uiterlijk dan hoor je van ons"), melding.reactie_uiterlijk))
    if melding.oplossing_uiterlijk < on:
        steps.append(Stap("beloofd", _("De beloofde datum is voorbij"), melding.oplossing_uiterlijk, _missed()))
    else:
        first = melding.oplossing_beloofd
        moved = _("Eerst was dat %(datum)s.") % {"datum": datum(first)} if first != melding.oplossing_uiterlijk else ""
        steps.append(Stap("beloofd", _("Uiterlijk dan is het opgelost"), melding.oplossing_uiterlijk, moved))
    return steps


def _missed() -> str:
    return _("Het is niet gelukt om dit op tijd op te lossen. We weten dat, en werken eraan.")


def _title(line: Gebeurtenis, *, eigen: bool) -> str:
    """What happened, in words; empty for what the reader need not know."""
    soort = line.Soort
    match line.soort:
        case soort.ONTVANGEN:
            return _("We kregen je melding") if eigen else _("Gemeld")
        case soort.AANVULLING:
            return _("Je vulde je melding aan") if eigen else ""
        case soort.VRAAG:
            return _("We vroegen je iets") if eigen else _("We vroegen de melder iets")
        case soort.ANTWOORD:
            return _("Je antwoordde") if eigen else _("De melder antwoordde")
        case soort.BELOFTE:
            return _("Nieuwe datum: uiterlijk %(datum)s") % {"datum": datum(line.datum)}
        case soort.LOSGEMAAKT if line.voor_melder:
            return _("Weer apart van de andere melding")
        case soort.STAP:
            return _step(line)
        case soort.PARTNER_PLAN:
            return _("%(partner)s plant het op %(datum)s") % {"partner": _partner(line), "datum": datum(line.datum)}
        case soort.PARTNER_KLAAR:
            return _("%(partner)s was er; we kijken het na") % {"partner": _partner(line)}
        case soort.PARTNER_NEE:
            return _("We zoeken verder wie dit kan oplossen")
    return ""


def _partner(line: Gebeurtenis) -> str:
    return line.partner.naam if line.partner else _("Een andere organisatie")


def _step(line: Gebeurtenis) -> str:
    match line.naar_status:
        case Status.IN_BEHANDELING if line.van_status in PAUSED:
            return _("We werken verder")
        case Status.BIJ_PARTNER:
            return _("Doorgegeven aan %(partner)s") % {"partner": _partner(line)}
        case Status.IN_BEHANDELING:
            return _("We zijn ermee bezig")
        case Status.INGEPLAND:
            return _("Ingepland op %(datum)s") % {"datum": datum(line.datum)}
        case Status.AFGESLOTEN:
            return capfirst(_closed(line.sluitreden).woord)
        case Status.HEROPEND:
            return _("Weer open")
    return ""


_ROAD = re.compile(r"[ENAR]\d{1,3}", re.IGNORECASE)
_DOOR_WORDS = {"nr", "nummer", "no", "n°", "nº", "huis", "huisnummer", "bus", "bte", "#"}


def street_of(adres: str) -> str:
    """The street of an address, without house number, box or postal code: "Stalenstraat 12 bus 3, Genk" is
    "Stalenstraat". Road numbers such as E314 stay; empty when no street is left."""
    for part in adres.split(","):
        words: list[str] = []
        for word in part.split():
            if _ROAD.fullmatch(word):
                words.append(word)
                continue
            rest = word if words else re.sub(r"^\d[\d\W_]*", "", word)
            letters = re.split(r"\d", rest, maxsplit=1)[0]
            if letters and letters.lower().strip(".:") not in _DOOR_WORDS:
                words.append(letters)
            if letters != rest and words:
                break
        street = " ".join(words).strip(" -./:")
        if sum(letter.isalpha() for letter in street) > 1:
            return street
    return ""


def rough_place(punt: Punt) -> Punt:
    """The place to some ten metres: the street may be known, the door not."""
    return Punt(round(punt.lon, PLACE_DECIMALS), round(punt.lat, PLACE_DECIMALS))


def subject(melding: Melding) -> str:
    """What the report is about, in the active language; “ik weet het niet” is no subject."""
    return _("Andere melding") if melding.categorie.is_onbekend else translated(melding.categorie, "naam")


def where(melding: Melding) -> str:
    """Street and wijk for everybody; what the reporter wrote about the place is not shown."""
    parts = [street_of(melding.adres), melding.wijk.naam if melding.wijk else ""]
    return ", ".join(part for part in parts if part) or _("Genk")


_LOOKALIKES = str.maketrans("1I", "LL")


def normal_code(text: str) -> str:
    """A typed code as it is stored: capitals, without spaces and dashes.

    A 1 or an I is read as L, the one letter of the alphabet that they resemble; neither occurs in a code.
    """
    return re.sub(r"[^A-Z0-9]", "", text.upper()).translate(_LOOKALIKES)
