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
        from wijken.registry import (
            Agendabron,
            Blok,
            Draadsoort,
            Meldingmaker,
            Netwerkbron,
            Nieuws,
            Partnerdeel,
            Plaatsgebonden,
            register_agenda,
            register_block,
            register_network,
            register_news,
            register_partner_part,
            register_places,
            register_report_maker,
            register_thread,
        )
        from wijken.werkbronnen import Werkbron, register_silence, register_work

        from . import bewaring, jobs, koppelingen, mailteksten, menu, ogc, reminders
        from .actions import bulk, gehoord
        from .actions.places import reassign_wijken
        from .models import Melding
        from .queries import draad, partners, public, wijkblad
        from .queries import wijken as shared

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
        register_thread(
            Draadsoort(
                Melding,
                "meldingen",
                draad.knots,
                een="melding",
                volgorde=10,
                is_bron=True,
                deelnemers=draad.participants,
                bewoners=draad.residents,
            )
        )
        register_report_maker(Meldingmaker(draad.kinds, gehoord.make))
        jobs.register_all()
        register_news(Nieuws("meldingen", shared.TITLE, shared.solved_by_wijk, volgorde=30))
        register_agenda(Agendabron("meldingen", "geplande meldingen", shared.planned, volgorde=30))
        # A round is the day of a crew: who takes over a wijk finds it in the agenda, not in the pack.
        register_agenda(Agendabron("rondes", "rondes te voet", shared.rounds, volgorde=40, bij_overdracht=False))
        menu.register_all()
        register_block(
            Blok("meldingen", "meldingen/openbaar/_wijkblok.html", public.in_wijk, volgorde=20, feiten=public.facts)
        )
        cells = (
            ("Waarvoor", "meldingen/werk/partnerdeel_waarvoor.html"),
            ("Nu bij hen", "meldingen/werk/partnerdeel_nu.html"),
        )
        block = "meldingen/werk/partnerdeel.html"
        register_partner_part(Partnerdeel("meldingen", cells, partners.per_partner, block, partners.on_partner_page))
        register_network(Netwerkbron("meldingen", partners.network))
        register_work(Werkbron("meldingen", wijkblad.in_wijk))
        for bron in wijkblad.SILENCE:
            register_silence(bron)
