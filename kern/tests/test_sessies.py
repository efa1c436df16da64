from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from kern.sessies import forget_expired


@pytest.mark.django_db
def test_only_sessions_that_ended_are_forgotten():
    now = timezone.now()
    for hours in (-1, 1):
        session = SessionStore()
        session.set_expiry(now + timedelta(hours=hours))
        session["melding"] = {"getypt": {}}
        session.save()
    assert forget_expired(at=now) == {"sessies": 1}
    assert Session.objects.get().expire_date > now
