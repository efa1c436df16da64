"""The people of partners, and what partners are in a wijk."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from kern import historiek

from .gebied import Wijk
from .partner import Partner
from .team import PeriodeQuerySet


class PartnerpersoonQuerySet(models.QuerySet["Partnerpersoon"]):
    def active(self) -> PartnerpersoonQuerySet:
        return self.filter(gestopt_op__isnull=True, partner__is_actief=True)

    def visible_to(self, user: Any, reach: Any) -> PartnerpersoonQuerySet:
        """Whose contact data this member of staff may read; the twin of `rules.may_see_contact_person`.

        A person without wijken is there for all of them.
        """
        if not user.is_active or not user.rollen - {"lezer"}:
            return self.none()
        if "beheerder" in user.rollen:
            return self.all()
        here = Partnerpersoon.wijken.through.objects.filter(partnerpersoon=models.OuterRef("pk"))
        return self.filter(models.Exists(here.filter(wijk__in=reach.wijk_ids)) | ~models.Exists(here))


@historiek.track(exclude=["naam", "functie", "email", "telefoon"])
class Partnerpersoon(models.Model):
    """Somebody who speaks for a partner. Personal data: kept no longer than a rule of keeping says."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="personen", verbose_name="partner")
    naam = models.CharField("naam", max_length=120)
    functie = models.CharField("functie", max_length=120, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    telefoon = models.CharField("telefoon", max_length=30, blank=True)
    wijken = models.ManyToManyField(
        Wijk, blank=True, related_name="partnerpersonen", verbose_name="wijken", help_text="Geen: voor alle wijken."
    )
    gemaakt_op = models.DateTimeField("gemaakt op")
    bevestigd_op = models.DateField("gegevens bevestigd op", null=True, blank=True)
    gestopt_op = models.DateField(
        "doet dit niet meer sinds", null=True, blank=True, help_text="Dan worden de gegevens later vanzelf gewist."
    )
    anoniem_op = models.DateTimeField("gegevens gewist op", null=True, blank=True, editable=False)

    objects = PartnerpersoonQuerySet.as_manager()

    class Meta:
        verbose_name = "contactpersoon"
        verbose_name_plural = "contactpersonen"
        ordering = ["naam", "pk"]
        indexes = [
            models.Index(
                fields=["gestopt_op"],
                name="partnerpersoon_to_forget",
                condition=Q(gestopt_op__isnull=False, anoniem_op__isnull=True),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(anoniem_op__isnull=True) | Q(email="", telefoon="", gestopt_op__isnull=False),
                name="partnerpersoon_forgotten_is_empty",
            )
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def is_actief(self) -> bool:
        return self.gestopt_op is None


@historiek.track()
class Partnerrol(models.Model):
    """What a partner is in a wijk, from a day to a day."""

    class Rol(models.TextChoices):
        OPBOUWWERK = "opbouwwerk", "buurtopbouwwerk"
        STRAATHOEKWERK = "straathoekwerk", "straathoekwerk"
        ONTMOETING = "ontmoeting", "ontmoetingsplek"
        WELZIJN = "welzijn", "welzijn en hulp"
        WERK = "werk", "werk en opleiding"
        ONDERWIJS = "onderwijs", "school"
        JEUGD = "jeugd", "jeugdwerk"
        WONEN = "wonen", "huisvesting"
        VEILIGHEID = "veiligheid", "veiligheid"
        SPORT_CULTUUR = "sport_cultuur", "sport en cultuur"
        BEWONERS = "bewoners", "bewonersgroep"

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="rollen", verbose_name="partner")
    wijk = models.ForeignKey(Wijk, models.CASCADE, related_name="partnerrollen", verbose_name="wijk")
    rol = models.CharField("rol", max_length=16, choices=Rol)
    toelichting = models.CharField(
        "in woorden", max_length=160, blank=True, help_text="Eén zin voor bewoners: wat vinden ze daar?"
    )
    persoon = models.ForeignKey(
        Partnerpersoon,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="rollen",
        verbose_name="contactpersoon",
        help_text="Alleen voor collega's.",
    )
    van = models.DateField("van")
    tot = models.DateField("tot en met", null=True, blank=True, help_text="Leeg: voor onbepaalde tijd.")
    is_openbaar = models.BooleanField("op de wijkpagina", default=True)

    objects = PeriodeQuerySet["Partnerrol"].as_manager()

    class Meta:
        verbose_name = "rol van een partner"
        verbose_name_plural = "rollen van partners"
        ordering = ["wijk__naam", "rol", "van"]
        indexes = [models.Index(fields=["wijk", "van"], name="partnerrol_in_wijk")]
        constraints = [
            models.UniqueConstraint(fields=["partner", "wijk", "rol", "van"], name="partnerrol_once_per_start"),
            models.CheckConstraint(condition=Q(tot__isnull=True) | Q(tot__gte=F("van")), name="partnerrol_period"),
        ]

    def __str__(self) -> str:
        return f"{self.partner}: {self.get_rol_display()} in {self.wijk}"
