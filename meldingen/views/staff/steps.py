"""The steps that staff can take with a report: for each its name, its form, when it is offered, and its action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kern.gebruikers.models import Gebruiker
from kern.termijnen import local_date
from wijken.models import Team
from wijken.queries import reach

from ... import actions
from ...forms import staff as forms
from ...forms import uitbesteden
from ...forms.dubbels import MaakLosForm, VoegSamenForm
from ...models import Melding
from ...queries.dubbels import main_for
from ...queries.staff import visible
from ...rules import RELEASING_ROLES, may_separate, steps_for
from ...states import OPEN, PAUSED, Status

Fields = dict[str, Any]


@dataclass(frozen=True)
class Stap:
    """One thing that can be done. `offered` knows the report and the person; `perform` writes it."""

    code: str
    naam: str | Promise
    icoon: str
    form: type[forms.StapForm]
    offered: Callable[[Melding, Gebruiker], bool]
    perform: Callable[[Melding, Fields, Gebruiker, datetime], object]
    knop: str | Promise
    gedaan: str | Promise
    mailt: bool = True


def _to(*targets: Status) -> Callable[[Melding, Gebruiker], bool]:
    return lambda melding, user: not set(targets).isdisjoint(steps_for(melding))


def _is_open(melding: Melding, user: Gebruiker) -> bool:
    return melding.status in OPEN


def _can_plan(melding: Melding, user: Gebruiker) -> bool:
    return melding.status == Status.INGEPLAND or Status.INGEPLAND in steps_for(melding)


def _can_ask(melding: Melding, user: Gebruiker) -> bool:
    return Status.WACHT_OP_MELDER in steps_for(melding) and bool(melding.melder_of_niemand.email)


def _can_reopen(melding: Melding, user: Gebruiker) -> bool:
    return Status.HEROPEND in steps_for(melding) and melding.hoofdmelding_id is None


def _can_separate(melding: Melding, user: Gebruiker) -> bool:
    return may_separate(melding, timezone.now())


def _can_start(melding: Melding, user: Gebruiker) -> bool:
    return Status.IN_BEHANDELING in steps_for(melding) and not _is_at_partner(melding, user)


def _is_at_partner(melding: Melding, user: Gebruiker) -> bool:
    return melding.status == Status.BIJ_PARTNER


def _can_return(melding: Melding, user: Gebruiker) -> bool:
    at_triage = melding.team is not None and melding.team.soort == Team.Soort.MELDPUNT
    return melding.status in OPEN - PAUSED and not at_triage


def _can_release(melding: Melding, user: Gebruiker) -> bool:
    return not RELEASING_ROLES.isdisjoint(user.rollen) and not melding.categorie.is_gevoelig


def _call(action: Callable[..., object]) -> Callable[[Melding, Fields, Gebruiker, datetime], object]:
    return lambda melding, fields, door, at: action(melding=melding, door=door, at=at, **fields)


def _note(melding: Melding, fields: Fields, door: Gebruiker, at: datetime) -> object:
    fields.pop("versie")
    return actions.note(melding=melding, door=door, at=at, **fields)


def _merge(melding: Melding, fields: Fields, door: Gebruiker, at: datetime) -> object:
    rows = visible(door, reach(door, local_date(at)))
    main = main_for(rows, fields["hoofdmelding"])
    if main is None:
        raise ValueError("er is geen melding met dat nummer die jij mag zien")
    return actions.merge(melding=melding, door=door, at=at, **{**fields, "hoofdmelding": main})


def _pass_on(melding: Melding, fields: Fields, door: Gebruiker, at: datetime) -> object:
    return actions.partner.give(melding=melding, door=door, at=at, fotos=fields.pop("fotos_mee", []), **fields)


STAPPEN = {
    stap.code: stap
    for stap in (
        Stap(
            "start",
            gettext_lazy("Neem in behandeling"),
            "gereedschap",
            forms.StartForm,
            _can_start,
            _call(actions.start),
            gettext_lazy("Neem in behandeling"),
            gettext_lazy("Je hebt melding %(nr)s in behandeling."),
        ),
        Stap(
            "plan",
            gettext_lazy("Plan in"),
            "kalender",
            forms.PlanForm,
            _can_plan,
            _call(actions.plan),
            gettext_lazy("Plan in en mail de melder"),
            gettext_lazy("Melding %(nr)s is ingepland."),
        ),
        Stap(
            "sluit",
            gettext_lazy("Sluit af"),
            "vink",
            forms.SluitForm,
            _to(Status.AFGESLOTEN),
            _call(actions.close),
            gettext_lazy("Sluit af en mail de melder"),
            gettext_lazy("Melding %(nr)s is afgesloten."),
        ),
        Stap(
            "heropen",
            gettext_lazy("Heropen"),
            "herhaal",
            forms.HeropenForm,
            _can_reopen,
            _call(actions.reopen),
            gettext_lazy("Heropen en mail de melder"),
            gettext_lazy("Melding %(nr)s is weer open."),
        ),
        Stap(
            "vraag",
            gettext_lazy("Stel een vraag"),
            "bericht",
            forms.VraagForm,
            _can_ask,
            _call(actions.ask),
            gettext_lazy("Verstuur de vraag"),
            gettext_lazy("Je vraag over melding %(nr)s is verstuurd."),
        ),
        Stap(
            "bij-partner",
            gettext_lazy("Geef door aan een partner"),
            "verwijs",
            uitbesteden.BijPartnerForm,
            _to(Status.BIJ_PARTNER),
            _pass_on,
            gettext_lazy("Geef door, en mail de partner en de melder"),
            gettext_lazy("Melding %(nr)s is doorgegeven."),
        ),
        Stap(
            "neem-terug",
            gettext_lazy("Neem terug van de partner"),
            "terug",
            uitbesteden.NeemTerugForm,
            _is_at_partner,
            _call(actions.partner.take_back),
            gettext_lazy("Neem terug en mail de partner"),
            gettext_lazy("Melding %(nr)s is terug van de partner."),
        ),
        Stap(
            "deeltaken",
            gettext_lazy("Verdeel in deeltaken"),
            "lijst",
            uitbesteden.DeeltakenForm,
            _is_open,
            _call(actions.deeltaak.hand_out),
            gettext_lazy("Geef de deeltaken"),
            gettext_lazy("De deeltaken bij melding %(nr)s zijn gegeven."),
            mailt=False,
        ),
        Stap(
            "wijs-toe",
            gettext_lazy("Wijs toe"),
            "team",
            forms.WijsToeForm,
            _is_open,
            _call(actions.assign),
            gettext_lazy("Wijs toe"),
            gettext_lazy("Melding %(nr)s is toegewezen."),
        ),
        Stap(
            "niet-voor-ons",
            gettext_lazy("Niet voor ons"),
            "verwijs",
            forms.NietVoorOnsForm,
            _can_return,
            _call(actions.return_to_triage),
            gettext_lazy("Stuur naar het meldpunt"),
            gettext_lazy("Melding %(nr)s is terug bij het meldpunt."),
            mailt=False,
        ),
        Stap(
            "voeg-samen",
            gettext_lazy("Voeg samen"),
            "verwijs",
            VoegSamenForm,
            _is_open,
            _merge,
            gettext_lazy("Voeg samen en mail de melder"),
            gettext_lazy("Melding %(nr)s is samengevoegd."),
        ),
        Stap(
            "maak-los",
            gettext_lazy("Maak los"),
            "herhaal",
            MaakLosForm,
            _can_separate,
            _call(actions.separate),
            gettext_lazy("Maak los en mail de melder"),
            gettext_lazy("Melding %(nr)s staat weer apart, zoals voor het samenvoegen."),
        ),
        Stap(
            "belofte",
            gettext_lazy("Verzet de belofte"),
            "klok",
            forms.BelofteForm,
            _is_open,
            _call(actions.move_promise),
            gettext_lazy("Beloof deze datum en mail de melder"),
            gettext_lazy("Voor melding %(nr)s is een andere datum beloofd."),
        ),
        Stap(
            "verbeter",
            gettext_lazy("Verbeter gegevens"),
            "potlood",
            forms.VerbeterForm,
            _is_open,
            _call(actions.correct),
            gettext_lazy("Bewaar de gegevens"),
            gettext_lazy("De gegevens van melding %(nr)s zijn verbeterd."),
        ),
        Stap(
            "contact",
            gettext_lazy("Noteer contact"),
            "telefoon",
            forms.ContactForm,
            _is_open,
            _call(actions.contact),
            gettext_lazy("Noteer het contact"),
            gettext_lazy("Het contact over melding %(nr)s is genoteerd."),
            mailt=False,
        ),
        Stap(
            "notitie",
            gettext_lazy("Notitie"),
            "bericht",
            forms.NotitieForm,
            lambda melding, user: True,
            _note,
            gettext_lazy("Bewaar de notitie"),
            gettext_lazy("Je notitie bij melding %(nr)s is bewaard."),
        ),
        Stap(
            "labels",
            gettext_lazy("Labels"),
            "label",
            forms.LabelsForm,
            lambda melding, user: True,
            _call(actions.set_labels),
            gettext_lazy("Bewaar de labels"),
            gettext_lazy("De labels van melding %(nr)s zijn bewaard."),
            mailt=False,
        ),
        Stap(
            "openbaar",
            gettext_lazy("Openbaar"),
            "kaart",
            forms.OpenbaarForm,
            _can_release,
            _call(actions.release),
            gettext_lazy("Bewaar wat openbaar is"),
            gettext_lazy("Wat iedereen van melding %(nr)s ziet, is bewaard."),
            mailt=False,
        ),
    )
}

FIRST = {
    Status.NIEUW: "wijs-toe",
    Status.TOEGEWEZEN: "start",
    Status.IN_BEHANDELING: "plan",
    Status.INGEPLAND: "sluit",
    Status.WACHT_OP_MELDER: "notitie",
    Status.BIJ_PARTNER: "notitie",
    Status.HEROPEND: "start",
    Status.AFGESLOTEN: "notitie",
}


def offered(melding: Melding, user: Gebruiker) -> list[Stap]:
    """What this person can do with the report now, the likeliest first."""
    rows = [stap for stap in STAPPEN.values() if stap.offered(melding, user)]
    first = FIRST[Status(melding.status)]
    if melding.status == Status.NIEUW and melding.team and melding.team.soort != Team.Soort.MELDPUNT:
        first = "start"
    return sorted(rows, key=lambda stap: stap.code != first)


def refusal(error: ValueError) -> str:
    """What a person reads when an action refuses: its words as a sentence."""
    return _("Dit kan niet: %(waarom)s.") % {"waarom": error}
