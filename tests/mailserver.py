"""A real SMTP server in the test's own process, that takes, refuses or hangs up as told."""

from __future__ import annotations

import asyncio
import email
import email.policy
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Brievenbus:
    """What arrived, and how the server answers to a recipient: `replies[address]` is a full SMTP line."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.replies: dict[str, str] = {}
        self.hang_up = False
        self.connections = 0
        self.seconds = 0.0  # what it takes to accept a mail
        self.port = 0

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.replies:
            return self.replies[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        await asyncio.sleep(self.seconds)
        self.mails.append(message)
        if self.hang_up:
            server.transport.abort()
        return "250 taken"

    def to(self, address: str) -> list[EmailMessage]:
        return [mail for mail in self.mails if mail["To"] == address]


@contextmanager
def mail_server(port: int = 0) -> Iterator[Brievenbus]:
    """Run the server on 127.0.0.1, on a free port unless one is asked."""
    bus = Brievenbus()
    controller = Controller(bus, hostname="127.0.0.1", port=port or _free_port())
    controller.start()
    bus.port = controller.port
    try:
        yield bus
    finally:
        controller.stop()


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
