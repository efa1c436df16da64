"""Make recommendations known to the red thread, and so to the multi-year plan."""

from __future__ import annotations

from wijken import registry

from .models import Aanbeveling
from .queries import aanbevelingen


def register_all() -> None:
    """Called once, when the app is ready."""
    registry.register_thread(
        registry.Draadsoort(Aanbeveling, "aanbevelingen", aanbevelingen.in_thread, een="aanbeveling", volgorde=25)
    )
