from django.apps import AppConfig


class OpdrachtenConfig(AppConfig):
    name = "kern.opdrachten"
    verbose_name = "lange opdrachten"

    def ready(self) -> None:
        from kern.gezondheid.registry import register
        from kern.herinneringen.registry import LichteTaak, register_light

        from . import actions, health

        register("opdrachten", health.jobs)
        register_light(LichteTaak("opdrachten nakijken", lambda at: actions.sweep(at=at)))
        register_light(LichteTaak("opdrachten wissen", actions.wipe_old, daily=True))
