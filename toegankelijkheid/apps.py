from django.apps import AppConfig


class ToegankelijkheidConfig(AppConfig):
    name = "toegankelijkheid"
    verbose_name = "toegankelijkheid van het publiek domein"

    def ready(self) -> None:
        from . import ogc

        ogc.register_all()
