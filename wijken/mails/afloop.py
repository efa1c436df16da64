"""To who reported, follows or took part: what came of it. And to who wants to be kept informed: that they will be."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from kern.berichten import actions as berichten
from kern.berichten.render import Voorbeeld

from ..models import Actie, Actievoorstel, Behoefte, Opdehoogte
from ..queries.knopen import informed_path
from ..registry import Deelnemer, resident_mails
from ..states.draad import Actiestatus
from .taal import absolute, dutch

OUTCOME = "draad_afloop"
INFORMED = "opdehoogte"
MOST = 5
KINDS = {
    OUTCOME: (
        "Bewoner of partner: wat ervan kwam",
        {
            "waarover": "wat deze mens meldde, volgde of zei, één per regel",
            "wijk": "naam van de wijk",
            "afloop": "wat er gebeurde, in één zin",
            "uitkomst": "wat ervan kwam, zoals de wijkmanager het schreef",
            "link": "waar je er meer over leest",
        },
    ),
    INFORMED: (
        "Bewoner: we houden je op de hoogte",
        {
            "wijk": "naam van de wijk",
            "gesprek": "wat voor gesprek het was",
            "link": "de pagina om te stoppen",
        },
    ),
}
EXAMPLES = {
    "waarover": "- melding 12: zwerfvuil, Lindenstraat",
    "wijk": "Waterschei-Noord",
    "afloop": "De actie “Een vaste glasbol” is afgerond.",
    "uitkomst": "Er staat nu een glasbol op de hoek.",
    "gesprek": "blokgesprek",
    "link": f"{settings.PORTAL_URL}/",
}


def outcome(ding: Actie | Actievoorstel | Behoefte, people: Sequence[Deelnemer]) -> bool:
    """One mail to one person (all of `people` share an address), however many ways lead there; whether it is new.

    The key has no address in it, and the mail is about no object: who wants to be forgotten is found by kind.
    """
    to = people[0]
    contexts = {taal: _context(ding, people, taal) for taal in {to.taal, "nl"}}
    person = salted_hmac("wijken.afloop", to.aan.lower(), algorithm="sha256").hexdigest()[:40]
    made = berichten.enqueue(
        sleutel=f"{outcome_key(ding)}{person}",
        soort=OUTCOME,
        aan=to.aan,
        taal=to.taal,
        context=contexts[to.taal],
        context_nl=None if to.taal == "nl" else contexts["nl"],
        kopteksten=to.kopteksten,
    )
    return made is not None


def outcome_key(ding: Actie | Actievoorstel | Behoefte) -> str:
    """How the keys of all mails about this end begin."""
    return f"afloop:{ding._meta.model_name}:{ding.pk}:"


def outcome_preview(ding: Actie | Actievoorstel | Behoefte, people: Sequence[Deelnemer]) -> Voorbeeld:
    """The mail as this person would get it, for who is about to send it. The thing need not be saved."""
    to = people[0]
    contexts = {taal: _context(ding, people, taal) for taal in {to.taal, "nl"}}
    return berichten.preview(OUTCOME, contexts[to.taal], to.taal, None if to.taal == "nl" else contexts["nl"])


def _context(ding: Actie | Actievoorstel | Behoefte, people: Sequence[Deelnemer], taal: str) -> dict[str, str]:
    with translation.override(taal):
        subjects = list(dict.fromkeys(person.waarover() for person in people))
        lines = [f"- {subject}" for subject in subjects[:MOST]]
        if len(subjects) > MOST:
            lines.append(_("- en nog %(aantal)d") % {"aantal": len(subjects) - MOST})
        public = isinstance(ding, Actie) and ding.is_openbaar
        return {
            "waarover": "\n".join(lines),
            "wijk": ding.wijk.naam,
            "afloop": _ending(ding),
            "uitkomst": dutch(ding.uitkomst),
            "link": absolute(ding.publiek_adres) if isinstance(ding, Actie) and public else people[0].link,
        }


def _ending(ding: Actie | Actievoorstel | Behoefte) -> str:
    name = {"titel": ding.titel}
    if isinstance(ding, Actie):
        if not ding.is_openbaar:
            return _("Wat de stad hier deed, is voorbij.")
        done = ding.status == Actiestatus.AFGEROND
        return (_("De actie “%(titel)s” is afgerond.") if done else _("De actie “%(titel)s” is gestopt.")) % name
    if isinstance(ding, Actievoorstel):
        return _("Er is beslist om het voorstel dat hierover ging niet uit te voeren.")
    return _("De wijkmanager bekeek het. Er komt geen verdere actie.")


def informed(persoon: Opdehoogte) -> None:
    """We will keep you informed, and here is how to stop that."""
    moment, path = persoon.contactmoment, informed_path(persoon)
    contexts = {}
    for taal in {persoon.taal, "nl"}:
        with translation.override(taal):
            contexts[taal] = {
                "wijk": moment.wijk.naam,
                "gesprek": conversation(moment.soort),
                "link": absolute(path),
            }
    berichten.enqueue(
        sleutel=f"opdehoogte:{persoon.pk}",
        soort=INFORMED,
        aan=persoon.email,
        taal=persoon.taal,
        context=contexts[persoon.taal],
        context_nl=None if persoon.taal == "nl" else contexts["nl"],
        over=persoon,
    )


def conversation(soort: str) -> str:
    """What kind of conversation it was, in the active language."""
    return {
        "huisbezoek": _("ons huisbezoek"),
        "blokgesprek": _("het blokgesprek"),
        "buurtbabbel": _("de buurtbabbel"),
        "wijkbureau": _("je bezoek aan het wijkbureau"),
        "wijkteam": _("het wijkteam"),
    }.get(soort, _("je bericht aan ons"))


def forget_informed(persoon: Opdehoogte) -> None:
    """Wipe somebody from the mails that told that they would be, and were, kept informed."""
    berichten.forget(over=persoon, aan=persoon.email)
    berichten.forget_kind(soort=OUTCOME, aan=persoon.email)


def forget_outcomes(email: str) -> None:
    """Wipe an address from the mails that told what came of something, or asked about it."""
    for soort in (OUTCOME, *resident_mails()):
        berichten.forget_kind(soort=soort, aan=email)
