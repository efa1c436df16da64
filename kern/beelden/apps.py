from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BeeldenConfig(AppConfig):
    name = "kern.beelden"
    verbose_name = _("beelden")

    def ready(self) -> None:
        from kern.gezondheid.registry import register
        from kern.herinneringen.registry import LichteTaak, register_light

        from . import actions, health

        register("beelden", health.waiting)
        register_light(LichteTaak("foto's klaarmaken", lambda at: actions.process_waiting(at=at)))
        register_light(LichteTaak("foto's opruimen", lambda at: actions.clean_up(at=at), daily=True))
