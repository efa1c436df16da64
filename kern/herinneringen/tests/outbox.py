"""What lies in the outbox."""

letters: list[tuple[str, str, str]] = []


def enqueue(*, sleutel: str, soort: str, aan: str, context: dict[str, object]) -> None:
    letters.append((sleutel, aan, "\n".join(str(value) for value in context.values())))


def mails() -> dict[str, list[str]]:
    """The texts by address."""
    found: dict[str, list[str]] = {}
    for _key, address, text in letters:
        found.setdefault(address, []).append(text)
    return found
