"""Consent to publish words or a picture: given, and taken back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Model

from kern import historiek
from kern.gebruikers.models import Gebruiker

from ..models import Bruggenbouwer, Citaat, Editie, Editieblok, Toestemming, Toestemmingstekst, Waarvoor
from . import vergeten


@transaction.atomic
def give_consent(
    *, over: Model, waarvoor: str, via: str, at: datetime, door: Gebruiker | None = None, code: str = ""
) -> Toestemming:
    """Write down that somebody said yes, to the words of the newest text. One that still holds is kept as it is.

    `code` is the secret that takes it back, when it was handed out before; else it gets one.
    """
    held = Toestemming.objects.about(over).valid().filter(waarvoor=waarvoor).select_for_update().first()
    if held:
        return held
    row = Toestemming(
        over=over,
        waarvoor=waarvoor,
        tekst=Toestemmingstekst.objects.filter(waarvoor=waarvoor).latest("versie"),
        via=via,
        gegeven_op=at,
        genoteerd_door=door,
    )
    if code and not Toestemming.objects.filter(code=code).exists():
        row.code = code
    row.save()
    return row


@transaction.atomic
def withdraw_consent(*, toestemming: Toestemming, at: datetime, door: Gebruiker | None = None) -> Toestemming:
    """Take a consent back: the words go from every page, search, feed and document at once. A second time is nothing.

    `door` is the colleague who does it for somebody; without, it was whoever had the code.
    """
    row = Toestemming.objects.select_for_update().get(pk=toestemming.pk)
    if row.ingetrokken_op is None:
        row.ingetrokken_op, row.ingetrokken_door = at, door
        with historiek.reason("Toestemming ingetrokken"):
            row.save()
            _erase(row, at)
    return row


def _erase(row: Toestemming, at: datetime) -> None:
    """The words themselves go too: without consent there is no reason to keep them."""
    about = row.over
    if isinstance(about, Citaat):
        edities = Editie.objects.filter(blokken__citaat=about)
        edities.update(gewijzigd_op=at)
        Editieblok.objects.filter(citaat=about).delete()
        Citaat.objects.filter(pk=about.pk).update(tekst="", is_goedgekeurd=False, gewijzigd_op=at)
    elif isinstance(about, Editieblok):
        Editie.objects.filter(pk=about.editie_id).update(gewijzigd_op=at)
        about.delete()
    elif isinstance(about, Bruggenbouwer):
        if row.waarvoor == Waarvoor.BEELD:
            vergeten.erase_photo(about)
        else:
            vergeten.erase_after_withdrawal(about, at)
