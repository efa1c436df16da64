from django.apps import AppConfig


class KernConfig(AppConfig):
    name = "kern"
    verbose_name = "over het portaal"

    def ready(self) -> None:
        from . import checks  # noqa: F401 (registers itself)
