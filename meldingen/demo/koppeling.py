"""Other programs at work with the portal: keys with known texts, reports that an app sent, a webhook with its log."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from kern.gebruikers.models import Gebruiker, Rol
from kern.koppelingen import actions as koppelingen
from kern.koppelingen.models import Levering, Sleutel, Webhook
from kern.termijnen import local_date
from wijken.models import Straat, Teamlid

from .. import actions
from ..models import Categorie, Gebeurtenis, Open311Dienst, Vraag
from ..queries.webhooks import contents
from ..states import Sluitreden
from .reports import SOLVED, TEXTS, by_day, in_working_hours

KEY, STAFF_KEY = "demo", "demo-staf"
LATER = "fietswrak"
SENT = ("zwerfvuil", "volle-vuilnisbak", "onkruid", "bank", "graffiti")
RECENT, OLD = 12, 8


def fill(now: datetime, dice: random.Random) -> None:
    """The keys `demo` and `demo-staf`, a service that answers later, reports of an app of this week and of last
    season, and a webhook whose receiver does not exist."""
    owner = Gebruiker.objects.filter(is_demo=True, groups__name=Rol.BEHEERDER).first()
    staff = Gebruiker.objects.filter(is_demo=True, groups__name=Rol.WIJKMANAGER).order_by("pk").first()
    if owner is None or staff is None or Sleutel.objects.exists():
        return
    rights = ["open311:schrijven", "meldingen:schrijven", "meldingen:lezen"]
    key, _text = koppelingen.make_key(
        naam="Buurtapp (demo)", eigenaar=owner, rechten=rights, per_minuut=600, at=now, tekst=KEY, is_demo=True
    )
    koppelingen.make_key(
        naam="Planbord van de wijkmanager (demo)",
        eigenaar=staff,
        rechten=["staf:lezen", "staf:schrijven"],
        verloopt_op=now + timedelta(days=365),
        per_minuut=600,
        at=now,
        tekst=STAFF_KEY,
        is_demo=True,
    )
    if later := Categorie.objects.filter(code=LATER).first():
        Open311Dienst.objects.get_or_create(categorie=later, defaults={"verwerking": Open311Dienst.Verwerking.LATER})
    _reports(key, now, dice)
    _webhook(now)


def _reports(key: Sleutel, now: datetime, dice: random.Random) -> None:
    """Reports that the app sent: some of this month, and some of longer ago than Open311 shows by itself."""
    streets = list(Straat.objects.order_by("pk"))
    asked = Vraag.objects.values("categorie")
    categories = list(
        Categorie.objects.filter(code__in=SENT).exclude(pk__in=asked).select_related("hoofdcategorie", "team")
    )
    if not streets or not categories:
        return
    days = [dice.uniform(0.2, 30) for _ in range(RECENT)] + [dice.uniform(100, 230) for _ in range(OLD)]
    for number, back in enumerate(sorted(days, reverse=True)):
        at = min(by_day(now - timedelta(days=back), dice), now - timedelta(minutes=10))
        categorie, street = dice.choice(categories), dice.choice(streets)
        invoer = {
            "omschrijving": dice.choice(TEXTS[categorie.code]),
            "punt": [street.plaats.lon, street.plaats.lat],
            "adres": street.naam,
            "adres_id": "",
            "naam": "",
            "email": "",
            "telefoon": "",
            "foto": "https://fotos.demo.genk-wijk.example/1.jpg" if number % 5 == 0 else "",
            "antwoorden": {},
            "let_op": "",
            "nood": False,
        }
        melding = actions.open311.send(invoer=invoer, categorie=categorie, via=key, at=at)
        member = Teamlid.objects.on(local_date(now)).filter(team=melding.team).select_related("gebruiker").first()
        end = in_working_hours(at + timedelta(days=dice.uniform(1, 9)))
        if member and end < now and (back > 90 or number % 3):
            melding = actions.start(melding=melding, door=member.gebruiker, at=in_working_hours(at))
            actions.close(
                melding=melding,
                sluitreden=Sluitreden.OPGELOST,
                toelichting=dice.choice(SOLVED),
                door=member.gebruiker,
                at=end,
            )


def _webhook(now: datetime) -> None:
    """A webhook that the portal turned off: its receiver was there for a while and then no more."""
    lines = list(
        Gebeurtenis.objects.filter(soort="ontvangen", melding__categorie__is_gevoelig=False).order_by("-op")[:6]
    )
    webhook, _secret = koppelingen.make_webhook(
        naam="Planbord (demo)",
        url="https://planbord.demo.genk-wijk.example/genk-wijk",
        gebeurtenissen=["melding.ontvangen", "melding.afgesloten"],
        at=now - timedelta(days=20),
        is_actief=False,
    )
    Webhook.objects.filter(pk=webhook.pk).update(uitgezet_op=now - timedelta(hours=3))
    told = contents([str(line.pk) for line in lines])
    Levering.objects.bulk_create(
        Levering(
            webhook=webhook,
            gebeurtenis="melding.ontvangen",
            sleutel=str(line.pk),
            inhoud={"type": "melding.ontvangen", "timestamp": line.op.isoformat(), "data": told[str(line.pk)]},
            status=Levering.Status.GELUKT if place > 1 else Levering.Status.MISLUKT,
            pogingen=1 if place > 1 else 8,
            aangemaakt_op=line.op,
            volgende_poging_op=line.op,
            afgerond_op=line.op,
            http_status=200 if place > 1 else 503,
            antwoord="ok" if place > 1 else "Service Unavailable",
            duur_ms=80 + 7 * place,
        )
        for place, line in enumerate(lines)
    )
