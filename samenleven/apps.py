from django.apps import AppConfig


class SamenlevenConfig(AppConfig):
    name = "samenleven"
    verbose_name = "samenleven"

    def ready(self) -> None:
        from kern import demo as demo_parts

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
        from .mails import aanbevelingen, activiteiten, bruggen, denktafels

        for mailroom in (mails, aanbevelingen, activiteiten, bruggen, denktafels):
            mailroom.register()
        for room in (adressen, bewaring, menu, draden, inlezen, reminders):
            room.register_all()
        activiteitsoorten.register_all()
        denktafelsoort.register_all()
        demo_parts.register("samenleven", demo.fill)
