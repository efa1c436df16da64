"""One of everything, so that every address of the portal leads to something."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.contrib import admin
from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from kern.beelden import actions as beelden
from kern.beelden.models import Beeld, Maat
from kern.beelden.tests.photos import jpeg, upload
from kern.berichten.models import Bericht, MailTekst
from kern.bewaring.models import Aankondiging, Bewaarregel, Bewaarronde, Wat
from kern.gebruikers.models import Gebruiker, Rol, Vervanging
from kern.gezondheid.models import Taakuitvoering
from kern.herinneringen.models import Aan, Herinnering, Ladderstap
from kern.inlezen import actions as inlezen
from kern.inlezen.models import Inlezing
from kern.koppelingen import actions as koppelingen
from kern.koppelingen.models import Levering, Webhook
from kern.models import Verklaring
from kern.opdrachten.models import Opdracht
from kern.postvak.models import PostvakMail
from kern.prive import link_token
from kern.termijnen import load_calendar
from kern.termijnen.models import Sluitingsdag
from meldingen import actions, mails
from meldingen.models import (
    Adresvraag,
    Bulk,
    Categorie,
    Deeltaak,
    Dubbelvoorstel,
    Enquete,
    Enquetereden,
    Inzage,
    Label,
    Materiaal,
    Melding,
    MeldingBeeld,
    Open311Inzending,
    Partneropdracht,
    Partnerwerk,
    Rondestop,
    Routeregel,
    Standaardtekst,
    Startplaats,
    Terugkoppeling,
    Uitvoer,
    Uitvoerplan,
    Volger,
    Voorstelrij,
    Weergave,
)
from meldingen.states import Sluitreden, Status
from meldingen.tests import factories
from meldingen.tests.factories import Cast
from samenleven import mails as samenmails
from samenleven.actions.toestemming import give_consent
from samenleven.mails import aanbevelingen as aanbevelingsmails
from samenleven.models import (
    Aanbeveling,
    Aanbevelingsvolger,
    Citaat,
    Denktafel,
    Domein,
    Editie,
    Editieblok,
    Gesprek,
    Profielkenmerk,
    Signaal,
    Toestemmingstekst,
    Traject,
    Uitdager,
    Vorming,
    Waarvoor,
)
from samenleven.models import Thema as Gespreksthema
from tests import wereld_bruggen, wereld_denktafels, wereld_toegankelijkheid
from wijken import actions as wijken
from wijken import mails as wijkmails
from wijken.models import (
    Actie,
    Actieplan,
    Actievoorstel,
    Advies,
    Afspraak,
    Behoefte,
    Beleidsdoelstelling,
    Beleidsdomein,
    Besluit,
    Bewijs,
    Bijeenkomst,
    Contactmoment,
    Contactvraag,
    Doelstelling,
    Gehoord,
    Halfjaarverslag,
    Indicator,
    Indicatorwaarde,
    Inschrijving,
    Meerjarenplan,
    Mijlpaal,
    Opdehoogte,
    Overdracht,
    Partner,
    Partnerpersoon,
    Partnerrol,
    PlanActie,
    Planlink,
    Programmapunt,
    Samenwerkingsovereenkomst,
    Stadsdeel,
    Straat,
    Teamlid,
    Thema,
    Wijkvolger,
    Wijkvolging,
)
from wijken.queries.knopen import INFORMED_SALT

TEXT = "Er liggen blikjes in het gras aan het bankje."


BRUGGEN = (
    "samenleven:brug", "samenleven:jury", "samenleven:activiteit", "samenleven:voorstel",
)  # fmt: skip
DENKTAFELS = ("samenleven:denktafel", "samenleven:bundel", "samenleven:ontwerp", "samenleven:brie")


class Url(NamedTuple):
    """One pattern of the resolver: its name (with namespace), and its route from the root."""

    name: str
    route: str


def every_url() -> list[Url]:
    """All patterns that the portal answers to, in the order in which they are tried."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[Any], prefix: str, namespace: str) -> Iterator[Url]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Url(f"{namespace}{pattern.name}" if pattern.name else f"{namespace}({route})", route)
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, route, inner)


