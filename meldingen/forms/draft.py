"""The unsent report of one visitor, kept in the session from the first answer to the thank-you page.

Of every step it keeps what was typed, right or wrong, and apart from that the outcome of a step that was right. The
outcome of a changed step goes, what was typed in the later steps stays. What was refused is kept too: the page that
says why is asked for with GET, so that the browser's back button can return to it.
"""

from __future__ import annotations

import hashlib
import json
import time
import uuid
from collections.abc import Mapping
from typing import Any

from django.core import signing
from django.http import HttpRequest

KEY = "melding"
SENT_KEY = "verstuurde_meldingen"
STEPS = ("waar", "wat", "vragen", "buurt", "foto", "contact", "samenvatting")

MAX_PHOTOS = 5
PHOTO_SECONDS = 47 * 3600  # photos that no report refers to are thrown away after two days
MAX_SENT = 20
MAX_FIELDS, MAX_LENGTH = 100, 6000

MIN_SECONDS, MAX_SECONDS = 3, 24 * 3600
_signer = signing.TimestampSigner(salt="meldingen.formulier")


def stamp() -> str:
    """A signed moment: the form was opened now."""
    return _signer.sign("formulier")


def stamp_is_good(value: str) -> bool:
    """Whether a form was opened by a person at work: at least three seconds and at most a day ago."""
    try:
        _signer.unsign(value, max_age=MAX_SECONDS)
    except signing.BadSignature:
        return False
    try:
        _signer.unsign(value, max_age=MIN_SECONDS)
    except signing.SignatureExpired:
        return True
    return False


def _within_bounds(posted: Mapping[str, str]) -> dict[str, str]:
    fields = [(name, value) for name, value in posted.items() if name != "csrfmiddlewaretoken"]
    return {name: str(value)[:MAX_LENGTH] for name, value in fields[:MAX_FIELDS]}


class Draft:
    """What one visitor has filled in so far. Nothing is stored before the first `keep`."""

    def __init__(self, request: HttpRequest) -> None:
        self.session = request.session
        data = self.session.get(KEY) or {}
        self.inzending = uuid.UUID(data["inzending"]) if data else uuid.uuid4()
        self.stamp: str = data.get("stempel", "")
        self._typed: dict[str, dict[str, str]] = data.get("getypt", {})
        self._done: dict[str, dict[str, Any]] = data.get("klaar", {})
        self._photos: list[dict[str, Any]] = data.get("fotos", [])
        self._refused: dict[str, dict[str, str]] = data.get("geweigerd", {})
        self.warned: list[str] = data.get("gewaarschuwd", [])

    @property
    def is_empty(self) -> bool:
        return not (self._typed or self._photos)

    def typed(self, step: str) -> dict[str, str]:
        """What was typed in a step, by the name of the field."""
        return self._typed.get(step, {})

    def result(self, step: str) -> dict[str, Any]:
        """The outcome of a finished step; empty when it is not finished."""
        return self._done.get(step, {})

    def keep(self, step: str, typed: Mapping[str, str]) -> None:
        """Remember what was typed, right or wrong; the step is to be finished again."""
        self._typed[step] = _within_bounds(typed)
        self.stamp = self.stamp or typed.get("stempel", "")
        self._done.pop(step, None)
        self._refused.pop(step, None)
        self.save()

    def refuse(self, step: str, posted: Mapping[str, str]) -> None:
        """What was posted to this step is not right; its page is to say why."""
        self._refused[step] = _within_bounds(posted)
        self.save()

    def refused(self, step: str) -> dict[str, str] | None:
        """What was posted to this step and was not right; None when nothing waits to be mended."""
        return self._refused.get(step)

    def finish(self, step: str, result: Mapping[str, Any] | None = None) -> None:
        """The step is right; its outcome counts."""
        self._done[step] = dict(result or {})
        self.save()

    def undo(self, *steps: str) -> None:
        """These steps are to be finished again, with what was typed in them."""
        for step in steps:
            self._done.pop(step, None)
            self._refused.pop(step, None)
        self.save()

    def first_unfinished(self) -> str:
        """The step to go to: the first that is not finished, in the end the summary."""
        return next((step for step in STEPS if step not in self._done), STEPS[-1])

    def warn(self, kinds: list[str]) -> None:
        """The visitor has been told of these kinds of personal data."""
        self.warned = sorted({*self.warned, *kinds})
        self.save()

    @property
    def photos(self) -> list[dict[str, Any]]:
        """The photos that are still kept: `id` and `naam` of each."""
        return [photo for photo in self._photos if photo["op"] > time.time() - PHOTO_SECONDS]

    @property
    def lost_photos(self) -> int:
        """How many photos were thrown away because the report waited too long."""
        return len(self._photos) - len(self.photos)

    def add_photo(self, pk: uuid.UUID, naam: str) -> None:
        self._photos = [*self.photos, {"id": str(pk), "naam": naam[:100], "op": int(time.time())}]
        self.save()

    def keep_photos(self, ids: set[str]) -> None:
        """Forget every photo but these."""
        self._photos = [photo for photo in self._photos if photo["id"] in ids]
        self.save()

    @property
    def fingerprint(self) -> str:
        """Changes with anything that would be sent; two tabs of one visitor share a draft."""
        parts = [{step: result for step, result in self._done.items() if step != "samenvatting"}, self._photos]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:20]

    def restamp(self) -> None:
        """Count again from now: the form was open too long, or too short."""
        self.stamp = stamp()
        self.save()

    def save(self) -> None:
        self.session[KEY] = {
            "inzending": str(self.inzending),
            "stempel": self.stamp,
            "getypt": self._typed,
            "klaar": self._done,
            "fotos": self._photos,
            "geweigerd": self._refused,
            "gewaarschuwd": self.warned,
        }

    def close(self, code: str) -> None:
        """The report was sent, as the one with this code: forget the draft, remember what came of it."""
        sent = [*self.session.get(SENT_KEY, {}).items(), (str(self.inzending), code)]
        self.session[SENT_KEY] = dict(sent[-MAX_SENT:])
        self.session.pop(KEY, None)

    def drop(self) -> None:
        """Begin anew: forget everything that was filled in."""
        self.session.pop(KEY, None)


def sent(request: HttpRequest) -> dict[str, str]:
    """The code of each report that this visitor sent, by the id of its form, oldest first."""
    return request.session.get(SENT_KEY, {})
