"""Meetings: what is held where and when, by whom and for whom, and what came of it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GistIndex
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kern import historiek
from kern.geo.fields import PuntField

from .. import soorten
from ..states.bijeenkomst import OPENBAAR, VOORBIJ, Plaats, Status, pairs
from .gebied import Wijk
from .team import Team

if TYPE_CHECKING:
    from kern.gebruikers.models import Gebruiker

    from ..rules import Bereik


class BijeenkomstQuerySet(models.QuerySet["Bijeenkomst"]):
    def visible_to(self, user: Gebruiker, reach: Bereik) -> BijeenkomstQuerySet:
        """What this member of staff may see; the twin of `rules.may_see_meeting`."""
        if not user.is_active or not user.rollen:
            return self.none()
        if user.rollen & {"beheerder", "lezer"}:
            return self.all()
        through = Bijeenkomst.wijken.through.objects.filter(bijeenkomst=models.OuterRef("pk"))
        organises = Bijeenkomst.organisatoren.through.objects.filter(bijeenkomst=models.OuterRef("pk"))
        return self.filter(
            models.Exists(through.filter(wijk__in=reach.wijk_ids))
            | models.Exists(organises.filter(gebruiker__in=reach.gebruiker_ids))
            | Q(team__in=reach.team_ids)
        )

    def public(self) -> BijeenkomstQuerySet:
        """Announced at some time, and for everybody."""
        return self.filter(status__in=sorted(OPENBAAR), is_openbaar=True)

    def coming(self, at: datetime) -> BijeenkomstQuerySet:
        """Not over yet; those that were called off too, so that nobody comes for nothing."""
        return self.filter(einde__gte=at)

    def of_wijk(self, *wijken: Wijk | int) -> BijeenkomstQuerySet:
        """Held for one of these wijken, or for the whole city."""
        through = Bijeenkomst.wijken.through.objects.filter(bijeenkomst=models.OuterRef("pk"))
        return self.filter(models.Exists(through.filter(wijk__in=wijken)) | ~models.Exists(through))

    def with_seats(self) -> BijeenkomstQuerySet:
        """Each with `personen_in`, the people who have a place, and `personen_wacht`, those who wait for one."""
        from .inschrijving import Inschrijving  # which needs the meeting first

        rows = models.OuterRef("pk")

        def people(status: str) -> Any:
            found = Inschrijving.objects.filter(bijeenkomst=rows, status=status).order_by().values("bijeenkomst")
            return models.functions.Coalesce(models.Subquery(found.annotate(n=models.Sum("aantal")).values("n")), 0)

        return self.annotate(personen_in=people(Plaats.BEVESTIGD), personen_wacht=people(Plaats.WACHTLIJST))


@historiek.track(exclude=["sleutel", "plaats", "online_link", "versie", "verslag"])
class Bijeenkomst(models.Model):
    """A meeting, walk, activity or training. What it belongs to may live in any room."""

    class Vorm(models.TextChoices):
        TER_PLAATSE = "ter_plaatse", "ter plaatse"
        ONLINE = "online", "online"
        BEIDE = "beide", "ter plaatse en online"

    sleutel = models.UUIDField("sleutel", unique=True, default=uuid.uuid4, editable=False)
    soort = models.CharField("soort", max_length=20)
    titel = models.CharField("titel", max_length=120)
    beschrijving = models.TextField(
        "beschrijving", max_length=6000, blank=True, help_text="Wat er gebeurt en voor wie het is, in gewone woorden."
    )
    wijken = models.ManyToManyField(
        Wijk,
        related_name="bijeenkomsten",
        verbose_name="wijken",
        blank=True,
        help_text="Kies niets als het voor de hele stad is.",
    )
    is_openbaar = models.BooleanField(
        "voor iedereen", default=True, help_text="Zonder vinkje: alleen voor wie de link van de uitnodiging heeft."
    )

    vorm = models.CharField("waar", max_length=12, choices=Vorm, default=Vorm.TER_PLAATSE)
    locatie = models.CharField("naam van de plaats", max_length=120, blank=True, help_text="Zoals: buurthuis, zaal 2.")
    adres = models.CharField("adres", max_length=200, blank=True)
    plaats = PuntField("plaats op de kaart", null=True, blank=True)
    hint = models.CharField(
        "hoe vind je het", max_length=300, blank=True, help_text="Ingang, bushalte, waar je je fiets zet."
    )
    online_link = models.CharField(
        "link om online mee te doen",
        max_length=300,
        blank=True,
        validators=[URLValidator(["https"])],
        help_text="Begint met https://. Alleen wie ingeschreven is, ziet de link.",
    )
    begin = models.DateTimeField("begin")
    einde = models.DateTimeField("einde")

    team = models.ForeignKey(
        Team,
        models.PROTECT,
        related_name="bijeenkomsten",
        verbose_name="georganiseerd door",
        help_text="Zien bewoners.",
    )
    organisatoren = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="bijeenkomsten", verbose_name="collega's die organiseren", blank=True
    )
    samen_met = models.CharField("samen met", max_length=200, blank=True, help_text="Partners of verenigingen.")
    hoort_bij_type = models.ForeignKey(
        ContentType, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="soort waar ze bij hoort"
    )
    hoort_bij_id = models.PositiveBigIntegerField("nummer waar ze bij hoort", null=True, blank=True)
    hoort_bij = GenericForeignKey("hoort_bij_type", "hoort_bij_id")

    met_inschrijving = models.BooleanField("vooraf inschrijven", default=True)
    capaciteit = models.PositiveIntegerField(
        "aantal plaatsen",
        null=True,
        blank=True,
        help_text="Leeg: zoveel als er komen. Wie te laat is, wacht in volgorde.",
    )
    gereserveerd = models.PositiveIntegerField(
        "daarvan vrijgehouden", default=0, help_text="Voor genodigden en collega's; die schrijven zich niet in."
    )
    inschrijven_vanaf = models.DateTimeField("inschrijven vanaf", null=True, blank=True)
    inschrijven_tot = models.DateTimeField(
        "inschrijven tot", null=True, blank=True, help_text="Leeg: tot de bijeenkomst begint."
    )
    tolktalen = ArrayField(
        models.CharField(max_length=2), verbose_name="tolk voor", default=list, blank=True, help_text="Talen."
    )
    met_kinderopvang = models.BooleanField("kinderopvang", default=False)
    is_rolstoeltoegankelijk = models.BooleanField("toegankelijk met een rolstoel", default=False)
    met_gebarentaal = models.BooleanField("tolk Vlaamse Gebarentaal", default=False)

    status = models.CharField("status", max_length=12, choices=Status, default=Status.CONCEPT)
    volgnummer = models.PositiveIntegerField("volgnummer in agenda's", default=0, editable=False)
    verplaatst_van = models.DateTimeField("eerst gepland op", null=True, blank=True, editable=False)
    toelichting = models.TextField("reden", max_length=1000, blank=True, help_text="Van verplaatsen of afgelasten.")
    aangekondigd_op = models.DateTimeField("aangekondigd op", null=True, blank=True, editable=False)
    gewijzigd_op = models.DateTimeField("gewijzigd op")

    aanwezigen = models.PositiveIntegerField("aantal aanwezigen", null=True, blank=True)
    aanwezige_kinderen = models.PositiveIntegerField("van wie kinderen", null=True, blank=True)
    organisaties = models.CharField("aanwezige organisaties", max_length=400, blank=True)
    verslag = models.TextField("verslag", max_length=20000, blank=True, help_text="Zonder namen van bewoners.")
    verslag_openbaar = models.BooleanField("het verslag is openbaar", default=False)
    kosten = models.DecimalField("kosten in euro", max_digits=9, decimal_places=2, null=True, blank=True)
    kosten_toelichting = models.CharField("waarvoor", max_length=300, blank=True)
    evaluatie = models.TextField(
        "evaluatie", max_length=4000, blank=True, help_text="Wat ging goed, wat doen we anders? Alleen voor collega's."
    )
    evaluatie_score = models.PositiveSmallIntegerField(
        "hoe was het",
        null=True,
        blank=True,
        choices=[(5, "heel goed"), (4, "goed"), (3, "gewoon"), (2, "matig"), (1, "zwak")],
    )

    gemaakt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="gemaakt door"
    )
    versie = models.PositiveIntegerField("versie", default=1, editable=False)

    objects = BijeenkomstQuerySet.as_manager()

    class Meta:
        verbose_name = "bijeenkomst"
        verbose_name_plural = "bijeenkomsten"
        ordering = ["begin", "pk"]
        indexes = [
            models.Index(fields=["status", "begin"], name="bijeenkomst_by_status"),
            models.Index(fields=["einde"], name="bijeenkomst_by_end"),
            models.Index(fields=["hoort_bij_type", "hoort_bij_id"], name="bijeenkomst_belongs"),
            GistIndex(fields=["plaats"], name="bijeenkomst_plaats_gist"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(einde__gt=F("begin")), name="bijeenkomst_ends_after_begin"),
            models.CheckConstraint(
                condition=Q(capaciteit__isnull=True) | Q(capaciteit__gte=F("gereserveerd")),
                name="bijeenkomst_reserved_within",
            ),
            models.CheckConstraint(
                condition=Q(status="concept") | Q(aangekondigd_op__isnull=False), name="bijeenkomst_announced_when"
            ),
            models.CheckConstraint(
                condition=~Q(status="afgelast") | ~Q(toelichting=""), name="bijeenkomst_called_off_why"
            ),
            models.CheckConstraint(
                condition=Q(hoort_bij_type__isnull=True, hoort_bij_id__isnull=True)
                | Q(hoort_bij_type__isnull=False, hoort_bij_id__isnull=False),
                name="bijeenkomst_belongs_whole",
            ),
            models.CheckConstraint(
                condition=Q(aanwezige_kinderen__isnull=True) | Q(aanwezige_kinderen__lte=F("aanwezigen")),
                name="bijeenkomst_children_among",
            ),
        ]
        triggers = [pgtrigger.FSM(name="bijeenkomst_steps", field="status", transitions=pairs())]

    def __str__(self) -> str:
        return self.titel

    def get_absolute_url(self) -> str:
        return reverse("wijken:meeting", args=[self.pk])

    @property
    def soort_naam(self) -> str:
        return str(soorten.get(self.soort).naam)

    @property
    def is_concept(self) -> bool:
        return self.status == Status.CONCEPT

    @property
    def is_aangekondigd(self) -> bool:
        return self.status == Status.AANGEKONDIGD

    @property
    def is_afgelast(self) -> bool:
        return self.status == Status.AFGELAST

    @property
    def is_voorbij(self) -> bool:
        return self.status in VOORBIJ

    @property
    def is_ter_plaatse(self) -> bool:
        return self.vorm != self.Vorm.ONLINE

    @property
    def is_online(self) -> bool:
        return self.vorm != self.Vorm.TER_PLAATSE

    @property
    def waar(self) -> str:
        """The place in one line: its name and address, as far as they are known."""
        return ", ".join(part for part in (self.locatie, self.adres) if part) if self.is_ter_plaatse else ""

    @property
    def plaatsen(self) -> int | None:
        """How many people can register: the capacity without what is kept free. None without a limit."""
        return None if self.capaciteit is None else self.capaciteit - self.gereserveerd


@historiek.track()
class Besluit(models.Model):
    """Something that a meeting decided. What came of it are rows of the red thread."""

    bijeenkomst = models.ForeignKey(Bijeenkomst, models.CASCADE, related_name="besluiten", verbose_name="bijeenkomst")
    nummer = models.PositiveSmallIntegerField("nummer")
    tekst = models.CharField("besluit", max_length=500, help_text="Eén zin, zonder namen van bewoners.")
    wie = models.CharField("wie doet het", max_length=120, blank=True, help_text="Een team of organisatie.")
    tegen = models.DateField("tegen wanneer", null=True, blank=True)
    genomen_op = models.DateTimeField("genomen op")

    class Meta:
        verbose_name = "besluit"
        verbose_name_plural = "besluiten"
        ordering = ["bijeenkomst", "nummer"]
        constraints = [
            models.UniqueConstraint(fields=["bijeenkomst", "nummer"], name="besluit_numbered_once"),
        ]

    def __str__(self) -> str:
        return self.tekst

    def get_absolute_url(self) -> str:
        return reverse("wijken:staff_meeting", args=[self.bijeenkomst_id]) + f"#besluit-{self.nummer}"


@historiek.track()
class Mixtelling(models.Model):
    """How many of those who were there belong to a group: counted together, never with a person."""

    class Kenmerk(models.TextChoices):
        LEEFTIJD = "leeftijd", "leeftijd"
        GENDER = "gender", "gender"
        TAAL = "taal", "taal thuis"
        WOONPLAATS = "woonplaats", "waar ze wonen"

    bijeenkomst = models.ForeignKey(Bijeenkomst, models.CASCADE, related_name="mix", verbose_name="bijeenkomst")
    kenmerk = models.CharField("kenmerk", max_length=12, choices=Kenmerk)
    groep = models.CharField("groep", max_length=40)
    aantal = models.PositiveIntegerField("aantal")

    class Meta:
        verbose_name = "telling van wie er was"
        verbose_name_plural = "tellingen van wie er was"
        ordering = ["bijeenkomst", "kenmerk", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["bijeenkomst", "kenmerk", "groep"], name="mixtelling_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kenmerk_display()}: {self.groep}"
