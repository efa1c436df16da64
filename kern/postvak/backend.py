"""Django's mail backend of the demo: keeps mails in the database."""

from collections.abc import Sequence
from email.message import Message

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from .models import PostvakMail


class PostvakBackend(BaseEmailBackend):
    """Keeps every mail as a row, whichever process sends it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        kept = [_as_row(message) for message in email_messages if message.recipients()]
        PostvakMail.objects.bulk_create(kept)
        return len(kept)


def _as_row(message: EmailMessage) -> PostvakMail:
    html = ""
    for alternative in getattr(message, "alternatives", []):
        if alternative[1] == "text/html":
            html = str(alternative[0])
    built: Message = message.message()
    return PostvakMail(
        van=message.from_email,
        aan=", ".join(message.recipients()),
        onderwerp=message.subject,
        tekst=message.body,
        html=html,
        kopteksten={name: str(built[name]) for name in set(built) if name.lower() != "subject"},
        bijlagen=[part.get_filename() for part in built.walk() if part.get_filename()],
    )
