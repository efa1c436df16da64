from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HerinneringenConfig(AppConfig):
    name = "kern.herinneringen"
    verbose_name = _("herinneringen")

    def ready(self) -> None:
        from kern.gezondheid.registry import register

        from . import health, mails  # noqa: F401 (the mail registers itself)

        register("rondes", health.rounds)
