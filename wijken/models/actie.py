"""What is done about what a wijk needs: an action with its milestones, partners and evidence."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kern import historiek
from kern.beelden.models import Beeld

from ..states.draad import ACTIE_STEPS, ENDED, MIJLPAAL_STEPS, RUNNING, Actiestatus, Mijlpaalstatus, pairs
from .gebied import Wijk
from .partner import Partner
from .programma import Beleidsdomein, Doelstelling
from .voorstel import Looptijd

if TYPE_CHECKING:
    from kern.gebruikers.models import Gebruiker

    from ..rules import Bereik

_ENDED = Q(status__in=sorted(ENDED))
_OPEN = Q(status=Mijlpaalstatus.OPEN)


class ActieQuerySet(models.QuerySet["Actie"]):
    def running(self) -> ActieQuerySet:
        """What is not finished or stopped."""
        return self.filter(status__in=sorted(RUNNING))

    def in_wijken(self, wijk_ids: Collection[int]) -> ActieQuerySet:
        """The actions of any of these wijken, as the first or as another one."""
        also = Actie.ook_in.through.objects.filter(actie=models.OuterRef("pk"), wijk__in=wijk_ids)
        return self.filter(Q(wijk__in=wijk_ids) | models.Exists(also))

    def behind(self, on: date) -> ActieQuerySet:
        """Running actions behind their plan on this day: a milestone is late, or the end has passed."""
        late = Mijlpaal.objects.late(on).filter(actie=models.OuterRef("pk"))
        return self.running().filter(Q(einde__lt=on) | models.Exists(late))

    def on_plan(self, on: date) -> ActieQuerySet:
        """Running actions of which nothing is late on this day."""
        late = Mijlpaal.objects.late(on).filter(actie=models.OuterRef("pk"))
        return self.running().filter(Q(einde__isnull=True) | Q(einde__gte=on), ~models.Exists(late))

    def with_progress(self, on: date) -> ActieQuerySet:
        """Each with the number of its milestones: all that count, those reached, and those that are late."""

        def count(where: Q) -> models.Subquery:
            rows = Mijlpaal.objects.filter(where, actie=models.OuterRef("pk")).order_by().values("actie")
            return models.functions.Coalesce(models.Subquery(rows.annotate(n=models.Count("pk")).values("n")), 0)  # type: ignore[return-value]

        return self.annotate(
            mijlpalen_aantal=count(~Q(status=Mijlpaalstatus.VERVALLEN)),
            mijlpalen_gehaald=count(Q(status=Mijlpaalstatus.GEHAALD)),
            mijlpalen_laat=count(_OPEN & Q(uiterlijk__lt=on)),
        )

    def public(self) -> ActieQuerySet:
        """What residents may read."""
        return self.filter(is_openbaar=True)

    def visible_to(self, user: Gebruiker, reach: Bereik) -> ActieQuerySet:
        """What this member of staff may see: of their wijken, and their own; the twin of `rules.may_see_action`."""
        if not user.is_active or not user.rollen:
            return self.none()
        if user.rollen & {"beheerder", "lezer"}:
            return self.all()
        also = Actie.ook_in.through.objects.filter(actie=models.OuterRef("pk"), wijk__in=reach.wijk_ids)
        own = Q(eigenaar__in=reach.gebruiker_ids)
        return self.filter(own | Q(wijk__in=reach.wijk_ids) | models.Exists(also))


@historiek.track()
class Actie(models.Model):
    """An action in one or more wijken. What it comes from, and the plan it belongs to, are rows of the red thread.

    How far it is follows from its milestones and is never filled in.
    """

    Status = Actiestatus

    class Betrokkenheid(models.TextChoices):
        INGELICHT = "ingelicht", "bewoners werden ingelicht"
        GERAADPLEEGD = "geraadpleegd", "bewoners gaven hun mening"
        SAMEN = "samen", "bewoners beslisten mee"
        ZELF = "zelf", "bewoners deden het zelf"

    titel = models.CharField("titel", max_length=160)
    tekst = models.TextField(
        "wat bewoners lezen", max_length=4000, help_text="In gewone woorden: wat gebeurt er, waar, en waarom."
    )
    intern = models.TextField("voor collega’s", blank=True, max_length=4000)
    wijk = models.ForeignKey(
        Wijk, models.PROTECT, related_name="acties", verbose_name="wijk", help_text="De wijkmanager hiervan trekt ze."
    )
    ook_in = models.ManyToManyField(Wijk, blank=True, related_name="ook_acties", verbose_name="ook in deze wijken")
    eigenaar = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="acties",
        verbose_name="eigenaar",
        help_text="Wie ervoor zorgt dat ze vooruitgaat.",
    )
    partners = models.ManyToManyField(Partner, through="Actiepartner", related_name="acties", verbose_name="partners")
    status = models.CharField("status", max_length=10, choices=Actiestatus, default=Actiestatus.GEPLAND)
    looptijd = models.CharField("looptijd", max_length=3, choices=Looptijd, default=Looptijd.KT)
    start = models.DateField("start")
    einde = models.DateField("klaar tegen", null=True, blank=True)
    budgetlijn = models.CharField("budgetlijn", max_length=120, blank=True)
    budget = models.DecimalField("budget (euro)", max_digits=11, decimal_places=2, null=True, blank=True)
    betrokkenheid = models.CharField(
        "hoe bewoners meedoen", max_length=14, choices=Betrokkenheid, default=Betrokkenheid.INGELICHT
    )
    betrokkenheid_tekst = models.CharField("hoe juist", max_length=400, blank=True)
    domeinen = models.ManyToManyField(Beleidsdomein, blank=True, related_name="acties", verbose_name="beleidsdomeinen")
    doelstellingen = models.ManyToManyField(
        Doelstelling, blank=True, related_name="acties", verbose_name="doelstellingen"
    )
    is_openbaar = models.BooleanField(
        "bewoners zien deze actie", default=True, help_text="Op de pagina van de wijk. Uit: alleen voor collega’s."
    )
    uitkomst = models.TextField("wat ervan kwam", blank=True, max_length=2000)
    gemaakt_op = models.DateTimeField("gemaakt op")
    gemaakt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="gemaakt door"
    )
    beeindigd_op = models.DateTimeField("beëindigd op", null=True, blank=True)
    beeindigd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="beëindigd door",
    )
    versie = models.PositiveIntegerField("versie", default=1)

    objects = ActieQuerySet.as_manager()

    class Meta:
        verbose_name = "actie"
        verbose_name_plural = "acties"
        ordering = ["-start", "-pk"]
        indexes = [
            models.Index(fields=["wijk", "status", "-id"], name="actie_of_wijk"),
            models.Index(fields=["status", "-id"], name="actie_by_status"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Actiestatus.values), name="actie_known_status"),
            models.CheckConstraint(
                condition=_ENDED & Q(beeindigd_op__isnull=False) & ~Q(uitkomst="")
                | ~_ENDED & Q(beeindigd_op__isnull=True),
                name="actie_ended_when_and_how",
            ),
            models.CheckConstraint(condition=Q(einde__isnull=True) | Q(einde__gte=F("start")), name="actie_period"),
            models.CheckConstraint(condition=Q(budget__isnull=True) | Q(budget__gte=0), name="actie_budget"),
        ]
        triggers = [
            pgtrigger.FSM(name="actie_steps", field="status", transitions=pairs(ACTIE_STEPS)),
            pgtrigger.Trigger(
                name="actie_done_has_no_open_milestone",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("status"),
                condition=pgtrigger.Q(new__status=Actiestatus.AFGEROND),
                func="""
                    IF EXISTS (SELECT 1 FROM wijken_mijlpaal WHERE actie_id = NEW.id AND status = 'open') THEN
                        RAISE EXCEPTION 'action % still has a milestone to reach', NEW.id
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.titel

    def get_absolute_url(self) -> str:
        return reverse("wijken:action", args=[self.pk])

    @property
    def is_lopend(self) -> bool:
        return self.status in RUNNING

    @property
    def publiek_adres(self) -> str:
        """The path of the page for residents."""
        return reverse("wijken:action_public", args=[self.wijk.slug, self.pk])


