"""How residents see a member of a team on the page of a wijk."""

from __future__ import annotations

from django.db import transaction

from kern.beelden import actions as beelden
from kern.beelden.models import Beeld
from kern.beelden.rules import Foto

from ..models import Teamlid


@transaction.atomic
def show_member(
    *, lid: Teamlid, toon: bool, bereikbaar: str, foto: Foto | None = None, foto_weg: bool = False
) -> Teamlid:
    """Say whether residents see somebody, when to reach them, and with which photo. A photo that goes is deleted."""
    row = Teamlid.objects.select_for_update(of=("self",)).select_related("gebruiker").get(pk=lid.pk)
    before = row.foto_id
    if foto is not None:
        row.foto = beelden.store(foto, alt_tekst=f"Foto van {row.gebruiker.naam}"[:250])
    elif foto_weg:
        row.foto = None
    row.toon_op_wijkpagina, row.bereikbaar = toon, bereikbaar
    row.save(update_fields=["foto", "toon_op_wijkpagina", "bereikbaar"])
    if before and before != row.foto_id and not Teamlid.objects.filter(foto=before).exists():
        beelden.remove(beelden=Beeld.objects.filter(pk=before))
    return row
