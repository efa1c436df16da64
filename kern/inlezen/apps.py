from django.apps import AppConfig


class InlezenConfig(AppConfig):
    name = "kern.inlezen"
    verbose_name = "bestanden inlezen"

    def ready(self) -> None:
        from . import bewaring, jobs

        jobs.register_all()
        bewaring.register_all()
