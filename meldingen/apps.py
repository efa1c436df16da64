from django.apps import AppConfig


class MeldingenConfig(AppConfig):
    name = "meldingen"
    verbose_name = "meldingen"

    def ready(self) -> None:
        from wijken.registry import Blok, register_block

        from . import mailteksten, reminders
        from .queries import public

        mailteksten.register()
        reminders.register_all()
        register_block(Blok("meldingen", "meldingen/openbaar/_wijkblok.html", public.in_wijk, volgorde=20))
