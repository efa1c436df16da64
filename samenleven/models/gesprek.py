"""Conversations: planned, held, and what was said in them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import salted_hmac

from kern import historiek
from wijken.models import Wijk

from ..states.gesprek import GEHOUDEN, Status, pairs
from .toestemming import CODE_LENGTH, CODE_SIGNS, Toestemming, Waarvoor
from .traject import Domein, Fase, Profielgroep, Thema, Traject
from .uitdager import Uitdager

if TYPE_CHECKING:
    from kern.gebruikers.models import Gebruiker
    from wijken.rules import Bereik

# A sheet of paper has room for so many.
SIGNALEN_PER_BLAD, CITATEN_PER_BLAD = 12, 6


class Methode(models.TextChoices):
    """How people were brought together."""

    TAFEL = "tafel", "gesprek aan tafel"
    HUISBEZOEK = "huisbezoek", "huisbezoek"
    BUURTBABBEL = "buurtbabbel", "buurtbabbel"
    BLOKGESPREK = "blokgesprek", "blokgesprek"
    KLAS = "klas", "klasgesprek"
    VERENIGING = "vereniging", "gesprek in een vereniging"
    STRAAT = "straat", "gesprek op straat"
    ONLINE = "online", "online"
    ANDERE = "andere", "iets anders"


class Gesprekstaal(models.TextChoices):
    """What was spoken."""

    NL = "nl", "Nederlands"
    TR = "tr", "Turks"
    IT = "it", "Italiaans"
    AR = "ar", "Arabisch"
    FR = "fr", "Frans"
    EN = "en", "Engels"
    PL = "pl", "Pools"
    ES = "es", "Spaans"
    EL = "el", "Grieks"
    UK = "uk", "Oekraïens"
    ANDERE = "xx", "een andere taal"


class GesprekQuerySet(models.QuerySet["Gesprek"]):
    def visible_to(self, user: Gebruiker, reach: Bereik) -> GesprekQuerySet:
        """What this member of staff may see; the twin of `rules.may_see_gesprek`."""
        if not user.is_active or not user.rollen:
            return self.none()
        if user.rollen & {"beheerder", "samenlevingscoördinator", "lezer"}:
            return self.all()
        mine = Q(begeleider__in=reach.gebruiker_ids)
        if "wijkmanager" in user.rollen:
            mine |= Q(wijk__in=reach.wijk_ids)
        return self.filter(mine)

    def held(self) -> GesprekQuerySet:
        """Those that took place, as far as their sheets came in."""
        return self.filter(status__in=sorted(GEHOUDEN))

    def checked(self) -> GesprekQuerySet:
        """Those that staff looked at; what is public comes from these alone."""
        return self.filter(status=Status.NAGEKEKEN)


@historiek.track(exclude=["sleutel", "vandaag", "ikzelf", "samen", "bestuur", "concept", "opmerking", "versie"])
class Gesprek(models.Model):
    """A conversation with the four fixed questions. Who was there is a number; what they are is counted, if at all."""

    traject = models.ForeignKey(Traject, models.PROTECT, related_name="gesprekken", verbose_name="traject")
    fase = models.ForeignKey(
        Fase, models.SET_NULL, null=True, blank=True, related_name="gesprekken", verbose_name="fase"
    )
    sleutel = models.UUIDField("sleutel", unique=True, default=uuid.uuid4, editable=False)
    titel = models.CharField("waarover", max_length=120)
    datum = models.DateField("datum")
    begin = models.TimeField("uur", null=True, blank=True)
    plaats = models.CharField("plaats", max_length=160, blank=True)
    wijk = models.ForeignKey(
        Wijk,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="gesprekken",
        verbose_name="wijk",
        help_text="Leeg: mensen uit heel de stad.",
    )
    methode = models.CharField("methode", max_length=12, choices=Methode, default=Methode.TAFEL)
    taal = models.CharField("taal van het gesprek", max_length=2, choices=Gesprekstaal, default=Gesprekstaal.NL)
    uitdagers = models.ManyToManyField(Uitdager, related_name="gesprekken", verbose_name="gespreksleiders", blank=True)
    begeleider = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="begeleider"
    )
    status = models.CharField("status", max_length=10, choices=Status, default=Status.GEPLAND)

    aanwezigen = models.PositiveIntegerField("aantal aanwezigen", null=True, blank=True)
    vandaag = models.TextField("hoe leven we vandaag samen in Genk?", max_length=4000, blank=True)
    ikzelf = models.TextField("wat kan ik zelf doen?", max_length=4000, blank=True)
    samen = models.TextField("wat kunnen we als groep doen?", max_length=4000, blank=True)
    bestuur = models.TextField("wat kan het stadsbestuur doen?", max_length=4000, blank=True)
    # What a host typed and did not send yet: free text, so not in the history, and gone when the sheet is in.
    concept = models.JSONField("nog niet verstuurd", default=dict, blank=True, editable=False)
    concept_op = models.DateTimeField("concept bewaard op", null=True, blank=True, editable=False)

    opmerking = models.TextField("vraag aan wie het blad invulde", max_length=1000, blank=True)
    reden = models.CharField("waarom het niet doorgaat", max_length=300, blank=True)
    gemaakt_op = models.DateTimeField("gemaakt op")
    ingevoerd_op = models.DateTimeField("ingevoerd op", null=True, blank=True)
    ingevoerd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ingevoerd door",
        help_text="Leeg: wie de link van het blad had.",
    )
    nagekeken_op = models.DateTimeField("nagekeken op", null=True, blank=True)
    nagekeken_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="nagekeken door",
    )
    versie = models.PositiveIntegerField("versie", default=1, editable=False)

    objects = GesprekQuerySet.as_manager()

    class Meta:
        verbose_name = "gesprek"
        verbose_name_plural = "gesprekken"
        ordering = ["-datum", "-pk"]
        indexes = [
            models.Index(fields=["traject", "status", "-datum"], name="gesprek_of_traject"),
            models.Index(fields=["wijk", "-datum"], name="gesprek_of_wijk"),
            models.Index(fields=["status", "-datum"], name="gesprek_by_status"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["ingevoerd", "nagekeken"])
                | Q(ingevoerd_op__isnull=False, aanwezigen__isnull=False),
                name="gesprek_entered_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(status="nagekeken", nagekeken_op__isnull=False)
                | ~Q(status="nagekeken") & Q(nagekeken_op__isnull=True),
                name="gesprek_checked_has_moment",
            ),
            models.CheckConstraint(condition=~Q(status="afgelast") | ~Q(reden=""), name="gesprek_called_off_why"),
            models.CheckConstraint(
                condition=Q(aanwezigen__isnull=True) | Q(aanwezigen__gte=1, aanwezigen__lte=2000),
                name="gesprek_people_possible",
            ),
        ]
        triggers = [pgtrigger.FSM(name="gesprek_steps", field="status", transitions=pairs())]

    def __str__(self) -> str:
        return f"{self.nummer}: {self.titel}"

    def get_absolute_url(self) -> str:
        return reverse("samenleven:gesprek", args=[self.pk])

    @property
    def nummer(self) -> str:
        """The number on the sheet."""
        return f"G{self.pk:04d}"

    @property
    def is_gehouden(self) -> bool:
        return self.status in GEHOUDEN

    @property
    def waar(self) -> str:
        return self.wijk.naam if self.wijk else "heel de stad"

    def citaatcode(self, nummer: int) -> str:
        """The code on the strip that goes home with who said quote `nummer`: known when the sheet is printed."""
        digest = salted_hmac("samenleven.citaat", f"{self.sleutel.hex}:{nummer}", algorithm="sha256").digest()
        return "".join(CODE_SIGNS[byte % len(CODE_SIGNS)] for byte in digest[:CODE_LENGTH])


class Profieltelling(models.Model):
    """How many of those present belong to a group, as far as they wanted to be counted."""

    gesprek = models.ForeignKey(Gesprek, models.CASCADE, related_name="profiel", verbose_name="gesprek")
    groep = models.ForeignKey(Profielgroep, models.PROTECT, related_name="+", verbose_name="groep")
    aantal = models.PositiveIntegerField("aantal")

    class Meta:
        verbose_name = "telling van aanwezigen"
        verbose_name_plural = "tellingen van aanwezigen"
        ordering = ["gesprek", "groep"]
        constraints = [models.UniqueConstraint(fields=["gesprek", "groep"], name="profieltelling_once")]

    def __str__(self) -> str:
        return f"{self.groep}: {self.aantal}"


class SignaalQuerySet(models.QuerySet["Signaal"]):
    def visible_to(self, user: Gebruiker, reach: Bereik) -> SignaalQuerySet:
        """Those of the conversations that this member of staff may see."""
        return self.filter(gesprek__in=Gesprek.objects.visible_to(user, reach))

    def public(self) -> SignaalQuerySet:
        """Those that staff looked at and found fit for everybody, of trajects that everybody may read about."""
        return self.filter(is_openbaar=True, gesprek__status=Status.NAGEKEKEN, gesprek__traject__is_openbaar=True)


@historiek.track(exclude=["tekst"])
class Signaal(models.Model):
    """One thing that was said: what stands in the way, what helps, or what somebody will do."""

    class Soort(models.TextChoices):
        STRUIKELBLOK = "struikelblok", "struikelblok"
        SLEUTEL = "sleutel", "sleutel"
        EIGEN_ACTIE = "eigen_actie", "eigen actie"

    gesprek = models.ForeignKey(Gesprek, models.CASCADE, related_name="signalen", verbose_name="gesprek")
    nummer = models.PositiveSmallIntegerField("nummer op het blad")
    soort = models.CharField("soort", max_length=12, choices=Soort)
    tekst = models.CharField("wat er gezegd werd", max_length=400)
    thema = models.ForeignKey(
        Thema, models.SET_NULL, null=True, blank=True, related_name="signalen", verbose_name="thema"
    )
    domein = models.ForeignKey(
        Domein, models.SET_NULL, null=True, blank=True, related_name="signalen", verbose_name="domein"
    )
    is_openbaar = models.BooleanField(
        "mag iedereen lezen", default=False, help_text="Alleen als er niets in staat waaraan je iemand herkent."
    )

    objects = SignaalQuerySet.as_manager()

    class Meta:
        verbose_name = "signaal"
        verbose_name_plural = "signalen"
        ordering = ["-gesprek__datum", "gesprek", "nummer"]
        indexes = [models.Index(fields=["domein", "soort"], name="signaal_by_domein")]
        constraints = [
            models.UniqueConstraint(fields=["gesprek", "nummer"], name="signaal_numbered_once"),
            models.CheckConstraint(condition=~Q(tekst=""), name="signaal_says_something"),
        ]

    def __str__(self) -> str:
        return self.tekst

    def get_absolute_url(self) -> str:
        return f"{reverse('samenleven:gesprek', args=[self.gesprek_id])}#signaal-{self.nummer}"


class CitaatQuerySet(models.QuerySet["Citaat"]):
    def with_consent(self) -> CitaatQuerySet:
        """Those whose speaker said yes and did not take it back."""
        return self.filter(models.Exists(Toestemming.objects.for_rows(Citaat, Waarvoor.WOORDEN)))

    def visible_to(self, user: Gebruiker, reach: Bereik) -> CitaatQuerySet:
        """Those of the conversations that this member of staff may see."""
        return self.filter(gesprek__in=Gesprek.objects.visible_to(user, reach))

    def public(self) -> CitaatQuerySet:
        """What everybody may read: consent, looked at by staff, and of a traject that is public."""
        return self.with_consent().filter(
            is_goedgekeurd=True, gesprek__status=Status.NAGEKEKEN, gesprek__traject__is_openbaar=True
        )


@historiek.track(exclude=["tekst"])
class Citaat(models.Model):
    """What somebody said, in their own words, without their name. Without a valid consent its words are gone."""

    gesprek = models.ForeignKey(Gesprek, models.CASCADE, related_name="citaten", verbose_name="gesprek")
    nummer = models.PositiveSmallIntegerField("nummer op het blad")
    tekst = models.CharField("citaat", max_length=400, blank=True, help_text="Zonder namen.")
    thema = models.ForeignKey(
        Thema, models.SET_NULL, null=True, blank=True, related_name="citaten", verbose_name="thema"
    )
    is_goedgekeurd = models.BooleanField(
        "mag in de krant", default=False, help_text="Alleen als je niemand erin herkent."
    )
    gewijzigd_op = models.DateTimeField("gewijzigd op")
    toestemmingen = GenericRelation(Toestemming, "over_id", "over_type")

    objects = CitaatQuerySet.as_manager()

    class Meta:
        verbose_name = "citaat"
        verbose_name_plural = "citaten"
        ordering = ["-gesprek__datum", "gesprek", "nummer"]
        constraints = [models.UniqueConstraint(fields=["gesprek", "nummer"], name="citaat_numbered_once")]

    def __str__(self) -> str:
        return self.tekst or "(ingetrokken)"

    def get_absolute_url(self) -> str:
        return f"{reverse('samenleven:gesprek', args=[self.gesprek_id])}#citaat-{self.nummer}"
