"""Sessions of visitors: what somebody filled in and never sent is forgotten when the session ends."""

from datetime import datetime

from django.contrib.sessions.models import Session


def forget_expired(*, at: datetime) -> dict[str, int]:
    """Delete the sessions that ended before this moment, with the drafts in them."""
    return {"sessies": Session.objects.filter(expire_date__lt=at).delete()[0]}
