from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kern.beelden import actions, tasks
from kern.beelden.models import Beeld
from kern.beelden.storage import private_storage

from . import photos

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(monkeypatch, tmp_path):
    """A folder of its own for each test."""
    monkeypatch.setattr(private_storage(), "location", str(tmp_path / "beelden"))
    return tmp_path / "beelden"


def files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def stored(**kwargs):
    return actions.store(photos.upload(photos.jpeg(**kwargs)), alt_tekst="Put in de weg")


def test_an_upload_waits_for_the_worker(folder):
    beeld = stored()
    beeld.refresh_from_db()
    assert (beeld.status, beeld.alt_tekst, beeld.breedte) == (Beeld.Status.WACHT, "Put in de weg", None)
    assert len(beeld.sha256) == 64
    assert files(folder) == [f"origineel/{beeld.pk.hex[:2]}/{beeld.pk}"]


def test_the_files_are_private(folder):
    beeld = stored()
    path = Path(beeld.origineel.path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    with pytest.raises(ValueError, match="no address"):
        beeld.origineel.url  # noqa: B018
    location = Path(settings.STORAGES["beelden"]["OPTIONS"]["location"])
    assert not location.is_relative_to(settings.STATIC_ROOT)
    assert settings.MEDIA_URL == "/"  # no folder of uploads has an address


def test_the_worker_makes_two_sizes_and_drops_the_original(folder, django_capture_on_commit_callbacks):
    beeld = stored(width=3000, height=2000, orientation=6)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.process(str(beeld.pk))
    beeld.refresh_from_db()
    assert (beeld.status, beeld.breedte, beeld.hoogte) == (Beeld.Status.KLAAR, 1067, 1600)
    assert files(folder) == [f"{kind}/{beeld.pk.hex[:2]}/{beeld.pk}.webp" for kind in ("groot", "klein")]


def test_making_a_photo_twice_changes_nothing(folder):
    beeld = stored()
    assert actions.process(beeld_id=beeld.pk).status == Beeld.Status.KLAAR
    before = files(folder)
    assert actions.process(beeld_id=beeld.pk) is None
    assert files(folder) == before


def test_a_photo_half_made_before_a_crash_is_made_again_in_place(folder, django_capture_on_commit_callbacks):
    beeld = stored()
    half = Path(folder, "groot", beeld.pk.hex[:2], f"{beeld.pk}.webp")
    half.parent.mkdir(parents=True)
    half.write_bytes(b"half")
    with django_capture_on_commit_callbacks(execute=True):
        actions.process(beeld_id=beeld.pk)
    assert len(files(folder)) == 2
    assert half.read_bytes()[:4] == b"RIFF"


def test_a_photo_that_does_not_decode_after_all_is_given_up(folder, django_capture_on_commit_callbacks):
    beeld = stored()
    Path(beeld.origineel.path).write_bytes(b"broken")
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.process(beeld_id=beeld.pk).status == Beeld.Status.MISLUKT
    assert files(folder) == []


def test_a_photo_that_keeps_killing_the_worker_is_given_up():
    beeld = stored()
    Beeld.objects.update(pogingen=actions.MAX_ATTEMPTS)
    assert actions.process(beeld_id=beeld.pk).status == Beeld.Status.MISLUKT


def test_the_sweep_makes_what_was_left_waiting():
    left, fresh = stored(), stored()
    Beeld.objects.filter(pk=left.pk).update(aangemaakt_op=timezone.now() - timedelta(minutes=5))
    assert actions.process_waiting(at=timezone.now()) == {"klaar": 1, "overgeslagen": 0}
    left.refresh_from_db()
    fresh.refresh_from_db()
    assert (left.status, fresh.status) == (Beeld.Status.KLAAR, Beeld.Status.WACHT)


def test_storing_wakes_the_worker_and_survives_a_queue_that_is_gone(django_capture_on_commit_callbacks):
    from genk_wijk.celery import app

    before = app.conf.broker_url
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        stored()
    assert len(callbacks) == 1
    app.conf.broker_url = "redis://127.0.0.1:1/0"
    app.pool.force_close_all()
    try:
        with django_capture_on_commit_callbacks(execute=True):
            stored()
    finally:
        app.conf.broker_url = before
    assert Beeld.objects.count() == 2


def test_a_photo_nobody_refers_to_is_thrown_away_after_two_days(folder, django_capture_on_commit_callbacks):
    old, fresh = stored(), stored()
    Beeld.objects.filter(pk=old.pk).update(aangemaakt_op=timezone.now() - timedelta(days=3))
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.clean_up(at=timezone.now())["beelden"] == 1
    assert [beeld.pk for beeld in Beeld.objects.all()] == [fresh.pk]
    assert files(folder) == [fresh.origineel.name]


def test_a_file_left_by_a_rollback_is_thrown_away_after_a_day(folder):
    def rolled_back():
        with transaction.atomic():
            stored()
            raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        rolled_back()
    kept = stored()
    assert len(files(folder)) == 2
    assert actions.clean_up(at=timezone.now())["bestanden"] == 0
    assert actions.clean_up(at=timezone.now() + timedelta(days=1, hours=1))["bestanden"] == 1
    assert files(folder) == [kept.origineel.name]
    assert private_storage().exists(kept.origineel.name)
