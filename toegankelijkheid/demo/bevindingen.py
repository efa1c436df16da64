"""Knelpunten that came in otherwise (without a place, or without a date), and what colleagues think of findings."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from kern.gebruikers.models import Gebruiker, Rol

from ..models import GoedVoorbeeld, Knelpunt, TweedeMening
from ..rules.woorden import Onderwerp
from ..states import Mening

OTHERS = (
    ('Doorgang <80 cm> langs nutskast & paal, "tijdelijk" sinds jaren', Onderwerp.LOOPROUTE, ["nutskast", "paal"]),
    ("Geen zebrapad tussen dienstencentrum & apotheek", Onderwerp.OVERSTEEKPLAATS, ["zeer lange oversteek"]),
    ("Bank in de schaduw ontbreekt (vraag van 'De Vrolijke Stappers')", Onderwerp.STRAATMEUBILAIR, []),
    ("Halte: instap > 30 cm, buschauffeur moet helpen", Onderwerp.HALTE, ["hoogteverschil"]),
    ('Aangepaste plaats vaak bezet door "even lossen"', Onderwerp.PARKEERPLAATS, ["geparkeerde auto"]),
    ("Trap zonder leuning naar het park <noordkant>", Onderwerp.BUITENTRAP, []),
)
WORDS = ("Ik mat 2 cm minder.", "De tegel is intussen herlegd, kijk opnieuw.", "Niet op dezelfde plaats gemeten?")


def fill(now: datetime, dice: random.Random) -> None:
    """Six that no measurement tells, every other one without a date; and opinions on some that were measured."""
    on = now.date()
    Knelpunt.objects.bulk_create(
        Knelpunt(
            titel=titel,
            onderwerp=onderwerp,
            tags=tags,
            adres="gemeld op een bewonersavond, plaats nog te zoeken",
            vastgesteld_op=None if number % 2 else on - timedelta(days=90 + number),
            ernst=2 + number % 3,
            groepen=["rolstoel", "ouderen"],
            externe_id=f"DEMO-AVOND-{number}",
        )
        for number, (titel, onderwerp, tags) in enumerate(OTHERS)
    )
    # Of some the day was never written down.
    Knelpunt.objects.filter(
        pk__in=list(Knelpunt.objects.filter(object__isnull=False).values_list("pk", flat=True)[:12])
    ).update(vastgesteld_op=None)
    # Half of the worst may be read by everybody.
    public = list(
        Knelpunt.objects.filter(object__isnull=False, ernst__gte=2).order_by("pk").values_list("pk", flat=True)
    )
    Knelpunt.objects.filter(pk__in=public[::2]).update(openbaar=True)
    _opinions(now, dice)


def _opinions(now: datetime, dice: random.Random) -> None:
    colleague = Gebruiker.objects.filter(is_demo=True, groups__name=Rol.WIJKMANAGER).order_by("pk").first()
    if colleague is None:
        return
    rows = (
        Knelpunt.objects.filter(ernst__gte=3, opname__isnull=False).exclude(opname__door=colleague).order_by("pk")[:30]
    )
    kinds = [Mening.BEVESTIGD, Mening.BEVESTIGD, Mening.BEVESTIGD, Mening.BETWIST, Mening.ONZEKER]
    opinions = [
        TweedeMening(
            knelpunt=row,
            mening=mening,
            toelichting="" if mening == Mening.BEVESTIGD else dice.choice(WORDS),
            door=colleague,
            op=now - timedelta(days=dice.randint(1, 60)),
        )
        for row in rows
        for mening in [dice.choice(kinds)]
    ]
    opinions += [
        TweedeMening(voorbeeld=row, mening=Mening.BEVESTIGD, door=colleague, op=now - timedelta(days=3))
        for row in GoedVoorbeeld.objects.order_by("pk")[:5]
    ]
    TweedeMening.objects.bulk_create(opinions)