@dataclass
class World:
    """The cast, a report in the wijk that everybody of that wijk sees, and one row of everything else."""

    cast: Cast
    melding: Melding
    foto: MeldingBeeld
    buur: Volger
    inzending: Open311Inzending
    people: dict[str, Gebruiker | None]
    paths: list[str] = field(default_factory=list)

    def path(self, url: Url, *, missing: bool = False) -> str:
        """A real address of this pattern; `missing`: one that leads to nothing."""
        values = self._missing() if missing else self._real(url)
        if url.name in REGEX_ROUTES:
            return "/" + REGEX_ROUTES[url.name]
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), url.route)

    def _real(self, url: Url) -> dict[str, object]:
        values: dict[str, object] = {
            "slug": self.cast.wijk.slug,
            "nummer": self.melding.pk,
            "code": self.melding.code,
            "beeld": self.foto.beeld_id,
            "foto": self.foto.pk,
            "maat": Maat.KLEIN,
            "stap": "notitie",
            "sleutel": self.buur.sleutel,
            "token": signing.dumps(self.cast.bewoner, salt=mails.LINK_SALT),
            "content_type_id": 1,
            "object_id": 1,
            "id": self.cast.lezer.pk,
            "soort": "melding_ontvangen",
            "taal": "nl",
            "pk": 1,
            "strepen": "/",
            "eind": "",
            "formaat": "json",
            "dienst": self.melding.categorie.code,
            "bewijs": self.inzending.pk,
            "rest": "bestaat-niet",
            "collectie": "wijken",
            "vorm": "csv",
            "jaar": timezone.localdate().year,
        }
        if url.name.startswith("wijken:"):
            values |= _of_meetings(url.name)
        if url.name.startswith("wijken:goal"):
            values |= {"doelsoort": "doel", "doelcode": "participatie"}
        elif url.name.startswith("wijken:plan"):
            link = Planlink.objects.get()
            values |= {"plan": link.plan_id, "plancode": "BD-01", "pk": link.pk, "soort": "behoefte"}
            values["nummer"] = link.van_id
        elif url.name.startswith("wijken:impuls"):
            values["pk"] = Programmapunt.objects.get().pk
        elif url.name.startswith("inlezen:"):
            values |= {"pk": Inlezing.objects.get().pk, "soort": "cijfers", "vorm": "csv"}
        if url.name in ("ogc:feature", "kaartlagen:place"):
            values["sleutel"] = self.cast.wijk.code
        if url.name.startswith("wijken:need"):
            values["behoefte"] = Behoefte.objects.get().pk
        if url.name.startswith("wijken:"):
            values |= _of_the_thread(url.name)
        if url.name == "meldingen:proposal_different":
            values["pk"] = Dubbelvoorstel.objects.get().pk
        if url.name == "meldingen:new_stop":
            values["code"] = "nood"
        elif url.name == "meldingen:new_photo":
            values["pk"] = self.foto.beeld_id
        elif url.name == "meldingen:partner_photo":
            task = Partneropdracht.objects.get()
            values |= {"token": link_token(task.sleutel, mails.PARTNER_SALT), "foto": task.fotos.get().pk}
        elif url.name.startswith(("meldingen:round", "meldingen:stop_")):
            done = url.name == "meldingen:stop_undo"
            stop = Rondestop.objects.get(status="gedaan" if done else "open")
            values |= {"pk": stop.ronde_id, "stop": stop.pk}
        elif url.name == "wijken:partner_report":
            values["token"] = link_token(Halfjaarverslag.objects.latest("van").sleutel, wijkmails.REPORT_SALT)
        elif url.name == "wijken:partner_task":
            values["token"] = link_token(Afspraak.objects.get().sleutel, wijkmails.TASK_SALT)
        elif url.name.startswith(("wijken:agreement", "wijken:report_")):
            values["pk"] = Samenwerkingsovereenkomst.objects.get().pk
            values["verslag"] = Halfjaarverslag.objects.earliest("van").pk
        elif url.name == "wijken:member_photo":
            values["lid"] = Teamlid.objects.get(gebruiker=self.cast.wijkmanager).pk
        elif url.name == "wijken:handover_receipt":
            values["overdracht"] = Overdracht.objects.get().pk
        elif url.name.startswith("wijken:task"):
            values["pk"] = Afspraak.objects.get().pk
        elif url.name.startswith(("wijken:person", "wijken:role_")) or url.route.startswith("werk/partners/"):
            person, role = Partnerpersoon.objects.get(), Partnerrol.objects.get()
            values |= {"pk": person.partner_id, "persoon": person.pk, "rol": role.pk}
        elif url.name == "wijken:partner_contact":
            values["token"] = link_token(Contactvraag.objects.get().sleutel, wijkmails.LINK_SALT)
        elif url.name == "wijken:advice_partner":
            values["token"] = link_token(Advies.objects.get(partner__isnull=False).sleutel, wijkmails.ADVICE_SALT)
        elif url.name == "wijken:informed":
            values["token"] = link_token(Opdehoogte.objects.get().sleutel, INFORMED_SALT)
        elif url.route.startswith("partner/"):
            values["token"] = link_token(Partneropdracht.objects.get().sleutel, mails.PARTNER_SALT)
        elif url.name.startswith("meldingen:partner"):
            values["pk"] = Partner.objects.exclude(naam="Vervoer").get().pk
        elif url.name.startswith("meldingen:deeltaak"):
            values |= {"pk": Deeltaak.objects.get().pk, "stap": "klaar"}
        elif url.name == "account_cancel_deputy":
            values["pk"] = Vervanging.objects.get().pk
        elif url.name == "meldingen:survey":
            values["sleutel"] = Enquete.objects.get(beantwoord_op=None).sleutel
        elif url.name == "meldingen:feedback":
            values["pk"] = Terugkoppeling.objects.get().pk
        elif url.name.startswith("meldingen:staff_mail"):
            values["pk"] = Bericht.objects.about(self.melding).order_by("pk")[0].pk
        elif url.name.startswith("meldingen:staff_view_"):
            gone = url.name == "meldingen:staff_view_restore"
            values["pk"] = Weergave.objects.get(verwijderd_op__isnull=not gone).pk
        elif url.name == "meldingen:take_back":
            values["pk"] = self.melding.handelingen.latest("pk").pk
        elif url.name.startswith("meldingen:bulk"):
            values["pk"] = Bulk.objects.get().pk
        elif url.name.startswith("opdrachten:"):
            values["pk"] = Opdracht.objects.get().pk
        elif url.name.startswith("meldingen:route_"):
            values["pk"] = Routeregel.objects.get().pk
        elif url.name.startswith("meldingen:text_"):
            values["pk"] = Standaardtekst.objects.get().pk
        elif url.name.startswith("toegankelijkheid:"):
            values |= wereld_toegankelijkheid.values(url.name)
        elif url.name.startswith("postvak:"):
            values["pk"] = PostvakMail.objects.get().pk
        elif url.name.startswith(BRUGGEN):
            values |= wereld_bruggen.values(url.name, url.route)
        elif url.name.startswith(DENKTAFELS):
            values |= wereld_denktafels.values(url.name)
        elif url.name.startswith("samenleven:"):
            values |= _of_samenleven(url)
        elif model := admin_model(url):
            row = model._default_manager.order_by("pk").last()
            assert row is not None, f"tests/world.py: make a row of {model._meta.label}"
            values["object_id"] = row.pk
        return values

    def _missing(self) -> dict[str, object]:
        nowhere = uuid.UUID(int=1)
        named = [
            "nummer",
            "foto",
            "content_type_id",
            "id",
            "pk",
            "behoefte",
            "inschrijving",
            "besluit",
            "plan",
            "moment",
            "voorstel",
            "actie",
            "deel",
            "lid",
            "met",
            "overdracht",
            "met",
            "bundel",
            "helft",
            *INNER,
        ]
        numbers = dict.fromkeys(named, 999_999)
        words = dict.fromkeys(
            ["slug", "code", "stap", "wat", "token", "soort", "taal", "dienst", "rest"], "bestaat-niet"
        )
        words |= dict.fromkeys(
            ["doelsoort", "doelcode", "plancode", "vorm", "hoe", "naar", "onderwerp", "collectie"], "bestaat-niet"
        )
        endings = {"strepen": "/", "eind": "", "formaat": "json", "bewijs": nowhere}
        return {
            **numbers,
            **words,
            **endings,
            "beeld": nowhere,
            "sleutel": nowhere,
            "maat": "klein",
            "object_id": "999999",
        }


