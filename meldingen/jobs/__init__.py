"""What a worker does that needs a list as its page shows it: the files of long lists, and what entered a view.

They stand beside the views, for they read the same query strings; a module per subject, each with a `register_all`.
"""

from . import uitvoer, weergaven

__all__ = ["register_all"]


def register_all() -> None:
    """Make all of it known to the rounds and to the workers; called once, when the app is ready."""
    uitvoer.register_all()
    weergaven.register_all()
