from django.apps import AppConfig


class WijkenConfig(AppConfig):
    name = "wijken"
    verbose_name = "wijken en teams"

    def ready(self) -> None:
        from . import actions, mails, ogc, registry, reminders

        mails.register()
        registry.register_places(registry.Plaatsgebonden("straten", actions.reassign_streets))
        registry.register_places(registry.Plaatsgebonden("behoeften", actions.reassign_needs))
        reminders.register_all()
        ogc.register_all()
