"""The kinds of meetings of this room; all the rest of them is the engine of `wijken`."""

from django.utils.translation import gettext_lazy as _

from wijken import soorten

ROLLEN = frozenset({"beheerder", "wijkmanager", "samenlevingscoördinator"})
ACTIVITEIT = soorten.Bijeenkomstsoort("activiteit", _("activiteit"), _("activiteiten"), rollen=ROLLEN, volgorde=30)
DIALOOG = soorten.Bijeenkomstsoort(
    "dialoogmoment", _("dialoogmoment"), _("dialoogmomenten"), rollen=ROLLEN, volgorde=32
)
CODES = (ACTIVITEIT.code, DIALOOG.code)


def register_all() -> None:
    """Make them known; called once, when the app is ready."""
    soorten.register(ACTIVITEIT)
    soorten.register(DIALOOG)
