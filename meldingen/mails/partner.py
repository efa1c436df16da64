"""Messages to partners about the tasks they got; and what residents and handlers hear of them."""

from __future__ import annotations

from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from kern.berichten import actions as berichten
from kern.prive import link_token

from .. import publiek
from ..models import Gebeurtenis, Melding, Partneropdracht
from . import staf
from .basis import absolute, audience, facts, in_words, send, words

PARTNER_SALT = "meldingen.partneropdracht"


def partner_link(opdracht: Partneropdracht) -> str:
    """The address of the partner's page for this task."""
    return absolute("meldingen:partner", link_token(opdracht.sleutel, PARTNER_SALT))


def partner_task(melding: Melding, opdracht: Partneropdracht, line: Gebeurtenis) -> None:
    """A new task. Who reported is never in the mail: that stands on the page, as long as it may."""
    _to_partner(melding, opdracht, "partner_opdracht", str(line.pk), opdracht=opdracht.tekst)


def partner_reminder(opdracht: Partneropdracht, today: date) -> None:
    """The term comes near, is today or is over; each time once for each day that the task is due."""
    soort = "partner_te_laat" if opdracht.is_late(today) else "partner_herinnering"
    occasion = f"herinner-partner-{opdracht.uiterlijk:%Y%m%d}-{opdracht.herinneringen}"
    _to_partner(opdracht.melding, opdracht, soort, occasion)


def partner_withdrawn(melding: Melding, opdracht: Partneropdracht, reden: str) -> None:
    """The city takes the task back."""
    _to_partner(melding, opdracht, "partner_teruggenomen", "terug-van-partner", reden=reden)


def passed_on(melding: Melding, line: Gebeurtenis) -> None:
    """To the resident and followers: another organisation solves it, and what to expect."""
    for to in audience(melding):
        send(
            melding,
            to,
            "melding_doorgegeven",
            str(line.pk),
            partner=str(line.partner),
            toelichting=words(line, to),
            partner_tegen=line.datum or "",
        )


def planned_by_partner(melding: Melding, line: Gebeurtenis) -> None:
    """To the resident and followers: the day on which the partner comes."""
    for to in audience(melding):
        partner, day = str(line.partner), line.datum or ""
        send(melding, to, "melding_partner_gepland", str(line.pk), partner=partner, gepland_op=day)


def partner_wrote(melding: Melding, line: Gebeurtenis) -> None:
    """To the handler: the partner answered."""
    if melding.behandelaar:
        staf.to_colleague(melding, melding.behandelaar, "staf_partner", line, extra={"partner": str(line.partner)})


def _to_partner(melding: Melding, task: Partneropdracht, soort: str, occasion: str, **extra: str) -> None:
    partner = task.partner
    if not partner.email:
        return
    berichten.enqueue(
        sleutel=f"melding:{melding.pk}:{occasion}:partner:{task.pk}",
        soort=soort,
        aan=partner.email,
        taal=partner.taal,
        context=_context(melding, task, partner.taal, extra),
        context_nl=None if partner.taal == "nl" else _context(melding, task, "nl", extra),
        over=melding,
    )


def _context(melding: Melding, opdracht: Partneropdracht, taal: str, extra: dict[str, str]) -> dict[str, str]:
    known = facts(melding, taal)
    with translation.override(taal):
        if melding.categorie.is_gevoelig:  # a mailbox of an organisation is read by many
            known["categorie"] = _("een melding")
        own = {name: publiek.for_reader(value) for name, value in extra.items()}
    return {
        **known,
        "partner": opdracht.partner.naam,
        "tegen": in_words(opdracht.uiterlijk, taal),
        "link": partner_link(opdracht),
        **own,
    }
