"""Which addresses a webhook may go to, how a message is signed, and what a key looks like. Nothing is fetched here."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

KEY_BEGIN = "gw_"
SHOWN = 11  # of a key: what it begins with and eight characters, enough to recognise it by
SECRET_BEGIN = "whsec_"  # noqa: S105 (what every secret begins with, not one)

# Beyond what `is_global` knows: addresses that hold another one, or that a cloud answers on for its own machines.
_INSIDE = [
    ip_network(net)
    for net in (
        "100.64.0.0/10",
        "168.63.129.16/32",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "240.0.0.0/4",
        "2001::/23",
        "fec0::/10",
    )
]
_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))


def make_key() -> str:
    """A new key: 256 bits, with a beginning that secret scanners and people recognise."""
    return KEY_BEGIN + secrets.token_urlsafe(32)


def shown_part(sleutel: str) -> str:
    """The part of a key that may be shown."""
    return sleutel[:SHOWN]


def hashed(sleutel: str) -> str:
    """What is stored of a key. It has 256 bits of its own, so a plain SHA-256 cannot be guessed back."""
    return hashlib.sha256(sleutel.encode()).hexdigest()


def make_secret() -> str:
    """A new secret to sign with, as Standard Webhooks writes it."""
    return SECRET_BEGIN + base64.b64encode(secrets.token_bytes(32)).decode()


def signature(secret: str, bericht: str, moment: int, body: bytes) -> str:
    """The `webhook-signature` of a message (Standard Webhooks 1.0.0: HMAC-SHA256 over id, time and body)."""
    key = base64.b64decode(secret.removeprefix(SECRET_BEGIN))
    signed = f"{bericht}.{moment}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def is_public(address: str) -> bool:
    """Whether an IP address lies on the internet: not here, not in this network, not in a cloud's inside."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address):
        held = _held(parsed)
        if held is not None:
            return is_public(str(held))
    inside = any(parsed.version == net.version and parsed in net for net in _INSIDE)
    return parsed.is_global and not (inside or parsed.is_multicast or parsed.is_reserved or parsed.is_unspecified)


def _held(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address inside an IPv6 one: mapped, compatible, 6to4, Teredo or NAT64."""
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    if address.teredo:
        return address.teredo[1]
    low = int(address) & 0xFFFFFFFF
    if any(address in net for net in _NAT64) or (int(address) >> 32 == 0 and low > 1):
        return IPv4Address(low)
    return None


class Geweigerd(ValueError):
    """A webhook may not go there; the text says why, in Dutch."""


@dataclass(frozen=True, slots=True)
class Doel:
    """Where a webhook goes, taken apart."""

    veilig: bool
    host: str
    poort: int
    pad: str


def target(url: str, *, https_only: bool) -> Doel:
    """Take an address apart. Raises Geweigerd for what is no plain web address."""
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode() if not _is_ip(parts.hostname) else parts.hostname or ""
    except (ValueError, UnicodeError) as error:
        raise Geweigerd("Dit is geen geldig adres.") from error
    if parts.scheme not in ("http", "https") or not host:
        raise Geweigerd("Het adres begint met https:// en een naam.")
    if https_only and parts.scheme != "https":
        raise Geweigerd("Alleen https: wat we sturen mag onderweg niet te lezen zijn.")
    if parts.username or parts.password or parts.fragment:
        raise Geweigerd("Zet geen gebruikersnaam, wachtwoord of # in het adres.")
    if any(ord(sign) <= 32 or ord(sign) > 126 for sign in f"{parts.path}{parts.query}"):
        raise Geweigerd("Schrijf bijzondere tekens in het adres als %xx.")
    safe = parts.scheme == "https"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Doel(safe, host, port or (443 if safe else 80), path)


def _is_ip(host: str | None) -> bool:
    try:
        ip_address(host or "")
    except ValueError:
        return False
    return True
