"""A refusal, as JSON or as a page."""

from __future__ import annotations

CODES = {
    400: "InvalidParameterValue",
    401: "Unauthorized",
    404: "NotFound",
    405: "MethodNotAllowed",
}


class Weigering(Exception):
    """What was asked cannot be answered; the words are for who asks."""

    def __init__(self, status: int, uitleg: str, **headers: str) -> None:
        super().__init__(uitleg)
        self.status, self.uitleg, self.headers = status, uitleg, headers

    @property
    def code(self) -> str:
        return CODES[self.status]


def niet_gevonden(uitleg: str = "Dit bestaat niet, of het is niet voor jou.") -> Weigering:
    return Weigering(404, uitleg)


def fout(naam: str, uitleg: str) -> Weigering:
    """A parameter that cannot be understood."""
    return Weigering(400, f"{naam}: {uitleg}")
