"""History, written by the database: who changed what, when and why, for every model with `@historiek.track`.

Triggers write it, so `.update()`, raw SQL and other programs are seen too. The rows can only be added to.
"""

from .context import acting, reason
from .tracking import track

__all__ = ["acting", "reason", "track"]
