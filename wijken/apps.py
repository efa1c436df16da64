from django.apps import AppConfig


class WijkenConfig(AppConfig):
    name = "wijken"
    verbose_name = "wijken en teams"

    def ready(self) -> None:
        from kern import demo as demo_parts

        from . import (
            actions,
            adressen,
            bewaring,
            bijeenkomstsoorten,
            draden,
            mails,
            menu,
            ogc,
            plandraden,
            registry,
            reminders,
        )
        from .demo import bijeenkomsten as demo_bijeenkomsten
        from .demo import netwerk as demo_netwerk
        from .demo import plan as demo_plan
        from .demo import wijkblad as demo_wijkblad
        from .queries import netwerk

        mails.register()
        registry.register_places(registry.Plaatsgebonden("straten", actions.reassign_streets))
        registry.register_places(registry.Plaatsgebonden("behoeften", actions.reassign_needs))
        bijeenkomstsoorten.register_all()
        reminders.register_all()
        menu.register_all()
        plandraden.register_all()
        bewaring.register_all()
        adressen.register_all()
        draden.register_all()
        registry.register_block(
            registry.Blok("partners", "wijken/_partners.html", netwerk.public_partners, volgorde=40)
        )
        ogc.register_all()
        demo_parts.register("bijeenkomsten", demo_bijeenkomsten.fill, volgorde=10)
        demo_parts.register("plan", demo_plan.fill, volgorde=20)
        demo_parts.register("netwerk", demo_netwerk.fill, volgorde=30)
        demo_parts.register("wijkblad", demo_wijkblad.fill, volgorde=60)
