"""Who works with the portal: accounts, and who stands in for whom."""

from datetime import date
from typing import ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from kern import historiek

from .rollen import WIDE_ROLES, Rol

__all__ = ["WIDE_ROLES", "Gebruiker", "Rol", "Vervanging"]


class GebruikerManager(BaseUserManager["Gebruiker"]):
    """Makes accounts that log in with their mail address."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "Gebruiker":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "Gebruiker":
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "Gebruiker":
        return self.get(email__iexact=username)


class Gebruiker(AbstractUser):
    """A member of the city's staff. Residents have no account."""

    username = None
    first_name = None
    last_name = None
    email = models.EmailField("e-mailadres", unique=True)
    naam = models.CharField("naam", max_length=120)
    telefoon = models.CharField("telefoon", max_length=30, blank=True)
    is_demo = models.BooleanField(
        "demo-account", default=False, editable=False, help_text="Gemaakt door de demo; mag niet bestaan in productie."
    )

    objects: ClassVar[GebruikerManager] = GebruikerManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["naam"]

    class Meta:
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"
        ordering = ["naam"]

    def __str__(self) -> str:
        return self.naam

    def get_full_name(self) -> str:
        return self.naam

    def get_short_name(self) -> str:
        return self.naam

    @cached_property
    def rollen(self) -> frozenset[str]:
        """The names of the roles this person has; read once per instance."""
        if self.is_superuser:
            return frozenset(Rol.values)
        return frozenset(self.groups.values_list("name", flat=True))

    @property
    def is_staff(self) -> bool:
        """Whether the admin lets this person in: it follows the role, there is nothing to tick."""
        return self.has_role(Rol.BEHEERDER)

    def has_role(self, *roles: Rol) -> bool:
        return self.is_active and not self.rollen.isdisjoint(roles)


class VervangingQuerySet(models.QuerySet["Vervanging"]):
    def on(self, day: date) -> "VervangingQuerySet":
        """The replacements that hold on this day (both ends included)."""
        return self.filter(van__lte=day, tot__gte=day)


@historiek.track()
class Vervanging(models.Model):
    """Somebody stands in for an absent colleague: sees what they see and gets their reminders."""

    afwezige = models.ForeignKey(Gebruiker, models.CASCADE, related_name="vervangingen", verbose_name="wie is afwezig")
    vervanger = models.ForeignKey(Gebruiker, models.CASCADE, related_name="vervangt", verbose_name="wie neemt over")
    van = models.DateField("van", help_text="Eerste dag van de vervanging.")
    tot = models.DateField("tot en met", help_text="Laatste dag van de vervanging.")

    objects = VervangingQuerySet.as_manager()

    class Meta:
        verbose_name = "vervanging"
        verbose_name_plural = "vervangingen"
        ordering = ["-van"]
        constraints = [
            models.CheckConstraint(condition=Q(tot__gte=F("van")), name="vervanging_ends_after_start"),
            models.CheckConstraint(condition=~Q(afwezige=F("vervanger")), name="vervanging_by_somebody_else"),
        ]

    def __str__(self) -> str:
        return f"{self.vervanger} voor {self.afwezige}, {self.van:%d-%m-%Y} tot {self.tot:%d-%m-%Y}"
