"""From the draft to a report: what is sent, and how it reads just before."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kern.beelden.models import Beeld
from kern.vertaling import translated
from wijken.models import Wijk

from ..models import Categorie, Vraag
from ..queries import form as queries
from .draft import Draft
from .questions import answer_shown


class NoLongerFits(Exception):
    """Something that was chosen does not exist any more."""


def category_and_answers(draft: Draft) -> tuple[Categorie, dict[Vraag, str]]:
    """The chosen category and the answers to its questions (one query; two for a category without questions).

    Raises NoLongerFits when the category or a question was removed after it was chosen.
    """
    pk, given = draft.result("wat")["categorie"], draft.result("vragen")["antwoorden"]
    rows = queries.questions(pk)
    categorie = rows[0].categorie if rows else queries.category(pk, timezone.localdate())
    answers = {row: given[str(row.pk)] for row in rows if str(row.pk) in given}
    if categorie is None or len(answers) != len(given):
        raise NoLongerFits
    return categorie, answers


def refresh(draft: Draft) -> None:
    """Take back what no longer exists: photos, the category, questions, the wijk. What was typed stays."""
    ids = [row["id"] for row in draft.photos]
    draft.keep_photos({str(pk) for pk in Beeld.objects.filter(pk__in=ids, melding=None).values_list("pk", flat=True)})
    pk = draft.result("wat").get("categorie")
    if queries.category(pk, timezone.localdate()) is None:
        draft.undo("wat", "vragen", "buurt")
    elif not set(draft.result("vragen").get("antwoorden", {})) <= {str(row.pk) for row in queries.questions(pk)}:
        draft.undo("vragen")
    if (wijk := draft.result("waar").get("wijk")) and not Wijk.objects.filter(pk=wijk).exists():
        draft.undo("waar")


def overview(draft: Draft) -> list[dict[str, Any]]:
    """The rows of the summary, each with the page where it can be changed."""
    categorie, answers = category_and_answers(draft)
    waar, wat, wie = (draft.result(name) for name in ("waar", "wat", "contact"))
    place = [waar["adres"], waar["in_woorden"], waar["wijk_naam"]]
    rows = [
        (_("Waar"), "\n".join(part for part in place if part), "waar"),
        (_("Waarover"), capfirst(translated(categorie, "naam")), "wat"),
        (_("Wat er aan de hand is"), wat["omschrijving"], "wat"),
        *((translated(vraag, "tekst"), answer_shown(vraag, answer), "vragen") for vraag, answer in answers.items()),
        (_("Je naam"), wie["naam"], "contact"),
        (_("Je e-mailadres"), wie["email"], "contact"),
        (_("Je telefoonnummer"), wie["telefoon"], "contact"),
    ]
    return [{"naam": name, "waarde": value, "href": reverse(f"meldingen:new_{step}")} for name, value, step in rows]
