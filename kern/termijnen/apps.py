from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TermijnenConfig(AppConfig):
    name = "kern.termijnen"
    verbose_name = _("termijnen")

    def ready(self) -> None:
        from kern.gezondheid.registry import register

        from . import checks, health  # noqa: F401 (checks register themselves)

        register("sluitingsdagen", health.closing_days)
