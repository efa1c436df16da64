"""The wijkfiche: what residents read on the page of a wijk, on one sheet of paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from kern.documenten import beelden
from kern.templatetags.kern import datum

from .. import registry
from ..models import Wijk
from ..wanneer import when
from . import acties, impuls, mensen, netwerk
from .bijeenkomsten import Keuze
from .gebied import drawing_of

ACTIONS, ENDED, MEETINGS, PARTNERS, PEOPLE = 6, 2, 4, 5, 3
LONG = 70


def sheet(wijk: Wijk, on: date) -> dict[str, Any]:
    """Everything on the sheet, short enough for one page (nine queries, `ringen` prefetched)."""
    working = mensen.people_in(wijk, on)
    done = acties.block(wijk, on) or {"lopend": [], "voorbij": []}
    coming = Keuze(timezone.now(), wijk=wijk).listed.select_related("team")[:MEETINGS]
    figures = [block.panelen[0] for block in impuls.monitor(wijk, openbaar=True)]
    partners = (netwerk.public_partners(wijk, on) or {"partners": []})["partners"]
    return {
        "motief": beelden.motief(drawing_of(wijk)),
        "stadsdeel": _place(wijk),
        "koppen": {
            "wie": _("Wie werkt er in je wijk?"),
            "loopt": _("Wat we doen in de wijk"),
            "komt": _("Wat komt er aan"),
            "cijfers": _("De wijk in cijfers"),
            "partners": _("Wie werkt er mee in de wijk?"),
        },
        "mensen": _people(working),
        "acties": [
            *([_nl(row.titel), _state(how)] for row, how in done["lopend"][:ACTIONS]),
            *([_nl(row.titel, row.uitkomst), how.stand] for row, how in done["voorbij"][:ENDED]),
        ],
        "actiekop": [_("Actie"), _("Hoever")],
        "geen_acties": _("Er loopt nu geen actie."),
        "bijeenkomsten": [
            [_nl(row.titel), when(row.begin, row.einde) + (f" ({_('gaat niet door')})" if row.is_afgelast else "")]
            for row in coming
        ],
        "bijeenkomstkop": [_("Wat"), _("Wanneer")],
        "geen_bijeenkomsten": _("Er staat nu niets in de agenda van deze wijk."),
        "feiten": [*registry.facts_for(wijk, on), *((_indicator(panel), _figure(panel)) for panel in figures)],
        "partners": [
            {"tekst": f"{partner.naam}: {', '.join(str(row.get_rol_display()) for row in roles)}", "taal": "nl"}
            for partner, roles in partners[:PARTNERS]
        ],
        "volg": _("Lees verder, meld iets of volg je wijk:"),
    }


def _place(wijk: Wijk) -> str:
    parts = [_("Stadsdeel %(naam)s") % {"naam": wijk.stadsdeel.naam}] if wijk.stadsdeel else []
    if wijk.is_impulswijk:
        parts.append(_("Impulswijk"))
    return " · ".join(parts)


def _people(working: mensen.Wijkwerking) -> list[tuple[str, str]]:
    """Who is there for the wijk, as facts: name and how to reach them."""
    found = []
    for person in working.wijkmanagers[:PEOPLE]:
        if person.afwezig_tot:
            hours = _("Even afwezig, tot en met %(dag)s.") % {"dag": datum(person.afwezig_tot)}
        else:
            hours = _("Bereikbaar op %(uren)s.") % {"uren": person.bereikbaar} if person.bereikbaar else ""
        found.append((_("Wijkmanager"), f"{person.naam}. {hours}".strip()))
    if working.contact:
        reach = " · ".join(filter(None, [working.contact.telefoon, working.contact.email]))
        found.append((_("Contact"), reach))
    found += [(str(team.get_soort_display()).capitalize(), team.naam) for team in working.buurtteams[:2]]
    return found or [
        (_("Wijkmanager"), _("Voor deze wijk staat er nu niemand met naam. Het meldpunt helpt je verder."))
    ]


def _state(how: acties.Vordering) -> str:
    """How far an action is: on plan or not, and its milestones."""
    return f"{how.stand}, {how.woorden}" if how.stand else how.woorden


def _indicator(panel: Any) -> str:
    name = str(panel.indicator.naam)
    return f"{name} {_('(verzonnen)')}" if panel.indicator.is_fictief else name


def _figure(panel: Any) -> str:
    return f"{panel.stand} {panel.vergelijking}".strip()


def _nl(text: str, more: str = "") -> dict[str, str]:
    """Words of the city, in Dutch, short; `more` says what came of it."""
    short = Truncator(text).chars(LONG)
    return {"tekst": f"{short}: {Truncator(more).chars(2 * LONG)}" if more else short, "taal": "nl"}
