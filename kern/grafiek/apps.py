from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GrafiekConfig(AppConfig):
    name = "kern.grafiek"
    verbose_name = _("grafieken")
