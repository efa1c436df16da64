from typing import Any

from django.apps import AppConfig
from django.urls import reverse


def _recalculation_page(opdracht: Any) -> str:
    return reverse("toegankelijkheid:recalculation", args=[opdracht.invoer["herberekening"]])


class ToegankelijkheidConfig(AppConfig):
    name = "toegankelijkheid"
    verbose_name = "toegankelijkheid van het publiek domein"

    def ready(self) -> None:
        from kern import demo as demo_parts
        from kern.opdrachten.registry import Soort
        from kern.opdrachten.registry import register as register_job
        from wijken.registry import Plaatsgebonden, register_places
        from wijken.werkbronnen import Stiltebron, register_silence

        from . import demo, draden, inlezen, mails, menu, ogc, reminders, vormingsoort
        from .actions import normen, zones
        from .queries import stilte

        demo_parts.register("toegankelijkheid", demo.fill)
        menu.register_all()
        vormingsoort.register_all()
        ogc.register_all()
        reminders.register_all()
        mails.register()
        draden.register_all()
        inlezen.register_all()
        register_places(Plaatsgebonden("screeningsobjecten", zones.reassign_places))
        register_job(
            Soort(
                normen.JOB,
                "Metingen opnieuw beoordelen",
                normen.run_job,
                terug=_recalculation_page,
                verder="Bekijk wat er veranderde",
            )
        )
        register_silence(Stiltebron("screening", "Open knelpunten", False, stilte.per_wijk, stilte.url, volgorde=30))
