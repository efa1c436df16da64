from django.apps import AppConfig


class SamenlevenConfig(AppConfig):
    name = "samenleven"
    verbose_name = "samenleven"

    def ready(self) -> None:
        from kern import demo as demo_parts

        from . import bewaring, demo, mails, menu

        mails.register()
        bewaring.register_all()
        menu.register_all()
        demo_parts.register("samenleven", demo.fill)
