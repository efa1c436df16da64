from django.apps import AppConfig


class HistoriekConfig(AppConfig):
    name = "kern.historiek"
