"""One visitor with one connection to the running portal, like a browser that keeps it open."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from kern.gebruikers.models import Gebruiker

from .teller import MILLISECONDS, QUERIES

CSRF = "m" * 32
TIMEOUT = 120


@dataclass(frozen=True)
class Antwoord:
    """How the portal answered: in how many seconds, with how many queries, how many bytes."""

    status: int
    seconds: float
    queries: int
    database_ms: float
    size: int
    location: str


@dataclass(frozen=True)
class Vraag:
    """One request: an address, for a POST its fields or its JSON, and the session it belongs to."""

    path: str
    fields: Mapping[str, str] | None = None
    json: bytes | None = None
    session: str = ""
    headers: Mapping[str, str] | None = None


class Bezoeker:
    """Asks, and waits for the whole answer."""

    def __init__(self, host: str, port: int, session: str = "") -> None:
        self.connection = HTTPConnection(host, port, timeout=TIMEOUT)
        self.session = session

    def ask(self, vraag: Vraag) -> Antwoord:
        session = vraag.session or self.session
        headers = {"Cookie": f"csrftoken={CSRF}" + (f"; {settings.SESSION_COOKIE_NAME}={session}" if session else "")}
        body: Any = None
        if vraag.fields is not None:
            body = urlencode({**vraag.fields, "csrfmiddlewaretoken": CSRF})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        elif vraag.json is not None:
            body = vraag.json
            headers["Content-Type"] = "application/json"
        started = time.perf_counter()
        method = "GET" if body is None else "POST"
        self.connection.request(method, vraag.path, body=body, headers={**headers, **(vraag.headers or {})})
        answer = self.connection.getresponse()
        size = 0
        while part := answer.read(1 << 20):
            size += len(part)
        return Antwoord(
            status=answer.status,
            seconds=time.perf_counter() - started,
            queries=int(answer.headers.get(QUERIES, 0)),
            database_ms=float(answer.headers.get(MILLISECONDS, 0)),
            size=size,
            location=answer.headers.get("Location", ""),
        )

    def close(self) -> None:
        self.connection.close()


def session_of(user: Gebruiker) -> str:
    """The key of a session in which this person is logged in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key or ""
