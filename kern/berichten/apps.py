from django.apps import AppConfig


class BerichtenConfig(AppConfig):
    name = "kern.berichten"
    verbose_name = "berichten"