def _of_the_thread(name: str) -> dict[str, object]:
    """The one contact moment, proposal and action, and what belongs to each."""
    values: dict[str, object] = {
        "moment": Contactmoment.objects.get().pk,
        "voorstel": Actievoorstel.objects.get().pk,
        "actie": Actie.objects.get().pk,
        "hoe": "afgerond",
    }
    rows: dict[str, Any] = {
        "wijken:moment_heard": Gehoord.objects.all(),
        "wijken:proposal_advice": Advies.objects.filter(team__isnull=False),
        "wijken:milestone": Mijlpaal.objects.all(),
        "wijken:evidence_new": Mijlpaal.objects.all(),
        "wijken:evidence_photo": Bewijs.objects.all(),
    }
    return values | ({"pk": rows[name].get().pk} if name in rows else {})


# What belongs to the object of the address.
INNER = ("stop", "persoon", "rol", "verslag")


def _of_samenleven(url: Url) -> dict[str, object]:
    gesprek, uitdager = Gesprek.objects.get(status="gepland"), Uitdager.objects.get()
    token = samenmails.blad_token(gesprek) if "/blad/" in url.route else samenmails.uitdager_token(uitdager)
    values: dict[str, object] = {"token": token, "slug": gesprek.traject.slug, "nummer": 1, "vorm": "blad", "stap": "x"}
    if "/aanbevelingen/" in url.route:
        values |= {"pk": Aanbeveling.objects.get().pk, "wat": "antwoord"}
        values["token"] = aanbevelingsmails.token_of(Aanbevelingsvolger.objects.get(denktafel=None))
    elif url.name == "samenleven:gesprek_citaat":
        values["pk"] = Gesprek.objects.get(status="nagekeken").pk
    elif "/gesprekken/" in url.route:
        values["pk"] = gesprek.pk
    elif "/vormingen/" in url.route:
        values["pk"] = Vorming.objects.get().pk
    elif "/uitdagers/" in url.route:
        values["pk"] = uitdager.pk
    return values


