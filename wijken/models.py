"""The city in wijken, the teams that work there, and the partners outside the city."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Self, TypeVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.indexes import GistIndex
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kern import geheugen, historiek
from kern.geo import Punt
from kern.geo.fields import PuntField, VeelhoekField

if TYPE_CHECKING:
    from kern.gebruikers.models import Gebruiker

    from .rules import Bereik


class Stadsdeel(models.Model):
    """A part of the city that groups wijken."""

    naam = models.CharField("naam", max_length=80, unique=True)
    is_fictief = models.BooleanField("fictief", default=False, help_text="Alleen voor de demo bedacht.")

    class Meta:
        verbose_name = "stadsdeel"
        verbose_name_plural = "stadsdelen"
        ordering = ["naam"]

    def __str__(self) -> str:
        return self.naam


class WijkQuerySet(models.QuerySet["Wijk"]):
    def containing(self, punt: Punt) -> WijkQuerySet:
        """The wijken whose outline holds the place: in a part and in none of the holes."""
        rings = WijkRing.objects.filter(wijk=models.OuterRef("pk"), ring__bevat=punt)
        return self.filter(
            models.Exists(rings.filter(is_gat=False)),
            ~models.Exists(rings.filter(is_gat=True)),
        ).order_by("code")


@geheugen.bewaakt
@historiek.track()
class Wijk(models.Model):
    """A neighbourhood. Source of codes and centres: Provincies in Cijfers, level ggw7."""

    code = models.CharField("code", max_length=12, unique=True)
    naam = models.CharField("naam", max_length=80, unique=True)
    slug = models.SlugField("adres op de site", max_length=80, unique=True)
    stadsdeel = models.ForeignKey(
        Stadsdeel, models.SET_NULL, null=True, blank=True, related_name="wijken", verbose_name="stadsdeel"
    )
    centrum = PuntField("middelpunt")
    oppervlakte_km2 = models.FloatField("oppervlakte (km²)", null=True, blank=True)
    is_impulswijk = models.BooleanField(
        "impulswijk", default=False, help_text="Een wijk die extra en intensievere aandacht krijgt."
    )
    impulswijk_sinds = models.DateField("impulswijk sinds", null=True, blank=True)
    omtrek_is_benaderend = models.BooleanField(
        "omtrek is benaderend", default=False, help_text="De kaart zegt dat deze omtrek niet de officiële is."
    )
    inleiding = models.TextField("inleiding", blank=True, help_text="Korte tekst bovenaan de pagina van de wijk.")

    objects = WijkQuerySet.as_manager()

    class Meta:
        verbose_name = "wijk"
        verbose_name_plural = "wijken"
        ordering = ["naam"]

    def __str__(self) -> str:
        return self.naam

    def get_absolute_url(self) -> str:
        return reverse("wijken:detail", args=[self.slug])


class WijkRing(models.Model):
    """One ring of a wijk's outline: a part, or a hole in a part."""

    wijk = models.ForeignKey(Wijk, models.CASCADE, related_name="ringen", verbose_name="wijk")
    ring = VeelhoekField("ring")
    is_gat = models.BooleanField("is een gat", default=False)

    class Meta:
        verbose_name = "ring van een omtrek"
        verbose_name_plural = "ringen van omtrekken"
        indexes = [GistIndex(fields=["ring"], name="wijkring_ring_gist")]

    def __str__(self) -> str:
        return f"{self.wijk} ({'gat' if self.is_gat else 'deel'})"


Rij = TypeVar("Rij", bound=models.Model)


class PeriodeQuerySet(models.QuerySet[Rij]):
    def on(self, day: date) -> Self:
        """The rows that hold on this day; an open end counts as for ever."""
        return self.filter(Q(tot__isnull=True) | Q(tot__gte=day), van__lte=day)


@geheugen.bewaakt
@historiek.track()
class Team(models.Model):
    """Who gets the work: the people of one kind for some wijken."""

    class Soort(models.TextChoices):
        WIJKMANAGEMENT = "wijkmanagement", "wijkmanagement"
        BUURTTOEZICHT = "buurttoezicht", "buurttoezichters"
        BUURTWERKPLAATS = "buurtwerkplaats", "buurtwerkplaats"
        DIENST = "dienst", "stadsdienst"
        MELDPUNT = "meldpunt", "meldpunt (verdeelt wat niemand heeft)"

    naam = models.CharField("naam", max_length=80, unique=True, help_text="Zo ziet ook de bewoner het team.")
    soort = models.CharField("soort", max_length=20, choices=Soort)
    email = models.EmailField("e-mailadres", blank=True, help_text="Staat op de pagina van de wijk.")
    telefoon = models.CharField("telefoon", max_length=30, blank=True, help_text="Staat op de pagina van de wijk.")
    is_actief = models.BooleanField("actief", default=True, help_text="Een team dat stopte, krijgt geen werk meer.")
    wijken = models.ManyToManyField(Wijk, through="TeamWijk", related_name="teams", verbose_name="wijken")

    class Meta:
        verbose_name = "team"
        verbose_name_plural = "teams"
        ordering = ["naam"]

    def __str__(self) -> str:
        return self.naam


