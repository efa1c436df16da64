from django.apps import AppConfig


class BeeldenConfig(AppConfig):
    name = "kern.beelden"
