from django.apps import AppConfig


class MeldingenConfig(AppConfig):
    name = "meldingen"
    verbose_name = "meldingen"

    def ready(self) -> None:
        from wijken.registry import Blok, Draadsoort, Plaatsgebonden, register_block, register_places, register_thread

        from . import mailteksten, reminders
        from .actions.places import reassign_wijken
        from .models import Melding
        from .queries import draad, public

        mailteksten.register()
        register_places(Plaatsgebonden("meldingen", reassign_wijken))
        reminders.register_all()
        register_thread(Draadsoort(Melding, "meldingen", draad.knots))
        register_block(Blok("meldingen", "meldingen/openbaar/_wijkblok.html", public.in_wijk, volgorde=20))