# Patterns written as a regular expression.
REGEX_ROUTES = {
    "ogc:nothing": "ogc/bestaat-niet",
    "admin:app_list": "beheer/wijken/",
    "admin:(beheer/(?P<url>.*)$)": "beheer/bestaat-niet/",
    "account_reset_password_from_key": "account/wachtwoord/nieuw/1-set-password/",
    "openid_connect_login": "account/oidc/stad/login/",
    "openid_connect_callback": "account/oidc/stad/login/callback/",
}


def admin_model(url: Url) -> type[models.Model] | None:
    """The model that an address of the admin is about."""
    found = re.match(r"beheer/(\w+)/(\w+)/", url.route)
    if not found:
        return None
    return next(
        (model for model in admin.site._registry if (model._meta.app_label, model._meta.model_name) == found.groups()),
        None,
    )


def _of_meetings(name: str) -> dict[str, object]:
    """What the addresses of meetings and of following a wijk ask for."""
    meeting = Bijeenkomst.objects.get(themavorming=None)
    salts = {
        "wijken:invitation": (meeting, wijkmails.bijeenkomsten.INVITATION_SALT),
        "wijken:registration": (Inschrijving.objects.get(), wijkmails.bijeenkomsten.REGISTRATION_SALT),
        "wijken:follow_confirm": (Wijkvolging.objects.get(), wijkmails.volgen.FOLLOW_SALT),
        "wijken:follow": (Wijkvolger.objects.get(), wijkmails.volgen.FOLLOWER_SALT),
    }
    found = next(((row, salt) for start, (row, salt) in salts.items() if name.startswith(start)), None)
    values: dict[str, object] = {"token": link_token(found[0].sleutel, found[1])} if found else {}
    if "meeting" in name or name == "wijken:register":
        values["pk"] = meeting.pk
    values |= {"inschrijving": Inschrijving.objects.get().pk, "besluit": Besluit.objects.get().pk}
    return values | ({"formaat": "xlsx"} if name == "wijken:staff_meetings_file" else {})


def _handed_over(cast: Cast, photo: Beeld, today: date) -> None:
    """The wijkmanager stands on the page of the wijk with a photo, and hands the wijk over to the beheerder."""
    Teamlid.objects.filter(gebruiker=cast.wijkmanager).update(toon_op_wijkpagina=True, foto=photo)
    wijken.prepare_handover(
        wijk=cast.wijk,
        van=cast.wijkmanager,
        naar=cast.beheerder,
        op=today,
        nota="Bel eerst het buurthuis.",
        door=cast.wijkmanager,
        at=timezone.now(),
    )


def _meetings(cast: Cast, now: datetime) -> None:
    """A meeting of the wijk that is coming, with a registration and a decision; and somebody who follows the wijk."""
    meeting = wijken.plan_meeting(
        door=cast.wijkmanager,
        at=now,
        wijken=[cast.wijk],
        soort="wijkvergadering",
        titel="Wat doen we met het plein",
        begin=now + timedelta(days=9),
        einde=now + timedelta(days=9, hours=2),
        locatie="Buurthuis",
        plaats=factories.CENTRE,
        team=cast.wijkteam,
    )
    wijken.announce_meeting(bijeenkomst=meeting, versie=meeting.versie, at=now)
    wijken.register(
        bijeenkomst=meeting, inzending=uuid.uuid4(), naam="An", email="an@voorbeeld.example", aantal=2, at=now
    )
    Besluit.objects.create(bijeenkomst=meeting, nummer=1, tekst="Er komt een bank", genomen_op=now)
    wijken.ask_to_follow(wijk=cast.wijk, email="volgt@voorbeeld.example", taal="nl", at=now)


