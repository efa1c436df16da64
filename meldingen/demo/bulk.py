"""Labels on invented reports, and what colleagues did with many at once, by a worker and so that it can go back."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from kern.gebruikers.models import Gebruiker, Rol
from kern.opdrachten import actions as opdrachten
from kern.termijnen import local_date
from wijken.queries import reach

from .. import actions
from ..models import Label, Melding
from ..queries.staff import visible

Kleur = Label.Kleur
LABELS = {
    "schoolomgeving": Kleur.HEIDE,
    "markt": Kleur.ZAND,
    "na de storm": Kleur.GLOED,
    "buurtbudget": Kleur.KEMPEN,
    "plaatsbezoek": Kleur.LEI,
}


def fill(now: datetime, dice: random.Random) -> None:
    """Hang labels on a third of the reports, and let two colleagues change many at once."""
    labels = [Label.objects.get_or_create(naam=naam, defaults={"kleur": kleur})[0] for naam, kleur in LABELS.items()]
    team = [user for user in Gebruiker.objects.filter(is_demo=True).order_by("pk") if user.rollen]
    managers = [user for user in team if Rol.WIJKMANAGER in user.rollen]
    boss = next((user for user in team if Rol.BEHEERDER in user.rollen), None)
    if not managers or boss is None:
        return
    for melding in Melding.objects.order_by("pk"):
        if dice.random() < 1 / 3:
            at = now - timedelta(days=2, minutes=dice.randrange(600))
            actions.label(melding=melding, erbij=dice.sample(labels, dice.randint(1, 2)), door=managers[0], at=at)
    _everything(boss, labels[2], now - timedelta(hours=26))
    _a_few(managers[0], now - timedelta(hours=2))


def _everything(boss: Gebruiker, label: Label, at: datetime) -> None:
    """All reports at once: more than a request does, so a worker did it."""
    made = actions.bulk.choose(rows=Melding.objects.order_by("pk"), pks=None, door=boss, at=at, lijst="lijst=alle")
    actions.bulk.fill_in(bulk=made, actie="label-weg", velden={"label": label})
    actions.bulk.confirm(bulk=made, at=at, verzoek="demo-bulk-1")
    made.refresh_from_db()
    if made.opdracht_id:
        opdrachten.run(pk=made.opdracht_id, at=at)
    else:
        actions.bulk.run(bulk=made, at=at)


def _a_few(manager: Gebruiker, at: datetime) -> None:
    """Some of them with more haste, two hours ago: that can still be taken back."""
    rows = visible(manager, reach(manager, local_date(at))).open().order_by("pk")
    numbers = list(rows.values_list("pk", flat=True)[:6])
    if not numbers:
        return
    made = actions.bulk.choose(rows=rows, pks=numbers, door=manager, at=at, lijst="lijst=wijk")
    velden = {"label": Label.objects.get(naam="plaatsbezoek")}
    actions.bulk.fill_in(bulk=made, actie="label-erbij", velden=velden)
    actions.bulk.confirm(bulk=made, at=at, verzoek="demo-bulk-2")
    actions.bulk.run(bulk=made, at=at)
