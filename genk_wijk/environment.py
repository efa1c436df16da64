"""Say in plain Dutch what is wrong with the environment, all of it at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from environs import EnvValidationError

PLAIN = {"Environment variable not set.": "ontbreekt", "Shorter than minimum length 50.": "moet 50 tekens of meer zijn"}


@contextmanager
def report_problems() -> Iterator[None]:
    """Turn environs' error into one line per variable on stderr and exit code 1, without a traceback."""
    try:
        yield
    except EnvValidationError as error:
        lines = [
            f"  {name}: {'; '.join(PLAIN.get(message, message) for message in messages)}"
            for name, messages in sorted(dict(error.error_messages).items())
        ]
        intro = "Het portaal start niet, want deze omgevingsvariabelen kloppen niet (zie docs/settings.md):"
        raise SystemExit("\n".join([intro, *lines])) from None
