from django.apps import AppConfig


class BewaringConfig(AppConfig):
    name = "kern.bewaring"
    verbose_name = "bewaring"

    def ready(self) -> None:
        from kern.herinneringen.registry import LichteTaak, register_light

        from . import actions

        register_light(LichteTaak("bewaartermijnen", actions.nightly, daily=True))
