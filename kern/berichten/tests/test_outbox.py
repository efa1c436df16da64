import re
import signal
import threading
import time
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from kern import wekker
from kern.berichten import actions, queries
from kern.berichten.actions import sending
from kern.berichten.actions.sending import PAUSES
from kern.berichten.models import Bericht, MailTekst
from kern.embedded import redis
from tests.mailserver import mail_server

from .conftest import CONTEXT

Status = Bericht.Status
NOW = timezone.now()


def put(sleutel="k1", aan="bewoner@example.org", **extra):
    return actions.enqueue(sleutel=sleutel, soort="proef", aan=aan, context=CONTEXT, **extra)


@pytest.mark.django_db
def test_the_same_occasion_is_written_once():
    assert put() is not None
    assert put() is None
    assert Bericht.objects.count() == 1


@pytest.mark.django_db
def test_putting_a_mail_in_the_outbox_costs_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        put()


@pytest.mark.django_db
def test_what_is_rolled_back_leaves_no_mail():
    with transaction.atomic():
        put()
        transaction.set_rollback(True)
    assert Bericht.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_transactions_with_the_same_key_write_one_row():
    barrier, made = threading.Barrier(2), []

    def work():
        try:
            with transaction.atomic():
                barrier.wait()
                made.append(put())
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Bericht.objects.count() == 1
    assert sorted(bericht is None for bericht in made) == [False, True]


@pytest.mark.django_db
def test_a_mail_arrives_once_with_text_and_html(bus):
    bericht = put(kopteksten={"List-Unsubscribe": "<https://wijk.genk.example/stop>"})
    assert actions.deliver(pk=bericht.pk, at=NOW) == Status.VERZONDEN
    assert actions.deliver(pk=bericht.pk, at=NOW) is None
    (mail,) = bus.to("bewoner@example.org")
    assert mail["Subject"] == "Dag Ayşe"
    assert mail["List-Unsubscribe"] == "<https://wijk.genk.example/stop>"
    assert mail["Auto-Submitted"] == "auto-generated"
    text, html = mail.iter_parts()
    assert text.get_content().split("\r\n") == ["Dag Ayşe,", "", "Bekijk het:", "http://localhost:8000/x/1"]
    assert re.search(r'<a href="http://localhost:8000/x/1"[^>]*>Bekijk het</a></p>', html.get_content())


@pytest.mark.django_db
def test_a_translation_has_the_dutch_text_below_it():
    bericht = put(taal="fr")
    assert bericht.onderwerp == "Bonjour Ayşe"
    french, dutch = bericht.tekst.split("De Nederlandse tekst is de geldige tekst:")
    assert "Voir :" in french
    assert "Ceci est une traduction" in french
    assert "Bekijk het:" in dutch
    assert 'lang="fr"' in bericht.html
    assert 'lang="nl"' in bericht.html


@pytest.mark.django_db
def test_what_a_resident_typed_cannot_become_mark_up_or_a_header():
    context = {**CONTEXT, "naam": "x\nBcc: a@b.be", "toelichting": "<script>alert(1)</script>"}
    bericht = actions.enqueue(sleutel="k", soort="proef", aan="a@example.org", context=context)
    assert "\n" not in bericht.onderwerp
    assert "<script>" not in bericht.html


@pytest.mark.django_db
def test_a_server_that_is_down_costs_tries_with_growing_pauses_and_then_gives_up(bus, settings):
    bericht = put()
    settings.EMAIL_PORT = 9  # nobody listens there
    at = NOW
    for pause in PAUSES:
        assert actions.deliver(pk=bericht.pk, at=at) == Status.WACHT
        bericht.refresh_from_db()
        assert bericht.volgende_poging_op == at + timedelta(minutes=pause)
        at = bericht.volgende_poging_op
    assert actions.deliver(pk=bericht.pk, at=at) == Status.MISLUKT
    assert queries.failed() == 1


@pytest.mark.django_db
def test_a_later_is_tried_again_and_a_never_is_not(bus):
    bus.replies = {"vol@example.org": "452 mailbox full", "weg@example.org": "550 no such user"}
    full, gone = put("a", "vol@example.org"), put("b", "weg@example.org")
    assert actions.deliver(pk=full.pk, at=NOW) == Status.WACHT
    assert actions.deliver(pk=gone.pk, at=NOW) == Status.MISLUKT
    gone.refresh_from_db()
    assert "550" in gone.fout
    assert "weg@example.org" not in gone.fout


@pytest.mark.django_db
def test_a_server_that_hangs_up_leaves_the_mail_in_doubt_and_it_is_not_sent_again(bus):
    bus.hang_up = True
    bericht = put()
    assert actions.deliver(pk=bericht.pk, at=NOW) == Status.ONZEKER
    bus.hang_up = False
    assert actions.sweep(at=NOW + timedelta(days=1))["geprobeerd"] == 0
    assert len(bus.mails) == 1


@pytest.mark.django_db
def test_the_sweep_sends_what_was_left_and_marks_what_hangs(bus):
    put("a")
    hangs = put("b", "hangt@example.org")
    Bericht.objects.filter(pk=hangs.pk).update(status=Status.BEZIG, bezig_sinds=NOW - timedelta(hours=1))
    later = timezone.now() + timedelta(seconds=1)
    assert queries.unsent_since(later) == 2
    assert actions.sweep(at=later) == {"onzeker": 1, "geprobeerd": 1, "verzonden": 1}
    assert queries.unsent_since(later) == 0
    hangs.refresh_from_db()
    assert hangs.status == Status.ONZEKER
    assert [mail["To"] for mail in bus.mails] == ["bewoner@example.org"]


