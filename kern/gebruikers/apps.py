from django.apps import AppConfig


class GebruikersConfig(AppConfig):
    name = "kern.gebruikers"
    verbose_name = "gebruikers en rollen"

    def ready(self) -> None:
        from . import checks  # noqa: F401
