"""Make knelpunten known to the red thread, and let reports about accessibility find them."""

from __future__ import annotations

from django.urls import reverse

from wijken import registry

from .models import Knelpunt
from .queries import monitoring
from .rules.monitoring import REPORT_CATEGORIES


def register_all() -> None:
    """Called once, when the app is ready."""
    registry.register_thread(
        registry.Draadsoort(
            Knelpunt, "knelpunten", monitoring.knots, een="knelpunt", volgorde=22, stand=monitoring.states
        )
    )
    registry.register_report_panel(
        registry.Meldingpaneel(
            "knelpunten",
            REPORT_CATEGORIES,
            "Knelpunt in de toegankelijkheid",
            "Kijk of dit bij een bekend knelpunt hoort, of maak er een van",
            lambda nummer: reverse("toegankelijkheid:monitoring_report", args=[nummer]),
        )
    )
