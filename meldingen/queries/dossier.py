"""What the page of one report reads: the report with all that belongs to it, its story, and what lies near."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from kern.berichten.models import Bericht
from kern.berichten.queries import for_object
from kern.geo.fields import within
from kern.templatetags.kern import datum

from ..models import Antwoord, Gebeurtenis, Melding, MeldingBeeld
from ..models.melding import MeldingQuerySet
from ..states import Sluitreden, Status

NEAR_METRES = 100
NEAR_LIMIT = 5
Soort = Gebeurtenis.Soort
BY_RESIDENT = frozenset({Soort.ONTVANGEN, Soort.AANVULLING, Soort.ANTWOORD, Soort.GEVOLGD, Soort.VERGETEN})
ICONS = {
    Soort.ONTVANGEN: "in",
    Soort.STAP: "pijl",
    Soort.TOEWIJZING: "team",
    Soort.NIET_VOOR_ONS: "verwijs",
    Soort.NOTITIE: "potlood",
    Soort.CONTACT: "telefoon",
    Soort.AANVULLING: "bericht",
    Soort.VRAAG: "bericht",
    Soort.ANTWOORD: "bericht",
    Soort.HERINNERING: "klok",
    Soort.BELOFTE: "kalender",
    Soort.GEGEVENS: "potlood",
    Soort.OPENBAAR: "kaart",
    Soort.GEVOLGD: "mens",
    Soort.VERGETEN: "slot",
    Soort.PARTNER_VRAAG: "verwijs",
    Soort.PARTNER_JA: "vink",
    Soort.PARTNER_PLAN: "kalender",
    Soort.PARTNER_KLAAR: "vink",
    Soort.PARTNER_NEE: "kruis",
    Soort.PARTNER_TERUG: "terug",
    Soort.DEELTAAK: "lijst",
}
BY_PARTNER = frozenset({Soort.PARTNER_JA, Soort.PARTNER_PLAN, Soort.PARTNER_KLAAR, Soort.PARTNER_NEE})


@dataclass(frozen=True)
class Verhaallijn:
    """One line of the story: something that happened, or a mail that was sent about it."""

    op: datetime
    titel: str
    door: str
    icoon: str
    soort: str
    tekst: str = ""
    voor_melder: bool = False
    genoemd: list[str] = field(default_factory=list)
    mail: Bericht | None = None


def complete(rows: MeldingQuerySet) -> MeldingQuerySet:
    """With everything that the page of one report shows (one query and one each for photos and answers)."""
    return rows.select_related("categorie__hoofdcategorie", "wijk", "team", "behandelaar", "melder").prefetch_related(
        Prefetch("beelden", MeldingBeeld.objects.select_related("beeld")),
        Prefetch("antwoorden", Antwoord.objects.select_related("vraag").order_by("vraag__volgorde", "vraag_id")),
    )


def story(melding: Melding, *, mails: bool) -> list[Verhaallijn]:
    """All that happened, newest first; with the mails for who may know the reporter."""
    lines = [_line(row) for row in melding.gebeurtenissen.select_related("door", "partner").prefetch_related("genoemd")]
    if mails:
        lines += [_mail(row) for row in for_object(melding).defer("html")]
    return sorted(lines, key=lambda line: line.op, reverse=True)


def latest(melding: Melding) -> Verhaallijn | None:
    """The last thing that happened to the report."""
    row = melding.gebeurtenissen.select_related("door", "partner").order_by("-op", "-pk").first()
    return _line(row, with_mentions=False) if row else None


def nearby(melding: Melding, rows: MeldingQuerySet) -> list[Melding]:
    """Open reports within 100 metres, nearest first: perhaps the same problem."""
    if melding.plaats is None:
        return []
    near = within(rows.open().exclude(pk=melding.pk), melding.plaats, NEAR_METRES)
    return list(near.select_related("categorie").defer("zoek")[:NEAR_LIMIT])


def _line(row: Gebeurtenis, *, with_mentions: bool = True) -> Verhaallijn:
    by_resident = row.door is None and (
        row.soort in BY_RESIDENT
        or row.sluitreden == Sluitreden.INGETROKKEN
        or (row.soort == Soort.STAP and row.naar_status == Status.HEROPEND)
    )
    return Verhaallijn(
        op=row.op,
        titel=_title(row),
        door=_who(row, by_resident=by_resident),
        icoon=ICONS[Soort(row.soort)],
        soort="bewoner" if by_resident else row.soort,
        tekst=row.tekst,
        voor_melder=row.voor_melder,
        genoemd=[person.naam for person in row.genoemd.all()] if with_mentions else [],
    )


def _who(row: Gebeurtenis, *, by_resident: bool) -> str:
    if row.door:
        return row.door.naam
    if row.soort in BY_PARTNER and row.partner:
        return row.partner.naam
    return _("de melder") if by_resident else _("het portaal")


def _title(row: Gebeurtenis) -> str:
    day = {"dag": datum(row.datum)}
    match row.soort:
        case Soort.STAP if row.naar_status == Status.AFGESLOTEN:
            return _("Afgesloten: %(reden)s") % {"reden": row.get_sluitreden_display()}
        case Soort.STAP if row.naar_status == Status.INGEPLAND:
            return _("Ingepland op %(dag)s") % day
        case Soort.STAP if row.naar_status == Status.BIJ_PARTNER:
            return _("Doorgegeven aan %(partner)s") % {"partner": row.partner or _("een partner")}
        case Soort.PARTNER_VRAAG:
            words = {"partner": row.partner or _("een partner"), **day}
            return _("Opdracht aan %(partner)s, tegen %(dag)s") % words
        case Soort.PARTNER_PLAN:
            return _("Door de partner gepland op %(dag)s") % day
        case Soort.STAP:
            return row.get_naar_status_display().capitalize()
        case Soort.BELOFTE:
            return _("Nieuwe datum: %(dag)s") % day
        case Soort.NIET_VOOR_ONS:
            return _("Niet voor ons: terug naar het meldpunt")
    return row.get_soort_display().capitalize()


def _mail(row: Bericht) -> Verhaallijn:
    return Verhaallijn(
        op=row.verzonden_op or row.aangemaakt_op,
        titel=_("Mail: %(onderwerp)s") % {"onderwerp": row.onderwerp},
        door=_("naar %(aan)s, %(status)s") % {"aan": row.aan or _("gewist adres"), "status": row.get_status_display()},
        icoon="mail",
        soort="mail",
        tekst=row.tekst,
        mail=row,
    )
