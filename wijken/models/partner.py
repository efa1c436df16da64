"""The partners outside the city, and whether their contact data still hold."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q

from kern import historiek


class PartnerQuerySet(models.QuerySet["Partner"]):
    def active(self) -> PartnerQuerySet:
        return self.filter(is_actief=True)

    def unconfirmed(self, on: date) -> PartnerQuerySet:
        """Active partners who did not answer in time whether their contact data still hold."""
        open_asked = Contactvraag.objects.filter(
            partner=models.OuterRef("pk"),
            persoon__isnull=True,
            antwoord__isnull=True,
            uiterlijk__lt=on,
            is_vervallen=False,
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


@historiek.track(exclude=["sleutel", "naam", "functie", "email", "telefoon", "opmerking"])
class Contactvraag(models.Model):
    """The yearly question to a partner, or to one of its people, whether contact data still hold; and the answer."""

    class Antwoord(models.TextChoices):
        KLOPT = "klopt", "klopt nog"
        ANDERS = "anders", "iets is veranderd"

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="contactvragen", verbose_name="partner")
    persoon = models.ForeignKey(
        "wijken.Partnerpersoon",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="contactvragen",
        verbose_name="contactpersoon",
        help_text="Leeg: over de gegevens van de partner zelf.",
    )
    sleutel = models.UUIDField("sleutel", unique=True, default=uuid.uuid4, editable=False)
    gevraagd_op = models.DateTimeField("gevraagd op")
    uiterlijk = models.DateField("antwoord tegen")
    is_vervallen = models.BooleanField("vervangen door een nieuwe vraag", default=False)
    antwoord = models.CharField("antwoord", max_length=10, choices=Antwoord, null=True, blank=True)  # noqa: DJ001
    beantwoord_op = models.DateTimeField("beantwoord op", null=True, blank=True)
    naam = models.CharField("nieuwe naam", max_length=120, blank=True)
    functie = models.CharField("nieuwe functie", max_length=120, blank=True)
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
                fields=["partner", "persoon"],
                condition=Q(antwoord__isnull=True, is_vervallen=False),
                name="contactvraag_one_open",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(antwoord__isnull=True, beantwoord_op__isnull=True)
                | Q(antwoord__isnull=False, beantwoord_op__isnull=False),
                name="contactvraag_answer_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner}: {self.gevraagd_op:%d-%m-%Y}"
