from django.apps import AppConfig


class HerinneringenConfig(AppConfig):
    name = "kern.herinneringen"
