"""Says with every answer how many queries it took and how long the database worked on them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

QUERIES, MILLISECONDS = "X-Vragen", "X-Databank-ms"


class Teller:
    """Counts what goes to the database, as a wrapper of Django's `execute`."""

    def __init__(self) -> None:
        self.count, self.seconds = 0, 0.0

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        started = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            self.count += 1
            self.seconds += time.perf_counter() - started


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Outside all other middleware, so that sessions and accounts count too."""

    def counted(request: HttpRequest) -> HttpResponse:
        teller = Teller()
        with connection.execute_wrapper(teller):
            response = get_response(request)
        response[QUERIES] = str(teller.count)
        response[MILLISECONDS] = f"{teller.seconds * 1000:.2f}"
        return response

    return counted
