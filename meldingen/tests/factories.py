"""The cast of the tests: the people, the wijk and the reports that every test about meldingen knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

import factory
from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.text import slugify
from factory.django import DjangoModelFactory

from kern.gebruikers.models import Gebruiker, Rol
from kern.geo import Punt, Ring
from meldingen.models import Categorie, Melder, Melding, Routeregel, Standaardtekst, Stoppagina, Termijn, Volger, Vraag
from meldingen.states import PAUSED, Sluitreden, Status
from wijken.models import Team, Teamlid, TeamWijk, Wijk, WijkRing

LONG_AGO = date(2020, 1, 1)
CENTRE = Punt(5.5020, 50.9660)
"""In the middle of `wijk_square()`."""
OUTSIDE = Punt(5.4000, 50.9300)
"""In Hasselt: in none of the wijken."""

_numbers = count(1)


class GebruikerFactory(DjangoModelFactory):
    """A member of staff; `rollen=[Rol.…]` gives the roles."""

    class Meta:
        model = Gebruiker
        skip_postgeneration_save = True

    naam = factory.Faker("name", locale="nl_BE")
    email = factory.Sequence(lambda n: f"collega{n}@genk.example")

    @factory.post_generation
    def rollen(self, create: bool, extracted: list[Rol] | None, **kwargs: Any) -> None:
        self.groups.set(Group.objects.get_or_create(name=rol)[0] for rol in extracted or [])


class WijkFactory(DjangoModelFactory):
    """A wijk without an outline; `wijk_square()` gives one with."""

    class Meta:
        model = Wijk

    code = factory.Sequence(lambda n: f"T{n:03}")
    naam = factory.Sequence(lambda n: f"Testwijk {n}")
    slug = factory.LazyAttribute(lambda o: slugify(o.naam))
    centrum = CENTRE


class TeamFactory(DjangoModelFactory):
    class Meta:
        model = Team

    naam = factory.Sequence(lambda n: f"Team {n}")
    soort = Team.Soort.WIJKMANAGEMENT
    email = factory.LazyAttribute(lambda o: f"{slugify(o.naam)}@genk.example")


class CategorieFactory(DjangoModelFactory):
    """A main category; give `hoofdcategorie` for one that can be chosen."""

    class Meta:
        model = Categorie

    code = factory.Sequence(lambda n: f"categorie-{n}")
    naam = factory.LazyAttribute(lambda o: o.code.capitalize())


class SubcategorieFactory(CategorieFactory):
    """A category that a report can have, with a main category above it."""

    hoofdcategorie = factory.SubFactory(CategorieFactory)


class StoppaginaFactory(DjangoModelFactory):
    class Meta:
        model = Stoppagina

    code = factory.Sequence(lambda n: f"stop-{n}")
    soort = Stoppagina.Soort.EXTERN
    titel = "Dit is voor Fluvius"
    tekst = "Meld een kapotte straatlamp bij Fluvius."
    telefoon = "078 35 35 00"
    website = "https://www.fluvius.be"


class VraagFactory(DjangoModelFactory):
    class Meta:
        model = Vraag

    categorie = factory.SubFactory(SubcategorieFactory)
    code = factory.Sequence(lambda n: f"vraag-{n}")
    tekst = factory.LazyAttribute(lambda o: f"Vraag over {o.code}?")
    soort = Vraag.Soort.TEKST
    volgorde = factory.Sequence(lambda n: n)


class TermijnFactory(DjangoModelFactory):
    class Meta:
        model = Termijn

    reactie_werkdagen = 5
    oplossing_werkdagen = 30


class MeldingFactory(DjangoModelFactory):
    """A stored report as it came in, in CENTRE, without a reporter, a team or mails; for those use `actions.submit`.

    `status=` puts it straight there, with what the database asks of that status.
    """

    class Meta:
        model = Melding

    categorie = factory.SubFactory(SubcategorieFactory)
    omschrijving = "Er liggen blikjes in het gras."
    plaats = CENTRE
    adres = "Hennepstraat 1"
    ontvangen_op = factory.LazyFunction(timezone.now)
    reactie_beloofd = factory.LazyAttribute(lambda o: o.ontvangen_op.date() + timedelta(days=7))
    reactie_uiterlijk = factory.SelfAttribute("reactie_beloofd")
    oplossing_beloofd = factory.LazyAttribute(lambda o: o.ontvangen_op.date() + timedelta(days=42))
    oplossing_uiterlijk = factory.SelfAttribute("oplossing_beloofd")
    volgende_termijn = factory.LazyAttribute(
        lambda o: None if o.status in PAUSED | {Status.AFGESLOTEN} else o.reactie_uiterlijk
    )
    status = Status.NIEUW
    sluitreden = factory.LazyAttribute(lambda o: Sluitreden.OPGELOST if o.status == Status.AFGESLOTEN else "")
    afgesloten_op = factory.LazyAttribute(lambda o: o.ontvangen_op if o.status == Status.AFGESLOTEN else None)
    gepland_op = factory.LazyAttribute(
        lambda o: o.ontvangen_op.date() + timedelta(days=14) if o.status == Status.INGEPLAND else None
    )


class MelderFactory(DjangoModelFactory):
    class Meta:
        model = Melder

    melding = factory.SubFactory(MeldingFactory)
    naam = "An Janssens"
    email = "an@voorbeeld.example"


class VolgerFactory(DjangoModelFactory):
    class Meta:
        model = Volger

    melding = factory.SubFactory(MeldingFactory)
    email = factory.Sequence(lambda n: f"volger{n}@voorbeeld.example")


class RouteregelFactory(DjangoModelFactory):
    """A routing rule after all others; give it a `team`, or a `persoon` with `team=None`."""

    class Meta:
        model = Routeregel

    naam = factory.Sequence(lambda n: f"Regel {n}")
    volgorde = factory.LazyFunction(
        lambda: (Routeregel.objects.order_by("-volgorde").values_list("volgorde", flat=True).first() or 0) + 1
    )


class StandaardtekstFactory(DjangoModelFactory):
    class Meta:
        model = Standaardtekst

    naam = factory.Sequence(lambda n: f"Tekst {n}")
    stap = "start"
    tekst = "We kijken naar {categorie} in {plaats}."


def square(centre: Punt = CENTRE, half_degree: float = 0.004) -> Ring:
    """A ring around the place: some 560 m wide and 890 m high in Genk."""
    lon, lat, d = *centre, half_degree
    return (
        Punt(lon - d, lat - d),
        Punt(lon + d, lat - d),
        Punt(lon + d, lat + d),
        Punt(lon - d, lat + d),
    )


def wijk_square(naam: str = "Waterschei-Noord", centre: Punt = CENTRE, **fields: Any) -> Wijk:
    """A wijk with a square outline around the place."""
    wijk = WijkFactory(naam=naam, centrum=centre, **fields)
    WijkRing.objects.create(wijk=wijk, ring=square(centre))
    return wijk


def team_in(wijk: Wijk | None, soort: str = Team.Soort.WIJKMANAGEMENT, **fields: Any) -> Team:
    """A team of this kind, working in the wijk since long ago (in none without a wijk)."""
    team = TeamFactory(soort=soort, **{"naam": f"{soort} {wijk or 'Genk'} {next(_numbers)}", **fields})
    if wijk:
        TeamWijk.objects.create(team=team, wijk=wijk, van=LONG_AGO)
    return team


def member(team: Team | None, *rollen: Rol, is_leider: bool = False, **fields: Any) -> Gebruiker:
    """A colleague with these roles, in the team since long ago."""
    gebruiker = GebruikerFactory(rollen=list(rollen), **fields)
    if team:
        Teamlid.objects.create(team=team, gebruiker=gebruiker, is_leider=is_leider, van=LONG_AGO)
    return gebruiker


def stop(categorie: Categorie, **fields: Any) -> Stoppagina:
    """Make the category one that ends on a stop page."""
    page = StoppaginaFactory(**fields)
    categorie.stoppagina = page
    categorie.save()
    return page


@dataclass
class Cast:
    """Everybody. The wijk is Waterschei-Noord, the other one Sledderlo; a resident has only a mail address."""

    wijk: Wijk
    andere_wijk: Wijk
    meldpunt: Team
    wijkteam: Team
    toezicht: Team
    werkplaats: Team
    ander_team: Team
    wijkmanager: Gebruiker
    buurttoezichter: Gebruiker
    werkman: Gebruiker
    collega: Gebruiker
    verdeler: Gebruiker
    lezer: Gebruiker
    beheerder: Gebruiker
    bewoner: str = "an@voorbeeld.example"


def cast() -> Cast:
    """The wijk with its teams and people, and a colleague of another wijk."""
    wijk = wijk_square("Waterschei-Noord", code="T900")
    andere_wijk = wijk_square("Sledderlo", Punt(5.5320, 50.9360), code="T901")
    meldpunt = team_in(None, Team.Soort.MELDPUNT, naam="Meldpunt")
    wijkteam = team_in(wijk, naam="Wijkteam Waterschei")
    toezicht = team_in(wijk, Team.Soort.BUURTTOEZICHT, naam="Buurttoezicht Waterschei")
    werkplaats = team_in(wijk, Team.Soort.BUURTWERKPLAATS, naam="Buurtwerkplaats Waterschei")
    ander_team = team_in(andere_wijk, naam="Wijkteam Sledderlo")
    return Cast(
        wijk=wijk,
        andere_wijk=andere_wijk,
        meldpunt=meldpunt,
        wijkteam=wijkteam,
        toezicht=toezicht,
        werkplaats=werkplaats,
        ander_team=ander_team,
        wijkmanager=member(wijkteam, Rol.WIJKMANAGER, naam="Wim Wijkmanager", email="wim@genk.example"),
        buurttoezichter=member(toezicht, Rol.BUURTTOEZICHTER, naam="Bea Buurttoezichter", email="bea@genk.example"),
        werkman=member(werkplaats, Rol.BUURTWERKPLAATS, naam="Bart Werkplaats", email="bart@genk.example"),
        collega=member(ander_team, Rol.WIJKMANAGER, naam="Saar Sledderlo", email="saar@genk.example"),
        verdeler=member(meldpunt, Rol.BEHANDELAAR, naam="Mia Meldpunt", email="mia@genk.example"),
        lezer=member(None, Rol.LEZER, naam="Lut Lezer", email="lut@genk.example"),
        beheerder=member(None, Rol.BEHEERDER, naam="Bo Beheerder", email="bo@genk.example"),
    )
