"""Two hundred people at once for thirty places, over real HTTP: nobody is lost and nobody passes another.

Two web servers of several threads each share the database of the test. Each visitor has an address and cookies of its
own, opens the form, waits until the last has it open, and then they all press the button together.
"""

from __future__ import annotations

import http.cookiejar
import re
import socket
import threading
import time
import urllib.parse
import urllib.request
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from kern.berichten.models import Bericht
from meldingen.tests import factories
from tests.processes import Processes
from wijken import actions
from wijken.models import Inschrijving

PEOPLE, PLACES = 200, 30

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Visitor:
    """Somebody with a browser: cookies, the form as it was opened, and what came of sending it."""

    def __init__(self, number, server, path):
        self.number, self.address = number, f"{server}{path}"
        jar = http.cookiejar.CookieJar()
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        # Behind one proxy, as in production: each visitor counts by their own address.
        self.browser.addheaders = [("X-Forwarded-For", f"10.1.{number // 250}.{number % 250 + 1}")]
        self.landed = ""

    def open_form(self):
        page = self.browser.open(self.address, timeout=60).read().decode()
        self.hidden = dict(re.findall(r'name="(csrfmiddlewaretoken|stempel)" value="([^"]+)"', page))
        assert set(self.hidden) == {"csrfmiddlewaretoken", "stempel"}

    def send(self):
        fields = {
            **self.hidden,
            "naam": f"Bewoner {self.number}",
            "email": f"bewoner{self.number}@voorbeeld.example",
            "aantal": "1",
            "website": "",
        }
        answer = self.browser.open(self.address, urllib.parse.urlencode(fields).encode(), timeout=120)
        self.landed = answer.geturl()
        self.page = answer.read().decode()


class Leaver:
    """Somebody with a place who does not come after all."""

    def __init__(self, row):
        self.number, self.row = row.pk, row

    def leave(self):
        try:
            actions.cancel_registration(inschrijving=self.row, at=timezone.now())
        finally:
            connections.close_all()


@pytest.fixture
def meeting():
    cast, now = factories.cast(), timezone.now()
    row = actions.plan_meeting(
        door=cast.wijkmanager,
        at=now,
        wijken=[cast.wijk],
        soort="wijkvergadering",
        titel="Iedereen wil komen",
        begin=now + timedelta(days=9),
        einde=now + timedelta(days=9, hours=2),
        locatie="Buurthuis",
        team=cast.wijkteam,
        capaciteit=PLACES,
    )
    return actions.announce_meeting(bijeenkomst=row, versie=row.versie, at=now)


def in_threads(visitors, act, at_once):
    """Everybody does it, so many together; what went wrong is raised here."""
    wrong, lock, todo = [], threading.Lock(), list(reversed(visitors))

    def work():
        while True:
            with lock:
                if not todo:
                    return
                visitor = todo.pop()
            try:
                act(visitor)
            except Exception as error:
                wrong.append((visitor.number, repr(error)))

    threads = [threading.Thread(target=work) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_two_hundred_people_at_once_get_thirty_places_and_turns_in_order(meeting, tmp_path):
    with Processes(tmp_path) as processes:
        ports = [free_port(), free_port()]
        for port in ports:
            processes.web(port, TRUSTED_PROXIES="1")
        visitors = [
            Visitor(number, f"http://127.0.0.1:{ports[number % 2]}", f"/agenda/{meeting.pk}/inschrijven/")
            for number in range(PEOPLE)
        ]
        in_threads(visitors, Visitor.open_form, at_once=8)
        time.sleep(4)  # a form that comes back at once is taken for a robot
        in_threads(visitors, Visitor.send, at_once=PEOPLE)

    rows = list(Inschrijving.objects.order_by("pk"))
    assert len(rows) == PEOPLE
    assert [row.status for row in rows] == ["bevestigd"] * PLACES + ["wachtlijst"] * (PEOPLE - PLACES)
    assert {row.email for row in rows} == {f"bewoner{number}@voorbeeld.example" for number in range(PEOPLE)}
    # Each saw their own page, and everybody has the one mail that goes with it, with the right turn.
    assert all("/agenda/inschrijving/" in visitor.landed for visitor in visitors)
    assert sum("Je bent ingeschreven" in visitor.page for visitor in visitors) == PLACES
    mails = {mail.aan: mail for mail in Bericht.objects.all()}
    assert len(mails) == Bericht.objects.count() == PEOPLE
    for turn, row in enumerate(rows[PLACES:]):
        assert f"Inschrijvingen die voor jou aan de beurt zijn: {turn}." in mails[row.email].tekst
    # Ten cancel at once: the first ten of the list get their places, in order.
    in_threads([Leaver(row) for row in rows[:10]], Leaver.leave, at_once=10)
    standing = Inschrijving.objects.standing().order_by("pk")
    assert [row.status for row in standing] == ["bevestigd"] * PLACES + ["wachtlijst"] * (PEOPLE - PLACES - 10)
    promoted = [mail.aan for mail in Bericht.objects.filter(soort="inschrijving_plaats").order_by("pk")]
    assert promoted == [row.email for row in rows[PLACES : PLACES + 10]]
