"""Sending over SMTP, telling a mail that did not go from one of which we cannot know."""

import smtplib
from typing import Any

from django.core.mail.backends import smtp


class InDoubt(Exception):
    """The connection broke while the text was handed over: the server may have accepted the mail."""


class _Telling:
    def data(self, msg: Any) -> tuple[int, bytes]:
        try:
            return super().data(msg)  # type: ignore[misc]
        except smtplib.SMTPResponseException:
            raise
        except OSError as error:
            raise InDoubt(str(error)) from error


class _SMTP(_Telling, smtplib.SMTP):
    pass


class _SMTPSSL(_Telling, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    """Django's own, but it raises InDoubt when a connection breaks at the one moment that matters."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _SMTPSSL if self.use_ssl else _SMTP
