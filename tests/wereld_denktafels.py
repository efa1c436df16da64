"""A member of the denktafel, a bundle, and drafts that are being discussed and written."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from meldingen.tests.factories import Cast
from samenleven.actions import brieven
from samenleven.actions import denktafels as actions
from samenleven.actions import ontwerpen as drafting
from samenleven.mails.denktafels import token_of
from samenleven.models import Bundel, Denktafel, Denktafellid, Halfjaarbrief, Ontwerp, Ontwerpreactie, Signaal


def build(cast: Cast) -> None:
    """At the denktafel that is there."""
    at, today = timezone.now(), timezone.localdate()
    tafel = Denktafel.objects.get()
    fields = {"naam": "Lena Lid", "email": "lena@voorbeeld.example", "van": today}
    lid = actions.add_member(tafel=tafel, fields=fields, at=at)
    bundel = Bundel(denktafel=tafel)
    actions.save_bundle(bundel=bundel, fields={"titel": "Samen", "vraag": "Hoe?"}, door=cast.beheerder, at=at)
    actions.put_in(bundel=bundel, signalen=Signaal.objects.all())
    row = drafting.begin(tafel=tafel, bundel=bundel, titel="Bankjes", tekst="Zet er een.", door=cast.beheerder, at=at)
    drafting.move(ontwerp=row, naar="besproken", tot=today + timedelta(days=9), at=at, versie=row.versie)
    brief = brieven.prepare(at=at)
    assert brief
    brieven.send(brief=brief, door=cast.beheerder, at=at, versie=brief.versie)
    drafting.comment(ontwerp=row, lid=lid, tekst="Twee.", at=at)


def values(name: str) -> dict[str, object]:
    """What stands in the addresses of denktafels."""
    name = name.removeprefix("samenleven:")
    if name.startswith("brief"):
        brief = Halfjaarbrief.objects.get()
        return {"pk": brief.pk, "jaar": brief.vanaf.year, "helft": brief.helft}
    tafel, lid = Denktafel.objects.get(), Denktafellid.objects.get()
    if name == "denktafel_mijn":
        return {"token": token_of(lid)}
    bundel = Bundel.objects.get()
    rows = {
        "denktafel_lid": lid,
        "bundel": bundel,
        "bundel_kies": bundel,
        "ontwerp_reactie": Ontwerpreactie.objects.get(),
    }
    if name in ("ontwerp", "ontwerp_schrijf", "ontwerp_stap", "ontwerp_reageer"):
        return {"pk": Ontwerp.objects.get().pk, "naar": "aangenomen"}
    return {"pk": rows.get(name, tafel).pk, "bundel": bundel.pk}
