from django.apps import AppConfig


class TermijnenConfig(AppConfig):
    name = "kern.termijnen"
