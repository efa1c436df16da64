"""The digest: all that one person must hear this morning, in one mail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kern.berichten import actions as berichten
from kern.berichten.registry import MailSoort, Tekst, register
from kern.gebruikers.models import Gebruiker
from kern.gezondheid.models import Taakuitvoering

from .registry import Bron, Item, Nieuws

SOORT = "herinneringen"
ALLEEN_NIEUWS = "herinneringen_nieuws"
MAX_LINES = 50

register(
    MailSoort(
        SOORT,
        "Herinneringen van de ochtend (aan medewerkers)",
        {
            "naam": "naam van de medewerker",
            "datum": "vandaag, in woorden",
            "aantal": "hoeveel termijnen erin staan",
            "overzicht": "te laat, vandaag en binnenkort, met een link bij elke termijn; daarna wat er nieuw is",
            "lijsten": "een knop naar elke lijst",
        },
        {
            "nl": Tekst(
                "Je termijnen op {datum} ({aantal})",
                "Dag {naam}\n\nDit vraagt je aandacht.\n\n{overzicht}\n\n{lijsten}",
            )
        },
    )
)
register(
    MailSoort(
        ALLEEN_NIEUWS,
        "Nieuws van de ochtend, zonder termijnen (aan medewerkers)",
        {
            "naam": "naam van de medewerker",
            "datum": "vandaag, in woorden",
            "aantal": "hoeveel er nieuw is",
            "overzicht": "wat er nieuw is, met een link bij elk",
        },
        {
            "nl": Tekst(
                "Nieuw op {datum} ({aantal})",
                "Dag {naam}\n\nDit kwam erbij sinds de vorige keer.\n\n{overzicht}",
            )
        },
    )
)


@dataclass(frozen=True, slots=True)
class Regel:
    """One line of a digest: a thing, and the absent colleague (id) whose place the reader takes."""

    bron: Bron
    item: Item
    namens: int | None


def send_digests(
    lines: Mapping[int, Sequence[Regel]],
    news: Mapping[int, Sequence[Nieuws]],
    *,
    today: date,
    run: Taakuitvoering,
) -> None:
    """Put one mail per person (id) in the outbox, in the caller's transaction."""
    ids = {*lines, *news, *(line.namens for found in lines.values() for line in found if line.namens)}
    people = Gebruiker.objects.in_bulk(ids)
    for who in sorted({*lines, *news}):
        found, parts = lines.get(who, ()), news.get(who, ())
        berichten.enqueue(
            sleutel=f"herinneringen:{run.pk}:{who}",
            soort=SOORT if found else ALLEEN_NIEUWS,
            aan=people[who].email,
            context=context(people[who], found, people, today=today, news=parts),
        )


def context(
    person: Gebruiker,
    lines: Sequence[Regel],
    people: Mapping[int, Gebruiker],
    *,
    today: date,
    news: Sequence[Nieuws] = (),
) -> dict[str, str]:
    """What the text of the mail can use: late, today, soon and what is new in this order, each line with a link."""
    with translation.override("nl"):
        groups = [
            (_("Te laat"), [line for line in lines if line.item.due_on < today]),
            (_("Vandaag"), [line for line in lines if line.item.due_on == today]),
            (_("Binnenkort"), [line for line in lines if line.item.due_on > today]),
        ]
        lists = sorted({(line.bron.naam, absolute(line.bron.list_url)) for line in lines})
        return {
            "naam": person.naam,
            "datum": date_format(today, "l j F"),
            "aantal": str(len(lines) or sum(part.aantal for part in news)),
            "overzicht": "\n\n".join(
                [_group(title, found, people) for title, found in groups if found] + [_section(part) for part in news]
            ),
            "lijsten": "\n\n".join(f"{_('Naar je lijst')}: {naam}\n{address}" for naam, address in lists),
        }


def _group(title: str, lines: Sequence[Regel], people: Mapping[int, Gebruiker]) -> str:
    ordered = sorted(lines, key=lambda line: (line.item.due_on, line.item.titel))
    parts = [f"{title} ({len(lines)})"]
    parts += [_line(line, people) for line in ordered[:MAX_LINES]]
    if more := len(lines) - MAX_LINES:
        parts += [_("… en nog %(aantal)d andere in de lijst.") % {"aantal": more}] if more > 0 else []
    return "\n".join(parts)


def _section(part: Nieuws) -> str:
    lines = [f"{part.titel} ({part.aantal})", *(f"- {title}: {absolute(path)}" for title, path in part.regels)]
    if more := part.aantal - len(part.regels):
        lines.append(_("… en nog %(aantal)d andere.") % {"aantal": more})
    return "\n".join([*lines, _("Alles samen: %(adres)s") % {"adres": absolute(part.url)}])


def _line(line: Regel, people: Mapping[int, Gebruiker]) -> str:
    text = f"- {line.item.titel}, {date_format(line.item.due_on, 'l j F')}"
    if line.namens:
        text += _(" (voor %(collega)s)") % {"collega": people[line.namens].naam}
    return f"{text}: {absolute(line.item.url)}"


def absolute(path: str) -> str:
    """A path of the portal as a full address."""
    return urljoin(settings.PORTAL_URL, path)
