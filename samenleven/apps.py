from django.apps import AppConfig


class SamenlevenConfig(AppConfig):
    name = "samenleven"
    verbose_name = "samenleven"

    def ready(self) -> None:
        from kern import demo as demo_parts

        from . import bewaring, demo, draden, inlezen, mails, menu, reminders
        from .mails import aanbevelingen as aanbevelingsmails

        mails.register()
        bewaring.register_all()
        menu.register_all()
        aanbevelingsmails.register()
        draden.register_all()
        inlezen.register_all()
        reminders.register_all()
        demo_parts.register("samenleven", demo.fill)
