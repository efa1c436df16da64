from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GezondheidConfig(AppConfig):
    name = "kern.gezondheid"
    verbose_name = _("gezondheid")
