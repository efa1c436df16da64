"""How a report goes: its story, line by line, and the stretches in which its clock stands still."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from wijken.models import Partner

from ..states import Sluitreden, Status
from ..webhooks import TELL_WEBHOOKS
from .melding import Melding


class Pauze(models.Model):
    """A stretch in which the clock of the solution stands still, and for whom it waits."""

    class Reden(models.TextChoices):
        MELDER = "melder", "wacht op de melder"
        PARTNER = "partner", "bij een partner"

    melding = models.ForeignKey(Melding, models.CASCADE, related_name="pauzes", verbose_name="melding")
    reden = models.CharField("reden", max_length=10, choices=Reden, default=Reden.MELDER)
    van = models.DateField("van")
    tot = models.DateField("tot", null=True, blank=True)
    herinner_op = models.DateField("herinner de melder op", null=True, blank=True)
    is_herinnerd = models.BooleanField("melder is herinnerd", default=False)
    terug_op = models.DateField("terug naar de behandelaar op", null=True, blank=True)

    class Meta:
        verbose_name = "pauze"
        verbose_name_plural = "pauzes"
        constraints = [
            models.UniqueConstraint(fields=["melding"], condition=Q(tot__isnull=True), name="pauze_one_open"),
            models.CheckConstraint(condition=Q(tot__isnull=True) | Q(tot__gte=F("van")), name="pauze_period"),
            models.CheckConstraint(
                condition=Q(reden="melder", herinner_op__isnull=False, terug_op__isnull=False)
                | Q(reden="partner", herinner_op__isnull=True, terug_op__isnull=True),
                name="pauze_waits_for_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.melding}: {self.van:%d-%m-%Y}"


class Gebeurtenis(models.Model):
    """One line in the story of a report: what happened, who did it, and what the resident may read."""

    class Soort(models.TextChoices):
        ONTVANGEN = "ontvangen", "ontvangen"
        STAP = "stap", "stap"
        TOEWIJZING = "toewijzing", "toegewezen"
        NIET_VOOR_ONS = "niet_voor_ons", "niet voor ons"
        NOTITIE = "notitie", "notitie"
        CONTACT = "contact", "contact met de melder"
        AANVULLING = "aanvulling", "aanvulling van de melder"
        VRAAG = "vraag", "vraag aan de melder"
        ANTWOORD = "antwoord", "antwoord van de melder"
        HERINNERING = "herinnering", "herinnering aan de melder"
        BELOFTE = "belofte", "nieuwe datum"
        GEGEVENS = "gegevens", "gegevens verbeterd"
        OPENBAAR = "openbaar", "openbaar gemaakt of verborgen"
        GEVOLGD = "gevolgd", "iemand meldde hetzelfde"
        VERGETEN = "vergeten", "gegevens van de melder gewist"
        LABELS = "labels", "labels"
        SAMENGEVOEGD = "samengevoegd", "samengevoegd"
        LOSGEMAAKT = "losgemaakt", "weer losgemaakt"
        TERUGKOPPELING = "terugkoppeling", "antwoord in de enquête"
        PARTNER_VRAAG = "partner_vraag", "opdracht aan de partner"
        PARTNER_JA = "partner_ja", "aangenomen door de partner"
        PARTNER_PLAN = "partner_plan", "gepland door de partner"
        PARTNER_KLAAR = "partner_klaar", "uitgevoerd door de partner"
        PARTNER_NEE = "partner_nee", "niet voor de partner"
        PARTNER_TERUG = "partner_terug", "teruggenomen van de partner"
        DEELTAAK = "deeltaak", "deeltaak"

    melding = models.ForeignKey(Melding, models.CASCADE, related_name="gebeurtenissen", verbose_name="melding")
    soort = models.CharField("soort", max_length=14, choices=Soort)
    op = models.DateTimeField("op")
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="door",
        help_text="Leeg: de melder, een partner of het systeem zelf.",
    )
    partner = models.ForeignKey(
        Partner,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,  # nobody asks for the lines of a partner, and this is the longest table of all
        verbose_name="partner",
    )
    van_status = models.CharField("van", max_length=20, choices=Status, blank=True)
    naar_status = models.CharField("naar", max_length=20, choices=Status, blank=True)
    sluitreden = models.CharField("reden", max_length=20, choices=Sluitreden, blank=True)
    datum = models.DateField("datum", null=True, blank=True, help_text="Geplande of nieuwe datum.")
    tekst = models.TextField("tekst", blank=True)
    voor_melder = models.BooleanField("zichtbaar voor de melder", default=False)
    genoemd = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="genoemd_in", verbose_name="genoemde collega's"
    )
    bulk = models.ForeignKey(
        "meldingen.Bulk",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name="bulkwijziging",
        help_text="De wijziging van veel meldingen tegelijk waar dit bij hoort.",
    )
    teruggedraaid_op = models.DateTimeField("teruggedraaid op", null=True, blank=True)
    teruggedraaid_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name="teruggedraaid door",
    )

    class Meta:
        verbose_name = "gebeurtenis"
        verbose_name_plural = "gebeurtenissen"
        ordering = ["op", "pk"]
        indexes = [models.Index(fields=["melding", "op"], name="gebeurtenis_story")]
        triggers = [TELL_WEBHOOKS]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} ({self.melding})"
