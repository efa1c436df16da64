"""What apps add to the demo; each registers in its AppConfig.ready, and `manage.py demo` calls them in order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

_parts: dict[str, tuple[int, Callable[[datetime], object]]] = {}


def register(naam: str, fill: Callable[[datetime], object], *, volgorde: int = 50) -> None:
    """Have `fill` called with the moment it is, after the wijken and their people; again it must do no harm."""
    _parts[naam] = (volgorde, fill)


def fill(now: datetime) -> None:
    """Call every part, by `volgorde` and then by name."""
    for naam in sorted(_parts, key=lambda naam: (_parts[naam][0], naam)):
        _parts[naam][1](now)
