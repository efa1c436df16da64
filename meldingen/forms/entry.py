"""One page to enter a report for somebody else: the parts of the public form, and what only staff fill in."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from kern.geo import Punt
from kern.geo.lambert import parse_coordinates
from wijken.models import Wijk

from .. import privacy
from ..actions.entry import Daarna
from ..models import Categorie, Melding, Stoppagina, Vraag
from ..models.categorie import Prioriteit
from ..queries import form as queries
from .photos import FotoForm
from .questions import VragenForm
from .steps import ContactForm, StepForm, VerhaalField, WaarForm

Bron = Melding.Bron
SOURCES = [
    (Bron.TELEFOON, _("telefoon")),
    (Bron.BALIE, _("balie")),
    (Bron.STRAAT, _("op straat")),
    (Bron.BIJEENKOMST, _("bijeenkomst")),
    (Bron.MAIL, _("e-mail")),
]
# Somebody who wrote a mail is not there to answer.
REPORTER_IS_THERE = frozenset({Bron.TELEFOON, Bron.BALIE, Bron.STRAAT, Bron.BIJEENKOMST})


class WatForm(StepForm):
    """What the reporter tells, how it came in, and what happens with it now."""

    inzending = forms.UUIDField(widget=forms.HiddenInput)
    bron = forms.ChoiceField(
        label=_("Hoe kwam de melding binnen?"),
        choices=SOURCES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe de melding binnenkwam.")},
    )
    categorie = forms.ChoiceField(
        label=_("Waarover gaat het?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies waarover het gaat. Weet je het niet? Kies dan “Ik weet het niet”."),
            "invalid_choice": _("Deze keuze bestaat niet meer. Kies opnieuw waarover het gaat."),
        },
    )
    omschrijving = VerhaalField(
        label=_("Wat vertelt de melder?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Schrijf in een paar woorden wat er aan de hand is.")},
    )
    prioriteit = forms.ChoiceField(
        label=_("Prioriteit"), choices=Prioriteit.choices, initial=Prioriteit.NORMAAL, widget=forms.RadioSelect
    )
    taal = forms.ChoiceField(
        label=_("Taal van de melder"),
        help_text=_("In die taal gaan de mails."),
        choices=[("nl", "Nederlands"), ("fr", "français"), ("en", "English")],
        initial=settings.LANGUAGE_CODE,
        widget=forms.RadioSelect,
    )
    daarna = forms.ChoiceField(
        label=_("Wat gebeurt er nu?"),
        choices=[
            (Daarna.ROUTE.value, _("naar het team dat dit behandelt")),
            (Daarna.IK.value, _("ik neem het zelf op")),
            (Daarna.OPGELOST.value, _("het is meteen opgelost")),
        ],
        initial=Daarna.ROUTE.value,
        widget=forms.RadioSelect,
    )
    toelichting = VerhaalField(
        label=_("Hoe is het opgelost?"),
        help_text=_("Alleen als het meteen opgelost is. De melder leest dit: noem geen mensen."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, categories: Iterable[Categorie], handles: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.categories = {str(row.pk): row for row in categories}
        self.fields["categorie"].choices = [(pk, row.naam) for pk, row in self.categories.items()]
        self.initial.setdefault("inzending", uuid.uuid4())
        if not handles:
            del self.fields["daarna"], self.fields["toelichting"]

    @property
    def chosen(self) -> Categorie | None:
        """The category that is chosen now, also when the rest is not right yet."""
        return self.categories.get(str(self["categorie"].value() or ""))

    @property
    def reporter_is_there(self) -> bool:
        return self["bron"].value() in REPORTER_IS_THERE

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("daarna") == Daarna.OPGELOST and not data.get("toelichting", "").strip():
            self.add_error("toelichting", _("Schrijf hoe het is opgelost."))
        return data


class MelderForm(ContactForm):
    """Who told it, as far as that person wants to say."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, uitleg in (
            ("naam", _("Naam"), ""),
            ("email", _("E-mailadres"), _("Dan mailen we de code en wat we doen.")),
            ("telefoon", _("Telefoonnummer"), ""),
        ):
            self.fields[name].label, self.fields[name].help_text = label, uitleg
            self.fields[name].widget.attrs["autocomplete"] = "off"


