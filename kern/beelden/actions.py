"""Taking in photos, making their sizes, throwing them away."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import F
from kombu.exceptions import OperationalError

from . import rules
from .models import Beeld, BeeldQuerySet
from .rules import Foto, Vlak
from .storage import private_storage

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 3
FILE_GRACE = timedelta(days=1)


@transaction.atomic
def store(upload: File[bytes] | Foto, *, alt_tekst: str = "") -> Beeld:
    """Keep an upload as a photo that waits for its sizes, and wake the worker on commit.

    Takes a `Foto` from `BeeldenField`, or a bare upload, which is checked first: then it raises
    ValidationError in plain Dutch when that is no photo within the limits.
    """
    foto = upload if isinstance(upload, Foto) else rules.check(upload)
    beeld = Beeld(sha256=foto.sha256, alt_tekst=alt_tekst)
    beeld.origineel.save("", File(foto.bestand), save=False)
    beeld.save(force_insert=True)
    transaction.on_commit(lambda: _wake(beeld.pk), robust=True)
    return beeld


def process(*, beeld_id: UUID) -> Beeld | None:
    """Make the two sizes and drop the original. Safe to run twice or side by side; None when there was nothing to do.

    The attempt is counted in a transaction of its own, so that a photo that kills the worker is given up.
    """
    waiting = Beeld.objects.filter(pk=beeld_id, status=Beeld.Status.WACHT)
    if not waiting.update(pogingen=F("pogingen") + 1):
        return None
    with transaction.atomic():
        beeld = waiting.select_for_update(skip_locked=True).first()
        if beeld is None:
            return None
        if beeld.pogingen > MAX_ATTEMPTS:
            return _give_up(beeld)
        try:
            with beeld.origineel.open("rb") as original:
                versions = rules.make_versions(original)
        except (ValidationError, FileNotFoundError):
            logger.warning("photo %s does not decode", beeld.pk, exc_info=True)
            return _give_up(beeld)
        beeld.groot.save("", ContentFile(versions.groot), save=False)
        beeld.klein.save("", ContentFile(versions.klein), save=False)
        beeld.breedte, beeld.hoogte = versions.breedte, versions.hoogte
        return _finish(beeld, Beeld.Status.KLAAR)


@transaction.atomic
def blurred(*, beeld: Beeld, vlakken: Sequence[Vlak]) -> Beeld:
    """A new photo that is this one with those areas made unrecognisable; this one stays as it is.

    Raises ValueError as long as the photo is not ready, or without an area.
    """
    if beeld.status != Beeld.Status.KLAAR or not vlakken:
        raise ValueError("alleen op een foto die klaar is, met minstens één vlak")
    with beeld.groot.open("rb") as file:
        versions = rules.blur(file, vlakken)
    made = Beeld(
        sha256=hashlib.sha256(versions.groot).hexdigest(), alt_tekst=beeld.alt_tekst, status=Beeld.Status.KLAAR
    )
    made.groot.save("", ContentFile(versions.groot), save=False)
    made.klein.save("", ContentFile(versions.klein), save=False)
    made.breedte, made.hoogte = versions.breedte, versions.hoogte
    made.save(force_insert=True)
    return made


def process_waiting(*, at: datetime, limit: int = 100) -> dict[str, int]:
    """Make the sizes of photos whose wake-up call was lost: those that wait for over a minute at `at`."""
    ids = Beeld.objects.waiting(before=at - timedelta(minutes=1)).values_list("pk", flat=True)[:limit]
    done = [process(beeld_id=pk) for pk in ids]
    ready = sum(beeld is not None and beeld.status == Beeld.Status.KLAAR for beeld in done)
    return {"klaar": ready, "overgeslagen": len(done) - ready}


@transaction.atomic
def remove(*, beelden: BeeldQuerySet) -> int:
    """Delete photos, rows at once and files on commit; how many. Raises ProtectedError when one is in use."""
    rows = list(beelden.select_for_update())
    names = [file.name for beeld in rows for file in (beeld.origineel, beeld.groot, beeld.klein)]
    Beeld.objects.filter(pk__in=[beeld.pk for beeld in rows]).delete()
    transaction.on_commit(lambda: _delete_files(names), robust=True)
    return len(rows)


def clean_up(*, at: datetime, unused_for: timedelta = timedelta(days=2)) -> dict[str, int]:
    """Throw away photos that nobody refers to, and files that belong to no photo (left by a rollback or a crash).

    Both get time: an unsent form may still want its photo, a running transaction its file.
    """
    rows = remove(beelden=Beeld.objects.unreferenced(before=at - unused_for))
    storage = private_storage()
    files = 0
    for kind in ("origineel", "groot", "klein"):
        for folder in storage.listdir(kind)[0] if storage.exists(kind) else []:
            here = f"{kind}/{folder}"
            names = {f"{here}/{name}" for name in storage.listdir(here)[1]}
            names -= set(Beeld.objects.filter(**{f"{kind}__in": names}).values_list(kind, flat=True))
            lost = [name for name in names if storage.get_modified_time(name) < at - FILE_GRACE]
            _delete_files(lost)
            files += len(lost)
    return {"beelden": rows, "bestanden": files}


def _finish(beeld: Beeld, status: Beeld.Status) -> Beeld:
    original, beeld.origineel, beeld.status = beeld.origineel.name, "", status
    beeld.save()
    transaction.on_commit(lambda: _delete_files([original]), robust=True)
    return beeld


def _give_up(beeld: Beeld) -> Beeld:
    return _finish(beeld, Beeld.Status.MISLUKT)


def _delete_files(names: Iterable[str | None]) -> None:
    for name in filter(None, names):
        private_storage().delete(name)


def _wake(beeld_id: UUID) -> None:
    from . import tasks

    try:
        tasks.process.apply_async([str(beeld_id)], retry=False)
    except OperationalError:
        logger.warning("the queue does not answer; the sweep will make photo %s ready", beeld_id)
