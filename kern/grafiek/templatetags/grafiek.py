"""Tags that draw a chart as SVG, with its numbers in a table below it."""

from typing import Any

from django import template

from kern.grafiek import tekenen
from kern.grafiek.tekenen import Lijnen, Staven

register = template.Library()


@register.inclusion_tag("grafiek/lijnen.html")
def lijnen(chart: Lijnen) -> dict[str, Any]:
    """Lines over time. A screen reader gets the title, what it shows, and the table; the drawing is one picture."""
    drawn, grid, below = tekenen.lines(chart)
    return {
        "grafiek": chart,
        "rijen": tekenen.cells(chart),
        "lijnen": drawn,
        "raster": grid,
        "onder": below,
        "breedte": tekenen.WIDTH,
        "hoogte": tekenen.HEIGHT,
        "links": tekenen.LEFT,
        "rechts": tekenen.WIDTH - tekenen.RIGHT,
        "voet": tekenen.HEIGHT - 6,
        "naast": tekenen.WIDTH - tekenen.RIGHT + 10,
    }


@register.inclusion_tag("grafiek/staven.html")
def staven(chart: Staven) -> dict[str, Any]:
    """Bars under each other, the number at the end of each."""
    drawn, height = tekenen.bars(chart)
    return {
        "grafiek": chart,
        "balken": drawn,
        "breedte": tekenen.WIDTH,
        "hoogte": height,
        "links": tekenen.BAR_LEFT,
        "dikte": tekenen.BAR,
    }
