from django.apps import AppConfig


class PostvakConfig(AppConfig):
    name = "kern.postvak"
    verbose_name = "postvak van de demo"