@geheugen.bewaakt
@historiek.track()
class TeamWijk(models.Model):
    """A team works in a wijk, from a day to a day."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="teamwijken", verbose_name="team")
    wijk = models.ForeignKey(Wijk, models.CASCADE, related_name="teamwijken", verbose_name="wijk")
    van = models.DateField("van")
    tot = models.DateField("tot en met", null=True, blank=True, help_text="Leeg: voor onbepaalde tijd.")

    objects = PeriodeQuerySet["TeamWijk"].as_manager()

    class Meta:
        verbose_name = "wijk van een team"
        verbose_name_plural = "wijken van een team"
        constraints = [
            models.UniqueConstraint(fields=["team", "wijk", "van"], name="teamwijk_once_per_start"),
            models.CheckConstraint(condition=Q(tot__isnull=True) | Q(tot__gte=F("van")), name="teamwijk_period"),
        ]

    def __str__(self) -> str:
        return f"{self.team} in {self.wijk}"


@historiek.track()
class Teamlid(models.Model):
    """A person works in a team, from a day to a day."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="leden", verbose_name="team")
    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="lidmaatschappen", verbose_name="gebruiker"
    )
    is_leider = models.BooleanField("teamleider", default=False)
    van = models.DateField("van")
    tot = models.DateField("tot en met", null=True, blank=True, help_text="Leeg: voor onbepaalde tijd.")
    toon_op_wijkpagina = models.BooleanField(
        "op de wijkpagina", default=False, help_text="Bewoners zien de naam en wanneer deze persoon te bereiken is."
    )
    bereikbaar = models.CharField(
        "bereikbaar", max_length=120, blank=True, help_text="Bijvoorbeeld: maandag en donderdag van 9 tot 12 uur."
    )

    objects = PeriodeQuerySet["Teamlid"].as_manager()

    class Meta:
        verbose_name = "teamlid"
        verbose_name_plural = "teamleden"
        constraints = [
            models.UniqueConstraint(fields=["team", "gebruiker", "van"], name="teamlid_once_per_start"),
            models.CheckConstraint(condition=Q(tot__isnull=True) | Q(tot__gte=F("van")), name="teamlid_period"),
        ]

    def __str__(self) -> str:
        return f"{self.gebruiker} ({self.team})"


class BehoefteQuerySet(models.QuerySet["Behoefte"]):
    def visible_to(self, user: Gebruiker, reach: Bereik) -> BehoefteQuerySet:
        """What this member of staff may see; the twin of `rules.may_see_need`."""
        if not user.is_active or not user.rollen:
            return self.none()
        if user.rollen & {"beheerder", "lezer"}:
            return self.all()
        return self.filter(wijk__in=reach.wijk_ids)


