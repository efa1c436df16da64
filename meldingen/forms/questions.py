"""The extra questions of a category as a form, asked always or only after a certain answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kern.vertaling import SOURCE_LANGUAGE, translated

from ..models import Stoppagina, Vraag
from ..routering import same_words as same_answer
from .steps import StepForm, VerhaalField

MANY_CHOICES = 7
YES_NO = (("ja", _("Ja")), ("nee", _("Nee")))
SHOWN = "getoond"


def field_name(vraag: Vraag) -> str:
    return f"vraag_{vraag.pk}"


def asked(questions: Iterable[Vraag], answers: Mapping[str, str]) -> list[Vraag]:
    """The questions to ask, given the answers so far (by name of the field).

    A question that depends on one that is not asked, is not asked either.
    """
    rows = {vraag.pk: vraag for vraag in questions}

    def is_asked(vraag: Vraag, seen: frozenset[int] = frozenset()) -> bool:
        if vraag.alleen_als_id is None:
            return True
        parent = rows.get(vraag.alleen_als_id)
        if parent is None or vraag.pk in seen:
            return False
        given = answers.get(field_name(parent), "")
        return same_answer(given, vraag.alleen_als_antwoord) and is_asked(parent, seen | {vraag.pk})

    return [vraag for vraag in rows.values() if is_asked(vraag)]


def choices(vraag: Vraag) -> list[tuple[str, str]]:
    """The choices of a question: what is stored (the Dutch text) and what is shown in the active language."""
    place = (
        ("nl", "fr", "en").index(language)
        if (language := (get_language() or SOURCE_LANGUAGE)[:2])
        in (
            "fr",
            "en",
        )
        else 0
    )
    rows = [[part.strip() for part in line.split("|")] for line in vraag.keuzes.splitlines() if line.strip()]
    return [(row[0], row[place] if len(row) > place and row[place] else row[0]) for row in rows]


class GetalField(forms.DecimalField):
    """A number as people write it, with a comma or a point."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=12, decimal_places=3, **kwargs)
        self.widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Decimal | None:
        return super().to_python(str(value or "").replace(" ", "").replace(",", "."))


def _field(vraag: Vraag) -> forms.Field:
    common = {
        "label": translated(vraag, "tekst"),
        "help_text": translated(vraag, "hulp"),
        "required": vraag.is_verplicht,
    }
    required = {"required": _("Beantwoord deze vraag.")}
    match vraag.soort:
        case Vraag.Soort.GETAL:
            errors = {**required, "invalid": _("Typ een getal, bijvoorbeeld 3.")}
            return GetalField(error_messages=errors, **common)
        case Vraag.Soort.DATUM:
            errors = {**required, "invalid": _("Typ een datum, bijvoorbeeld 23/7/2026.")}
            return forms.DateField(
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y"],
                error_messages=errors,
                **common,
            )
        case Vraag.Soort.JA_NEE:
            return forms.ChoiceField(choices=YES_NO, widget=forms.RadioSelect, error_messages=required, **common)
        case Vraag.Soort.KEUZE:
            rows = choices(vraag)
            errors = {**required, "invalid_choice": _("Kies een van de antwoorden.")}
            if len(rows) > MANY_CHOICES:
                return forms.ChoiceField(choices=[("", _("Kies")), *rows], error_messages=errors, **common)
            return forms.ChoiceField(choices=rows, widget=forms.RadioSelect, error_messages=errors, **common)
    long = {"max_length": 1000, "widget": forms.Textarea(attrs={"rows": 2})}
    return VerhaalField(error_messages=required, **long, **common)


class VragenForm(StepForm):
    """The questions that are asked, given what was answered so far."""

    getoond = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        questions: Iterable[Vraag],
        typed: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        answers = data if data is not None else (typed or {})
        self.asked = asked(questions, answers)
        self.base_fields = {
            SHOWN: type(self).declared_fields[SHOWN],
            **{field_name(vraag): _field(vraag) for vraag in self.asked},
        }
        super().__init__(data, typed=typed, **kwargs)
        self.initial[SHOWN] = ",".join(str(vraag.pk) for vraag in self.asked)

    @property
    def has_new_questions(self) -> bool:
        """Whether an answer brought up a question that was not on the page."""
        shown = self.data.get(SHOWN, "").split(",")
        return any(str(vraag.pk) not in shown for vraag in self.asked)

    def stop(self) -> Stoppagina | None:
        """The stop page that an answer leads to."""
        for vraag in self.asked:
            given = self.data.get(field_name(vraag), "") if self.is_bound else self.initial.get(field_name(vraag), "")
            if vraag.stoppagina and given and same_answer(str(given), vraag.stop_bij_antwoord):
                return vraag.stoppagina
        return None

    def result(self) -> dict[str, Any]:
        """The answers in words, by the question's number; questions without an answer are left out."""
        values = {str(vraag.pk): self._words(vraag) for vraag in self.asked}
        return {"antwoorden": {pk: words for pk, words in values.items() if words}}

    def _words(self, vraag: Vraag) -> str:
        value = self.cleaned_data[field_name(vraag)]
        if value in (None, ""):
            return ""
        match vraag.soort:
            case Vraag.Soort.GETAL:
                return f"{value.normalize():f}".replace(".", ",")
            case Vraag.Soort.DATUM:
                return f"{value:%d/%m/%Y}"
        return str(value)


def answer_shown(vraag: Vraag, answer: str) -> str:
    """A stored answer in the active language."""
    shown = dict(YES_NO if vraag.soort == Vraag.Soort.JA_NEE else choices(vraag))
    return capfirst(str(shown.get(answer, answer)))
