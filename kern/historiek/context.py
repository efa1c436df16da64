"""Who does something and why: the database copies it into every row of history it writes meanwhile."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pghistory
import structlog
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.http import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from kern.gebruikers.models import Gebruiker


class Encoder(DjangoJSONEncoder):
    """Asks what is a question only when something is written: most requests write nothing."""

    def default(self, o: Any) -> Any:
        return o() if callable(o) else super().default(o)


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Tells the history which account, which page and which request a change comes from.

    The page is kept as its pattern: the address itself can hold the secret code of a report.
    """

    def with_context(request: HttpRequest) -> HttpResponse:
        with pghistory.context(
            door=lambda: request.user.pk,
            pagina=lambda: getattr(request.resolver_match, "route", ""),
            verzoek=structlog.contextvars.get_contextvars().get("request_id", ""),
        ):
            return get_response(request)

    return with_context


def reason(text: str) -> Any:
    """A context manager: why the changes inside it are made, in words for the page of history."""
    return _with(reden=text)


def acting(*, door: "Gebruiker | None" = None, taak: str = "", verzoek: str = "") -> Any:
    """A context manager for work outside a request: on behalf of whom, or by which job of the portal.

    `verzoek` names what many changes have in common; without it they keep the one there is.
    """
    more = {"verzoek": verzoek} if verzoek else {}
    return _with(door=door.pk if door else None, taak=taak, **more)


@contextmanager
def _with(**metadata: Any) -> Iterator[None]:
    with pghistory.context() as current:
        before = dict(current.metadata)
        current.metadata.update(metadata)
        try:
            yield
        finally:
            # The library itself keeps it until the end of the request, for changes that have another reason.
            current.metadata.clear()
            current.metadata.update(before)
    if not before and connection.in_atomic_block and not connection.needs_rollback:
        # Outside a request nobody overwrites it for the rest of the transaction.
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pghistory.context_metadata', '', true)")