@historiek.track()
class Actiepartner(models.Model):
    """A partner takes part in an action, in a role."""

    actie = models.ForeignKey(Actie, models.CASCADE, related_name="actiepartners", verbose_name="actie")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="actiepartners", verbose_name="partner")
    rol = models.CharField("rol", max_length=120, help_text="Bijvoorbeeld: levert materiaal, begeleidt bewoners.")

    class Meta:
        verbose_name = "partner van een actie"
        verbose_name_plural = "partners van een actie"
        ordering = ["partner__naam", "pk"]
        constraints = [models.UniqueConstraint(fields=["actie", "partner"], name="actiepartner_once")]

    def __str__(self) -> str:
        return f"{self.partner}: {self.rol}"


class MijlpaalQuerySet(models.QuerySet["Mijlpaal"]):
    def late(self, on: date) -> MijlpaalQuerySet:
        """What was to be reached before this day and is not."""
        return self.filter(_OPEN, uiterlijk__lt=on)


@historiek.track()
class Mijlpaal(models.Model):
    """A point that an action has to reach; together they say how far it is."""

    actie = models.ForeignKey(Actie, models.CASCADE, related_name="mijlpalen", verbose_name="actie")
    titel = models.CharField("mijlpaal", max_length=160)
    uiterlijk = models.DateField("tegen")
    status = models.CharField("status", max_length=10, choices=Mijlpaalstatus, default=Mijlpaalstatus.OPEN)
    gehaald_op = models.DateField("gehaald op", null=True, blank=True)
    reden = models.CharField("waarom vervallen", max_length=400, blank=True)

    objects = MijlpaalQuerySet.as_manager()

    class Meta:
        verbose_name = "mijlpaal"
        verbose_name_plural = "mijlpalen"
        ordering = ["uiterlijk", "pk"]
        indexes = [models.Index(fields=["uiterlijk"], name="mijlpaal_due", condition=_OPEN)]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Mijlpaalstatus.values), name="mijlpaal_known_status"),
            models.CheckConstraint(
                condition=Q(status=Mijlpaalstatus.GEHAALD, gehaald_op__isnull=False)
                | ~Q(status=Mijlpaalstatus.GEHAALD) & Q(gehaald_op__isnull=True),
                name="mijlpaal_reached_when",
            ),
            models.CheckConstraint(
                condition=~Q(status=Mijlpaalstatus.VERVALLEN) | ~Q(reden=""), name="mijlpaal_dropped_why"
            ),
        ]
        triggers = [pgtrigger.FSM(name="mijlpaal_steps", field="status", transitions=pairs(MIJLPAAL_STEPS))]

    def __str__(self) -> str:
        return self.titel

    @property
    def is_open(self) -> bool:
        return self.status == Mijlpaalstatus.OPEN

    def is_late(self, on: date) -> bool:
        return self.is_open and self.uiterlijk < on


@historiek.track()
class Bewijs(models.Model):
    """What shows that a milestone was reached: words, a link, a photo."""

    mijlpaal = models.ForeignKey(Mijlpaal, models.CASCADE, related_name="bewijzen", verbose_name="mijlpaal")
    tekst = models.CharField("wat je ziet", max_length=400, blank=True)
    link = models.CharField("link", max_length=300, blank=True, validators=[URLValidator(["https"])])
    beeld = models.ForeignKey(Beeld, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="foto")
    op = models.DateTimeField("toegevoegd op")
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="door"
    )

    class Meta:
        verbose_name = "bewijs"
        verbose_name_plural = "bewijzen"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(tekst="") | ~Q(link="") | Q(beeld__isnull=False), name="bewijs_is_something"
            )
        ]

    def __str__(self) -> str:
        return self.tekst or self.link or "foto"
