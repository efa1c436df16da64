from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HistoriekConfig(AppConfig):
    name = "kern.historiek"
    verbose_name = _("historiek")
