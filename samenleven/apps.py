from django.apps import AppConfig


class SamenlevenConfig(AppConfig):
    name = "samenleven"
    verbose_name = "samenleven"

    def ready(self) -> None:
        from kern import demo as demo_parts

        from . import (
            activiteitsoorten,
            bewaring,
            bewaring_activiteiten,
            bewaring_bruggen,
            demo,
            draden,
            inlezen,
            mails,
            menu,
            menu_bruggen,
            reminders,
        )
        from .mails import aanbevelingen, activiteiten, bruggen

        for mailroom in (mails, aanbevelingen, activiteiten, bruggen):
            mailroom.register()
        for room in (bewaring, bewaring_activiteiten, bewaring_bruggen, menu, menu_bruggen, draden, inlezen, reminders):
            room.register_all()
        activiteitsoorten.register_all()
        demo_parts.register("samenleven", demo.fill)