def build() -> World:
    """Make it all: a report of a resident with a photo, shown to everybody, followed by a neighbour."""
    cast = factories.cast()
    now = timezone.now()
    categorie = factories.SubcategorieFactory(code="zwerfvuil", naam="Zwerfvuil")
    factories.VraagFactory(categorie=categorie, tekst="Hoeveel blikjes?")
    factories.StoppaginaFactory(code="nood", titel="Bel 112")
    factories.TermijnFactory(categorie=categorie)
    photo = beelden.store(upload(jpeg(320, 240)))
    beelden.process(beeld_id=photo.pk)
    melding, _made = actions.submit(
        inzending=uuid.uuid4(),
        categorie=categorie,
        omschrijving=TEXT,
        plaats=factories.CENTRE,
        adres="Hennepstraat 1",
        wijk=cast.wijk,
        beelden=[photo.pk],
        naam="An Janssens",
        email=cast.bewoner,
        at=now - timedelta(days=3),
    )
    foto = melding.beelden.get()
    volger = actions.follow(melding=melding, sleutel=uuid.uuid4(), at=now, email="buur@voorbeeld.example")
    melding = actions.release(
        melding=Melding.objects.get(pk=melding.pk),
        door=cast.wijkmanager,
        at=now,
        versie=Melding.objects.get(pk=melding.pk).versie,
        openbaar=True,
        openbare_tekst=TEXT,
        beelden=[foto.pk],
    )
    Label.objects.create(naam="glasbol")
    actions.bulk.choose(rows=Melding.objects.all(), pks=None, door=cast.wijkmanager, at=now)
    double = factories.MeldingFactory(categorie=categorie, wijk=cast.wijk, team=cast.wijkteam)
    voorstel = Dubbelvoorstel.objects.create(categorie=categorie, gevonden_op=now)
    Voorstelrij.objects.bulk_create(Voorstelrij(voorstel=voorstel, melding=row) for row in (melding, double))
    wijken.propose_need(
        wijk=cast.wijk,
        kenmerk="melding:zwerfvuil",
        plaats=factories.CENTRE,
        metres=60,
        titel="Zwerfvuil komt terug: Hennepstraat",
        toelichting="Het ligt er elke week opnieuw.",
        bronnen=[melding, double],
        at=now,
    )
    _judged(cast, categorie)
    _meetings(cast, now)
    _planned(cast)
    wereld_toegankelijkheid.build(cast)
    wereld_bruggen.build(cast, now)
    today = timezone.localdate()
    _work_of_others(cast, melding)
    _thread(cast)
    _handed_over(cast, photo, today)
    Vervanging.objects.create(afwezige=cast.wijkmanager, vervanger=cast.buurttoezichter, van=today, tot=today)
    Sluitingsdag.objects.create(datum=date(today.year + 1, 7, 20), naam="brugdag")
    run = Taakuitvoering.objects.create(
        taak="lichte ronde", status=Taakuitvoering.Status.GELUKT, gestart_op=now, geeindigd_op=now
    )
    Herinnering.objects.create(
        bron="melding", object="1", stap="+0", due_on=today, ontvanger=cast.wijkmanager, uitvoering=run, gemaakt_op=now
    )
    Ladderstap.objects.get_or_create(bron="", werkdagen=0, aan=Aan.VERANTWOORDELIJKE)
    Stadsdeel.objects.create(naam="Noord")
    factories.RouteregelFactory(bron="balie", team=cast.werkplaats)
    factories.StandaardtekstFactory()
    Straat.objects.create(naam="Hennepstraat", zoeknaam="hennepstraat", plaats=factories.CENTRE, wijk=cast.wijk)
    Verklaring.objects.get_or_create(
        opgesteld_op=today, defaults={"nagekeken_op": today, "contact_mail": "wijk@genk.example"}
    )
    # A browser test before this one emptied the database, and with it the rules that a migration brought.
    regel, _made = Bewaarregel.objects.get_or_create(
        soort="contact", toestand="", onderwerp="", wat=Wat.ANONIMISEER, defaults={"na_dagen": 365, "grond": "x"}
    )
    Aankondiging.objects.create(
        regel=regel, object=melding.pk, omschrijving="melding", aangekondigd_op=now, uitvoeren_op=today
    )
    Bewaarronde.objects.create(regel=regel, regel_in_woorden=str(regel), op=now, aantallen={"melders": 2})
    Inzage.objects.create(melding=melding, gebruiker=cast.wijkmanager, wat=Inzage.Wat.MELDING, op=now)
    Adresvraag.objects.create(wat=Adresvraag.Wat.INZAGE, adres="an…@voorbeeld.example", aantal=1, op=now)
    MailTekst.objects.create(soort="melding_ontvangen", taal="nl", onderwerp="We kregen je melding", tekst="Dag,")
    mail = Bericht.objects.filter(aan=cast.bewoner).first()
    PostvakMail.objects.create(
        van="wijk@genk.example", aan=mail.aan, onderwerp=mail.onderwerp, tekst=mail.tekst, html=mail.html
    )
    for naam, gone in (("Nieuw in Waterschei", None), ("Weg ermee", now)):
        view = Weergave.objects.create(
            naam=naam,
            filters="lijst=wijk&status=nieuw",
            eigenaar=cast.wijkmanager,
            team=cast.wijkteam,
            gemaakt_op=now,
            verwijderd_op=gone,
        )
    plan = Uitvoerplan.objects.create(weergave=view, eigenaar=cast.wijkmanager, dag=1, gemaakt_op=now)
    Uitvoer.objects.create(door=cast.wijkmanager, op=now, wat=view.naam, vorm="csv", wijze="gepland", plan=plan)
    Opdracht.objects.create(
        soort="proef",
        titel="Uitvoer van 3 meldingen",
        eigenaar=cast.wijkmanager,
        status=Opdracht.Status.KLAAR,
        aangevraagd_op=now,
        klaar_op=now,
        bestand=ContentFile(b"nr\n", "meldingen.csv"),
        bestandsnaam="meldingen.csv",
        bestandstype="text/csv",
    )
    _living_together(cast)
    return World(cast, melding, foto, volger, _programs(cast, melding), _people(cast))


