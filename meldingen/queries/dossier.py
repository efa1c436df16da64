"""What the page of one report reads: the report with all that belongs to it, its story, and what lies near."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext as _

from kern.berichten.models import Bericht
from kern.berichten.queries import for_object
from kern.gebruikers.models import Gebruiker
from kern.templatetags.kern import datum, datum_tijd
from kern.termijnen import local_date, working_days_between

from ..models import Antwoord, Belofte, Bulk, Gebeurtenis, Melding, MeldingBeeld
from ..models.melding import MeldingQuerySet
from ..rules import PROMISE_NEAR_DAYS, promise_may_break, promise_outcome
from ..states import Sluitreden, Status
from .labels import labels_of

Soort = Gebeurtenis.Soort
BY_RESIDENT = frozenset(
    {
        Soort.ONTVANGEN,
        Soort.AANVULLING,
        Soort.ANTWOORD,
        Soort.GEVOLGD,
        Soort.VERGETEN,
        Soort.LOSGEMAAKT,
        Soort.TERUGKOPPELING,
    }
)
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
    Soort.LABELS: "label",
    Soort.SAMENGEVOEGD: "verwijs",
    Soort.LOSGEMAAKT: "herhaal",
    Soort.TERUGKOPPELING: "bericht",
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
    pk: int = 0
    bulk: str = ""
    teruggedraaid: str = ""


def complete(rows: MeldingQuerySet) -> MeldingQuerySet:
    """With everything that the page of one report shows (one query and one each for photos and answers)."""
    return (
        rows.select_related(
            "categorie__hoofdcategorie", "categorie__team", "wijk", "team", "behandelaar", "melder", "route"
        )
        .annotate(labelrij=labels_of())
        .prefetch_related(
            Prefetch("beelden", MeldingBeeld.objects.select_related("beeld")),
            Prefetch("antwoorden", Antwoord.objects.select_related("vraag").order_by("vraag__volgorde", "vraag_id")),
        )
    )


def story(melding: Melding, *, mails: bool) -> list[Verhaallijn]:
    """All that happened, newest first; with the mails for who may know the reporter."""
    lines = [_line(row) for row in _story_of(melding).annotate(namen=_mentioned())]
    if mails:
        lines += [_mail(row) for row in for_object(melding).defer("html")]
    return sorted(lines, key=lambda line: line.op, reverse=True)


def latest(melding: Melding) -> Verhaallijn | None:
    """The last thing that happened to the report."""
    row = _story_of(melding).order_by("-op", "-pk").first()
    return _line(row, with_mentions=False) if row else None


def _story_of(melding: Melding) -> QuerySet[Gebeurtenis]:
    return melding.gebeurtenissen.select_related("door", "bulk", "teruggedraaid_door", "partner")


@dataclass(frozen=True)
class Belofteuitleg:
    """How the promise of a report stands or ended, in words for staff; `vraagt` that it be moved or kept now."""

    uitkomst: str
    breekt_op: date | None = None
    is_voorbij: bool = False

    @property
    def vraagt(self) -> bool:
        return self.breekt_op is not None


def promise(melding: Melding, on: date) -> Belofteuitleg:
    """Whether the promise breaks within PROMISE_NEAR_DAYS working days, or how it ended (a query when it is near)."""
    closed = local_date(melding.afgesloten_op) if melding.afgesloten_op else None
    ended = promise_outcome(
        status=melding.status,
        closed_on=closed,
        oplossing_uiterlijk=melding.oplossing_uiterlijk,
        keren_verzet=melding.keren_verzet,
        keren_gebroken=melding.keren_gebroken,
    )
    day, runs = melding.oplossing_uiterlijk, melding.volgende_termijn is not None
    if promise_may_break(runs=runs, oplossing_uiterlijk=day, on=on) and (
        day < on or working_days_between(on, day) <= PROMISE_NEAR_DAYS
    ):
        return Belofteuitleg("", breekt_op=day, is_voorbij=day < on)
    return Belofteuitleg(Belofte(ended).label if ended else "")


def _mentioned() -> ArraySubquery:
    """The names of the colleagues that a line mentions."""
    people = Gebruiker.objects.filter(genoemd_in=OuterRef("pk")).order_by("naam")
    return ArraySubquery(people.values("naam"))


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
        genoemd=row.namen if with_mentions else [],  # type: ignore[attr-defined]
        pk=row.pk,
        bulk=_bulk(row.bulk),
        teruggedraaid=_taken_back(row),
    )


def _bulk(bulk: Bulk | None) -> str:
    if bulk is None:
        return ""
    others = (bulk.aantal_gedaan or bulk.aantal) - 1
    return _("in bulk, samen met %(n)d andere") % {"n": others} if others else _("in bulk")


def _taken_back(row: Gebeurtenis) -> str:
    if row.teruggedraaid_op is None:
        return ""
    who = row.teruggedraaid_door.naam if row.teruggedraaid_door else _("een collega")
    return _("Teruggedraaid door %(wie)s, %(dag)s") % {"wie": who, "dag": datum_tijd(row.teruggedraaid_op)}


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
