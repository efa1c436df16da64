"""Every write on drafts of recommendations: versions, comments, the steps, and presenting them to the city."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from kern.gebruikers.models import Gebruiker
from kern.termijnen import local_date
from wijken.actions.versie import Gewijzigd, StapKanNiet, locked, step

from ..mails import denktafels as mails
from ..models import Aanbeveling, Bundel, Denktafel, Denktafellid, Ontwerp, Ontwerpreactie, Ontwerpversie
from ..states.ontwerp import STEPS, Status
from .aanbevelingen import save_recommendation

__all__ = [
    "Gewijzigd",
    "StapKanNiet",
    "begin",
    "comment",
    "move",
    "present",
    "settle",
    "write",
]


@transaction.atomic
def begin(*, tafel: Denktafel, bundel: Bundel | None, titel: str, tekst: str, door: Gebruiker, at: datetime) -> Ontwerp:
    """Begin a draft with its first version."""
    row = Ontwerp.objects.create(denktafel=tafel, bundel=bundel, titel=titel, gemaakt_op=at)
    Ontwerpversie.objects.create(ontwerp=row, nummer=1, tekst=tekst, op=at, door=door)
    return row


@transaction.atomic
def write(
    *, ontwerp: Ontwerp, titel: str, tekst: str, waarom: str, door: Gebruiker, at: datetime, versie: int
) -> Ontwerpversie:
    """Write the next version; the same text again is no new one. Raises Gewijzigd, and StapKanNiet once accepted."""
    row = locked(Ontwerp, ontwerp.pk, versie)
    if row.status not in (Status.ONTWERP, Status.BESPROKEN):
        raise StapKanNiet(f"de tekst is {row.get_status_display()}: zet het ontwerp eerst terug")
    last = row.versies.latest("nummer")
    row.titel = titel
    row.save()
    if last.tekst == tekst:
        return last
    return Ontwerpversie.objects.create(
        ontwerp=row, nummer=last.nummer + 1, tekst=tekst, waarom=waarom, op=at, door=door
    )


@transaction.atomic
def move(*, ontwerp: Ontwerp, naar: str, tot: date | None, at: datetime, versie: int) -> Ontwerp:
    """Take a step that is not presenting. To discuss it asks until when, and mails every member. Raises Gewijzigd,
    StapKanNiet.
    """
    row = locked(Ontwerp, ontwerp.pk, versie)
    if naar == Status.VOORGESTELD:
        raise StapKanNiet("een ontwerp voorstellen vraagt aan wie en op welke termijn")
    if naar == Status.BESPROKEN and (tot is None or tot <= local_date(at)):
        raise StapKanNiet("kies een dag in de toekomst: tot dan kunnen leden reageren")
    step(row, naar, STEPS)
    row.bespreken_tot = tot if naar == Status.BESPROKEN else row.bespreken_tot
    row.aangenomen_op = local_date(at) if naar == Status.AANGENOMEN else None
    row.save()
    if naar == Status.BESPROKEN:
        for lid in row.denktafel.leden.on(local_date(at)):
            mails.discuss(row, lid)
    return row


@transaction.atomic
def comment(
    *,
    ontwerp: Ontwerp,
    tekst: str,
    at: datetime,
    lid: Denktafellid | None = None,
    door: Gebruiker | None = None,
) -> Ontwerpreactie:
    """Say something of the newest version. Members can while it is discussed (StapKanNiet). Sent twice, it is one."""
    row = Ontwerp.objects.select_for_update().get(pk=ontwerp.pk)
    if lid is not None and not row.takes_comments(local_date(at)):
        raise StapKanNiet("reageren kan nu niet: de bespreking is voorbij")
    last = row.versies.latest("nummer")
    found, _made = Ontwerpreactie.objects.get_or_create(
        versie=last, lid=lid, door=door, tekst=tekst, defaults={"op": at}
    )
    return found


@transaction.atomic
def settle(*, reactie: Ontwerpreactie, antwoord: str, at: datetime) -> Ontwerpreactie:
    """Say what was done with a comment."""
    row = Ontwerpreactie.objects.select_for_update().get(pk=reactie.pk)
    row.antwoord, row.afgehandeld_op = antwoord, at
    row.save(update_fields=["antwoord", "afgehandeld_op"])
    return row


@transaction.atomic
def present(*, ontwerp: Ontwerp, horizon: str, gericht_aan: str, op: date, at: datetime, versie: int) -> Aanbeveling:
    """Present an accepted draft: the next numbered recommendation of its traject, with what was said in its bundle.

    Raises Gewijzigd, StapKanNiet.
    """
    row = locked(Ontwerp, ontwerp.pk, versie)
    step(row, Status.VOORGESTELD, STEPS)
    tafel = row.denktafel
    # One at a time: each gets the next number.
    type(tafel.traject).objects.select_for_update().get(pk=tafel.traject_id)
    last = Aanbeveling.objects.filter(traject=tafel.traject).aggregate(n=Max("nummer"))["n"] or 0
    row.aanbeveling = save_recommendation(
        row=Aanbeveling(traject=tafel.traject, nummer=last + 1),
        fields={
            "titel": row.titel,
            "tekst": row.versies.latest("nummer").tekst,
            "domein": tafel.domein,
            "denktafel": tafel,
            "horizon": horizon,
            "gericht_aan": gericht_aan,
            "voorgesteld_op": op,
            "signalen": list(row.bundel.signalen.all()) if row.bundel else [],
        },
        at=at,
    )
    row.save()
    if tafel.voorgesteld_op is None:
        tafel.voorgesteld_op = op
        tafel.save(update_fields=["voorgesteld_op"])
    return row.aanbeveling
