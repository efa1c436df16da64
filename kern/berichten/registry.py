"""The kinds of mail that the portal can send. An app registers its own in `AppConfig.ready`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

SOURCE_LANGUAGE = "nl"


@dataclass(frozen=True)
class Tekst:
    """The words of a mail in one language, with {placeholders}."""

    onderwerp: str
    tekst: str

    @classmethod
    def from_file(cls, path: Path) -> Tekst:
        """Read a text whose first line is the subject and whose rest, after an empty line, is the mail."""
        subject, _, body = path.read_text(encoding="utf-8").partition("\n\n")
        return cls(subject.strip(), body.strip())


@dataclass(frozen=True)
class MailSoort:
    """A kind of mail: its code, what administrators call it, its placeholders with what each means, its words.

    `teksten` has the words by language; Dutch is always there. `voorbeelden` fills placeholders in a preview.
    """

    code: str
    naam: str
    placeholders: Mapping[str, str]
    teksten: Mapping[str, Tekst]
    voorbeelden: Mapping[str, str] = field(default_factory=dict)

    @property
    def voorbeeld(self) -> dict[str, str]:
        """A value for every placeholder, to show the words with."""
        return {name: self.voorbeelden.get(name, f"[{uitleg}]") for name, uitleg in self.placeholders.items()}

    def default(self, taal: str) -> Tekst:
        """The words as they are in the code; in Dutch where there is no such language."""
        return self.teksten.get(taal, self.teksten[SOURCE_LANGUAGE])


_soorten: dict[str, MailSoort] = {}


def register(soort: MailSoort) -> None:
    """Make a kind of mail known. Raises ValueError when another one has its code, or when Dutch is missing."""
    if _soorten.get(soort.code, soort) != soort:
        raise ValueError(f"mail kind {soort.code} exists already")
    if SOURCE_LANGUAGE not in soort.teksten:
        raise ValueError(f"mail kind {soort.code} has no Dutch text")
    _soorten[soort.code] = soort


def register_folder(
    folder: Path,
    soorten: Mapping[str, tuple[str, Mapping[str, str]]],
    voorbeelden: Mapping[str, str] | None = None,
) -> None:
    """Register kinds (code -> name, placeholders) whose words are files `<code>.<language>.txt` in the folder.

    `voorbeelden` has example values for the placeholders of all of them.
    """
    for code, (naam, placeholders) in soorten.items():
        teksten = {path.suffixes[0][1:]: Tekst.from_file(path) for path in sorted(folder.glob(f"{code}.*.txt"))}
        examples = {name: value for name, value in (voorbeelden or {}).items() if name in placeholders}
        register(MailSoort(code, naam, placeholders, teksten, examples))


def get(code: str) -> MailSoort:
    """The kind of mail with this code; KeyError when nobody registered it."""
    return _soorten[code]


def all_kinds() -> Iterator[MailSoort]:
    """Every registered kind, by name."""
    yield from sorted(_soorten.values(), key=lambda soort: soort.naam)


def choices() -> list[tuple[str, str]]:
    """The kinds as (code, name), for a form."""
    return [(soort.code, soort.naam) for soort in all_kinds()]
