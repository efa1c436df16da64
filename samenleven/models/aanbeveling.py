"""Recommendations: what was asked, what the city answers, what came of it, and who wants to hear of it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kern import historiek
from wijken.models import Team

from ..states.aanbeveling import Antwoord, Trede, pairs
from ..states.nieuws import Verandering, sentence
from .denktafel import Denktafel
from .gesprek import Signaal
from .traject import Domein, Traject

if TYPE_CHECKING:
    from kern.gebruikers.models import Gebruiker
    from wijken.rules import Bereik


class AanbevelingQuerySet(models.QuerySet["Aanbeveling"]):
    def public(self) -> AanbevelingQuerySet:
        """What everybody may read."""
        return self.filter(is_openbaar=True, traject__is_openbaar=True)

    def visible_to(self, user: Gebruiker, reach: Bereik) -> AanbevelingQuerySet:
        """What this member of staff may see; the twin of `rules.may_see_aanbeveling`."""
        if not user.is_active or not user.rollen:
            return self.none()
        if user.rollen & {"beheerder", "samenlevingscoördinator", "lezer"}:
            return self.all()
        return self.filter(Q(is_openbaar=True, traject__is_openbaar=True) | Q(trekker__in=reach.gebruiker_ids))

    def without_owner(self) -> AanbevelingQuerySet:
        """Those that no service and nobody looks after."""
        return self.filter(team=None, trekker=None)


@historiek.track(exclude=["versie"])
class Aanbeveling(models.Model):
    """One numbered recommendation of a traject. How far it is follows from its evidence, never from a typed figure."""

    class Horizon(models.TextChoices):
        QUICK_WIN = "quick_win", "quick win"
        LANG = "lang", "lange termijn"

    traject = models.ForeignKey(Traject, models.PROTECT, related_name="aanbevelingen", verbose_name="traject")
    nummer = models.PositiveSmallIntegerField("nummer")
    titel = models.CharField("titel", max_length=160)
    tekst = models.TextField("tekst zoals voorgesteld", max_length=4000)
    domein = models.ForeignKey(Domein, models.PROTECT, related_name="aanbevelingen", verbose_name="domein")
    denktafel = models.ForeignKey(
        Denktafel, models.PROTECT, null=True, blank=True, related_name="aanbevelingen", verbose_name="denktafel"
    )
    horizon = models.CharField("horizon", max_length=10, choices=Horizon)
    gericht_aan = models.CharField(
        "gericht aan", max_length=160, help_text="Wie het moet doen, in de woorden van de denktafel."
    )
    voorgesteld_op = models.DateField("voorgesteld op")
    is_openbaar = models.BooleanField("mag iedereen lezen", default=False)
    is_fictief = models.BooleanField("fictief", default=False, help_text="Alleen voor de demo bedacht.")
    signalen = models.ManyToManyField(
        Signaal, blank=True, related_name="aanbevelingen", verbose_name="wat ervoor gezegd werd"
    )
    team = models.ForeignKey(
        Team, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="dienst die instaat"
    )
    trekker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="trekker"
    )
    antwoord = models.CharField("antwoord van de stad", max_length=12, choices=Antwoord, default=Antwoord.WACHT)
    antwoord_reden = models.TextField("waarom", max_length=4000, blank=True)
    antwoord_op = models.DateField("beantwoord op", null=True, blank=True)
    nota = models.TextField("nota van de denktafel", max_length=4000, blank=True)
    nota_op = models.DateField("nota van", null=True, blank=True)
    gewijzigd_op = models.DateTimeField("gewijzigd op")
    versie = models.PositiveIntegerField("versie", default=1, editable=False)

    objects = AanbevelingQuerySet.as_manager()

    class Meta:
        verbose_name = "aanbeveling"
        verbose_name_plural = "aanbevelingen"
        ordering = ["traject", "nummer"]
        indexes = [models.Index(fields=["domein", "antwoord"], name="aanbeveling_by_domein")]
        constraints = [
            models.UniqueConstraint(fields=["traject", "nummer"], name="aanbeveling_numbered_once"),
            models.CheckConstraint(condition=Q(nummer__gte=1, nummer__lte=999), name="aanbeveling_number_possible"),
            models.CheckConstraint(
                condition=Q(antwoord="wacht", antwoord_op=None)
                | ~Q(antwoord="wacht") & ~Q(antwoord_reden="") & Q(antwoord_op__isnull=False),
                name="aanbeveling_answer_says_why",
            ),
            models.CheckConstraint(
                condition=Q(nota="", nota_op=None) | ~Q(nota="") & Q(nota_op__isnull=False),
                name="aanbeveling_note_has_day",
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="aanbeveling_answers", field="antwoord", transitions=pairs()),
        ]

    def __str__(self) -> str:
        return f"{self.nummer}. {self.titel}"

    def get_absolute_url(self) -> str:
        return reverse("samenleven:aanbeveling", args=[self.traject.slug, self.nummer])

    @property
    def heeft_eigenaar(self) -> bool:
        return self.team_id is not None or self.trekker_id is not None


@historiek.track()
class Ladderbewijs(models.Model):
    """What shows that a rung of the ladder was reached, with the day and where to see it."""

    aanbeveling = models.ForeignKey(Aanbeveling, models.CASCADE, related_name="bewijzen", verbose_name="aanbeveling")
    trede = models.PositiveSmallIntegerField("trede", choices=Trede)
    op = models.DateField("op")
    bewijs = models.CharField("waaruit dat blijkt", max_length=500)
    url = models.URLField("waar je het ziet", max_length=400, blank=True)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="door"
    )

    class Meta:
        verbose_name = "bewijs op de ladder"
        verbose_name_plural = "bewijzen op de ladder"
        ordering = ["aanbeveling", "trede"]
        constraints = [
            models.UniqueConstraint(fields=["aanbeveling", "trede"], name="ladderbewijs_once"),
            models.CheckConstraint(condition=~Q(bewijs=""), name="ladderbewijs_says_what"),
            models.CheckConstraint(condition=Q(trede__gte=1, trede__lte=6), name="ladderbewijs_rung"),
        ]

    def __str__(self) -> str:
        return f"{self.get_trede_display()}: {self.bewijs}"


@historiek.track()
class Mijlpaal(models.Model):
    """Something that has to be there by a day. It is met only with evidence."""

    aanbeveling = models.ForeignKey(Aanbeveling, models.CASCADE, related_name="mijlpalen", verbose_name="aanbeveling")
    titel = models.CharField("wat er moet zijn", max_length=160)
    tegen = models.DateField("tegen")
    gehaald_op = models.DateField("gehaald op", null=True, blank=True)
    bewijs = models.CharField("waaruit dat blijkt", max_length=500, blank=True)

    class Meta:
        verbose_name = "mijlpaal van een aanbeveling"
        verbose_name_plural = "mijlpalen van aanbevelingen"
        ordering = ["tegen", "pk"]
        indexes = [models.Index(fields=["tegen"], condition=Q(gehaald_op=None), name="aanbevelingsmijlpaal_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(gehaald_op=None, bewijs="") | Q(gehaald_op__isnull=False) & ~Q(bewijs=""),
                name="aanbevelingsmijlpaal_evidence",
            )
        ]

    def __str__(self) -> str:
        return self.titel


class Aanbevelingsnieuws(models.Model):
    """What changed, in words for everybody: it stands on the page, and followers hear of it once."""

    aanbeveling = models.ForeignKey(Aanbeveling, models.CASCADE, related_name="nieuws", verbose_name="aanbeveling")
    op = models.DateTimeField("op")
    tekst = models.CharField("wat er veranderde", max_length=400)
    soort = models.CharField("soort", max_length=12, choices=Verandering, blank=True)
    gegeven = models.CharField("antwoord, trede of mijlpaal", max_length=160, blank=True)
    gemeld_op = models.DateTimeField("gemeld op", null=True, blank=True)

    class Meta:
        verbose_name = "nieuws over een aanbeveling"
        verbose_name_plural = "nieuws over aanbevelingen"
        ordering = ["-op", "-pk"]
        indexes = [models.Index(fields=["op"], condition=Q(gemeld_op=None), name="aanbevelingsnieuws_untold")]
        constraints = [
            models.CheckConstraint(
                condition=Q(gemeld_op=None) | Q(gemeld_op__gte=F("op")), name="aanbevelingsnieuws_told_after"
            )
        ]

    def __str__(self) -> str:
        return self.tekst

    @property
    def zin(self) -> str:
        """The change in the language of the reader; what was told before it had a kind stays Dutch."""
        return sentence(self.soort, self.gegeven) if self.soort else self.tekst


class Aanbevelingsvolger(models.Model):
    """An address that hears of one recommendation, or, for a member of a denktafel, of all of that table.

    Not in the history: it is gone when they stop.
    """

    sleutel = models.UUIDField("sleutel", unique=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("e-mailadres")
    taal = models.CharField("taal", max_length=2, choices=settings.LANGUAGES, default="nl")
    aanbeveling = models.ForeignKey(
        Aanbeveling, models.CASCADE, null=True, blank=True, related_name="volgers", verbose_name="aanbeveling"
    )
    denktafel = models.ForeignKey(
        Denktafel, models.CASCADE, null=True, blank=True, related_name="volgers", verbose_name="lid van denktafel"
    )
    gevraagd_op = models.DateTimeField("gevraagd op")
    bevestigd_op = models.DateTimeField("bevestigd op", null=True, blank=True)

    class Meta:
        verbose_name = "volger van aanbevelingen"
        verbose_name_plural = "volgers van aanbevelingen"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "email", "aanbeveling", "denktafel", name="aanbevelingsvolger_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(aanbeveling=None, denktafel__isnull=False) | Q(aanbeveling__isnull=False, denktafel=None),
                name="aanbevelingsvolger_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"volger {self.pk}"
