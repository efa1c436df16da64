"""The triggers of a model."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar

import pghistory
import pgtrigger
from django.apps import apps
from django.db import connection, models

INSERT, UPDATE, DELETE = "insert", "update", "delete"

Tracked = TypeVar("Tracked", bound=type[models.Model])


# Types that PostgreSQL cannot compare as they are.
WITHOUT_EQUALITY = frozenset({"point", "polygon", "path", "json"})


class _Changed(pgtrigger.Condition):
    """True when a field that is copied got another value; a date of last change alone is no change."""

    def __init__(self, exclude: Sequence[str]) -> None:
        super().__init__("true")
        self.exclude = frozenset(exclude)

    def resolve(self, model: type[models.Model]) -> str:
        return " OR ".join(
            f"OLD.{column} IS DISTINCT FROM NEW.{column}"
            for field in model._meta.concrete_fields
            if field.name not in self.exclude and not is_automatic(field)
            for column in [self._comparable(field)]
        )

    @staticmethod
    def _comparable(field: "models.Field[Any, Any]") -> str:
        cast = "::text" if field.db_type(connection) in WITHOUT_EQUALITY else ""
        return f'"{field.column}"{cast}'


def is_automatic(field: "models.Field[Any, Any]") -> bool:
    """Whether the field is set by every change, so that it says nothing of its own."""
    return bool(getattr(field, "auto_now", False))


def track(*, exclude: Sequence[str] = ()) -> Callable[[Tracked], Tracked]:
    """Keep the history of a model: decorate its class, and make a migration.

    Each insert, update and delete leaves a copy of the row in a table of its own, with the context of that moment.
    `exclude` names the fields that hold personal data, or that a database can work out (search vectors): they are
    not copied, and a change of those alone leaves no trace. Costs no query of its own.
    """

    def decorate(model: Tracked) -> Tracked:
        pghistory.track(
            pghistory.InsertEvent(INSERT),
            pghistory.UpdateEvent(UPDATE, condition=_Changed(exclude)),
            pghistory.DeleteEvent(DELETE),
            exclude=list(exclude) or None,
            append_only=True,
            model_name=f"{model.__name__}Historiek",
            obj_field=pghistory.ObjForeignKey(related_name="historiek", related_query_name="historiek"),
            # In the row itself: a table of contexts beside it could be changed afterwards.
            context_field=pghistory.ContextJSONField(),
            context_id_field=pghistory.ContextUUIDField(),
            meta={"verbose_name": "historiek", "verbose_name_plural": "historiek"},
        )(model)
        return model

    return decorate


@cache
def event_model(model: type[models.Model]) -> type[models.Model]:
    """The model of the history rows. Raises LookupError when the model is not tracked."""
    concrete = model._meta.concrete_model
    for candidate in apps.get_models():
        tracked = getattr(candidate, "pgh_tracked_model", None)
        if tracked is not None and tracked._meta.concrete_model is concrete:
            return candidate
    raise LookupError(f"{model._meta.label} is not tracked")