@historiek.track(exclude=["plaats"])
class Behoefte(models.Model):
    """What a wijk needs: a draft that somebody or the portal makes, which the wijkmanager confirms or rejects.

    What it comes from and what comes of it are rows of the red thread (`Draad`).
    """

    class Status(models.TextChoices):
        CONCEPT = "concept", "concept"
        BEVESTIGD = "bevestigd", "bevestigd"
        VERWORPEN = "verworpen", "verworpen"

    class Herkomst(models.TextChoices):
        MELDINGEN = "meldingen", "meldingen die terugkomen"
        TEAM = "team", "het team van de wijk"

    wijk = models.ForeignKey(Wijk, models.PROTECT, related_name="behoeften", verbose_name="wijk")
    titel = models.CharField("titel", max_length=160)
    toelichting = models.TextField("toelichting", blank=True, max_length=4000)
    status = models.CharField("status", max_length=10, choices=Status, default=Status.CONCEPT)
    herkomst = models.CharField("herkomst", max_length=12, choices=Herkomst, default=Herkomst.TEAM)
    kenmerk = models.CharField(
        "kenmerk",
        max_length=80,
        blank=True,
        help_text="Waaraan wie ze voorstelde ze herkent, zoals de code van een categorie.",
    )
    plaats = PuntField("plaats", null=True, blank=True)
    gemaakt_op = models.DateTimeField("gemaakt op")
    gemaakt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="gemaakt door",
        help_text="Leeg: het portaal zelf.",
    )
    besloten_op = models.DateTimeField("besloten op", null=True, blank=True)
    besloten_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="besloten door"
    )
    reden = models.TextField("reden van de beslissing", blank=True, max_length=2000)
    versie = models.PositiveIntegerField("versie", default=1)

    objects = BehoefteQuerySet.as_manager()

    class Meta:
        verbose_name = "behoefte"
        verbose_name_plural = "behoeften"
        ordering = ["-gemaakt_op", "-pk"]
        indexes = [
            GistIndex(fields=["plaats"], name="behoefte_plaats_gist"),
            models.Index(fields=["wijk", "status", "-gemaakt_op"], name="behoefte_of_wijk"),
            models.Index(fields=["status", "-gemaakt_op"], name="behoefte_by_status"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="concept", besloten_op__isnull=True)
                | ~Q(status="concept") & Q(besloten_op__isnull=False),
                name="behoefte_decided_when",
            ),
            models.CheckConstraint(condition=~Q(status="verworpen") | ~Q(reden=""), name="behoefte_rejected_why"),
        ]

    def __str__(self) -> str:
        return self.titel

    def get_absolute_url(self) -> str:
        return reverse("wijken:need", args=[self.pk])

    @property
    def is_concept(self) -> bool:
        return self.status == self.Status.CONCEPT


class DraadQuerySet(models.QuerySet["Draad"]):
    def out_of(self, obj: models.Model) -> DraadQuerySet:
        """What leads on from this object."""
        return self.filter(van_type=ContentType.objects.get_for_model(obj), van_id=obj.pk)

    def into(self, obj: models.Model) -> DraadQuerySet:
        """What leads to this object."""
        return self.filter(naar_type=ContentType.objects.get_for_model(obj), naar_id=obj.pk)


class Draad(models.Model):
    """A piece of the red thread: one thing led to another, whatever room either of them lives in.

    How a kind of thing is shown in a thread its room tells in `registry.register_thread`.
    """

    class Soort(models.TextChoices):
        BRON = "bron", "is een bron van"

    soort = models.CharField("soort", max_length=12, choices=Soort, default=Soort.BRON)
    van_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", verbose_name="soort van het eerste")
    van_id = models.PositiveBigIntegerField("nummer van het eerste")
    van = GenericForeignKey("van_type", "van_id")
    naar_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", verbose_name="soort van het tweede")
    naar_id = models.PositiveBigIntegerField("nummer van het tweede")
    naar = GenericForeignKey("naar_type", "naar_id")
    sinds = models.DateTimeField("sinds")
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="door",
        help_text="Leeg: het portaal zelf.",
    )

    objects = DraadQuerySet.as_manager()

    class Meta:
        verbose_name = "rode draad"
        verbose_name_plural = "rode draden"
        ordering = ["sinds", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["van_type", "van_id", "naar_type", "naar_id", "soort"], name="draad_once"),
            models.CheckConstraint(
                condition=~Q(van_type=F("naar_type"), van_id=F("naar_id")), name="draad_to_something_else"
            ),
        ]
        indexes = [models.Index(fields=["naar_type", "naar_id"], name="draad_back")]

    def __str__(self) -> str:
        return f"{self.van_type} {self.van_id} {self.get_soort_display()} {self.naar_type} {self.naar_id}"


class PartnerQuerySet(models.QuerySet["Partner"]):
    def active(self) -> PartnerQuerySet:
        return self.filter(is_actief=True)

    def unconfirmed(self, on: date) -> PartnerQuerySet:
        """Active partners who did not answer in time whether their contact data still hold."""
        open_asked = Contactvraag.objects.filter(
            partner=models.OuterRef("pk"), antwoord__isnull=True, uiterlijk__lt=on, is_vervallen=False
        )
        return self.active().filter(models.Exists(open_asked))


