from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BeeldenConfig(AppConfig):
    name = "kern.beelden"
    verbose_name = _("beelden")
