from datetime import UTC, datetime, timedelta

import pytest

from kern.gezondheid import actions
from kern.gezondheid.actions import recorded
from kern.gezondheid.models import Taakuitvoering

pytestmark = pytest.mark.django_db

AT = datetime(2026, 7, 23, 5, 30, tzinfo=UTC)
Status = Taakuitvoering.Status


def test_a_run_keeps_its_start_end_and_counts():
    with recorded("opruimen", at=AT) as run:
        assert Taakuitvoering.objects.get().status == Status.BEZIG
        run.aantallen = {"foto's": 3}
    kept = Taakuitvoering.objects.get()
    assert (kept.taak, kept.status, kept.aantallen, kept.fout) == ("opruimen", Status.GELUKT, {"foto's": 3}, "")
    assert AT <= kept.geeindigd_op < AT + timedelta(seconds=5)


def test_a_run_that_fails_says_why_without_mail_addresses_and_briefly():
    with pytest.raises(ValueError, match="wim"), recorded("opruimen", at=AT):
        raise ValueError("kan wim@genk.test niet vinden " + "x" * 3000)
    kept = Taakuitvoering.objects.get()
    assert kept.status == Status.MISLUKT
    assert kept.fout.startswith("ValueError: kan <adres> niet vinden")
    assert len(kept.fout) == 2000
    assert kept.geeindigd_op is not None


def test_old_runs_go_and_killed_ones_are_closed():
    for days, status in [(1.5, Status.BEZIG), (20, Status.GELUKT), (20, Status.MISLUKT), (100, Status.MISLUKT)]:
        Taakuitvoering.objects.create(taak="x", status=status, gestart_op=AT - timedelta(days=days))
    assert actions.forget_old_runs(at=AT) == {"afgebroken": 1, "verwijderd": 2}
    assert set(Taakuitvoering.objects.values_list("status", flat=True)) == {Status.MISLUKT}
