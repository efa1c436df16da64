"""Events of the tests' own, and a receiver that is a real web server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from kern.koppelingen import registry
from kern.koppelingen.registry import Gebeurtenis, Recht


@pytest.fixture
def offered(monkeypatch):
    """What this house offers to programs during a test: two rights, two events, and something untellable."""
    for name in ("rechten", "gebeurtenissen", "filters", "_inhoud"):
        monkeypatch.setattr(registry, name, {})
    registry.register_right(Recht("proef:lezen", "lezen"))
    registry.register_right(Recht("proef:staf", "als staf", persoonlijk=True))
    events = [Gebeurtenis("proef.begon", "het begon"), Gebeurtenis("proef.eindigde", "het eindigde")]
    registry.register_events("proef", events, lambda keys: {key: {"wat": key} for key in keys if key != "geheim"})


@dataclass
class Receiver:
    """Answers with `answers` one after the other (the last one for ever), and remembers what came."""

    url: str = ""
    answers: list[Any] = field(default_factory=lambda: [200])
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def next(self) -> Any:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def receiver(settings) -> Iterator[Receiver]:
    settings.WEBHOOKS_TO_PRIVATE_ADDRESSES = True
    found = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.requests.append((self.path, dict(self.headers), body))
            answer = found.next()
            if callable(answer):
                answer(self)
                return
            self.send_response(answer)
            self.end_headers()
            self.wfile.write(f"antwoord {answer}".encode())

        def log_message(self, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    found.url = f"http://127.0.0.1:{server.server_port}/hier?a=1"
    yield found
    server.shutdown()
    server.server_close()
    thread.join()