def _living_together(cast: Cast) -> None:
    """A traject with an uitdager, a conversation to come and one that was held, a training and an edition."""
    now, today = timezone.now(), timezone.localdate()
    traject = Traject.objects.create(naam="Proef", slug="proef", van=today, is_openbaar=True, zoekt_uitdagers=True)
    traject.fasen.create(nummer=1, naam="Ronde", van=today, doel_personen=100)
    Domein.objects.get_or_create(code="proef", naam="Proef")
    Gespreksthema.objects.get_or_create(naam="Proef")
    kenmerk, _made = Profielkenmerk.objects.get_or_create(code="proef", naam="proef", vraag="Wat ben je?")
    kenmerk.groepen.get_or_create(code="proef", naam="proef")
    Toestemmingstekst.objects.get_or_create(
        waarvoor=Waarvoor.WOORDEN, versie=1, defaults={"tekst": "Ik vind het goed.", "sinds": today}
    )
    uitdager = Uitdager.objects.create(
        traject=traject,
        naam="Uma",
        email="uma@voorbeeld.example",
        wijk=cast.wijk,
        status="actief",
        aangemeld_op=now,
        bevestigd_op=now,
    )
    Vorming.objects.create(
        traject=traject, titel="Luisteren", begin=now, einde=now + timedelta(hours=2), locatie="Zaal"
    )
    fields = {"traject": traject, "titel": "Buren", "datum": today, "wijk": cast.wijk, "gemaakt_op": now}
    Gesprek.objects.create(**fields).uitdagers.add(uitdager)
    held = Gesprek.objects.create(**fields, status="nagekeken", aanwezigen=8, ingevoerd_op=now, nagekeken_op=now)
    signaal = Signaal.objects.create(gesprek=held, nummer=1, soort="sleutel", tekst="Een bank", is_openbaar=True)
    citaat = Citaat.objects.create(gesprek=held, nummer=1, tekst="Mooi zo.", is_goedgekeurd=True, gewijzigd_op=now)
    give_consent(over=citaat, waarvoor=Waarvoor.WOORDEN, via="papier", at=now)
    editie = Editie.objects.create(
        traject=traject,
        nummer=1,
        titel="Samen",
        status="gepubliceerd",
        gemaakt_op=now,
        gewijzigd_op=now,
        gepubliceerd_op=now,
    )
    Editieblok.objects.create(editie=editie, volgorde=1, soort="signaal", signaal=signaal)
    Editieblok.objects.create(editie=editie, volgorde=2, soort="citaat", citaat=citaat)
    _recommended(traject, now)
    wereld_denktafels.build(cast)


def _recommended(traject: Traject, now: datetime) -> None:
    """A recommendation of a denktafel, waiting for an answer, with somebody who follows it."""
    domein = Domein.objects.get(code="proef")
    tafel = Denktafel.objects.create(traject=traject, naam="Denktafel proef", domein=domein)
    row = Aanbeveling.objects.create(
        traject=traject,
        nummer=1,
        titel="Een bank in elke straat",
        tekst="Zet een bank.",
        domein=domein,
        denktafel=tafel,
        horizon="quick_win",
        gericht_aan="College",
        voorgesteld_op=timezone.localdate(),
        is_openbaar=True,
        gewijzigd_op=now,
    )
    row.mijlpalen.create(titel="Eerste bank", tegen=timezone.localdate())
    Aanbevelingsvolger.objects.create(email="vol@voorbeeld.example", aanbeveling=row, gevraagd_op=now, bevestigd_op=now)


def _programs(cast: Cast, melding: Melding) -> Open311Inzending:
    """A key, a webhook with what it was told, and a request that waited for a number."""
    now = timezone.now()
    key, _text = koppelingen.make_key(naam="App", eigenaar=cast.beheerder, rechten=["open311:schrijven"], at=now)
    hook = Webhook.objects.create(
        naam="Planbord", url="https://planbord.example/", gebeurtenissen=["melding.ontvangen"], aangemaakt_op=now
    )
    Levering.objects.create(
        webhook=hook, gebeurtenis="melding.ontvangen", sleutel="1", aangemaakt_op=now, volgende_poging_op=now
    )
    return Open311Inzending.objects.create(sleutel=key, categorie=melding.categorie, ontvangen_op=now, melding=melding)


