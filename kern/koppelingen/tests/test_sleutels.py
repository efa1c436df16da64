"""Keys: shown once, kept as a hash, with an end; and their pages in the admin."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from kern.gebruikers.models import Gebruiker, Rol
from kern.koppelingen import actions
from kern.koppelingen.models import Levering, Sleutel, Webhook
from kern.koppelingen.queries import find_key

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("offered")]


@pytest.fixture
def beheerder():
    user = Gebruiker.objects.create_user("bo@genk.example", naam="Bo Beheerder")
    user.groups.add(Group.objects.get_or_create(name=Rol.BEHEERDER)[0])
    return user


def make(beheerder, **fields):
    return actions.make_key(
        **{"naam": "App", "eigenaar": beheerder, "rechten": ["proef:lezen"], "at": timezone.now(), **fields}
    )


def test_a_key_is_found_by_its_text_and_nothing_kept_gives_it_away(beheerder):
    row, text = make(beheerder)
    assert text.startswith("gw_")
    assert len(text) > 40
    assert find_key(text, timezone.now()) == row
    kept = Sleutel.objects.values().get()
    assert text not in str(kept)
    assert kept["begin"] == text[:11]
    for other in ("", text[:-1], text + "x", text.upper(), "\0", "x" * 300):
        assert find_key(other, timezone.now()) is None


def test_a_key_ends_and_can_be_taken_back(beheerder):
    now = timezone.now()
    row, text = make(beheerder, verloopt_op=now + timedelta(days=1))
    assert find_key(text, now) == row
    assert find_key(text, now + timedelta(days=1)) is None
    assert actions.revoke(pks=[row.pk], at=now) == 1
    assert actions.revoke(pks=[row.pk], at=now) == 0
    assert find_key(text, now) is None


def test_a_key_of_the_demo_opens_nothing_in_production(beheerder, settings):
    row, _text = make(beheerder, tekst="demo", is_demo=True)
    assert find_key("demo", timezone.now()) == row
    settings.PRODUCTION = True
    assert find_key("demo", timezone.now()) is None
    with pytest.raises(ValueError, match="demo"):
        make(beheerder, tekst="vast")


def test_the_last_use_is_written_once_a_minute(beheerder, django_assert_num_queries):
    row, _text = make(beheerder)
    now = timezone.now()
    assert actions.mark_used(sleutel=row, at=now)
    row.refresh_from_db()
    with django_assert_num_queries(0):
        assert not actions.mark_used(sleutel=row, at=now + timedelta(seconds=59))
    assert actions.mark_used(sleutel=row, at=now + timedelta(seconds=60))


def test_a_key_without_rights_or_with_those_of_staff_and_no_end_is_refused(beheerder):
    for rights in ([], ["proef:bestaat-niet"], ["proef:staf"]):
        with pytest.raises(ValidationError):
            make(beheerder, rechten=rights)
    make(beheerder, rechten=["proef:staf"], verloopt_op=timezone.now() + timedelta(days=1))


def test_the_history_of_a_key_knows_its_rights_and_not_its_hash(beheerder):
    from kern.historiek.tracking import event_model

    row, _text = make(beheerder)
    actions.mark_used(sleutel=row, at=timezone.now())
    (event,) = event_model(Sleutel).objects.values()
    assert event["rechten"] == ["proef:lezen"]
    assert not {"hash", "laatst_gebruikt_op"} & set(event)


def test_an_administrator_makes_a_key_and_reads_it_once(client, beheerder):
    client.force_login(beheerder)
    page = reverse("admin:koppelingen_sleutel_add")
    form = {"naam": "FixMyStreet", "eigenaar": beheerder.pk, "rechten": ["proef:lezen"], "per_minuut": 60}
    answer = client.post(page, form)
    text = re.search(r">(gw_[\w-]+)<", answer.content.decode())[1]
    assert "no-store" in answer["Cache-Control"]
    row = find_key(text, timezone.now())
    assert (row.naam, row.per_minuut, row.rechten) == ("FixMyStreet", 60, ["proef:lezen"])
    change = reverse("admin:koppelingen_sleutel_change", args=[row.pk])
    assert text not in client.get(change).content.decode() + client.get(page).content.decode()
    client.post(change, {**form, "naam": "FMS"})
    assert find_key(text, timezone.now()).naam == "FMS"
    wrong = client.post(page, {**form, "rechten": ["proef:staf"]})
    assert "einddatum" in wrong.content.decode()
    chosen = {"action": "revoke", "_selected_action": [row.pk]}
    client.post(reverse("admin:koppelingen_sleutel_changelist"), chosen)
    assert find_key(text, timezone.now()) is None


def test_an_administrator_makes_a_webhook_and_reads_its_secret_once(client, beheerder, receiver):
    client.force_login(beheerder)
    page = reverse("admin:koppelingen_webhook_add")
    form = {"naam": "Planbord", "url": receiver.url, "gebeurtenissen": ["proef.begon"], "is_actief": "on"}
    answer = client.post(page, form)
    secret = re.search(r">(whsec_[^<]+)<", answer.content.decode())[1]
    hook = Webhook.objects.get()
    assert actions.secret_of(hook) == secret
    change = reverse("admin:koppelingen_webhook_change", args=[hook.pk])
    assert secret not in client.get(change).content.decode()
    again = client.post(
        reverse("admin:koppelingen_webhook_changelist"), {"action": "new_secret", "_selected_action": [hook.pk]}
    )
    hook.refresh_from_db()
    assert actions.secret_of(hook) in again.content.decode().replace("&#x2B;", "+")
    assert actions.secret_of(hook) != secret


def test_an_administrator_is_told_which_address_is_refused(client, beheerder):
    client.force_login(beheerder)
    form = {"naam": "x", "url": "http://169.254.169.254/", "gebeurtenissen": ["proef.begon"]}
    page = client.post(reverse("admin:koppelingen_webhook_add"), form)
    assert "eigen netwerk" in page.content.decode()
    assert not Webhook.objects.exists()


def test_an_administrator_sends_a_message_again_from_the_log(client, beheerder, receiver):
    client.force_login(beheerder)
    hook, _secret = actions.make_webhook(
        naam="Planbord", url=receiver.url, gebeurtenissen=["proef.begon"], at=timezone.now()
    )
    row = Levering.objects.create(
        webhook=hook,
        gebeurtenis="proef.begon",
        sleutel="1",
        aangemaakt_op=timezone.now(),
        volgende_poging_op=timezone.now(),
    )
    page = reverse("admin:koppelingen_levering_changelist")
    assert "proef.begon" in client.get(page).content.decode()
    client.post(page, {"action": "resend", "_selected_action": [row.pk]})
    assert Levering.objects.count() == 2
