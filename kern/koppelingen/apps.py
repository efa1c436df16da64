from django.apps import AppConfig


class KoppelingenConfig(AppConfig):
    name = "kern.koppelingen"
    verbose_name = "koppelingen"

    def ready(self) -> None:
        from kern.gezondheid.registry import register
        from kern.herinneringen.registry import LichteTaak, register_light

        from . import actions, health

        register("webhooks", health.webhooks)
        register_light(LichteTaak("koppelingen opruimen", lambda at: actions.clean_up(at=at), daily=True))
