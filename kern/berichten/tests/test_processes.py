"""The outbox among processes that die."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from kern import wekker
from kern.berichten import actions, queries
from kern.berichten.models import Bericht
from tests.mailserver import Brievenbus
from tests.processes import Processes, wait_for

from .conftest import CONTEXT

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
Status = Bericht.Status


@pytest.fixture
def processes(tmp_path):
    with Processes(tmp_path) as processes:
        yield processes


def put(count: int, name: str = "mail") -> list[str]:
    addresses = [f"{name}{number}@example.org" for number in range(count)]
    for address in addresses:
        actions.enqueue(sleutel=address, soort="proef", aan=address, context=CONTEXT)
    return addresses


def arrived(bus: Brievenbus) -> Counter[str]:
    return Counter(mail["To"] for mail in bus.mails)


def count(status: str) -> int:
    return Bericht.objects.filter(status=status).count()


def test_a_worker_that_is_killed_leaves_one_mail_in_doubt_and_loses_or_doubles_none(processes, bus):
    bus.seconds = 0.05
    first = processes.worker(mail_port=bus.port)
    addresses = put(40)
    wait_for(lambda: len(bus.mails) >= 5)
    first.kill()
    assert count(Status.BEZIG) <= 1
    second = processes.worker(mail_port=bus.port)
    wait_for(lambda: count(Status.WACHT) <= 5)
    second.kill()
    bus.seconds = 0.0
    actions.sweep(at=timezone.now() + timedelta(hours=1))
    assert count(Status.ONZEKER) <= 2
    assert count(Status.VERZONDEN) + count(Status.ONZEKER) == 40
    assert max(arrived(bus).values()) == 1
    assert set(Bericht.objects.filter(status=Status.VERZONDEN).values_list("aan", flat=True)) <= set(arrived(bus))
    assert set(addresses) - set(arrived(bus)) <= set(
        Bericht.objects.filter(status=Status.ONZEKER).values_list("aan", flat=True)
    )
    assert queries.unsent_since(timezone.now()) == 0


def test_a_redis_that_goes_and_comes_back_costs_no_mail(processes, bus):
    worker = processes.worker(mail_port=bus.port)
    put(3, "voor")
    wait_for(lambda: count(Status.VERZONDEN) == 3)
    processes.stop_redis()
    put(10, "tijdens")
    assert count(Status.WACHT) == 10
    processes.start_redis()
    # Within a minute the clock sends this one.
    actions.sweep(at=timezone.now())
    wekker._rest_until = 0.0
    put(3, "na")
    wait_for(lambda: count(Status.VERZONDEN) == 16, what=worker.log.read_text())
    assert set(arrived(bus).values()) == {1}
    assert len(arrived(bus)) == 16


def test_two_workers_and_two_sweeps_at_once_send_each_mail_once(processes, bus):
    processes.worker(mail_port=bus.port, concurrency=2)
    processes.worker(mail_port=bus.port, concurrency=2)
    put(40)
    actions.sweep(at=timezone.now())
    wait_for(lambda: count(Status.VERZONDEN) == 40)
    assert set(arrived(bus).values()) == {1}
