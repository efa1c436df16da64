from django.apps import AppConfig


class MeldingenConfig(AppConfig):
    name = "meldingen"
    verbose_name = "meldingen"

    def ready(self) -> None:
        from . import mailteksten

        mailteksten.register()