@pytest.mark.django_db(transaction=True)
def test_twenty_workers_with_the_same_mail_send_it_once(bus):
    bericht = put()

    def work():
        try:
            actions.deliver(pk=bericht.pk, at=NOW)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(bus.mails) == 1


@pytest.mark.django_db
def test_staff_send_a_mail_again_and_a_double_click_sends_it_once(bus):
    bericht = put()
    with pytest.raises(ValueError, match="opnieuw"):
        actions.send_again(bericht=bericht, door=None, at=NOW)
    actions.deliver(pk=bericht.pk, at=NOW)
    bericht.refresh_from_db()
    again = actions.send_again(bericht=bericht, door=None, at=NOW)
    assert actions.send_again(bericht=bericht, door=None, at=NOW) == again
    actions.deliver(pk=again.pk, at=NOW)
    assert len(bus.mails) == 2


@pytest.mark.django_db
def test_a_wiped_address_is_gone_from_every_mail_and_what_waits_is_not_sent(bus, django_user_model):
    about = django_user_model.objects.create_user("x@example.org", naam="X")
    sent, waiting, other = put("a", over=about), put("b", over=about), put("c", "ander@example.org", over=about)
    actions.deliver(pk=sent.pk, at=NOW)
    assert actions.forget(over=about, aan="Bewoner@example.org") == 2
    assert actions.deliver(pk=waiting.pk, at=NOW) is None
    assert list(queries.for_object(about).exclude(aan="")) == [other]


@pytest.mark.django_db
def test_an_administrators_words_win_and_wrong_placeholders_are_named():
    own = MailTekst(soort="proef", taal="nl", onderwerp="Hallo {naam}", tekst="Zie {link}")
    own.full_clean()
    own.save()
    assert put().onderwerp == "Hallo Ayşe"
    own.tekst = "Zie {linkje}"
    with pytest.raises(ValidationError, match=r"\{linkje\}.*\{link\}"):
        own.full_clean()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("trouble", ["gone", "frozen"])
def test_a_redis_that_is_gone_or_frozen_costs_no_time(monkeypatch, tmp_path, trouble):
    own = redis.start(tmp_path / "redis")
    broker = own.url.replace("unix://", "redis+socket://", 1)
    connect = wekker.current_app.connection_for_write
    monkeypatch.setattr(wekker, "_rest_until", 0.0)
    monkeypatch.setattr(wekker.current_app, "connection_for_write", lambda **extra: connect(broker, **extra))
    wekker._broker.cache_clear()
    try:
        put("woken")
        assert wekker._rest_until == 0
        own.stop() if trouble == "gone" else own.process.send_signal(signal.SIGSTOP)
        begin = time.monotonic()
        with transaction.atomic():
            for number in range(5):
                put(f"k{number}")
        assert time.monotonic() - begin < 0.5
        assert wekker._rest_until > 0
        assert Bericht.objects.filter(status=Status.WACHT).count() == 6
    finally:
        own.process.send_signal(signal.SIGCONT)
        own.stop()
        wekker._broker.cache_clear()


@pytest.mark.django_db
def test_a_mail_server_that_is_down_costs_the_sweep_one_try(bus, settings):
    for number in range(3):
        put(f"k{number}")
    settings.EMAIL_PORT = 9  # nobody listens there
    later = timezone.now()
    assert actions.sweep(at=later) == {"onzeker": 0, "geprobeerd": 1, "verzonden": 0}
    settings.EMAIL_PORT = bus.port
    assert actions.sweep(at=later + timedelta(minutes=2))["verzonden"] == 3
    assert bus.connections == 1


@pytest.mark.django_db
def test_the_word_of_the_server_settles_a_doubt_that_came_too_early(bus):
    bericht = put()
    claimed = sending._claim(bericht.pk, NOW)
    assert actions.sweep(at=NOW + timedelta(hours=1))["onzeker"] == 1
    sending._finish(claimed, status=Status.VERZONDEN, verzonden_op=NOW, fout="")
    bericht.refresh_from_db()
    assert bericht.status == Status.VERZONDEN


@pytest.mark.django_db
def test_a_mail_that_cannot_be_built_is_not_left_in_a_workers_hand(bus):
    bericht = put(kopteksten={"List-Unsubscribe": "<a>\nBcc: b@example.org"})
    assert actions.deliver(pk=bericht.pk, at=NOW) == Status.WACHT
    assert bus.mails == []


@pytest.mark.django_db
def test_what_somebody_dealt_with_is_off_the_list(bus):
    bus.replies = {"weg@example.org": "550 no such user"}
    first, second = put("a", "weg@example.org"), put("b", "weg@example.org")
    for bericht in (first, second):
        actions.deliver(pk=bericht.pk, at=NOW)
    assert queries.failed() == 2
    assert actions.mark_handled(pks=[first.pk], at=NOW) == 1
    second.refresh_from_db()
    actions.send_again(bericht=second, door=None, at=NOW)
    assert queries.failed() == 0


def test_the_mail_server_of_the_tests_listens():
    with mail_server() as bus:
        assert bus.port


@pytest.mark.django_db
def test_a_mail_that_has_to_wait_leaves_no_earlier(bus, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as woken:
        bericht = put(niet_voor=NOW + timedelta(minutes=5))
    assert woken == []
    assert actions.sweep(at=NOW + timedelta(minutes=4))["verzonden"] == 0
    assert actions.sweep(at=NOW + timedelta(minutes=5))["verzonden"] == 1
    assert len(bus.to(bericht.aan)) == 1
