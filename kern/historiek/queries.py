"""The history of an object, in words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.encoding import force_str
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from kern.gebruikers.models import Gebruiker
from kern.templatetags.kern import datum, datum_tijd

from .tracking import DELETE, INSERT, UPDATE, event_model, is_automatic

LONGEST_VALUE = 200


@dataclass(frozen=True, slots=True)
class Wijziging:
    """One field that got another value; `van` is empty for something new."""

    veld: str
    van: str
    naar: str


@dataclass(frozen=True, slots=True)
class Regel:
    """One change of one thing."""

    op: datetime
    door: str
    wat: str
    wijzigingen: tuple[Wijziging, ...]
    reden: str
    verzoek: str


def history_of(
    obj: models.Model, *, also: Iterable[type[models.Model] | models.QuerySet[Any]] = (), limit: int = 500
) -> list[Regel]:
    """Everything that happened to an object and to what belongs to it, the newest first.

    `also` names tracked models with a foreign key to the object (rows deleted since are told of as well), or
    querysets of tracked models. One query per model, one for the people, one per model that is pointed at; the
    number of changes makes no difference. The caller checks who may see it. `limit` counts per model.
    Raises LookupError for a model that is not tracked.
    """
    events = _of(type(obj), {"pgh_obj_id": obj.pk}, limit)
    for related in also:
        if isinstance(related, models.QuerySet):
            events += _of(related.model, {"pgh_obj_id__in": related.values("pk")}, limit)
        else:
            events += _of(related, {_link(related, type(obj)): obj.pk}, limit)
    changes = [(event, before, _changed(event, before)) for event, before in _with_previous(events)]
    shown = [change for change in changes if change[2] or change[0].pgh_label != UPDATE]
    names = _Names(shown)
    shown.sort(key=lambda change: (change[0].pgh_created_at, change[0].pgh_id), reverse=True)
    return [_line(event, before, fields, names) for event, before, fields in shown]


def _of(model: type[models.Model], where: Mapping[str, Any], limit: int) -> list[Any]:
    found = event_model(model)._default_manager.filter(**where).order_by("-pgh_id")[:limit]
    return list(reversed(found))


def _link(related: type[models.Model], target: type[models.Model]) -> str:
    """The foreign key of `related` to the object."""
    for field in related._meta.concrete_fields:
        if field.is_relation and field.related_model and issubclass(target, field.related_model):
            return field.attname
    raise LookupError(f"{related._meta.label} has no foreign key to {target._meta.label}")


def _with_previous(events: Sequence[Any]) -> Iterable[tuple[Any, Any]]:
    last: dict[tuple[type, Any], Any] = {}
    for event in events:
        key = (type(event), event.pgh_obj_id)
        yield event, last.get(key)
        last[key] = event


def _changed(event: Any, before: Any) -> list["models.Field[Any, Any]"]:
    if event.pgh_label == DELETE or (event.pgh_label == UPDATE and before is None):
        return []
    fields = [field for field in _fields(type(event)) if not field.primary_key]
    if event.pgh_label == INSERT:
        return [field for field in fields if getattr(event, field.attname) not in (None, "", [], {})]
    return [field for field in fields if getattr(event, field.attname) != getattr(before, field.attname)]


def _fields(events: type[models.Model]) -> list["models.Field[Any, Any]"]:
    """The fields of the tracked model that the history copies, with the labels people know."""
    tracked = events.pgh_tracked_model  # type: ignore[attr-defined]
    copied = {field.name for field in events._meta.concrete_fields}
    return [field for field in tracked._meta.concrete_fields if field.name in copied and not is_automatic(field)]


class _Names:
    """What ids stand for: the people who did it and the things that fields point at, one query per model."""

    def __init__(self, changes: Sequence[tuple[Any, Any, list["models.Field[Any, Any]"]]]) -> None:
        wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
        for event, before, fields in changes:
            if door := (event.pgh_context or {}).get("door"):
                wanted[Gebruiker].add(door)
            for field in fields:
                if field.related_model:
                    wanted[field.related_model] |= {getattr(row, field.attname) for row in (event, before) if row}
        self._names = {
            model: {key: str(found) for key, found in model._base_manager.in_bulk(keys - {None}).items()}
            for model, keys in wanted.items()
        }

    def of(self, model: type[models.Model], key: Any) -> str:
        return self._names.get(model, {}).get(key) or _("nr. %(nummer)s (bestaat niet meer)") % {"nummer": key}

    def actor(self, context: Mapping[str, Any]) -> str:
        if door := context.get("door"):
            return self.of(Gebruiker, door)
        # Somebody without an account came in over the site; without a request it was the portal itself.
        return _("een bezoeker") if context.get("verzoek") else str(context.get("taak") or _("het portaal"))


def _line(event: Any, before: Any, fields: Sequence["models.Field[Any, Any]"], names: _Names) -> Regel:
    context = event.pgh_context or {}
    name = type(event).pgh_tracked_model._meta.verbose_name
    words = {INSERT: _("%(ding)s gemaakt"), UPDATE: _("%(ding)s gewijzigd"), DELETE: _("%(ding)s verwijderd")}
    what = words[event.pgh_label] % {"ding": name}
    return Regel(
        op=event.pgh_created_at,
        door=names.actor(context),
        wat=what[0].upper() + what[1:],
        wijzigingen=tuple(
            Wijziging(
                veld=force_str(field.verbose_name),
                van=_shown(field, getattr(before, field.attname), names) if before else "",
                naar=_shown(field, getattr(event, field.attname), names),
            )
            for field in fields
        ),
        reden=context.get("reden", ""),
        verzoek=context.get("verzoek", ""),
    )


def _shown(field: "models.Field[Any, Any]", value: Any, names: _Names) -> str:
    """A value as people read it."""
    if value in (None, "", [], {}):
        return _("leeg")
    if field.related_model:
        return names.of(field.related_model, value)
    if field.choices:
        return force_str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, datetime):
        return datum_tijd(value)
    if isinstance(value, date):
        return datum(value)
    return Truncator(", ".join(map(str, value)) if isinstance(value, list) else str(value)).chars(LONGEST_VALUE)
