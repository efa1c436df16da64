"""The meetings of denktafels, as a kind of the engine of `wijken`."""

from django.utils.translation import gettext_lazy as _

from wijken import soorten

DENKTAFEL = soorten.Bijeenkomstsoort(
    "denktafel",
    _("denktafel"),
    _("denktafels"),
    rollen=frozenset({"beheerder", "samenlevingscoördinator"}),
    openbaar=False,
    volgorde=34,
)


def register_all() -> None:
    """Make it known; called once, when the app is ready."""
    soorten.register(DENKTAFEL)