@historiek.track(exclude=["notities"])
class Partner(models.Model):
    """An organisation outside the city that the city works with. The contact data are those of its service desk."""

    class Soort(models.TextChoices):
        OVERHEID = "overheid", "andere overheid"
        NUTSBEDRIJF = "nutsbedrijf", "nutsbedrijf"
        VERVOER = "vervoer", "openbaar vervoer"
        AANNEMER = "aannemer", "aannemer"
        WONEN = "wonen", "woonmaatschappij"
        WELZIJN = "welzijn", "welzijn en samenleven"
        VERENIGING = "vereniging", "vereniging"
        ANDERE = "andere", "andere"

    naam = models.CharField("naam", max_length=120, unique=True, help_text="Zo ziet ook de bewoner de organisatie.")
    soort = models.CharField("soort", max_length=12, choices=Soort)
    email = models.EmailField("e-mailadres voor opdrachten", blank=True, help_text="Hierheen gaan de opdrachten.")
    telefoon = models.CharField("telefoon", max_length=30, blank=True)
    website = models.CharField(
        "website", max_length=200, blank=True, validators=[URLValidator(["https"])], help_text="Begint met https://."
    )
    taal = models.CharField("taal", max_length=2, choices=settings.LANGUAGES, default="nl")
    termijn_werkdagen = models.PositiveSmallIntegerField(
        "termijn in werkdagen", default=10, help_text="Hoe lang de partner gewoonlijk krijgt voor een opdracht."
    )
    notities = models.TextField("notities", blank=True, help_text="Alleen voor collega's.")
    is_actief = models.BooleanField("actief", default=True, help_text="Een partner die stopte, krijgt geen opdrachten.")
    is_demo = models.BooleanField("demo", default=False, help_text="De contactgegevens zijn verzonnen.")
    bevestigd_op = models.DateField(
        "contact bevestigd op", null=True, blank=True, help_text="Een jaar later vragen we opnieuw of alles klopt."
    )

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = "partner"
        verbose_name_plural = "partners"
        ordering = ["naam"]
        constraints = [
            models.CheckConstraint(
                condition=Q(termijn_werkdagen__gte=1, termijn_werkdagen__lte=250), name="partner_term_within_a_year"
            ),
        ]

    def __str__(self) -> str:
        return self.naam


@historiek.track(exclude=["sleutel", "email", "telefoon", "opmerking"])
class Contactvraag(models.Model):
    """The yearly question to a partner whether the contact data still hold, and what came of it."""

    class Antwoord(models.TextChoices):
        KLOPT = "klopt", "klopt nog"
        ANDERS = "anders", "iets is veranderd"

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="contactvragen", verbose_name="partner")
    sleutel = models.UUIDField("sleutel", unique=True, default=uuid.uuid4, editable=False)
    gevraagd_op = models.DateTimeField("gevraagd op")
    uiterlijk = models.DateField("antwoord tegen")
    is_vervallen = models.BooleanField("vervangen door een nieuwe vraag", default=False)
    antwoord = models.CharField("antwoord", max_length=10, choices=Antwoord, null=True, blank=True)  # noqa: DJ001
    beantwoord_op = models.DateTimeField("beantwoord op", null=True, blank=True)
    email = models.EmailField("nieuw e-mailadres", blank=True)
    telefoon = models.CharField("nieuw telefoonnummer", max_length=30, blank=True)
    website = models.CharField("nieuwe website", max_length=200, blank=True)
    opmerking = models.TextField("opmerking", blank=True)
    verwerkt_op = models.DateTimeField("voorstel verwerkt op", null=True, blank=True)
    verwerkt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="verwerkt door"
    )

    class Meta:
        verbose_name = "vraag naar het contact"
        verbose_name_plural = "vragen naar het contact"
        ordering = ["-gevraagd_op", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner"], condition=Q(antwoord__isnull=True, is_vervallen=False), name="contactvraag_one_open"
            ),
            models.CheckConstraint(
                condition=Q(antwoord__isnull=True, beantwoord_op__isnull=True)
                | Q(antwoord__isnull=False, beantwoord_op__isnull=False),
                name="contactvraag_answer_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner}: {self.gevraagd_op:%d-%m-%Y}"


class Straat(models.Model):
    """A street with its middle, for the address search when no outside geocoder answers."""

    naam = models.CharField("naam", max_length=120, help_text="De wijk zoeken we zelf op, bij de plaats.")
    zoeknaam = models.CharField(
        "zoeknaam", max_length=120, editable=False, help_text="De naam in kleine letters, zonder accenten."
    )
    plaats = PuntField("plaats")
    wijk = models.ForeignKey(Wijk, models.SET_NULL, null=True, blank=True, related_name="straten", verbose_name="wijk")
    is_fictief = models.BooleanField("fictief", default=False, help_text="Alleen voor de demo bedacht.")

    class Meta:
        verbose_name = "straat"
        verbose_name_plural = "straten"
        ordering = ["naam"]
        indexes = [models.Index(fields=["zoeknaam"], name="straat_zoeknaam", opclasses=["varchar_pattern_ops"])]
        constraints = [
            models.UniqueConstraint(fields=["naam", "wijk"], name="straat_once_per_wijk", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return self.naam
