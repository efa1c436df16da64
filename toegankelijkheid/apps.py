from django.apps import AppConfig


class ToegankelijkheidConfig(AppConfig):
    name = "toegankelijkheid"
    verbose_name = "toegankelijkheid van het publiek domein"
