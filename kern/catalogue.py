"""The catalogues in locale/: which texts belong in them, and what is wrong with them.

Dutch is the source language: the key of a text is the Dutch text itself. French and English are complete for what
residents see. Pages for staff and their addresses are listed in pyproject.toml (`[tool.vertalingen]`); what is not
listed there is public and has to be translated. Works without GNU gettext: templates are read the way Django's own
`makemessages` reads them, Python through its syntax tree, and polib writes the files.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation import templatize

LANGUAGES = ("fr", "en")
PLURALS = {"fr": "nplurals=2; plural=(n > 1);", "en": "nplurals=2; plural=(n != 1);"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")
FRENCH_SPACE = re.compile(r" (?=[:;?!»])|(?<=«) ")
MARKUP = re.compile(r"</?\w+|href=\"[^\"]*\"")

_LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_TEMPLATE_CALL = re.compile(rf"\b(_|n?p?gettext)\(\s*({_LITERAL}(?:\s*,\s*{_LITERAL})*)")
_ARGUMENTS = {"gettext": 1, "ngettext": 2, "pgettext": 2, "npgettext": 3}


@dataclass(frozen=True, order=True)
class Bron:
    """A text as it stands in the code; the two forms of one that counts."""

    msgid: str
    plural: str = ""
    context: str = ""


@dataclass
class Gevonden:
    """The texts of the public side, each with the files that use it."""

    waar: dict[Bron, list[str]] = field(default_factory=dict)

    def add(self, bron: Bron, place: str) -> None:
        places = self.waar.setdefault(bron, [])
        if place not in places:
            places.append(place)


def public_texts() -> dict[Bron, list[str]]:
    """Every text that residents may see, with the files that use it."""
    found = Gevonden()
    for path in public_files():
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(settings.BASE_DIR).as_posix()
        for bron in in_python(text) if path.suffix == ".py" else in_template(text):
            found.add(bron, name)
    return found.waar


def public_files() -> Iterator[Path]:
    """The templates and modules of the public side: all of them but those that pyproject.toml calls Dutch only."""
    base = Path(settings.BASE_DIR)
    table = tomllib.loads((base / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["vertalingen"]
    for folder in table["mappen"]:
        for path in sorted((base / folder).rglob("*")):
            name = path.relative_to(base).as_posix()
            if path.suffix in (".py", ".html", ".svg") and not any(
                fnmatch(name, p) for p in table["alleen_nederlands"]
            ):
                yield path


def in_python(source: str) -> Iterator[Bron]:
    """The texts in calls of gettext and its family. Raises ValueError for one that is not a plain string."""
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: alias.name.removesuffix("_lazy")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            kind = names.get(node.func.id, "")
            if kind in _ARGUMENTS:
                parts = [_string(argument) for argument in node.args[: _ARGUMENTS[kind]]]
                yield _bron(kind, parts)


def in_template(source: str) -> Iterator[Bron]:
    """The texts in translate, blocktranslate and _("…") of a template."""
    for kind, arguments in _TEMPLATE_CALL.findall(templatize(source)):
        kind = "gettext" if kind == "_" else kind
        parts = [ast.literal_eval(literal) for literal in re.findall(_LITERAL, arguments)]
        yield _bron(kind, parts[: _ARGUMENTS[kind]])


def _string(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise ValueError(f"line {node.lineno}: gettext takes a plain string")


def _bron(kind: str, parts: list[str]) -> Bron:
    context = parts.pop(0) if kind in ("pgettext", "npgettext") else ""
    return Bron(*parts, context=context)


def path_of(language: str) -> Path:
    """The file with the translations into this language."""
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> polib.POFile:
    """The translations into this language; an empty catalogue when there is no file yet."""
    path = path_of(language)
    if path.exists():
        return polib.pofile(str(path), wrapwidth=0)
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "Project-Id-Version": "Genk Wijk",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    return catalogue


def merge(catalogue: polib.POFile, texts: dict[Bron, list[str]]) -> None:
    """Give the catalogue exactly these texts, in a fixed order: what was translated stays, what is gone goes."""
    known = {_key(entry): entry for entry in catalogue}
    catalogue.clear()
    for bron, places in sorted(texts.items(), key=lambda row: (row[1][0], row[0])):
        entry = known.get(bron) or polib.POEntry(
            msgid=bron.msgid,
            msgid_plural=bron.plural or None,
            msgctxt=bron.context or None,
            msgstr_plural={0: "", 1: ""} if bron.plural else {},
        )
        entry.occurrences = [(place, "") for place in places]
        entry.flags = ["fuzzy"] * entry.fuzzy + ["python-format"] * ("%(" in bron.msgid)
        catalogue.append(entry)


def tidy_french(catalogue: polib.POFile) -> None:
    """Put the no-break spaces that French wants before : ; ? ! and inside « », which few keyboards have."""
    for entry in catalogue:
        entry.msgstr = FRENCH_SPACE.sub("\u00a0", entry.msgstr)
        entry.msgstr_plural = {n: FRENCH_SPACE.sub("\u00a0", text) for n, text in entry.msgstr_plural.items()}


def compile_file(path: Path) -> None:
    """Write the .mo beside its .po: that is the one Django reads."""
    path.with_suffix(".mo").write_bytes(polib.pofile(str(path)).to_binary())


def problems(catalogue: polib.POFile, texts: Iterable[Bron]) -> list[str]:
    """What keeps the catalogue from being complete and right, one line each."""
    known = {_key(entry): entry for entry in catalogue}
    wanted = set(texts)
    lines = [f"not in the catalogue: {bron.msgid}" for bron in sorted(wanted - set(known))]
    lines += [f"no longer used: {bron.msgid}" for bron in sorted(set(known) - wanted)]
    for bron in sorted(wanted & set(known)):
        lines += [f"{complaint}: {bron.msgid}" for complaint in _complaints(bron, known[bron])]
    return lines


def _complaints(bron: Bron, entry: polib.POEntry) -> Iterator[str]:
    if entry.fuzzy:
        yield "fuzzy"
    pairs = [(bron.msgid, entry.msgstr)]
    if bron.plural:
        pairs = [(bron.plural, text) for text in entry.msgstr_plural.values()]
    if any(not text.strip() for _source, text in pairs):
        yield "not translated"
        return
    for source, text in pairs:
        if bron.plural and sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(bron.msgid)):
            continue  # the singular may say "one" in words
        if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(text)):
            yield "other placeholders"
        if sorted(MARKUP.findall(source)) != sorted(MARKUP.findall(text)):
            yield "other markup"


def _key(entry: polib.POEntry) -> Bron:
    return Bron(entry.msgid, entry.msgid_plural or "", entry.msgctxt or "")
