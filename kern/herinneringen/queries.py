"""What the morning round needs to know."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from kern.gebruikers.models import Gebruiker, Rol, Vervanging
from kern.gezondheid.models import Taak, Taakuitvoering
from kern.termijnen import Calendar

from .models import Herinnering, Ladderstap
from .registry import Item
from .rules import Ladders, People, Stap, last_morning


def ladders() -> Ladders:
    """Every ladder; one query."""
    return Ladders(
        (row.bron, row.onderwerp, row.is_actief, Stap(row.sleutel, row.werkdagen, row.aan))
        for row in Ladderstap.objects.all()
    )


def people(on: date) -> People:
    """Who works here on this day, and who stands in for whom; three queries."""
    stand_ins: dict[int, list[int]] = defaultdict(list)
    for absent, deputy in Vervanging.objects.on(on).order_by("pk").values_list("afwezige_id", "vervanger_id"):
        stand_ins[absent].append(deputy)
    working = Gebruiker.objects.filter(is_active=True)
    beheerders = working.filter(groups__name=Rol.BEHEERDER).values_list("pk", flat=True)
    return People(frozenset(working.values_list("pk", flat=True)), stand_ins, frozenset(beheerders))


def sent(bron: str, items: Iterable[Item]) -> set[tuple[str, str, date]]:
    """Which steps of these things went out before, whoever got them: object, step, deadline. One query."""
    rows = Herinnering.objects.filter(bron=bron, object__in={item.sleutel for item in items})
    return set(rows.values_list("object", "stap", "due_on").distinct())


def morning_missed(at: datetime, calendar: Calendar) -> bool:
    """Whether today is a working day, its 07:30 has passed, and no morning round went well since."""
    due = last_morning(at, calendar)
    runs = Taakuitvoering.objects.succeeded(Taak.OCHTENDRONDE).filter(gestart_op__gte=due)
    return due.date() == at.astimezone(due.tzinfo).date() and not runs.exists()
