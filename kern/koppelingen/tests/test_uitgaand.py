"""A webhook goes to the internet and nowhere else, whatever its name says and whenever it says it."""

import socket
import time
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kern.koppelingen import uitgaand
from kern.koppelingen.rules import Geweigerd, is_public, signature, target

INSIDE = [
    "127.0.0.1",
    "127.8.9.1",
    "0.0.0.0",  # noqa: S104
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "168.63.129.16",
    "100.64.0.1",
    "100.100.100.200",
    "192.0.0.192",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::1",
    "2001:0:7f00:1::",
    "2001:db8::1",
    "geen adres",
    "",
]


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "193.191.1.1", "2606:4700::1111", "64:ff9b::101:101", "::ffff:1.1.1.1"])
def test_an_address_on_the_internet_is_public(address):
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_an_address_is_as_public_inside_another_one_as_by_itself(address: IPv4Address):
    mapped = IPv6Address(f"::ffff:{address}")
    nat64 = IPv6Address(int(IPv6Address("64:ff9b::")) + int(address))
    assert is_public(str(mapped)) == is_public(str(nat64)) == is_public(str(address))


@pytest.mark.parametrize(
    "url",
    [
        "ftp://voorbeeld.example/",
        "file:///etc/passwd",
        "gopher://voorbeeld.example/",
        "//voorbeeld.example/",
        "https://",
        "https:///pad",
        "https://naam:geheim@voorbeeld.example/",
        "https://naam@voorbeeld.example/",
        "https://voorbeeld.example/#x",
        "https://voorbeeld.example:99999/",
        "https://[::1/",
        "https://voorbeeld.example/a b",
        "https://voorbeeld.example/é",
        "https://voorbeeld.example/\r\nX-Kop: 1",
        "https://" + "x" * 300 + ".example/",
    ],
)
def test_what_is_no_plain_web_address_is_refused(url):
    with pytest.raises(Geweigerd):
        uitgaand.check(url)


def test_production_wants_https(settings, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", answers("1.1.1.1"))
    uitgaand.check("http://voorbeeld.example/")
    settings.PRODUCTION = True
    with pytest.raises(Geweigerd, match="https"):
        uitgaand.check("http://voorbeeld.example/")
    uitgaand.check("https://voorbeeld.example/")


def answers(*numbers):
    def getaddrinfo(host, port, *args, **kwargs):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port)) for number in numbers]

    return getaddrinfo


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/",
        "http://127.0.0.1:8000/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::1]/",
        "http://[::ffff:7f00:1]/",
        "http://169.254.169.254/latest/meta-data/",
    ],
)
def test_our_own_network_is_refused_however_it_is_written(url):
    with pytest.raises(Geweigerd):
        uitgaand.check(url)
    outcome = uitgaand.post(url, b"{}", {})
    assert outcome.status is None
    assert outcome.fout


def test_one_address_inside_among_others_is_enough_to_refuse(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", answers("1.1.1.1", "10.0.0.1"))
    with pytest.raises(Geweigerd, match="eigen netwerk"):
        uitgaand.check("https://voorbeeld.example/")


def test_a_name_that_moved_inside_since_it_was_saved_is_refused_at_the_call(receiver, settings, monkeypatch):
    settings.WEBHOOKS_TO_PRIVATE_ADDRESSES = False
    monkeypatch.setattr(socket, "getaddrinfo", answers("1.1.1.1"))
    url = receiver.url.replace("127.0.0.1", "voorbeeld.example")
    uitgaand.check(url)
    monkeypatch.setattr(socket, "getaddrinfo", answers("127.0.0.1"))
    outcome = uitgaand.post(url, b"{}", {})
    assert (outcome.status, receiver.requests) == (None, [])
    assert "eigen netwerk" in outcome.fout


def test_the_name_is_looked_up_once_and_the_call_goes_to_what_was_checked(receiver, monkeypatch):
    """A name server that says something else the second time (DNS rebinding) is not asked a second time."""
    asked = []
    real = socket.getaddrinfo

    def getaddrinfo(host, port, *args, **kwargs):
        if host == "voorbeeld.example":
            asked.append(host)
            return answers("127.0.0.1" if len(asked) == 1 else "10.255.255.1")(host, port)
        return real(host, port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    outcome = uitgaand.post(receiver.url.replace("127.0.0.1", "voorbeeld.example"), b"{}", {})
    assert (outcome.status, asked) == (200, ["voorbeeld.example"])
    path, headers, _body = receiver.requests[0]
    assert path == "/hier?a=1"
    assert headers["Host"].startswith("voorbeeld.example:")


def test_a_redirect_is_not_followed(receiver):
    def away(handler):
        handler.send_response(302)
        handler.send_header("Location", receiver.url)
        handler.end_headers()

    receiver.answers = [away]
    outcome = uitgaand.post(receiver.url, b"{}", {})
    assert (outcome.status, outcome.is_good, len(receiver.requests)) == (302, False, 1)
    assert "stuurt door" in outcome.fout


def test_a_receiver_that_is_slow_or_drips_holds_nobody_longer_than_the_limit(receiver, monkeypatch):
    monkeypatch.setattr(uitgaand, "TOTAL_SECONDS", 0.5)

    def drip(handler):
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(40):
                handler.wfile.write(b".")
                handler.wfile.flush()
                time.sleep(0.1)
        except OSError:
            return

    def sleep(handler):
        time.sleep(2)

    for way in (drip, sleep):
        receiver.answers = [way]
        began = time.monotonic()
        outcome = uitgaand.post(receiver.url, b"{}", {})
        assert time.monotonic() - began < 1.8
        assert (outcome.status, outcome.fout) == (None, "Geen antwoord binnen de tijd.")


def test_only_the_beginning_of_an_answer_is_kept(receiver):
    def long(handler):
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(b"x" * 1_000_000)

    receiver.answers = [long]
    assert uitgaand.post(receiver.url, b"{}", {}).antwoord == "x" * 500


def test_a_receiver_that_is_not_there_is_no_error(receiver):
    outcome = uitgaand.post("http://127.0.0.1:1/", b"{}", {})
    assert outcome.status is None
    assert "ConnectionRefusedError" in outcome.fout


def test_an_address_is_taken_apart():
    doel = target("https://Planbord.example/pad?x=1", https_only=True)
    assert (doel.veilig, doel.host, doel.poort, doel.pad) == (True, "planbord.example", 443, "/pad?x=1")
    assert target("http://[2606:4700::1111]:8080", https_only=False).poort == 8080


def test_the_signature_is_that_of_the_standard():
    """The example of the specification (Standard Webhooks 1.0.0, Signing)."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'
    found = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert found == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
