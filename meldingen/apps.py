from typing import Any

from django.apps import AppConfig
from django.urls import reverse


def _bulk_page(opdracht: Any) -> str:
    return reverse("meldingen:bulk", args=[opdracht.invoer["bulk"]])


class MeldingenConfig(AppConfig):
    name = "meldingen"
    verbose_name = "meldingen"

    def ready(self) -> None:
        from kern.opdrachten.registry import Soort
        from kern.opdrachten.registry import register as register_job
        from wijken.registry import Blok, Draadsoort, Plaatsgebonden, register_block, register_places, register_thread

        from . import bewaring, jobs, koppelingen, mailteksten, ogc, reminders
        from .actions import bulk
        from .actions.places import reassign_wijken
        from .models import Melding
        from .queries import draad, public

        mailteksten.register()
        register_job(Soort("bulk", "Bulkwijziging", bulk.run_job, terug=_bulk_page, verder="Bekijk het per melding"))
        register_job(
            Soort(
                "bulk_terug",
                "Bulkwijziging terugdraaien",
                bulk.run_undo_job,
                terug=_bulk_page,
                verder="Bekijk het per melding",
            )
        )
        koppelingen.register()
        ogc.register_all()
        register_places(Plaatsgebonden("meldingen", reassign_wijken))
        reminders.register_all()
        bewaring.register_all()
        register_thread(Draadsoort(Melding, "meldingen", draad.knots))
        jobs.register_all()
        register_block(Blok("meldingen", "meldingen/openbaar/_wijkblok.html", public.in_wijk, volgorde=20))
