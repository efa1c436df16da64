"""One of everything of the screening, in the wijk of the cast."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from kern.beelden import actions as beelden
from kern.beelden.models import Beeld
from kern.beelden.tests.photos import jpeg, upload
from kern.gebruikers.models import Gebruiker, Rol
from kern.prive import link_token
from meldingen.tests.factories import Cast, member
from toegankelijkheid.actions import actieplannen, adviezen, vormingen
from toegankelijkheid.mails.adviezen import SALT as ADVICE_SALT
from toegankelijkheid.mails.bewoners import SALT
from toegankelijkheid.models import (
    Actieplan,
    Bewonersvraag,
    Campagne,
    Dienstadvies,
    GoedVoorbeeld,
    Herberekening,
    Knelpunt,
    KnelpuntBeeld,
    OpnameBeeld,
    Screeningsobject,
    Themavorming,
    Voorziening,
    Voorzieningsoort,
    Woonzorgzone,
    Zonedeel,
)
from toegankelijkheid.states import Campagnestatus
from toegankelijkheid.tests import factories
from toegankelijkheid.tests.conftest import load_book
from wijken.actions import announce_meeting
from wijken.models import Partner


def build(cast: Cast) -> None:
    """A zone over the wijk with a part, a facility and a running campaign; an object with a visit and findings."""
    load_book()
    now = timezone.now()
    zone = factories.ZoneFactory(wijken=[cast.wijk], slug="zone-a")
    Zonedeel.objects.create(zone=zone, naam="Plein", niveau=factories.level("plus"), ring=factories.SQUARE)
    soort = Voorzieningsoort.objects.get(code="school")
    Voorziening.objects.create(naam="School", soort=soort, plaats=factories.CENTRE, wijk=cast.wijk)
    factories.CampagneFactory(
        zone=zone, status=Campagnestatus.LOPEND, tot=timezone.localdate() + timedelta(days=9), screeners=[]
    )
    obj = factories.ObjectFactory(wijk=cast.wijk, zone=zone)
    visit = factories.OpnameFactory(object=obj, door=None)
    OpnameBeeld.objects.create(opname=visit, beeld=_photo("De oversteek"))
    # Shown to everybody, at another object: those of the first are for who works there.
    shown = factories.OpnameFactory(
        object=factories.ObjectFactory(wijk=cast.wijk, zone=zone, onderwerp="halte"), door=None, soort="goed"
    )
    OpnameBeeld.objects.create(opname=shown, beeld=_photo("De halte"), openbaar=True)
    GoedVoorbeeld.objects.create(onderwerp="halte", titel="Brede halte", zone=zone, opname=shown, openbaar=True)
    found = factories.KnelpuntFactory(object=obj, wijk=cast.wijk, zone=zone, plaats=factories.CENTRE)
    today = timezone.localdate()
    KnelpuntBeeld.objects.create(knelpunt=found, beeld=_photo("Na het werk"), moment="na", genomen_op=today)
    Bewonersvraag.objects.create(knelpunt=found, uitgevoerd_op=today, gevraagd_op=now)
    GoedVoorbeeld.objects.create(onderwerp="halte", titel="Vlakke halte", wijk=cast.wijk, zone=zone)
    _plans(found, cast.beheerder)
    _advices(found, cast.beheerder)
    _trained(cast)
    Herberekening.objects.create(reden="OV-R02 kreeg versie 2.", gevraagd_op=now, klaar_op=now)


def _plans(found: Knelpunt, door: Gebruiker) -> None:
    """An action plan that was decided, with the knelpunt in it, and its next version."""
    at, year = timezone.now(), timezone.localdate().year
    plan = Actieplan(naam="Plan", van_jaar=year, tot_jaar=year + 1)
    actieplannen.save(plan=plan, zones=[], budgetten={year: 1000}, at=at)
    actieplannen.add(plan=plan, knelpunten=[found])
    actieplannen.divide(plan=plan)
    decided = actieplannen.decide(plan=plan, besluit="", door=door, at=at, versie=None)
    actieplannen.next_version(plan=decided, door=door, at=at)


def _advices(found: Knelpunt, door: Gebruiker) -> None:
    """A recommendation to a partner that waits for an answer, and a concept."""
    at, partner = timezone.now(), Partner.objects.create(naam="Vervoer", soort="vervoer", email="ov@partner.example")
    for title in ("Verzonden", "Concept"):
        row = Dienstadvies(titel=title, partner=partner, opgesteld_door=door)
        adviezen.draft(advies=row, knelpunten=[found], at=at)
    adviezen.send(advies=Dienstadvies.objects.get(titel="Verzonden"), at=at, versie=None)


def _trained(cast: Cast) -> None:
    """A training that is announced."""
    at = timezone.now()
    row = vormingen.plan(
        themas=["halte"],
        doelgroep="aannemers",
        door=cast.beheerder,
        at=at,
        titel="Haltes",
        begin=at + timedelta(days=9),
        einde=at + timedelta(days=9, hours=2),
        locatie="Zaal",
        team=cast.wijkteam,
    )
    announce_meeting(bijeenkomst=row.bijeenkomst, versie=row.bijeenkomst.versie, at=at)


def _photo(words: str) -> Beeld:
    photo = beelden.store(upload(jpeg(320, 240)), alt_tekst=words)
    beelden.process(beeld_id=photo.pk)
    return photo


def surveyor() -> Gebruiker:
    """Somebody who screens in the campaign of the zone."""
    person = member(None, Rol.SCREENER)
    Campagne.objects.get().screeners.add(person)
    return person


def values(name: str) -> dict[str, Any]:
    """What stands in the addresses of the screening."""
    found: dict[str, Any] = {"slug": "zone-a", "code": "OV-R02", "onderwerp": "halte", "naar": "afgerond"}
    name = name.removeprefix("toegankelijkheid:")
    if name.startswith("campaign"):
        found["pk"] = Campagne.objects.get().pk
    elif name in ("staff_zone", "zone_edit", "zone_derive", "part_new", "part"):
        found |= {"pk": Woonzorgzone.objects.get().pk, "deel": Zonedeel.objects.get().pk}
    elif name.startswith("finding_") or name in ("finding", "publish"):
        photo = KnelpuntBeeld.objects.get().pk
        found |= {"pk": Knelpunt.objects.get().pk, "soort": "knelpunt", "naar": "beoordeeld", "foto": photo}
    elif name == "solved":
        found["token"] = link_token(Bewonersvraag.objects.get().sleutel, SALT)
    elif name.startswith(("action_plan", "public_plan")):
        decided, concept = (Actieplan.objects.get(status=status).pk for status in ("vastgesteld", "concept"))
        shows = name in ("action_plan", "action_plan_file", "action_plan_pdf", "action_plan_next")
        found |= {"pk": decided if shows else concept, "met": decided, "slug": "plan"}
    elif name.startswith("advice"):
        concept, sent = (Dienstadvies.objects.get(status=status) for status in ("concept", "verzonden"))
        writes = name in ("advice_edit", "advice_send", "advice_discard")
        found |= {"pk": (concept if writes else sent).pk, "token": link_token(sent.sleutel, ADVICE_SALT)}
    elif name == "training_edit":
        found["pk"] = Themavorming.objects.get().pk
    elif name == "monitoring_report":
        return {}
    elif name == "example":
        found["pk"] = GoedVoorbeeld.objects.get(openbaar=False).pk
    elif name == "example_photo":
        found["foto"] = OpnameBeeld.objects.get(openbaar=True).pk
    elif name == "recalculation":
        found["pk"] = Herberekening.objects.get().pk
    else:
        found |= {
            "pk": Screeningsobject.objects.get(onderwerp="oversteekplaats").pk,
            "foto": OpnameBeeld.objects.get(openbaar=False).pk,
        }
    return found
