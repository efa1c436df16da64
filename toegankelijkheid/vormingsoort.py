"""Trainings about accessibility, as a kind of meeting of the engine of `wijken`."""

from django.utils.translation import gettext_lazy as _

from wijken import soorten

VORMING = soorten.Bijeenkomstsoort(
    "vorming_toegang",
    _("vorming over toegankelijkheid"),
    _("vormingen over toegankelijkheid"),
    rollen=frozenset({"beheerder", "toegankelijkheidscoördinator"}),
    volgorde=36,
)


def register_all() -> None:
    """Make it known; called once, when the app is ready."""
    soorten.register(VORMING)
