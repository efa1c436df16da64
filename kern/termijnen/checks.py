"""A warning for whoever runs the portal: next year's closing days are not there yet."""

from collections.abc import Sequence
from datetime import date

from django.apps import AppConfig
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections
from django.utils import timezone

from .queries import year_without_closing_days

NO_CLOSING_DAYS = "termijnen.W001"


@register(Tags.database)
def check_closing_days(
    app_configs: Sequence[AppConfig] | None = None, databases: Sequence[str] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """Runs with `migrate` and `check --database default`; silent before the first migration."""
    from .models import Sluitingsdag

    if "default" not in (databases or ()):
        return []
    if Sluitingsdag._meta.db_table not in connections["default"].introspection.table_names():
        return []
    return closing_day_warnings(timezone.localdate())


def closing_day_warnings(on: date) -> list[CheckMessage]:
    """The warning that holds on this day, if any."""
    year = year_without_closing_days(on)
    if year is None:
        return []
    return [
        Warning(
            f"Er is nog geen sluitingsdag ingevuld voor {year}.",
            hint="Vul de sluitingsdagen in bij Beheer, Sluitingsdagen: anders tellen termijnen op brugdagen door.",
            id=NO_CLOSING_DAYS,
        )
    ]
