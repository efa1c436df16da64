"""A bruggenbouwer with a label and a photo, one that the jury reads, and a proposal for an activity."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.utils import timezone

from kern.beelden import actions as beelden
from kern.beelden.rules import check
from kern.beelden.tests.photos import jpeg, upload
from meldingen.tests.factories import Cast
from samenleven.actions import activiteiten, jury
from samenleven.actions import bruggenbouwers as actions
from samenleven.mails import activiteiten as activiteitmails
from samenleven.mails import bruggen as mails
from samenleven.models import (
    Activiteitvoorstel,
    Bruggenbouwer,
    Jurylid,
    Juryronde,
    Steun,
    Toestemmingstekst,
    Waarvoor,
)
from samenleven.states.bruggenbouwer import Status


def values(name: str, route: str) -> dict[str, object]:
    """What the addresses of bruggenbouwers and of proposals ask for."""
    labelled = Bruggenbouwer.objects.get(status=Status.LABEL)
    reading = Bruggenbouwer.objects.get(status=Status.BIJ_DE_JURY)
    found: dict[str, object] = {"code": labelled.code, "maat": "klein", "pk": labelled.pk, "stap": "toon"}
    if "/jury/" in route:
        found |= {"stap": "open", "token": mails.jury_token(Jurylid.objects.get(ronde__status="open"))}
        found |= {"pk": reading.pk if name == "samenleven:jury_oordeel" else Juryronde.objects.get(status="open").pk}
    elif name == "samenleven:brug_steun_bevestig":
        found |= {"token": mails.steun_token(Steun.objects.filter(bruggenbouwer=labelled)[0])}
    elif name == "samenleven:brug_steun":
        found |= {"token": mails.zoek_token(labelled)}
    elif "/bruggenbouwer/" in route:
        found |= {"token": mails.brug_token(labelled)}
    elif "/activiteiten/" in route:
        row = Activiteitvoorstel.objects.get()
        found |= {"token": activiteitmails.voorstel_token(row), "pk": row.pk}
    return found


def build(cast: Cast, now: datetime) -> None:
    for waarvoor in (Waarvoor.NAAM, Waarvoor.BEELD):
        Toestemmingstekst.objects.get_or_create(
            waarvoor=waarvoor, versie=1, defaults={"tekst": "Ik vind het goed.", "sinds": now.date()}
        )
    ronde = _in_round(_supported(cast, "noor", now), now)
    jury.close_round(ronde=ronde, versie=ronde.versie)
    row = Bruggenbouwer.objects.get()
    row = actions.decide(bruggenbouwer=row, label=True, reden="Goed.", at=now, versie=row.versie)
    row = actions.tell_story(
        bruggenbouwer=row, verhaal="Zo begon het.", foto=check(upload(jpeg(320, 240))), foto_alt="Noor aan tafel",
        beeld_mag=True, at=now,
    )  # fmt: skip
    assert row.foto_id
    beelden.process(beeld_id=row.foto_id)
    actions.show_story(bruggenbouwer=row, versie=row.versie, shown=True)
    _in_round(_supported(cast, "olga", now), now)
    voorstel = activiteiten.propose(
        inzending=uuid.uuid4(), titel="Soep op het plein", beschrijving="Samen koken.", ontmoeting="", wijk=cast.wijk,
        wanneer="in mei", waar="het plein", verwacht=30, kosten=None, nodig="", naam="Piet", organisatie="",
        email="piet@voorbeeld.example", telefoon="", taal="nl", at=now,
    )  # fmt: skip
    activiteiten.confirm(voorstel=voorstel, at=now)


def _supported(cast: Cast, naam: str, now: datetime) -> Bruggenbouwer:
    row = actions.nominate(
        inzending=uuid.uuid4(), naam=naam.title(), email=f"{naam}@voorbeeld.example", wijk=cast.wijk,
        waarom="Een tafel.", werelden="Twee straten.",
        door_naam="An", door_email="an@voorbeeld.example", taal="nl", at=now,
    )  # fmt: skip
    actions.agree(bruggenbouwer=row, at=now)
    for email in ("bert@voorbeeld.example", "carl@voorbeeld.example"):
        given = actions.support(bruggenbouwer=row, naam="Steun", email=email, waarom="", taal="nl", at=now)
        assert given
        actions.confirm_support(steun=given, at=now)
    return Bruggenbouwer.objects.get(pk=row.pk)


def _in_round(row: Bruggenbouwer, now: datetime) -> Juryronde:
    ronde = jury.save_round(
        ronde=Juryronde(), naam=f"Ronde {row.naam}", lezen_tot=timezone.localdate() + timedelta(days=9),
        leden=[("Dirk", "dirk@voorbeeld.example")], kandidaten=[row], versie=1, at=now,
    )  # fmt: skip
    return jury.open_round(ronde=ronde, versie=ronde.versie)
