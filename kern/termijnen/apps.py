from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TermijnenConfig(AppConfig):
    name = "kern.termijnen"
    verbose_name = _("termijnen")

    def ready(self) -> None:
        from . import checks  # noqa: F401 (registers itself)