def _planned(cast: Cast) -> None:
    """A plan with an action that the need is tied to, a figure, an agreement in the wijk, and a file on its way in."""
    now, today = timezone.now(), timezone.localdate()
    goal, _made = Doelstelling.objects.get_or_create(code="participatie", defaults={"naam": "Participatie"})
    Beleidsdomein.objects.get_or_create(code="wonen", defaults={"naam": "Wonen"})
    plan = Meerjarenplan.objects.create(naam="Meerjarenplan 2026-2031", van=2026, tot=2031)
    objective = Beleidsdoelstelling.objects.create(plan=plan, code="BD-01", naam="Leefbare wijken")
    objective.doelstellingen.add(goal)
    actieplan = Actieplan.objects.create(beleidsdoelstelling=objective, code="AP-01.01", naam="Straten en pleinen")
    actie = PlanActie.objects.create(actieplan=actieplan, code="A-01.01.01", naam="Speelplekken")
    wijken.tie_to_plan(
        van=Behoefte.objects.get(), plan=plan, waarin=actie, mate="volledig", reden="x", door=cast.wijkmanager, at=now
    )
    indicator = Indicator.objects.create(
        code="werk",
        naam="Werkloosheid",
        factor="tewerkstelling",
        uitleg="Wie werk zoekt.",
        bron="VDAB",
        licentie="vrij",
    )
    for wijk in (cast.wijk, None):
        Indicatorwaarde.objects.create(indicator=indicator, wijk=wijk, periode="2024", waarde=9)
    wijken.begin_impuls(wijk=cast.wijk, van=today, reden="Besluit", on=today)
    wijken.add_point(
        wijk=cast.wijk,
        sleutel=uuid.uuid4(),
        door=cast.wijkmanager,
        at=now,
        titel="Praatgroep",
        factor="taal",
        wie="buurtwerk",
        van=today,
        tegen=today + timedelta(days=30),
    )
    file = SimpleUploadedFile("cijfers.csv", b"Gebied;Indicator;Periode;Waarde\nGenk;werk;2023;8\n")
    row = inlezen.begin(
        soort="cijfers", doel="", eigenaar=cast.beheerder, bestand=file, reden="", sleutel=uuid.uuid4(), at=now
    )
    columns = {"wijk": 0, "indicator": 1, "periode": 2, "waarde": 3}
    inlezen.look(inlezing=inlezen.choose_columns(inlezing=row, koppeling=columns, at=now), at=now)


def _judged(cast: Cast, categorie: Categorie) -> None:
    """Two solved reports whose reporter was asked how it went: one still may answer, the other was not content."""
    reden = Enquetereden.objects.create(tevreden=False, tekst="Het duurde te lang")
    Enquetereden.objects.create(tevreden=True, tekst="Het werd snel opgelost")
    closed = timezone.now() - timedelta(days=20)
    for _ in range(2):
        melding = factories.MeldingFactory(
            categorie=categorie, wijk=cast.wijk, team=cast.toezicht, ontvangen_op=closed - timedelta(days=9)
        )
        factories.MelderFactory(melding=melding, email="jan@voorbeeld.example")
        actions.close(
            melding=melding, sluitreden=Sluitreden.OPGELOST, toelichting="Klaar.", door=cast.buurttoezichter, at=closed
        )
    actions.terugkoppeling.ask(at=timezone.now(), calendar=load_calendar())
    actions.terugkoppeling.answer(
        enquete=Enquete.objects.earliest("pk"),
        tevreden=False,
        redenen=[reden],
        tekst="Het duurde lang.",
        at=timezone.now(),
    )


def _work_of_others(cast: Cast, melding: Melding) -> None:
    """A sub-task of the report; and another report in the same wijk that is with a partner, with a photo."""
    now, today = timezone.now(), timezone.localdate()
    partner = Partner.objects.create(
        naam="De Lijn", soort=Partner.Soort.VERVOER, email="meldingen@delijn.example", telefoon="089 00 00 00"
    )
    Partnerwerk.objects.create(partner=partner, categorie=melding.categorie)
    due, door = today + timedelta(days=5), cast.wijkmanager
    actions.deeltaak.hand_out(
        melding=melding, titel="Kijk na", teams=[cast.werkplaats], uiterlijk=due, door=door, at=now
    )
    photo = beelden.store(upload(jpeg(320, 240)))
    beelden.process(beeld_id=photo.pk)
    other = factories.MeldingFactory(wijk=cast.wijk, team=cast.wijkteam, status=Status.IN_BEHANDELING)
    factories.MelderFactory(melding=other)
    shown = MeldingBeeld.objects.create(melding=other, beeld=photo)
    actions.partner.give(
        melding=other, partner=partner, tekst="Het glas is stuk.", termijn=due, door=door, at=now, fotos=[shown.pk]
    )
    wijken.ask_contact(partner=partner, at=now)
    _network(cast, partner)
    _round(cast)


def _round(cast: Cast) -> None:
    """A round of the buurtwerkplaats with a stop that is done and one to do; where it begins, and what it used."""
    now = timezone.now()
    material = Materiaal.objects.create(naam="Zak", eenheid="stuks")
    Startplaats.objects.create(naam="De loods", plaats=factories.CENTRE, team=cast.werkplaats)
    rows = [factories.MeldingFactory(wijk=cast.wijk, team=cast.wijkteam) for _ in range(2)]
    for row in rows:
        factories.MelderFactory(melding=row)
    ronde = actions.ronde.make(
        team=cast.werkplaats,
        wijk=cast.wijk,
        dag=timezone.localdate(),
        start_naam="De loods",
        start_plaats=factories.CENTRE,
        meldingen=rows,
        door=cast.werkman,
        at=now,
    )
    work = actions.ronde.Werk(minuten=10, materiaal=((material, Decimal(1)),))
    actions.ronde.done(stop=ronde.stops.first(), toelichting="Klaar.", door=cast.werkman, at=now, werk=work)


