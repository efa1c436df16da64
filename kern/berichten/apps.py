from django.apps import AppConfig


class BerichtenConfig(AppConfig):
    name = "kern.berichten"
    verbose_name = "berichten"

    def ready(self) -> None:
        from kern.gezondheid.registry import register

        from . import health

        register("mails", health.mails)
