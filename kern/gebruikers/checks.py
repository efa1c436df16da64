"""No portal with real people may keep the accounts of the demo: their password is public."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import ProgrammingError


class DemoAccounts(Exception):
    """Production has demo accounts; the text says so in Dutch."""


def refuse_demo_accounts_in_production() -> None:
    """Raise DemoAccounts when this is production and a demo account exists. One query; none outside production."""
    if not settings.PRODUCTION:
        return
    try:
        present = get_user_model().objects.filter(is_demo=True).exists()
    except ProgrammingError:
        # Before the first migrate there is no table, so no account either.
        return
    if present:
        raise DemoAccounts("In deze databank staan demo-accounts; het portaal start er niet mee in productie.")


@register(Tags.database)
def no_demo_accounts(
    app_configs: object, databases: Sequence[str] | None = None, **kwargs: object
) -> Sequence[CheckMessage]:
    """`manage.py check --database default`, and before every migrate."""
    if not databases:
        return []
    try:
        refuse_demo_accounts_in_production()
    except DemoAccounts as error:
        return [Error(str(error), id="gebruikers.E001")]
    return []
