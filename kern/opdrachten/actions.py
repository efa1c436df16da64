"""Start long jobs, do them, stop them, and find those whose worker was killed.

One long job runs at a time in the whole portal, so that mails always have a worker left. Who holds the row is told by
the number of its try: a worker that was taken for lost and comes back finds another number, and leaves the row alone.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import IO, Any

import structlog
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F
from django.utils.text import get_valid_filename

from kern import historiek, wekker
from kern.gebruikers.models import Gebruiker
from kern.gezondheid.actions import alone

from . import registry
from .models import Opdracht
from .registry import Onmogelijk
from .storage import file_storage

log = structlog.get_logger(__name__)

TASK = "kern.opdrachten.tasks.run"
LOCK = "opdrachten"
# Without a sign of life for so long, a worker is lost.
LOST = timedelta(minutes=5)
# A job that ends its worker three times is not tried again.
MAX_TRIES = 3
KEEP = timedelta(days=30)
# How often progress is written at most, in seconds: somebody looks at it, and every write costs.
EVERY = 0.5

Status = Opdracht.Status
ENDED = [Status.KLAAR, Status.MISLUKT, Status.GESTOPT]
LOST_WORDS = "De werker viel weg voor de opdracht klaar was. Start ze opnieuw."
ERROR_WORDS = (
    "Er ging iets mis in het portaal zelf. Start de opdracht opnieuw; lukt het weer niet, zeg het dan aan beheer."
)


class Gestopt(Exception):
    """The job has to end now: its owner stopped it, or another worker took it over."""


class Voortgang:
    """How a job reports. `resultaat` is kept with each report, so that a job that is taken up again finds it."""

    def __init__(self, opdracht: Opdracht, at: datetime) -> None:
        self.opdracht = opdracht
        self.resultaat: dict[str, Any] = dict(opdracht.resultaat)
        self._gedaan = opdracht.gedaan
        self._at, self._clock, self._told = at, time.monotonic(), 0.0

    def nu(self) -> datetime:
        """The moment it is for this job."""
        return self._at + timedelta(seconds=time.monotonic() - self._clock)

    def begin(self, totaal: int, gedaan: int = 0) -> None:
        """Tell how much there is to do, and how much was done already."""
        self.opdracht.totaal, self._gedaan = totaal, gedaan
        self._tell(totaal=totaal)

    def stap(self, aantal: int = 1) -> None:
        """Tell that so many more are done. Call it outside a transaction, or nobody sees it before the end.

        Raises Gestopt when the job has to end.
        """
        self._gedaan += aantal
        if time.monotonic() - self._told >= EVERY:
            self._tell()

    @contextmanager
    def bestand(self, naam: str, soort: str = "application/octet-stream") -> Iterator[IO[bytes]]:
        """A file to write the outcome to, in constant memory; only the owner can fetch it.

        It belongs to the job once the block ends without an error; of a try that failed nothing stays.
        """
        storage, opdracht = file_storage(), self.opdracht
        path = storage.save(f"{opdracht.pk}/{opdracht.pogingen}/{get_valid_filename(naam)}", ContentFile(b""))
        try:
            with storage.open(path, "wb") as file:
                yield file
            self._tell(bestand=path, bestandsnaam=naam, bestandstype=soort)
        except BaseException:
            storage.delete(path)
            raise

    def _tell(self, **fields: Any) -> None:
        done = self._gedaan if self.opdracht.totaal is None else min(self._gedaan, self.opdracht.totaal)
        told = _mine(self.opdracht).update(hartslag=self.nu(), gedaan=done, resultaat=self.resultaat, **fields)
        self._told = time.monotonic()
        stop = Opdracht.objects.filter(pk=self.opdracht.pk).values_list("stop_gevraagd", flat=True).first()
        if not told or stop:
            raise Gestopt


@transaction.atomic
def start(
    *,
    soort: str,
    eigenaar: Gebruiker,
    invoer: Mapping[str, Any],
    at: datetime,
    titel: str = "",
    totaal: int | None = None,
    sleutel: str | None = None,
) -> Opdracht:
    """Write down a job in the caller's transaction and wake a worker once that is committed.

    `sleutel` names one filled-in form: a second call with it gives the job that the first one made.
    Raises KeyError for a kind that nobody registered.
    """
    fields = {
        "soort": soort,
        "titel": titel or registry.get(soort).naam,
        "eigenaar": eigenaar,
        "invoer": dict(invoer),
        "totaal": totaal,
        "aangevraagd_op": at,
    }
    if sleutel is None:
        opdracht, made = Opdracht.objects.create(**fields), True
    else:
        opdracht, made = Opdracht.objects.get_or_create(sleutel=sleutel, defaults=fields)
    if made:
        transaction.on_commit(lambda: wekker.wake(TASK, opdracht.pk))
    return opdracht


@transaction.atomic
def stop(*, opdracht: Opdracht, at: datetime) -> Opdracht:
    """Stop a job: at once when nobody took it up yet, else as soon as its worker hears of it. What is done stays."""
    row = Opdracht.objects.select_for_update().get(pk=opdracht.pk)
    if row.status == Status.WACHT:
        row.status, row.klaar_op = Status.GESTOPT, at
    elif row.status == Status.BEZIG:
        row.stop_gevraagd = True
    row.save(update_fields=["status", "klaar_op", "stop_gevraagd"])
    return row


def run(*, pk: int, at: datetime) -> str | None:
    """Do one job that waits; its new status, or None when it was not waiting, or another one is busy.

    Call it outside a transaction: progress must be seen by others.
    """
    with alone(LOCK) as mine:
        status = _run(pk, at) if mine else None
    # Whoever came meanwhile found this one busy and went away.
    if mine and (following := Opdracht.objects.waiting().values_list("pk", flat=True).first()):
        wekker.wake(TASK, following)
    return status


def sweep(*, at: datetime) -> dict[str, int]:
    """Take up again, or give up, what lost its worker, and wake a worker for what waits; the counts."""
    counts = {"opnieuw": 0, "mislukt": 0}
    for opdracht in Opdracht.objects.lost(at - LOST):
        counts["opnieuw" if _recover(opdracht, at) else "mislukt"] += 1
    for pk in Opdracht.objects.waiting().values_list("pk", flat=True)[:10]:
        wekker.wake(TASK, pk, expires=60)
    return counts


def wipe_old(at: datetime) -> dict[str, int]:
    """Delete what ended and was asked for longer than KEEP ago, with its file."""
    rows = list(Opdracht.objects.filter(status__in=ENDED, aangevraagd_op__lt=at - KEEP)[:1000])
    for opdracht in rows:
        if opdracht.bestand.name:
            file_storage().delete(opdracht.bestand.name)
    Opdracht.objects.filter(pk__in=[opdracht.pk for opdracht in rows]).delete()
    return {"gewist": len(rows)}


def _run(pk: int, at: datetime) -> str | None:
    opdracht = _claim(pk, at)
    if opdracht is None:
        return None
    progress = Voortgang(opdracht, at)
    try:
        soort = registry.get(opdracht.soort)
        with historiek.acting(door=opdracht.eigenaar, taak=soort.naam):
            outcome = soort.run(opdracht, progress)
    except Gestopt:
        return _finish(progress, Status.GESTOPT)
    except Onmogelijk as error:
        return _finish(progress, Status.MISLUKT, fout=str(error))
    except Exception:
        log.exception("job_failed", opdracht=pk, soort=opdracht.soort)
        return _finish(progress, Status.MISLUKT, fout=ERROR_WORDS)
    progress.resultaat |= outcome or {}
    return _finish(progress, Status.KLAAR, **({"gedaan": F("totaal")} if opdracht.totaal is not None else {}))


def _claim(pk: int, at: datetime) -> Opdracht | None:
    claimed = Opdracht.objects.filter(pk=pk, status=Status.WACHT).update(
        status=Status.BEZIG, begonnen_op=at, hartslag=at, pogingen=F("pogingen") + 1
    )
    return Opdracht.objects.select_related("eigenaar").get(pk=pk) if claimed else None


def _mine(opdracht: Opdracht) -> Any:
    return Opdracht.objects.filter(pk=opdracht.pk, status=Status.BEZIG, pogingen=opdracht.pogingen)


def _finish(progress: Voortgang, status: Status, **fields: Any) -> str:
    """Write how the job ended, unless another worker has it now."""
    _mine(progress.opdracht).update(status=status, klaar_op=progress.nu(), resultaat=progress.resultaat, **fields)
    return status


def _recover(opdracht: Opdracht, at: datetime) -> bool:
    """Let a lost job wait for a worker again; False when it is given up."""
    try:
        again = registry.get(opdracht.soort).hervatbaar and opdracht.pogingen < MAX_TRIES
    except KeyError:
        again = False
    if opdracht.stop_gevraagd:
        return bool(_mine(opdracht).update(status=Status.GESTOPT, klaar_op=at))
    if again:
        return bool(_mine(opdracht).update(status=Status.WACHT))
    _mine(opdracht).update(status=Status.MISLUKT, klaar_op=at, fout=LOST_WORDS)
    log.warning("job_lost", opdracht=opdracht.pk, tries=opdracht.pogingen)
    return False
