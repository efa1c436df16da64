from django.apps import AppConfig


class SamenlevenConfig(AppConfig):
    name = "samenleven"
    verbose_name = "samenleven"

    def ready(self) -> None:
        from kern import demo as demo_parts
        from wijken.registry import Blok, register_block

        from . import (
            activiteitsoorten,
            adressen,
            bewaring,
            demo,
            denktafelsoort,
            draden,
            inlezen,
            mails,
            menu,
            reminders,
        )
        from .mails import aanbevelingen, activiteiten, brieven, bruggen, denktafels
        from .queries.bruggen import in_wijk

        for mailroom in (mails, aanbevelingen, activiteiten, brieven, bruggen, denktafels):
            mailroom.register()
        for room in (adressen, bewaring, menu, draden, inlezen, reminders):
            room.register_all()
        activiteitsoorten.register_all()
        denktafelsoort.register_all()
        register_block(Blok("bruggenbouwers", "samenleven/_bruggen_in_wijk.html", in_wijk, volgorde=45))
        demo_parts.register("samenleven", demo.fill)
