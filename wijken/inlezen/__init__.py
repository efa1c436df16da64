"""The files that can be read in about wijken: a module per kind."""

from . import indicatoren, inwoners, plan


def register_all() -> None:
    """Make them known to kern/inlezen; called once, when the app is ready."""
    plan.register_kind()
    indicatoren.register_kinds()
    inwoners.register_kind()
