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
            mails,
            menu,
            menu_bruggen,
        )
        from .mails import activiteiten, bruggen
        from .reminders import labels

        mails.register()
        bruggen.register()
        activiteiten.register()
        activiteitsoorten.register_all()
        bewaring.register_all()
        bewaring_bruggen.register_all()
        bewaring_activiteiten.register_all()
        menu.register_all()
        menu_bruggen.register_all()
        labels.register_all()
        demo_parts.register("samenleven", demo.fill)
