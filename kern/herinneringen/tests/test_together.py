from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection

from kern.herinneringen import actions
from kern.herinneringen.models import Herinnering, Ladderstap

from .conftest import moment
from .outbox import mails


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_sweep_together_mail_once(things, person):
    Ladderstap.objects.get_or_create(bron="", werkdagen=0, aan="verantwoordelijke")
    wim = person("Wim")
    for _ in range(50):
        things.add(date(2026, 7, 23), verantwoordelijke=wim)
    start = Barrier(4)

    def sweep():
        start.wait()
        try:
            actions.morning_round(at=moment(date(2026, 7, 23)))
        finally:
            connection.close()

    workers = [Thread(target=sweep) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(mails()["wim@genk.test"]) == 1
    assert Herinnering.objects.filter(stap="+0 verantwoordelijke").count() == 50
