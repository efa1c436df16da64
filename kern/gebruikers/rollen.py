"""The roles of city staff."""

from django.db.models import TextChoices


class Rol(TextChoices):
    """The roles of city staff. Each is a group of that name, made by a migration."""

    BEHEERDER = "beheerder", "beheerder"
    WIJKMANAGER = "wijkmanager", "wijkmanager"
    BUURTTOEZICHTER = "buurttoezichter", "buurttoezichter"
    BUURTWERKPLAATS = "buurtwerkplaats", "buurtwerkplaats"
    BEHANDELAAR = "behandelaar", "behandelaar"
    TEAMLEIDER = "teamleider", "teamleider"
    TOEGANKELIJKHEIDSCOORDINATOR = "toegankelijkheidscoördinator", "toegankelijkheidscoördinator"
    SCREENER = "screener", "screener toegankelijkheid"
    SAMENLEVINGSCOORDINATOR = "samenlevingscoördinator", "samenlevingscoördinator"
    LEZER = "lezer", "lezer"


# Roles that see or change much: they need a second factor outside demo mode.
WIDE_ROLES = frozenset({Rol.BEHEERDER, Rol.TEAMLEIDER, Rol.WIJKMANAGER})
