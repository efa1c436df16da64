"""Invented routing rules and standard texts, and reports that staff entered; all of it is marked as demo."""

from __future__ import annotations

import random
import uuid
from datetime import datetime, time, timedelta

from kern.gebruikers.models import Gebruiker, Rol
from wijken.models import Stadsdeel, Straat, Team

from .. import actions
from ..actions.entry import Daarna
from ..models import Categorie, Melding, Routeregel, Standaardtekst, Vraag
from ..models.categorie import Prioriteit
from .reports import in_working_hours

Bron = Melding.Bron
Stap = Standaardtekst.Stap

TEXTS: tuple[dict[str, object], ...] = (
    {
        "naam": "We komen kijken",
        "stap": Stap.START,
        "tekst": "We komen deze week kijken naar je melding over {categorie} ({plaats}).",
        "tekst_fr": "Nous venons voir cette semaine pour votre signalement : {categorie} ({plaats}).",
        "tekst_en": "We will come and look at your report about {categorie} ({plaats}) this week.",
    },
    {
        "naam": "Doorgegeven aan de ploeg",
        "stap": Stap.START,
        "volgorde": 20,
        "tekst": "{team} heeft je melding gekregen. We willen het opgelost hebben tegen {datum}.",
        "tekst_fr": "{team} a reçu votre signalement. Nous voulons résoudre le problème pour le {datum}.",
        "tekst_en": "{team} has your report. We want to have it solved by {datum}.",
    },
    {
        "naam": "Ingepland met de kraan",
        "stap": Stap.PLAN,
        "categorie": "sluikstort",
        "tekst": "We halen het op {datum} op. Laat het tot dan liggen: zo kan de ploeg het met de kraan opladen.",
        "tekst_fr": "Nous l’enlevons le {datum}. Laissez tout en place : l’équipe pourra le charger avec la grue.",
        "tekst_en": "We will take it away on {datum}. Please leave it until then, so that the crew can use the crane.",
    },
    {
        "naam": "Gewoon ingepland",
        "stap": Stap.PLAN,
        "volgorde": 20,
        "tekst": "Onze ploeg komt op {datum} langs in {plaats}. Je hoeft niet thuis te zijn.",
        "tekst_fr": "Notre équipe passe le {datum} ({plaats}). Vous ne devez pas être à la maison.",
        "tekst_en": "Our crew comes to {plaats} on {datum}. You do not have to be at home.",
    },
    {
        "naam": "Waar precies?",
        "stap": Stap.VRAAG,
        "tekst": "Kan je ons zeggen waar het precies is? Een huisnummer in de buurt of een foto helpt.",
        "tekst_fr": "Pouvez-vous dire où c’est exactement ? Un numéro de maison proche ou une photo aide.",
        "tekst_en": "Can you tell us where exactly it is? A house number nearby or a photo helps.",
    },
    {
        "naam": "Opgeruimd",
        "stap": Stap.SLUIT,
        "sluitreden": "opgelost",
        "categorie": "afval",
        "tekst": "We hebben het opgeruimd. Bedankt dat je het liet weten.",
        "tekst_fr": "Nous avons tout nettoyé. Merci de nous l’avoir dit.",
        "tekst_en": "We have cleaned it up. Thank you for telling us.",
    },
    {
        "naam": "Hersteld",
        "stap": Stap.SLUIT,
        "sluitreden": "opgelost",
        "volgorde": 20,
        "tekst": "Het is hersteld op {vandaag}. Merk je dat het toch niet goed is? Dan kan je de melding weer openen.",
        "tekst_fr": "C’est réparé le {vandaag}. Ce n’est pas bien fait ? Vous pouvez rouvrir le signalement.",
        "tekst_en": "It was repaired on {vandaag}. Is it not right after all? Then you can reopen the report.",
    },
    {
        "naam": "Niets gevonden",
        "stap": Stap.SLUIT,
        "sluitreden": "niet_gevonden",
        "tekst": "We zijn gaan kijken in {plaats}, maar vonden niets meer. Is het er nog? Open de melding dan opnieuw.",
        "tekst_fr": "Nous sommes allés voir ({plaats}), sans rien trouver. C’est encore là ? Rouvrez le signalement.",
        "tekst_en": "We went to look in {plaats} but found nothing. Is it still there? Then reopen the report.",
    },
    {
        "naam": "Voor Fluvius",
        "stap": Stap.SLUIT,
        "sluitreden": "niet_bevoegd",
        "tekst": "Dit is van Fluvius, niet van de stad. Bel 078 35 35 00 of meld het op fluvius.be.",
        "tekst_fr": "Ceci est à Fluvius, pas à la Ville. Appelez le 078 35 35 00 ou signalez-le sur fluvius.be.",
    },
    {
        "naam": "Meer werk dan gedacht",
        "stap": Stap.BELOFTE,
        "tekst": "Er is meer werk aan dan we dachten. We willen klaar zijn op {datum}.",
        "tekst_fr": "Il y a plus de travail que prévu. Nous voulons avoir terminé le {datum}.",
        "tekst_en": "There is more work than we thought. We want to be done by {datum}.",
    },
    {
        "naam": "Wachten op beter weer (oud)",
        "stap": Stap.BELOFTE,
        "is_actief": False,
        "volgorde": 30,
        "tekst": "Door de regen schuift het werk op naar {datum}.",
    },
)
TOLD = (
    ("zwerfvuil", "Mevrouw belt: blikjes en zakjes aan de bushalte.", Bron.TELEFOON, Daarna.ROUTE),
    ("losse-tegel", "Aan de balie: losse tegel voor de apotheek.", Bron.BALIE, Daarna.ROUTE),
    ("bank", "Zelf gezien op ronde: lat los, meteen vastgezet.", Bron.STRAAT, Daarna.OPGELOST),
    ("onveilig", "Drie bewoners op het wijkoverleg: te snel verkeer.", Bron.BIJEENKOMST, Daarna.IK),
    ("boom", "Meneer belt: dode tak boven het voetpad.", Bron.TELEFOON, Daarna.ROUTE),
    ("boom", "Aan de balie: boom leunt tegen de gevel.", Bron.BALIE, Daarna.ROUTE),
    ("idee", "Wijkfeest: iemand wil een ruilkast op het plein.", Bron.BIJEENKOMST, Daarna.ROUTE),
    ("sluikstort", "Golfplaten achter de garages, misschien asbest.", Bron.TELEFOON, Daarna.ROUTE),
    ("graffiti", "Mail van de school: tekening op de turnzaal.", Bron.MAIL, Daarna.ROUTE),
)


