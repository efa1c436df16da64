"""Who hears what came of it when a thread ends."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import models

from ..registry import Deelnemer, Draadsoort, Stand
from .draad import Sleutel, by_kind, key_of, reached, walk


@dataclass(frozen=True)
class Afloop:
    """Whom to tell now: per address (in small letters) each thing that the person said or did.

    `wachten` is how many things wait, because something else that came of them still goes on.
    """

    mensen: dict[str, list[Deelnemer]]
    wachten: int

    def talen(self) -> list[tuple[str, int]]:
        """How many people in each language, most first."""
        counts: dict[str, int] = {}
        for found in self.mensen.values():
            counts[found[0].taal] = counts.get(found[0].taal, 0) + 1
        return sorted(counts.items(), key=lambda pair: -pair[1])


def outcome(obj: models.Model) -> Afloop:
    """Whom to tell when this ends now, whether it did already or is about to.

    Of each report, contact moment or whatever led to it, those who took part hear of it when nothing of what came of it
    still goes on. Three queries, and those that each kind needs.
    """
    here = key_of(obj)
    back = walk([here], terug=True)
    sources = {here, *reached(back, [here])}
    onward = walk(sources)
    everything = {*sources, *reached(onward, sources)}
    busy = _going_on(everything, onward) - {here}
    told = {key for key in sources if not busy & {key, *reached(onward, [key])}}
    waits = sum(len(numbers) for kind, numbers in by_kind(sources - told) if kind.deelnemers and not kind.stand)
    return Afloop(_people(told), waits)


def _going_on(keys: set[Sleutel], onward: dict[Sleutel, set[Sleutel]]) -> set[Sleutel]:
    """The work among these things that has not ended."""
    busy: set[Sleutel] = set()
    work = {_id(kind): kind for kind, _numbers in by_kind(keys) if kind.stand}
    for kind, numbers in by_kind(keys):
        for number, state in kind.stand(numbers).items() if kind.stand else ():
            leads_on = any(to in work for to, _number in onward.get((_id(kind), number), ()))
            if state is Stand.BEZIG or (state is Stand.DOOR and not leads_on):
                busy.add((_id(kind), number))
    return busy


def _people(keys: set[Sleutel]) -> dict[str, list[Deelnemer]]:
    found: dict[str, list[Deelnemer]] = {}
    for kind, numbers in by_kind(keys):
        for person in kind.deelnemers(numbers) if kind.deelnemers else ():
            if person.aan:
                found.setdefault(person.aan.lower(), []).append(person)
    return found


def _id(kind: Draadsoort) -> int:
    return ContentType.objects.get_for_model(kind.model).pk
