"""Work on a report that is done outside the city: who does what kind of work, what was asked, and what was answered."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kern import historiek
from wijken.models import Partner, Wijk
from wijken.queries import Bereik

from ..states import OPDRACHT_OPEN, Opdrachtstatus
from .categorie import Categorie
from .foto import MeldingBeeld
from .melding import Melding, visible_where
from .verloop import Gebeurtenis

_OPEN = Q(status__in=sorted(OPDRACHT_OPEN))


@historiek.track()
class Partnerwerk(models.Model):
    """A partner handles reports of this category in this wijk; the form proposes the partners that fit."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="werk", verbose_name="partner")
    categorie = models.ForeignKey(
        Categorie,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="categorie",
        help_text="Een hoofdcategorie geldt voor alles eronder. Leeg: elke categorie.",
    )
    wijk = models.ForeignKey(
        Wijk, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="wijk", help_text="Leeg: heel Genk."
    )

    class Meta:
        verbose_name = "werk van een partner"
        verbose_name_plural = "werk van partners"
        ordering = ["partner__naam", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "categorie", "wijk"], name="partnerwerk_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.partner}: {self.categorie or 'elke categorie'}, {self.wijk or 'heel Genk'}"


class PartneropdrachtQuerySet(models.QuerySet["Partneropdracht"]):
    def open(self) -> PartneropdrachtQuerySet:
        return self.filter(_OPEN)

    def late(self, on: date) -> PartneropdrachtQuerySet:
        """Open tasks that were due before this day."""
        return self.open().filter(uiterlijk__lt=on)

    def visible_to(self, user: Any, reach: Bereik) -> PartneropdrachtQuerySet:
        """Tasks about reports that this member of staff may see."""
        where = visible_where(user, reach, "melding__")
        return self.none() if where is None else self.filter(where)


@historiek.track(exclude=["sleutel", "tekst"])
class Partneropdracht(models.Model):
    """A task about a report that the city gave to a partner. `sleutel` opens its page, inside a signed link."""

    melding = models.ForeignKey(Melding, models.CASCADE, related_name="partneropdrachten", verbose_name="melding")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="opdrachten", verbose_name="partner")
    sleutel = models.UUIDField("sleutel", unique=True, default=uuid.uuid4, editable=False)
    status = models.CharField("status", max_length=15, choices=Opdrachtstatus, default=Opdrachtstatus.VERSTUURD)
    tekst = models.TextField("tekst voor de partner")
    met_contact = models.BooleanField("contactgegevens van de melder gaan mee", default=False)
    fotos = models.ManyToManyField(MeldingBeeld, blank=True, related_name="+", verbose_name="foto's")
    gegeven_op = models.DateTimeField("gegeven op")
    gegeven_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="gegeven door"
    )
    termijn = models.DateField("termijn", help_text="Wat de stad vroeg; verandert niet.")
    uiterlijk = models.DateField("verwacht op", help_text="De termijn, of de dag die de partner plande.")
    gepland_op = models.DateField("gepland op", null=True, blank=True)
    afgerond_op = models.DateTimeField("afgerond op", null=True, blank=True)
    link_tot = models.DateField("link werkt tot en met")
    herinneringen = models.PositiveSmallIntegerField("herinneringen", default=0)

    objects = PartneropdrachtQuerySet.as_manager()

    class Meta:
        verbose_name = "opdracht aan een partner"
        verbose_name_plural = "opdrachten aan partners"
        ordering = ["gegeven_op", "pk"]
        indexes = [
            models.Index(fields=["uiterlijk", "id"], name="opdracht_due", condition=_OPEN),
            models.Index(fields=["partner", "uiterlijk", "id"], name="opdracht_of_partner", condition=_OPEN),
        ]
        constraints = [
            models.UniqueConstraint(fields=["melding"], condition=_OPEN, name="opdracht_one_open"),
            models.CheckConstraint(condition=Q(status__in=Opdrachtstatus.values), name="opdracht_known_status"),
            models.CheckConstraint(
                condition=_OPEN & Q(afgerond_op__isnull=True) | ~_OPEN & Q(afgerond_op__isnull=False),
                name="opdracht_done_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status=Opdrachtstatus.GEPLAND) | Q(gepland_op__isnull=False),
                name="opdracht_planned_has_day",
            ),
            models.CheckConstraint(condition=Q(uiterlijk__gte=F("termijn")), name="opdracht_term_only_moves_on"),
        ]

    def __str__(self) -> str:
        return f"{self.melding} bij {self.partner}"

    @property
    def is_open(self) -> bool:
        return self.status in OPDRACHT_OPEN

    def is_late(self, on: date) -> bool:
        return self.is_open and self.uiterlijk < on


class Partnerantwoord(models.Model):
    """What a partner answered. `inzending` names one filled-in form: sent twice, it counts once."""

    opdracht = models.ForeignKey(Partneropdracht, models.CASCADE, related_name="antwoorden", verbose_name="opdracht")
    inzending = models.UUIDField("inzending", editable=False)
    op = models.DateTimeField("op")
    status = models.CharField("antwoord", max_length=15, choices=Opdrachtstatus)
    datum = models.DateField("datum", null=True, blank=True)
    tekst = models.TextField("tekst", blank=True)
    fotos = models.ManyToManyField(MeldingBeeld, blank=True, related_name="+", verbose_name="foto's")

    class Meta:
        verbose_name = "antwoord van een partner"
        verbose_name_plural = "antwoorden van partners"
        ordering = ["op", "pk"]
        constraints = [models.UniqueConstraint(fields=["opdracht", "inzending"], name="partnerantwoord_once")]

    def __str__(self) -> str:
        return f"{self.get_status_display()} ({self.opdracht})"


# The line of the story that an answer makes.
LINE_OF = {
    Opdrachtstatus.AANGENOMEN: Gebeurtenis.Soort.PARTNER_JA,
    Opdrachtstatus.GEPLAND: Gebeurtenis.Soort.PARTNER_PLAN,
    Opdrachtstatus.UITGEVOERD: Gebeurtenis.Soort.PARTNER_KLAAR,
    Opdrachtstatus.NIET_VOOR_ONS: Gebeurtenis.Soort.PARTNER_NEE,
}
