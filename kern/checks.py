"""A warning for whoever runs the portal: the accessibility statement is due for review."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections
from django.utils import timezone

from .queries import statement_is_old

OLD_STATEMENT = "kern.W001"


@register(Tags.database)
def check_statement(
    app_configs: Sequence[AppConfig] | None = None, databases: Sequence[str] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """Runs with `migrate` and `check --database default`; silent before the first migration."""
    from .models import Verklaring

    if "default" not in (databases or ()):
        return []
    if Verklaring._meta.db_table not in connections["default"].introspection.table_names():
        return []
    if not statement_is_old(timezone.localdate()):
        return []
    return [
        Warning(
            "De toegankelijkheidsverklaring is al twaalf maanden niet nagekeken.",
            hint="Kijk het portaal na en zet de nieuwe datum bij Beheer, Toegankelijkheidsverklaringen.",
            id=OLD_STATEMENT,
        )
    ]
