"""Meetings under Beheer: looked up and their words mended; nothing that mails people happens there."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from meldingen.tests import factories
from wijken import actions


@pytest.fixture
def cast(db):
    return factories.cast()


@pytest.fixture
def meeting(cast):
    now = timezone.now()
    return actions.plan_meeting(
        door=cast.wijkmanager,
        at=now,
        wijken=[cast.wijk],
        soort="wijkvergadering",
        titel="Het plein",
        begin=now + timedelta(days=9),
        einde=now + timedelta(days=9, hours=2),
        locatie="Buurthuis",
        team=cast.wijkteam,
    )


def test_a_beheerder_finds_a_meeting_and_mends_its_words_but_takes_no_step(client, cast, meeting):
    client.force_login(cast.beheerder)
    listed = client.get(reverse("admin:wijken_bijeenkomst_changelist"), {"q": "plein"}).content.decode()
    assert "Het plein" in listed
    page = reverse("admin:wijken_bijeenkomst_change", args=[meeting.pk])
    form = client.get(page).context["adminform"].form
    assert not {"status", "begin", "einde"} & set(form.fields)
    data = {
        "titel": "Het nieuwe plein", "wijken": [cast.wijk.pk], "team": cast.wijkteam.pk, "is_openbaar": "on",
        "locatie": "Buurthuis", "status": "afgelast", "besluiten-TOTAL_FORMS": 0, "besluiten-INITIAL_FORMS": 0,
    }  # fmt: skip
    assert client.post(page, data).status_code == 302
    before = meeting.versie
    meeting.refresh_from_db()
    assert (meeting.titel, meeting.status, meeting.versie) == ("Het nieuwe plein", "concept", before + 1)
    assert client.get(reverse("admin:wijken_bijeenkomst_add")).status_code == 403
    assert client.post(reverse("admin:wijken_bijeenkomst_delete", args=[meeting.pk])).status_code == 403