def fill(now: datetime, dice: random.Random) -> None:
    """Rules (one that can never fire, one that leads to somebody who left), texts, and reports entered by staff."""
    admin = Gebruiker.objects.filter(is_demo=True, groups__name=Rol.BEHEERDER).order_by("pk").first()
    if admin is None:
        return
    _add_rules(admin, now)
    _add_texts(admin, now, dice)
    _enter(now, dice)


def _add_rules(admin: Gebruiker, now: datetime) -> None:
    if Routeregel.objects.exists():
        return
    category = {row.code: row for row in Categorie.objects.all()}
    team = {row.naam: row for row in Team.objects.all()}
    person = {row.email.partition("@")[0]: row for row in Gebruiker.objects.filter(is_demo=True)}
    gone, made = Gebruiker.objects.get_or_create(
        email="vertrokken@demo.genk-wijk.example", defaults={"naam": "Vera Vertrokken (demo)", "is_demo": True}
    )
    if made:
        gone.is_active = False
        gone.set_unusable_password()
        gone.save()
    danger = _danger()
    rules: list[dict[str, object]] = [
        {
            "naam": "Lawaai ’s avonds en ’s nachts (demo)",
            "categorie": category["lawaai"],
            "van_uur": time(20),
            "tot_uur": time(7),
            "team": team["Buurttoezicht Noord"],
        },
        {
            "naam": "Bomen en takken (demo)",
            "categorie": category["boom"],
            "team": team["Dienst groen"],
        },
        {
            "naam": "Toegankelijkheid, hoge prioriteit (demo)",
            "categorie": category["toegankelijkheid"],
            "prioriteit": Prioriteit.HOOG,
            "team": team["Dienst wegen"],
        },
        {
            "naam": "Afval in het centrum (demo)",
            "categorie": category["afval"],
            "stadsdeel": Stadsdeel.objects.filter(naam__startswith="Centrum").first(),
            "weekdagen": [1, 2, 3, 4, 5],
            "team": team["Dienst netheid"],
        },
        {
            "naam": "Zwerfvuil op straat gezien, centrum (demo)",
            "categorie": category["zwerfvuil"],
            "stadsdeel": Stadsdeel.objects.filter(naam__startswith="Centrum").first(),
            "weekdagen": [3],
            "bron": Bron.STRAAT,
            "team": team["Buurtwerkplaats Zuid"],
        },
        {
            "naam": "Ideeën van een bijeenkomst (demo)",
            "categorie": category["idee"],
            "bron": Bron.BIJEENKOMST,
            "persoon": person["wijkmanager-oost"],
        },
        {"naam": "Ratten (demo)", "categorie": category["ratten"], "persoon": gone},
        {
            "naam": "Kerstmarkt: zwerfvuil (demo)",
            "categorie": category["zwerfvuil"],
            "team": team["Dienst netheid"],
            "geldig_van": now.date() + timedelta(days=14),
            "geldig_tot": now.date() + timedelta(days=40),
        },
        {
            "naam": "Alle fietswrakken (oud, demo)",
            "categorie": category["fietswrak"],
            "team": team["Meldpunt"],
            "is_actief": False,
        },
    ]
    if danger:
        rules.insert(
            3,
            {"naam": "Sluikstort met gevaar (demo)", "vraag": danger, "antwoord": "ja", "team": team["Dienst netheid"]},
        )
    for fields in rules:
        actions.routes.save(regel=Routeregel(**fields), door=admin, reden="Demo")


