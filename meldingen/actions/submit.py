"""A report comes in, or somebody joins one that was there already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from kern.gebruikers.models import Gebruiker
from kern.geheugen import vers
from kern.geo import Punt
from kern.koppelingen.models import Sleutel
from kern.termijnen import load_calendar, local_date
from kern.toevoegen import add
from wijken.models import Wijk

from .. import mails
from ..models import Antwoord, Categorie, Gebeurtenis, Melder, Melding, MeldingBeeld, Volger, Vraag
from ..models.categorie import Prioriteit
from ..queries import routes
from ..queries.routes import Bestemming
from ..states import Status
from . import klok
from .lock import BY_RULE, given_to


@vers()
def submit(
    *,
    inzending: UUID,
    categorie: Categorie,
    omschrijving: str,
    at: datetime,
    plaats: Punt | None = None,
    adres: str = "",
    plaats_in_woorden: str = "",
    wijk: Wijk | None = None,
    antwoorden: Mapping[Vraag, str] | None = None,
    beelden: Iterable[UUID] = (),
    naam: str = "",
    email: str = "",
    telefoon: str = "",
    taal: str = "nl",
    bron: str = Melding.Bron.FORMULIER,
    prioriteit: str = Prioriteit.NORMAAL,
    let_op_gegevens: bool = False,
    door: Gebruiker | None = None,
    mail_ontvangst: bool = True,
    via: Sleutel | None = None,
) -> tuple[Melding, bool]:
    """Store a report, give it to whom the rules say with both dates, and mail the resident.

    `inzending` names one filled-in form: a second call with it returns the report that the first one made,
    and False. `wijk` is that of `plaats`, found by the caller. `door` is the member of staff who enters it
    for somebody else, `via` the key of the program that sent it; without `mail_ontvangst` the caller sees to the
    mail. A person whom a rule names is told.
    """
    antwoorden = antwoorden or {}
    to = routes.destination(
        routes.facts(
            categorie=categorie,
            wijk=wijk,
            bron=bron,
            prioriteit=prioriteit,
            at=at,
            antwoorden={vraag.pk: waarde for vraag, waarde in antwoorden.items()},
        ),
        categorie,
        wijk,
        local_date(at),
    )
    with transaction.atomic():
        melding = _melding(
            to,
            inzending=inzending,
            categorie=categorie,
            omschrijving=omschrijving,
            at=at,
            plaats=plaats,
            adres=adres,
            plaats_in_woorden=plaats_in_woorden,
            wijk=wijk,
            taal=taal,
            bron=bron,
            prioriteit=prioriteit,
            let_op_gegevens=let_op_gegevens,
            via=via,
        )
        if not add(melding, unless="inzending"):
            return Melding.objects.get(inzending=inzending), False
        melder = Melder(melding=melding, naam=naam, email=email, telefoon=telefoon)
        add(melder)
        if antwoorden:
            Antwoord.objects.bulk_create(
                Antwoord(melding=melding, vraag=vraag, waarde=waarde) for vraag, waarde in antwoorden.items()
            )
        if rows := [MeldingBeeld(melding=melding, beeld_id=pk) for pk in beelden]:
            MeldingBeeld.objects.bulk_create(rows)
        _tell(melding, at, door)
        if mail_ontvangst:
            mails.received(melding, melder)
        return melding, True


def _melding(
    to: Bestemming, *, categorie: Categorie, prioriteit: str, at: datetime, wijk: Wijk | None, **fields: object
) -> Melding:
    calendar = load_calendar()
    dates = klok.promises(klok.term_of(categorie, prioriteit), at, calendar)
    melding = Melding(
        categorie=categorie,
        prioriteit=prioriteit,
        wijk=wijk,
        team=to.team,
        behandelaar=to.persoon,
        route_id=to.regel,
        status=Status.TOEGEWEZEN if to.persoon else Status.NIEUW,
        ontvangen_op=at,
        reactie_beloofd=dates.reactie,
        reactie_uiterlijk=dates.reactie,
        oplossing_beloofd=dates.oplossing,
        oplossing_uiterlijk=dates.oplossing,
        **fields,
    )
    klok.refresh(melding)
    return melding


def _tell(melding: Melding, at: datetime, door: Gebruiker | None) -> None:
    """The first line of the story; with a second one, and a mail, for the person whom a rule names."""
    lines = [
        Gebeurtenis(
            melding=melding,
            soort=Gebeurtenis.Soort.ONTVANGEN,
            op=at,
            door=door,
            naar_status=Status.NIEUW,
            voor_melder=True,
        )
    ]
    if melding.behandelaar:
        lines.append(
            Gebeurtenis(
                melding=melding,
                soort=Gebeurtenis.Soort.TOEWIJZING,
                op=at,
                van_status=Status.NIEUW,
                naar_status=melding.status,
                tekst=f"{given_to(melding.team, melding.behandelaar)}\n{BY_RULE}",
            )
        )
    if len(lines) == 1:
        add(lines[0])
    else:
        Gebeurtenis.objects.bulk_create(lines)
    if melding.behandelaar and melding.behandelaar != door:
        mails.assigned(melding, melding.behandelaar, lines[-1])


@transaction.atomic
def follow(*, melding: Melding, sleutel: UUID, at: datetime, email: str = "", taal: str = "nl") -> Volger:
    """Somebody has the same problem: count them, and mail them what happens when they gave an address.

    `sleutel` names one filled-in form: following twice with it, or with the same address, counts once. The key
    that opens the follower's page is made from it with a secret, because the form came from outside.
    Raises ValueError when the report is closed.
    """
    row = Melding.objects.select_for_update().get(pk=melding.pk)
    if not row.is_open:
        raise ValueError("een afgesloten melding kan niemand volgen")
    secret = salted_hmac("meldingen.volger", f"{row.pk}:{sleutel}", algorithm="sha256").digest()
    sleutel = UUID(bytes=secret[:16], version=4)
    known = row.volgers.filter(sleutel=sleutel) | (
        row.volgers.filter(email__iexact=email) if email else Volger.objects.none()
    )
    if volger := known.first():
        return volger
    volger = Volger.objects.create(melding=row, sleutel=sleutel, email=email, taal=taal)
    Melding.objects.filter(pk=row.pk).update(aantal_volgers=F("aantal_volgers") + 1)
    Gebeurtenis.objects.create(melding=row, soort=Gebeurtenis.Soort.GEVOLGD, op=at)
    mails.following(row, volger)
    return volger


@transaction.atomic
def unfollow(*, volger: Volger) -> None:
    """Somebody no longer wants to hear of the report; the count keeps them."""
    Volger.objects.filter(pk=volger.pk).update(email="")
