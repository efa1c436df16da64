"""Who may do what with accounts, and who may enter the admin."""

from __future__ import annotations

from collections.abc import Iterable

import rules
from django.db.models import Model

from .rollen import WIDE_ROLES, Rol


@rules.predicate  # type: ignore[untyped-decorator]
def is_beheerder(user: object) -> bool:
    """May see and change everything in the admin."""
    return bool(getattr(user, "is_active", False)) and Rol.BEHEERDER in getattr(user, "rollen", ())


def needs_second_factor(rollen: Iterable[str]) -> bool:
    """Whether somebody with these roles sees or changes so much that a password alone is not enough."""
    return not WIDE_ROLES.isdisjoint(rollen)


def give_admin_to_beheerder(models: Iterable[type[Model]]) -> None:
    """Let the beheerder see, add, change and delete these models in the admin; nobody else has any of it."""
    for model in models:
        label, name = model._meta.app_label, model._meta.model_name
        rules.set_perm(label, is_beheerder)
        for verb in ("view", "add", "change", "delete"):
            rules.set_perm(f"{label}.{verb}_{name}", is_beheerder)
