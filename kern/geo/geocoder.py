"""Addresses from outside: Geolocation v4 of Digitaal Vlaanderen. Never needed, never waited for over two seconds.

Source of the form of question and answer: https://geo.api.vlaanderen.be/geolocation/ (v4, Location).
"""

from __future__ import annotations

import hashlib
import json
import time
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass
from typing import Any

import requests
import structlog
from django.conf import settings
from django.core.cache import cache

from .lambert import GENK
from .vormen import Punt

log = structlog.get_logger(__name__)

TOTAL_SECONDS = 2.0
KEEP_SECONDS = 24 * 3600
REST_SECONDS = 60
MAX_BYTES = 200_000
MAX_RESULTS = 5

# A read timeout counts from byte to byte and looking up a name knows none, so a thread is what can be left behind.
_pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="geocoder")


@dataclass(frozen=True)
class Gevonden:
    """An address as the geocoder knows it."""

    label: str
    punt: Punt


def search(text: str) -> list[Gevonden]:
    """Addresses within the city's box; empty when no geocoder is set, or when it is slow or broken.

    Answers are kept for a day. After a failure nobody asks again for a minute, so that it holds up no other page.
    """
    if not settings.GEOCODER_URL or not text.strip():
        return []
    site = hashlib.sha256(f"{settings.GEOCODER_URL}\n{text.casefold().strip()}".encode()).hexdigest()
    kept = cache.get(f"geocoder:{site}")
    if kept is not None:
        return [Gevonden(label, Punt(lon, lat)) for label, lon, lat in kept]
    resting = f"geocoder:rust:{hashlib.sha256(settings.GEOCODER_URL.encode()).hexdigest()}"
    if cache.get(resting):
        return []
    try:
        document = _pool.submit(_fetch, settings.GEOCODER_URL, text).result(timeout=TOTAL_SECONDS)
        found = _read(document)
    except (requests.RequestException, TooLate, ValueError, TypeError, KeyError, AttributeError) as error:
        log.warning("geocoder_failed", error=type(error).__name__)
        cache.set(resting, True, REST_SECONDS)
        return []
    cache.set(f"geocoder:{site}", [(f.label, f.punt.lon, f.punt.lat) for f in found], KEEP_SECONDS)
    return found


def _fetch(url: str, text: str) -> Any:
    deadline = time.monotonic() + TOTAL_SECONDS
    with requests.get(
        f"{url.rstrip('/')}/Location",
        params={"q": text if "genk" in text.casefold() else f"{text}, Genk", "c": MAX_RESULTS},
        timeout=TOTAL_SECONDS,
        stream=True,
        allow_redirects=False,
    ) as answer:
        if answer.status_code != requests.codes.ok:
            raise ValueError(f"status {answer.status_code}")
        body = bytearray()
        for chunk in answer.iter_content(8192):
            body += chunk
            if len(body) > MAX_BYTES or time.monotonic() > deadline:
                raise ValueError("the answer is too long or too slow")
    return json.loads(body)


def _read(document: Any) -> list[Gevonden]:
    found = [
        Gevonden(
            str(row["FormattedAddress"]),
            Punt(float(row["Location"]["Lon_WGS84"]), float(row["Location"]["Lat_WGS84"])),
        )
        for row in document["LocationResult"][:MAX_RESULTS]
    ]
    return [f for f in found if GENK.west <= f.punt.lon <= GENK.oost and GENK.zuid <= f.punt.lat <= GENK.noord]