def _danger() -> Vraag | None:
    """The yes-or-no question about fly-tipping, where the portal has one."""
    return Vraag.objects.filter(categorie__code="sluikstort", soort=Vraag.Soort.JA_NEE).order_by("volgorde").first()


def _add_texts(admin: Gebruiker, now: datetime, dice: random.Random) -> None:
    if Standaardtekst.objects.exists():
        return
    category = {row.code: row for row in Categorie.objects.all()}
    for fields in TEXTS:
        chosen = category.get(str(fields.get("categorie", "")))
        tekst = Standaardtekst(**{**fields, "categorie": chosen})
        actions.texts.save(tekst=tekst, door=admin)
        for _ in range(dice.randint(0, 9) if tekst.is_actief else 0):
            actions.texts.used(teksten=[tekst.pk], at=now - timedelta(days=dice.randint(0, 30)))


def _enter(now: datetime, dice: random.Random) -> None:
    """Each of them a few days ago, by somebody who works in the wijk or at the meldpunt."""
    staff = list(Gebruiker.objects.filter(is_demo=True, is_active=True, groups__name=Rol.WIJKMANAGER).order_by("pk"))
    danger = _danger()
    streets = list(Straat.objects.select_related("wijk").order_by("pk"))
    if not staff or not streets:
        return
    for days, (code, text, bron, daarna) in enumerate(TOLD):
        street = dice.choice(streets)
        actions.enter(
            door=dice.choice(staff),
            at=min(in_working_hours(now - timedelta(days=days + 1)), now - timedelta(minutes=5)),
            daarna=daarna,
            toelichting="Het is al in orde gebracht." if daarna == Daarna.OPGELOST else "",
            inzending=uuid.UUID(int=dice.getrandbits(128), version=4),
            categorie=Categorie.objects.select_related("hoofdcategorie", "team").get(code=code),
            omschrijving=text,
            plaats=street.plaats,
            adres=street.naam,
            wijk=street.wijk,
            bron=bron,
            antwoorden={danger: "ja"} if danger and code == "sluikstort" else {},
            naam="Bewoner (demo)" if days % 2 else "",
            email=f"verteld{days}@demo.genk-wijk.example" if days % 2 == 0 else "",
            taal="fr" if days == 2 else "nl",
        )
