from django.apps import AppConfig


class OgcConfig(AppConfig):
    name = "kern.ogc"
    verbose_name = "kaartlagen voor andere programma's"

    def ready(self) -> None:
        from kern.herinneringen.registry import LichteTaak, register_light
        from kern.koppelingen.registry import Recht, register_right

        from . import actions, jobs
        from .registry import RECHT

        register_right(Recht(RECHT, "kaartlagen van de staf lezen (OGC API)", persoonlijk=True))
        register_light(LichteTaak("kaartlagen: standen samenvoegen", lambda at: {"tabellen": actions.fold()}))
        jobs.register_all()
