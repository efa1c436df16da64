"""What residents fill in to come to a meeting, or to follow a wijk."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import soorten
from ..actions import Noden
from ..models import Bijeenkomst, Inschrijving, Wijk
from ..models.inschrijving import MAX_PEOPLE

# A form that comes back faster than a person types, or a day later, is shown again first.
MIN_SECONDS, MAX_SECONDS = 3, 24 * 3600
_signer = signing.TimestampSigner(salt="wijken.inschrijven")

# In their own words, so that who needs one finds it.
TOLKTALEN = (
    ("tr", "Türkçe"),
    ("it", "Italiano"),
    ("ar", "العربية"),
    ("fr", "Français"),
    ("en", "English"),
    ("pl", "Polski"),
    ("bg", "Български"),
    ("ro", "Română"),
    ("es", "Español"),
    ("el", "Ελληνικά"),
    ("uk", "Українська"),
    ("ps", "پښتو"),
    ("fa", "فارسی"),
    ("so", "Soomaali"),
    ("ti", "ትግርኛ"),
)
EMAIL_ERRORS = {
    "required": _("Vul je e-mailadres in. Daar sturen we de bevestiging naartoe."),
    "invalid": _("Dit e-mailadres klopt niet. Een adres ziet er zo uit: naam@voorbeeld.be."),
}


def new_stamp() -> str:
    """The number of a form, signed with the moment it was opened: sent twice, it is one registration."""
    return _signer.sign(uuid.uuid4().hex)


def read_stamp(value: str) -> tuple[uuid.UUID | None, bool]:
    """The number of the form, and whether it was opened by a person at work: three seconds to a day ago."""
    try:
        number = uuid.UUID(_signer.unsign(value))
    except (signing.BadSignature, ValueError):
        return None, False
    try:
        _signer.unsign(value, max_age=MAX_SECONDS)
    except signing.SignatureExpired:
        return number, False
    try:
        _signer.unsign(value, max_age=MIN_SECONDS)
    except signing.SignatureExpired:
        return number, True
    return number, False


class Gestempeld(forms.Form):
    """A form of a visitor without an account: a field that only robots fill in, and a signed moment."""

    use_required_attribute = False
    stempel = forms.CharField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(
        label=_("Laat dit veld leeg"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stempel"].initial = new_stamp
        self.inzending: uuid.UUID | None = None

    @property
    def velden(self) -> list[forms.BoundField]:
        """The fields for people."""
        return [self[name] for name in self.fields if name not in ("stempel", "website")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.inzending, at_work = read_stamp(cleaned.get("stempel", ""))
        if cleaned.get("website") or not at_work:
            # The same number, counted from now: what was typed is kept, and sending again is enough.
            self.data = self.data.copy()
            self.data["stempel"] = _signer.sign((self.inzending or uuid.uuid4()).hex)
            self.data["website"] = ""
            raise ValidationError(
                gettext("Kijk alles nog even na en verstuur het dan opnieuw. Wat je invulde, staat er nog."),
                code="check",
            )
        return cleaned


class NodenForm(forms.Form):
    """How many come, and what they need to be able to take part."""

    use_required_attribute = False
    aantal = forms.IntegerField(
        label=_("Met hoeveel personen kom je?"),
        min_value=1,
        initial=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": "1"}),
        error_messages={
            "required": _("Vul in met hoeveel je komt, jezelf meegeteld."),
            "invalid": _("Vul een getal in, bijvoorbeeld 2."),
            "min_value": _("Vul minstens 1 in."),
        },
    )
    tolktaal = forms.ChoiceField(label=_("Heb je een tolk nodig?"), required=False)
    kinderen = forms.CharField(
        label=_("Leeftijd van de kinderen voor de kinderopvang"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    rolstoel = forms.BooleanField(label=_("Er komt iemand met een rolstoel"), required=False)
    gebarentaal = forms.BooleanField(label=_("Ik heb een tolk Vlaamse Gebarentaal nodig"), required=False)
    andere_nood = forms.CharField(
        label=_("Heb je nog iets nodig om mee te doen?"),
        help_text=_("Bijvoorbeeld: grote letters, een rustige plaats, vervoer. Schrijf geen medische gegevens."),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, bijeenkomst: Bijeenkomst, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = min(filter(None, [MAX_PEOPLE, bijeenkomst.plaatsen]))
        self.fields["aantal"].max_value = most
        self.fields["aantal"].help_text = _("Jezelf meegeteld. Hoogstens %(aantal)s per inschrijving.") % {
            "aantal": most
        }
        self._most = most
        names = dict(TOLKTALEN)
        offered = [(code, names.get(code, code)) for code in bijeenkomst.tolktalen]
        others = [row for row in TOLKTALEN if row[0] not in bijeenkomst.tolktalen]
        self.fields["tolktaal"].choices = [("", _("Nee")), *offered, *others]
        ask = _("Is er niet vast bij. Vraag het, dan bekijken we wat kan.")
        self.fields["tolktaal"].help_text = (
            _("Er is een tolk voor: %(talen)s.") % {"talen": ", ".join(naam for _code, naam in offered)}
            if offered
            else ask
        )
        self.fields["kinderen"].help_text = (
            _("Er is gratis kinderopvang. Bijvoorbeeld: 3 en 6 jaar.") if bijeenkomst.met_kinderopvang else ask
        )
        self.fields["rolstoel"].help_text = (
            ""
            if bijeenkomst.is_rolstoeltoegankelijk
            else _("De plaats is niet zeker toegankelijk. We zoeken met jou een oplossing.")
        )
        self.fields["gebarentaal"].help_text = "" if bijeenkomst.met_gebarentaal else ask
        if not bijeenkomst.is_ter_plaatse:
            del self.fields["rolstoel"], self.fields["kinderen"]

    def clean_aantal(self) -> int:
        count: int = self.cleaned_data["aantal"]
        if count > self._most:
            raise ValidationError(
                gettext("Je kan hoogstens %(aantal)s personen inschrijven. Met meer? Neem contact met ons op.")
                % {"aantal": self._most}
            )
        return count

    @property
    def noden(self) -> Noden:
        """What was asked."""
        names = ("tolktaal", "kinderen", "rolstoel", "gebarentaal", "andere_nood")
        return Noden(**{name: self.cleaned_data[name] for name in names if name in self.fields})

    @classmethod
    def of(cls, row: Inschrijving, *args: Any) -> NodenForm:
        """The form with what somebody asked before."""
        names = ("aantal", "tolktaal", "kinderen", "rolstoel", "gebarentaal", "andere_nood")
        initial = {name: getattr(row, name) for name in names}
        return cls(*args, bijeenkomst=row.bijeenkomst, initial=initial)


class InschrijfForm(NodenForm, Gestempeld):
    """Somebody wants to come."""

    naam = forms.CharField(
        label=_("Je naam"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Vul je naam in, dan weten we wie er komt.")},
    )
    email = forms.EmailField(
        label=_("Je e-mailadres"),
        help_text=_("Je krijgt een bevestiging, en bericht als er iets verandert. Meer niet."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages=EMAIL_ERRORS,
    )
    field_order = ("naam", "email", "aantal", "tolktaal", "kinderen", "rolstoel", "gebarentaal", "andere_nood")


class VolgForm(Gestempeld):
    """Somebody wants to hear what happens in a wijk."""

    email = forms.EmailField(
        label=_("Je e-mailadres"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={**EMAIL_ERRORS, "required": _("Vul je e-mailadres in. Daar sturen we de mails naartoe.")},
    )


class AgendaFilter(forms.Form):
    """Wijk, kind and form; every choice stands in the address of the page."""

    wijk = forms.ModelChoiceField(
        Wijk.objects.all(), to_field_name="slug", required=False, label=_("Wijk"), empty_label=_("Alle wijken")
    )
    soort = forms.ChoiceField(label=_("Wat"), required=False)
    vorm = forms.ChoiceField(
        label=_("Hoe"),
        required=False,
        choices=[("", _("Ter plaatse en online")), ("ter_plaatse", _("Ter plaatse")), ("online", _("Online"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(row.code, str(row.meervoud).capitalize()) for row in soorten.all_kinds() if row.openbaar]
        self.fields["soort"].choices = [("", _("Alles")), *kinds]

    def chosen(self) -> dict[str, Any]:
        """The filters that were filled in well; the others narrow nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def pills(self, query: Any) -> list[dict[str, str]]:
        """A removable pill per filter: its name, its value, and the address without it."""
        pills = []
        for name, value in self.chosen().items():
            rest = query.copy()
            for part in ("pagina", name):
                rest.pop(part, None)
            shown = str(value) if name == "wijk" else str(dict(self.fields[name].choices)[value])
            pills.append({"naam": self.fields[name].label, "waarde": shown, "href": f"?{rest.urlencode()}"})
        return pills
