"""The outline of a wijk as a picture, large on its page and small beside its name."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kern.geo.tekening import Tekening
from wijken.models import Wijk
from wijken.queries import drawing_of

register = template.Library()


@register.simple_tag
def wijk_motif(source: Tekening | Wijk | None, width: int = 240) -> SafeString | str:
    """The motif as inline SVG, silent for a screen reader because the name stands beside it.

    Takes a drawing, or a wijk (prefetch `ringen` in lists).
    """
    drawing = drawing_of(source, width) if isinstance(source, Wijk) else source
    if not drawing:
        return ""
    paths = format_html_join("", '<path fill-rule="evenodd" d="{}"/>', ((path,) for path in drawing.paden.values()))
    return format_html(
        '<svg class="omtrek" width="{}" height="{}" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">{}</svg>',
        drawing.breedte,
        drawing.hoogte,
        drawing.breedte,
        drawing.hoogte,
        paths,
    )
