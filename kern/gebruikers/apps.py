from pathlib import Path

from django.apps import AppConfig, apps
from django.conf import settings


class GebruikersConfig(AppConfig):
    name = "kern.gebruikers"
    verbose_name = "gebruikers en rollen"

    def ready(self) -> None:
        from . import mails
        from .rules import give_admin_to_beheerder

        mails.register()
        ours = {folder.parent.name for folder in Path(settings.BASE_DIR).glob("*/__init__.py")}
        give_admin_to_beheerder(model for model in apps.get_models() if model.__module__.split(".")[0] in ours)
