"""Call an address that somebody outside chose, without letting it lead into our own network.

The name is looked up once, every address that it gives must lie on the internet, and the connection goes to the
address that was checked: an answer that changes between look and call (DNS rebinding) changes nothing. Redirects
are not followed, proxies of the environment are not used.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from .rules import Doel, Geweigerd, is_public, target

CONNECT_SECONDS = 5
TOTAL_SECONDS = 15
MAX_ANSWER = 2000


@dataclass(frozen=True, slots=True)
class Uitslag:
    """What came of a call: the status and the beginning of the answer, or what went wrong."""

    status: int | None
    antwoord: str
    fout: str
    ms: int

    @property
    def is_good(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def check(url: str, *, find: bool = True) -> None:
    """Raises Geweigerd for an address that may not be called; `find`: look its name up too."""
    doel = target(url, https_only=settings.PRODUCTION)
    if find:
        addresses(doel)


def addresses(doel: Doel) -> list[str]:
    """The IP addresses of a target. Raises Geweigerd when there is none, or when one of them is not public."""
    try:
        found = socket.getaddrinfo(doel.host, doel.poort, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Geweigerd("Deze naam is niet te vinden.") from error
    numbers = list(dict.fromkeys(str(row[4][0]) for row in found))
    if not settings.WEBHOOKS_TO_PRIVATE_ADDRESSES and not all(map(is_public, numbers)):
        raise Geweigerd("Dit adres ligt in een eigen netwerk. Dat mag niet.")
    if not numbers:
        raise Geweigerd("Deze naam is niet te vinden.")
    return numbers


def _ms(began: float) -> int:
    return int((time.monotonic() - began) * 1000)


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Uitslag:
    """Send the body; what came of it. Never raises for what happens on the network, and takes 15 seconds at most."""
    began = time.monotonic()
    try:
        status, text = _exchange(url, body, headers)
    except Geweigerd as error:
        return Uitslag(None, "", str(error), _ms(began))
    except (OSError, http.client.HTTPException, ValueError) as error:
        words = (
            "Geen antwoord binnen de tijd." if isinstance(error, TimeoutError) else f"{type(error).__name__}: {error}"
        )
        return Uitslag(None, "", words[:300], _ms(began))
    moved = "Het adres stuurt door; dat volgen we niet." if 300 <= status < 400 else ""
    return Uitslag(status, text, moved, _ms(began))


def _exchange(url: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
    doel = target(url, https_only=settings.PRODUCTION)
    connection = _Checked(doel, addresses(doel))
    over = threading.Event()
    # The time-out of a socket begins anew with every byte: a receiver that drips would hold a worker for ever.
    guard = threading.Timer(TOTAL_SECONDS, _cut, (connection, over))
    guard.daemon = True
    guard.start()
    try:
        connection.request("POST", doel.pad, body=body, headers=dict(headers))
        answer = connection.getresponse()
        text = answer.read(MAX_ANSWER).decode("utf-8", "replace").replace("\0", "")
        if over.is_set():
            raise TimeoutError
    except (OSError, http.client.HTTPException, ValueError) as error:
        if over.is_set():
            raise TimeoutError from error
        raise
    finally:
        guard.cancel()
        connection.close()
    return answer.status, text[:500]


def _cut(connection: _Checked, over: threading.Event) -> None:
    over.set()
    if connection.wire is not None:
        try:
            connection.wire.shutdown(socket.SHUT_RDWR)
        except OSError:  # it is over already
            return


class _Checked(http.client.HTTPConnection):
    """A connection to one of the addresses that were checked, under the name that was asked for."""

    def __init__(self, doel: Doel, numbers: list[str]) -> None:
        super().__init__(doel.host, doel.poort, timeout=CONNECT_SECONDS)
        self.default_port = 443 if doel.veilig else 80
        self.doel, self.numbers = doel, numbers
        # The library lets go of the socket while the answer is still read from it.
        self.wire: socket.socket | None = None

    def connect(self) -> None:
        last: OSError | None = None
        for number in self.numbers[:3]:
            try:
                self.sock = socket.create_connection((number, self.doel.poort), CONNECT_SECONDS)
                break
            except OSError as error:
                last = error
        else:
            raise last or OSError("no address")
        if self.doel.veilig:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.doel.host)
        self.sock.settimeout(TOTAL_SECONDS)
        self.wire = self.sock
