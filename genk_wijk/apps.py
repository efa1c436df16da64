"""How third-party apps are wired where their own way does not suit."""

from importlib import import_module

from django.apps import apps
from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.utils.module_loading import module_has_submodule


class BeheerConfig(SimpleAdminConfig):
    """Django's admin, which finds the admin module of every app but leaflet's: that one needs GDAL to load."""

    def ready(self) -> None:
        super().ready()
        for config in apps.get_app_configs():
            if config.name != "leaflet" and module_has_submodule(config.module, "admin"):
                import_module(f"{config.name}.admin")


class StaticConfig(StaticFilesConfig):
    """Static files without what nothing here asks for: of the page of the API it would double the work of a start."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "redoc", "swagger-ui-*.map"]
