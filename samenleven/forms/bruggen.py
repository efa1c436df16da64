"""What residents fill in about bruggenbouwers: to put somebody forward, to support, to tell their story, to judge."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kern.beelden.forms import BeeldenField
from kern.beelden.rules import Foto
from wijken.models import Wijk

from ..models import Juryoordeel
from .openbaar import LINK
from .stempel import Gestempeld

MAIL_WRONG = _("Dit e-mailadres klopt niet. Een adres ziet er zo uit: naam@voorbeeld.be.")


def name_field(label: Any, required: Any, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=120, error_messages={"required": required}, **kwargs)


def mail_field(label: Any, required: Any, **kwargs: Any) -> forms.EmailField:
    errors = {"required": required, "invalid": MAIL_WRONG}
    widget = forms.EmailInput(attrs={"spellcheck": "false", "autocomplete": kwargs.pop("autocomplete", "email")})
    return forms.EmailField(label=label, error_messages=errors, widget=widget, **kwargs)


def text_field(label: Any, length: int, rows: int = 4, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class ZonderLink(Gestempeld):
    """A form whose names are shown to others: a name is no advertisement."""

    namen: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in self.namen:
            if LINK.search(cleaned.get(name) or ""):
                self.add_error(name, ValidationError(_("Vul alleen een naam in, zonder link.")))
        return cleaned


class VoordrachtForm(ZonderLink):
    """Who is put forward, why, and by whom."""

    namen = ("naam", "door_naam")
    naam = name_field(
        _("Wie draag je voor?"),
        _("Vul de naam in van wie je voordraagt."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = mail_field(
        _("Het e-mailadres van die persoon"),
        _("Vul een e-mailadres in. We vragen die persoon eerst of het mag."),
        help_text=_("We vragen die persoon of het mag. Zolang die geen ja zegt, ziet niemand de naam."),
        autocomplete="off",
    )
    wijk = forms.ModelChoiceField(
        label=_("In welke wijk?"),
        help_text=_("De wijk waar die persoon mensen samenbrengt."),
        queryset=Wijk.objects.all(),
        required=False,
        empty_label=_("Heel de stad, of ik weet het niet"),
    )
    waarom = text_field(
        _("Waarom is dit een bruggenbouwer?"),
        2000,
        5,
        help_text=_("Vertel wat die persoon doet. Schrijf niets over afkomst, geloof of gezondheid."),
        error_messages={"required": _("Vertel waarom je deze persoon voordraagt.")},
    )
    werelden = text_field(
        _("Welke werelden ontmoetten elkaar?"),
        1000,
        3,
        help_text=_("Zoals: twee straten, jong en oud, een school en een moestuin."),
        error_messages={"required": _("Zeg wie elkaar leerde kennen. Een paar woorden volstaan.")},
    )
    door_naam = name_field(
        _("Je eigen naam"), _("Vul je eigen naam in."), widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    door_email = mail_field(
        _("Je eigen e-mailadres"),
        _("Vul je eigen e-mailadres in."),
        help_text=_("Zegt die persoon ja, dan sturen we je een link om steun te zoeken."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        mine, theirs = cleaned.get("door_email"), cleaned.get("email")
        if mine and theirs and mine.casefold() == theirs.casefold():
            self.add_error("email", _("Jezelf voordragen kan niet. Vraag iemand die je kent om dat te doen."))
        return cleaned

    def nomination(self) -> dict[str, Any]:
        """What goes to the action."""
        names = ("naam", "email", "wijk", "waarom", "werelden", "door_naam", "door_email")
        return {name: self.cleaned_data[name] for name in names}


class SteunForm(ZonderLink):
    """Somebody who agrees with a nomination."""

    namen = ("naam",)
    naam = name_field(_("Je naam"), _("Vul je naam in."), widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = mail_field(
        _("Je e-mailadres"),
        _("Vul je e-mailadres in."),
        help_text=_("We sturen een link om te bevestigen dat het jouw adres is."),
    )
    waarom = text_field(
        _("Waarom steun je dit?"), 1000, 3, required=False, help_text=_("De jury leest dit, zonder je naam.")
    )


class VerhaalForm(forms.Form):
    """What somebody tells about themselves, with a photo if they want."""

    use_required_attribute = False
    verhaal = text_field(
        _("Je verhaal"), 4000, 8, required=False, help_text=_("Vertel in je eigen woorden wat je doet en met wie.")
    )
    foto = BeeldenField(label=_("Een foto van jou"), required=False, max_aantal=1)
    foto_alt = forms.CharField(
        label=_("Wat toont de foto?"),
        help_text=_("Voor wie de foto niet kan zien. Zoals: An bij de moestuin."),
        max_length=250,
        required=False,
    )
    beeld_mag = forms.BooleanField(label="", required=False)

    def __init__(self, *args: Any, toestemming: str, heeft_foto: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["beeld_mag"].label = toestemming
        self.heeft_foto = heeft_foto

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        photo = cleaned.get("foto")
        if photo and not cleaned.get("beeld_mag"):
            self.add_error("beeld_mag", _("Vink dit aan als we je foto mogen tonen. Anders bewaren we ze niet."))
        if (photo or self.heeft_foto) and not cleaned.get("foto_alt"):
            self.add_error("foto_alt", _("Zeg in een paar woorden wat de foto toont."))
        return cleaned

    def story(self) -> dict[str, Any]:
        """What goes to the action."""
        photos: list[Foto] = self.cleaned_data["foto"]
        return {
            "verhaal": self.cleaned_data["verhaal"],
            "foto": photos[0] if photos else None,
            "foto_alt": self.cleaned_data["foto_alt"],
            "beeld_mag": self.cleaned_data["beeld_mag"],
        }


class OordeelForm(forms.Form):
    """What a member of the jury thinks of one nomination."""

    use_required_attribute = False
    keuze = forms.ChoiceField(
        label=_("Wat vind je?"),
        widget=forms.RadioSelect,
        choices=[
            (Juryoordeel.Keuze.JA, _("Ja, dit is 100% Genks")),
            (Juryoordeel.Keuze.NEE, _("Nee, nu niet")),
            (Juryoordeel.Keuze.HERKEND, _("Ik herken deze persoon en oordeel niet")),
        ],
        error_messages={"required": _("Kies wat je vindt.")},
    )
    reden = text_field(
        _("Waarom?"), 1000, 3, required=False, help_text=_("Altijd invullen, behalve als je de persoon herkent.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("keuze") in ("ja", "nee") and not cleaned.get("reden"):
            self.add_error("reden", _("Zeg in een zin of twee waarom."))
        return cleaned
