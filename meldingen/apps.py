from django.apps import AppConfig


class MeldingenConfig(AppConfig):
    name = "meldingen"
    verbose_name = "meldingen"

    def ready(self) -> None:
        from wijken.registry import Blok, Plaatsgebonden, register_block, register_places

        from . import bewaring, mailteksten, reminders
        from .actions.places import reassign_wijken
        from .queries import public

        mailteksten.register()
        register_places(Plaatsgebonden("meldingen", reassign_wijken))
        reminders.register_all()
        bewaring.register_all()
        register_block(Blok("meldingen", "meldingen/openbaar/_wijkblok.html", public.in_wijk, volgorde=20))
