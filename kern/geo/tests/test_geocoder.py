import contextlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.cache import cache

from kern.geo import Punt, geocoder

pytestmark = pytest.mark.django_db

FOUND = {
    "LocationResult": [
        {"FormattedAddress": "Stadsplein 1, 3600 Genk", "Location": {"Lat_WGS84": 50.9655, "Lon_WGS84": 5.5011}},
        {"FormattedAddress": "Stadsplein 1, 3900 Pelt", "Location": {"Lat_WGS84": 51.2, "Lon_WGS84": 5.4}},
    ]
}


class Server(ThreadingHTTPServer):
    daemon_threads = True
    behaviour = "fine"
    asked: list[str]


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        behaviour = self.server.behaviour
        if behaviour == "silent":
            time.sleep(4)
            return
        self.send_response({"broken": 500, "moved": 302}.get(behaviour, 200))
        self.send_header("Location", "/elders")
        self.end_headers()
        if behaviour == "drips":
            for _ in range(40):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.1)
        bodies = {"nonsense": b"<html>", "strange": b'{"LocationResult": [{}]}', "empty": b'{"LocationResult": []}'}
        self.wfile.write(bodies.get(behaviour, json.dumps(FOUND).encode()))

    def handle(self):
        # The portal hangs up on who is slow, as it should.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            super().handle()

    def log_message(self, *args):
        """Quiet."""


@pytest.fixture
def server(settings):
    cache.clear()
    server = Server(("127.0.0.1", 0), Handler)
    server.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.GEOCODER_URL = f"http://127.0.0.1:{server.server_port}/v4"
    yield server
    server.shutdown()
    server.server_close()
    cache.clear()


def test_addresses_in_the_city_come_back_and_those_elsewhere_do_not(server):
    assert geocoder.search("Stadsplein 1") == [geocoder.Gevonden("Stadsplein 1, 3600 Genk", Punt(5.5011, 50.9655))]
    assert server.asked == ["/v4/Location?q=Stadsplein+1%2C+Genk&c=5"]


def test_an_answer_is_kept_also_when_it_was_empty(server):
    server.behaviour = "empty"
    assert [geocoder.search("Nergens 1"), geocoder.search(" nergens 1 ")] == [[], []]
    assert len(server.asked) == 1


@pytest.mark.parametrize("behaviour", ["broken", "moved", "nonsense", "strange"])
def test_a_broken_geocoder_gives_nothing_and_is_left_alone_for_a_minute(server, behaviour):
    server.behaviour = behaviour
    assert geocoder.search("Stadsplein 1") == []
    server.behaviour = "fine"
    assert geocoder.search("Stadsplein 2") == []
    assert len(server.asked) == 1


@pytest.mark.parametrize("behaviour", ["silent", "drips"])
def test_a_slow_geocoder_costs_two_seconds_at_most_and_only_once(server, behaviour):
    server.behaviour = behaviour
    start = time.monotonic()
    assert geocoder.search("Stadsplein 1") == []
    assert time.monotonic() - start < 2.5
    start = time.monotonic()
    assert geocoder.search("Stadsplein 2") == []
    assert time.monotonic() - start < 0.2


def test_a_geocoder_that_is_not_there_gives_nothing(settings):
    cache.clear()
    settings.GEOCODER_URL = "http://127.0.0.1:9/v4"
    assert geocoder.search("Stadsplein 1") == []


def test_without_a_geocoder_nothing_is_asked(settings):
    settings.GEOCODER_URL = ""
    assert geocoder.search("Stadsplein 1") == []
