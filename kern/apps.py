from django.apps import AppConfig


class KernConfig(AppConfig):
    name = "kern"
    verbose_name = "over het portaal"

    def ready(self) -> None:
        from . import checks  # noqa: F401 (registers itself)
        from .herinneringen.registry import LichteTaak, register_light
        from .sessies import forget_expired

        register_light(LichteTaak("oude sessies wissen", lambda at: forget_expired(at=at), daily=True))