class Invoer:
    """The whole page: one form in the browser, several here.

    `typed` fills in what was typed before, without judging it; `data` is judged. `kept` are photos of an earlier try.
    """

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        categories: Iterable[Categorie],
        handles: bool,
        typed: Mapping[str, str] | None = None,
        kept: int = 0,
    ) -> None:
        self.data: Mapping[str, str] = data if data is not None else (typed or {})
        self.wat = WatForm(data, typed=typed, categories=categories, handles=handles)
        self.waar = WaarForm(data, typed=typed)
        self.melder = MelderForm(data, typed=typed)
        self.fotos = FotoForm(data, files, kept=kept)
        self.vragen = self._questions(data, typed)
        self.waar.fields["plaats"].label = _("Met een adres of op de kaart")

    def _questions(self, data: Any, typed: Mapping[str, str] | None) -> VragenForm | None:
        rows = queries.questions(self.wat.chosen.pk) if self.wat.chosen else []
        if not rows:
            return None
        form = VragenForm(data, questions=rows, typed=typed)
        if not self.wat.reporter_is_there:
            for field in form.fields.values():
                field.required = False
        return form

    @property
    def forms(self) -> list[forms.Form]:
        """The parts in the order of the page."""
        return [part for part in (self.wat, self.vragen, self.waar, self.melder, self.fotos) if part is not None]

    @property
    def has_errors(self) -> bool:
        return any(part.errors for part in self.forms)

    def is_valid(self) -> bool:
        """Whether every part is right; each is looked at, so that all that is wrong is told at once."""
        results = [part.is_valid() for part in self.forms]
        return all(results)

    @property
    def has_new_questions(self) -> bool:
        return self.vragen is not None and self.vragen.has_new_questions

    @cached_property
    def punt(self) -> Punt | None:
        """The place as it stands on the page, without searching for an address."""
        try:
            return parse_coordinates(self.data.get("plaats_keuze") or self.data.get("plaats") or "")
        except ValueError:
            return None

    def stops(self) -> list[Stoppagina]:
        """The stop pages that a resident would have ended on; staff are told and may go on."""
        chosen = self.wat.chosen
        found = [chosen.stoppagina if chosen else None, self.vragen.stop() if self.vragen else None]
        return list(dict.fromkeys(page for page in found if page))

    def result(self) -> dict[str, Any]:
        """The fields of `actions.enter`, after `is_valid`; without photos."""
        data, waar = self.wat.cleaned_data, self.waar.result()
        asked: dict[str, Vraag] = {str(row.pk): row for row in self.vragen.asked} if self.vragen else {}
        answers = self.vragen.result()["antwoorden"] if self.vragen else {}
        text = data["omschrijving"]
        return {
            "inzending": data["inzending"],
            "bron": data["bron"],
            "categorie": queries.category(int(data["categorie"]), timezone.localdate()),
            "omschrijving": text,
            "let_op_gegevens": bool(privacy.find(text)),
            "prioriteit": data["prioriteit"],
            "taal": data["taal"],
            "daarna": Daarna(data.get("daarna", Daarna.ROUTE)),
            "toelichting": data.get("toelichting", ""),
            "antwoorden": {asked[pk]: words for pk, words in answers.items()},
            "plaats": Punt(*waar["punt"]) if waar["punt"] else None,
            "adres": waar["adres"],
            "plaats_in_woorden": waar["in_woorden"],
            "wijk": Wijk(pk=waar["wijk"], naam=waar["wijk_naam"]) if waar["wijk"] else None,
            **self.melder.result(),
        }
