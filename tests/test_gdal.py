"""Nothing of the portal needs GDAL: it is a system library that a newcomer does not have."""

import subprocess
import sys

from django.conf import settings

LOAD_EVERYTHING = """
import ctypes.util, importlib, pkgutil, sys

# What a machine without GDAL answers, also where it is installed. Libraries may ask and do without.
ctypes.util.find_library = lambda name: None
sys.modules["osgeo"] = None
import django

django.setup()
from django.contrib import admin
from django.core.management import get_commands, load_command_class
from django.urls import get_resolver

len(get_resolver().url_patterns), admin.site.urls
for root in ["genk_wijk", "kern", "wijken", "meldingen"]:
    for module in pkgutil.walk_packages(importlib.import_module(root).__path__, f"{root}."):
        if ".tests" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
for command, app in get_commands().items():
    if app.split(".")[0] in ("kern", "wijken", "meldingen"):
        load_command_class(app, command)
assert "django.contrib.gis.gdal.libgdal" not in sys.modules
"""


def test_the_whole_house_loads_without_gdal():
    result = subprocess.run(
        [sys.executable, "-c", LOAD_EVERYTHING], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
