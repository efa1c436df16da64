from django.apps import AppConfig


class BerichtenConfig(AppConfig):
    name = "kern.berichten"
    verbose_name = "berichten"

    def ready(self) -> None:
        from kern.gezondheid.registry import register
        from kern.herinneringen.registry import LichteTaak, register_light

        from . import actions, health

        register("mails", health.mails)
        register_light(LichteTaak("berichten_wissen", actions.wipe_old, daily=True))