def _network(cast: Cast, partner: Partner) -> None:
    """A person, a role, an agreement with a report that is in and one that is asked, and a task of the partner."""
    now, today = timezone.now(), timezone.localdate()
    person = wijken.add_person(partner=partner, naam="Rita", email="rita@delijn.example", wijken=[cast.wijk], at=now)
    wijken.give_role(partner=partner, wijk=cast.wijk, rol="ontmoeting", van=today, persoon=person)
    row = wijken.draft_agreement(
        partner=partner,
        titel="Buurtwerk",
        van=date(today.year - 1, 1, 1),
        tot=date(today.year, 12, 31),
        bedrag=Decimal(1000),
        wijken=[cast.wijk],
        themas=["ontmoeting"],
        resultaten=[wijken.Gevraagd("ontmoeting", "Open momenten", 40, "momenten")],
        door=cast.wijkmanager,
        at=now,
    )
    row = wijken.start_agreement(overeenkomst=row, versie=row.versie)
    first, *_between, last = row.verslagen.order_by("van")
    wijken.ask_report(verslag=first, at=now)
    wijken.send_report(verslag=first, tekst="Goed.", regels=[], at=now)
    wijken.ask_report(verslag=last, at=now)
    wijken.agree(
        wijk=cast.wijk,
        wat="Een zaal zoeken",
        uiterlijk=today,
        afgesproken_op=today,
        waar="wijkteam",
        partner=partner,
        door=cast.wijkmanager,
        at=now,
    )


def _thread(cast: Cast) -> None:
    """A contact moment, a proposal that others are asked about, and an action that runs, with what shows it."""
    now, today, door = timezone.now(), timezone.localdate(), cast.wijkmanager
    moment, _made = wijken.note_moment(
        inzending=uuid.uuid4(),
        wijk=cast.wijk,
        soort="blokgesprek",
        datum=today,
        aantal_mensen=12,
        gehoord=["Het is hier donker."],
        door=door,
        at=now,
    )
    wijken.keep_informed(moment=moment, email="buurvrouw@voorbeeld.example", naam="Buurvrouw", taal="nl", at=now)
    voorstel = wijken.make_proposal(
        wijk=cast.wijk,
        titel="Een vaste glasbol",
        voorstel="Op de hoek.",
        behoeften=Behoefte.objects.all(),
        door=door,
        at=now,
    )
    wijken.consult(
        voorstel=voorstel,
        partners=[Partner.objects.exclude(naam="Vervoer").get()],
        teams=[cast.wijkteam],
        tegen=today + timedelta(days=9),
        at=now,
    )
    actie = wijken.make_action(
        wijk=cast.wijk, titel="Glasbol", tekst="Er komt een glasbol.", eigenaar=door, start=today, door=door, at=now
    )
    wijken.start_action(actie=actie, versie=actie.versie)
    point = wijken.add_milestone(actie=actie, titel="Glasbol geplaatst", uiterlijk=today + timedelta(days=30))
    photo = beelden.store(upload(jpeg(320, 240)))
    beelden.process(beeld_id=photo.pk)
    wijken.add_evidence(mijlpaal=point, beelden=[photo.pk], door=door, at=now)
    Thema.objects.get_or_create(naam="groen en spelen")


def _people(cast: Cast) -> dict[str, Gebruiker | None]:
    """Every role, somebody of another wijk, somebody without a role, and nobody."""
    return {
        "anonymous": None,
        "no role": factories.GebruikerFactory(),
        "other wijk": cast.collega,
        Rol.BEHEERDER.value: cast.beheerder,
        Rol.WIJKMANAGER.value: cast.wijkmanager,
        Rol.BUURTTOEZICHTER.value: cast.buurttoezichter,
        Rol.BUURTWERKPLAATS.value: cast.werkman,
        Rol.BEHANDELAAR.value: cast.verdeler,
        Rol.TEAMLEIDER.value: factories.member(cast.toezicht, Rol.TEAMLEIDER, is_leider=True),
        Rol.TOEGANKELIJKHEIDSCOORDINATOR.value: factories.member(None, Rol.TOEGANKELIJKHEIDSCOORDINATOR),
        Rol.SCREENER.value: wereld_toegankelijkheid.surveyor(),
        Rol.SAMENLEVINGSCOORDINATOR.value: factories.member(None, Rol.SAMENLEVINGSCOORDINATOR),
        Rol.LEZER.value: cast.lezer,
    }
