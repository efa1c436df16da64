"""What staff fill in with each step. Every form carries the version of the report that was on screen."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kern.beelden.forms import BeeldenField
from kern.gebruikers.models import Gebruiker
from kern.geo.forms import PlaatsField
from kern.geo.lambert import format_coordinates
from wijken.models import Team
from wijken.queries import address_at, reach, wijk_at

from ..mails import standaard
from ..models import Categorie, Label, Melding, MeldingBeeld, Standaardtekst
from ..models.categorie import Prioriteit
from ..rules import HANDLING_ROLES, may_see
from ..states import Sluitreden


def colleagues() -> Any:
    """Everybody who handles reports, by name."""
    return Gebruiker.objects.filter(is_active=True, groups__name__in=HANDLING_ROLES).distinct().order_by("naam")


def category_choices(current: int) -> list[Any]:
    """The categories that can be chosen today and the one that the report has, under their main category."""
    active = Categorie.objects.active(timezone.localdate()).sub()
    rows = Categorie.objects.filter(Q(pk__in=active.values("pk")) | Q(pk=current)).select_related("hoofdcategorie")
    rows = rows.order_by("hoofdcategorie__volgorde", "hoofdcategorie__naam", "volgorde", "naam")
    groups = groupby(rows, key=lambda row: row.hoofdcategorie)
    return [(top.naam if top else "", [(row.pk, row.naam) for row in group]) for top, group in groups]


class DagInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


def words(
    label: Any, help_text: Any = "", *, required: bool = True, rows: int = 4, missing: Any = ""
) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    errors = {"required": missing} if missing else None
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=2000, widget=area, error_messages=errors
    )


class StapForm(forms.Form):
    """A step with a report. `versie` is the report as this person saw it."""

    use_required_attribute = False
    versie = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, melding: Melding, **kwargs: Any) -> None:
        self.melding = melding
        initial = {"versie": melding.versie, **self.start_values(melding), **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)

    def start_values(self, melding: Melding) -> dict[str, Any]:
        """What the fields hold when the form opens."""
        return {}

    def put_back(self, typed: dict[str, list[str]]) -> None:
        """Fill in what was typed before; the version, a place and files are those of now."""
        for name, field in self.fields.items():
            if name in typed and name != "versie" and not isinstance(field, PlaatsField | forms.FileField):
                values = typed[name]
                self.initial[name] = values if getattr(field.widget, "allow_multiple_selected", False) else values[-1]

    def typed(self) -> str:
        """The words that this person wrote, to give back when the step is no longer possible."""
        names = [name for name, field in self.fields.items() if isinstance(field.widget, forms.Textarea)]
        return "\n\n".join(filter(None, (self.data.get(self.add_prefix(name), "").strip() for name in names)))


class TekstForm(StapForm):
    """A step that writes to the resident: standard texts can be put in, and then exist in other languages too."""

    stap = ""
    tekst_veld = "toelichting"
    datum_veld = ""
    standaardtekst = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    gebruikt: tuple[int, ...] = ()

    def offered(self) -> list[Standaardtekst]:
        """The texts that can be put in here (one query)."""
        return list(Standaardtekst.objects.offered(self.stap, self.melding))

    def insert(self, tekst: Standaardtekst) -> None:
        """Put a text below what is there; a day that is chosen in this step is filled in when it is sent."""
        filled = standaard.fill(tekst, self.melding, timezone.localdate(), keep_day=bool(self.datum_veld))
        present = str(self.initial.get(self.tekst_veld) or "").strip()
        self.initial[self.tekst_veld] = "\n\n".join(filter(None, (present, filled)))
        before = str(self.initial.get("standaardtekst") or "")
        self.initial["standaardtekst"] = ",".join(filter(None, (before, str(tekst.pk))))
        if tekst.sluitreden and "sluitreden" in self.fields:
            self.initial.setdefault("sluitreden", tekst.sluitreden)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        chosen = {int(pk) for pk in data.pop("standaardtekst", "").split(",") if pk.isdecimal() and len(pk) < 15}
        typed = data.get(self.tekst_veld, "")
        if chosen and typed:
            rows = Standaardtekst.objects.filter(pk__in=chosen)
            data[self.tekst_veld], self.gebruikt = standaard.in_all_languages(
                typed, rows, self.melding, timezone.localdate(), data.get(self.datum_veld) if self.datum_veld else None
            )
        return data


NO_DAY = {"required": _("Kies een dag."), "invalid": _("Typ een datum, bijvoorbeeld 23/7/2026.")}


class FromTodayMixin:
    """Refuses a day that is over."""

    def _from_today(self, name: str) -> Any:
        day = self.cleaned_data[name]  # type: ignore[attr-defined]
        if day < timezone.localdate():
            raise ValidationError(_("Kies een dag vanaf vandaag."))
        return day


class StartForm(TekstForm):
    stap = Standaardtekst.Stap.START
    toelichting = words(
        _("Bericht aan de melder"),
        _("Komt in de mail, ook bij wie de melding volgt. Noem geen mensen."),
        required=False,
    )


class PlanForm(FromTodayMixin, TekstForm):
    stap = Standaardtekst.Stap.PLAN
    datum_veld = "gepland_op"
    gepland_op = forms.DateField(
        label=_("Wanneer gebeurt het?"),
        widget=DagInput,
        help_text=_("De melder krijgt deze dag te zien."),
        error_messages=NO_DAY,
    )
    toelichting = words(
        _("Bericht aan de melder"),
        _("Komt in de mail, ook bij wie de melding volgt. Noem geen mensen."),
        required=False,
    )

    def start_values(self, melding: Melding) -> dict[str, Any]:
        return {"gepland_op": melding.gepland_op}

    def clean_gepland_op(self) -> Any:
        return self._from_today("gepland_op")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        day = data.get("gepland_op")
        if day and day > self.melding.oplossing_uiterlijk and not data.get("toelichting", "").strip():
            self.add_error(
                "toelichting",
                _("Deze dag is later dan we beloofden. Zeg de melder waarom."),
            )
        return data


class VraagForm(TekstForm):
    stap = Standaardtekst.Stap.VRAAG
    tekst_veld = "vraag"
    vraag = words(
        _("Wat wil je weten?"), _("De klok staat stil tot de melder antwoordt."), missing=_("Schrijf je vraag.")
    )


class SluitForm(TekstForm):
    stap = Standaardtekst.Stap.SLUIT
    sluitreden = forms.ChoiceField(
        label=_("Hoe loopt het af?"),
        choices=Sluitreden.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe het afloopt.")},
    )
    toelichting = words(
        _("Bericht aan de melder"),
        _(
            "Zeg wat er gebeurde, of waarom niet en wat de melder nog kan doen. "
            "Ook wie volgt, leest dit: noem geen mensen."
        ),
        missing=_("Schrijf wat de melder moet weten."),
    )
    fotos = BeeldenField(
        label=_("Foto's na het herstel"), required=False, help_text=_("De melder ziet ze op de volgpagina.")
    )
    partnerfotos = forms.TypedMultipleChoiceField(
        coerce=int,
        label=_("Foto's van de partner die de melder mag zien"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kijk na of er geen gezichten of nummerplaten op staan."),
    )
    deeltaken_vervallen = words(
        _("Waarom vervallen de deeltaken die nog open staan?"),
        rows=2,
        missing=_("Er staan nog deeltaken open. Rond ze eerst af, of zeg hier waarom ze vervallen."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = MeldingBeeld.Soort
        photos = [(nr, row) for nr, row in enumerate(self.melding.beelden.all(), 1) if row.soort == kinds.PARTNER]
        self.fields["partnerfotos"].choices = [(str(row.pk), _("Foto %(nr)s") % {"nr": nr}) for nr, row in photos]
        if not photos:
            del self.fields["partnerfotos"]
        self.open_parts = (
            list(self.melding.deeltaken.open().select_related("team")) if self.melding.deeltaken_open else []
        )
        if self.open_parts:
            names = "; ".join(f"{row.titel} ({row.team})" for row in self.open_parts)
            self.fields["deeltaken_vervallen"].help_text = _("Nog open: %(namen)s.") % {"namen": names}
        else:
            del self.fields["deeltaken_vervallen"]

    def clean(self) -> dict[str, Any]:
        """Those of a report that its reporter takes back lapse by themselves."""
        data = super().clean() or self.cleaned_data
        if data.get("sluitreden") == Sluitreden.INGETROKKEN and "deeltaken_vervallen" in self.fields:
            self.errors.pop("deeltaken_vervallen", None)
            data.setdefault("deeltaken_vervallen", "")
        return data


class HeropenForm(StapForm):
    reden = words(_("Waarom gaat de melding weer open?"), _("De melder leest dit."), missing=_("Schrijf waarom."))


class WijsToeForm(StapForm):
    team = forms.ModelChoiceField(
        label=_("Team"), queryset=Team.objects.filter(is_actief=True), required=False, empty_label=_("geen team")
    )
    behandelaar = forms.ModelChoiceField(
        label=_("Behandelaar"),
        queryset=None,
        required=False,
        empty_label=_("niemand in het bijzonder"),
        help_text=_("Krijgt een mail."),
    )
    toelichting = words(_("Uitleg voor de collega"), _("De melder ziet dit niet."), required=False, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["behandelaar"].queryset = colleagues()

    def start_values(self, melding: Melding) -> dict[str, Any]:
        return {"team": melding.team_id, "behandelaar": melding.behandelaar_id}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("team") and not data.get("behandelaar"):
            raise ValidationError(_("Kies een team of een behandelaar."))
        return data


class NietVoorOnsForm(StapForm):
    reden = words(
        _("Waarom is dit niet voor jullie?"),
        _("Het meldpunt leest dit en zoekt wie het wel kan. De klok loopt door."),
        missing=_("Schrijf waarom dit niet voor jullie is."),
    )


class BelofteForm(FromTodayMixin, TekstForm):
    stap = Standaardtekst.Stap.BELOFTE
    tekst_veld = "reden"
    datum_veld = "oplossing_uiterlijk"
    oplossing_uiterlijk = forms.DateField(
        label=_("Tegen wanneer wordt het opgelost?"), widget=DagInput, error_messages=NO_DAY
    )
    reden = words(_("Waarom verandert de datum?"), _("De melder leest dit."), missing=_("Schrijf waarom."))

    def start_values(self, melding: Melding) -> dict[str, Any]:
        return {"oplossing_uiterlijk": melding.oplossing_uiterlijk}

    def clean_oplossing_uiterlijk(self) -> Any:
        return self._from_today("oplossing_uiterlijk")


class VerbeterForm(StapForm):
    """The category, the priority and the place. What stays the same is not sent on."""

    categorie = forms.ChoiceField(label=_("Categorie"))
    prioriteit = forms.ChoiceField(label=_("Prioriteit"), choices=Prioriteit.choices)
    plaats = PlaatsField(label=_("Plaats"), required=False)
    reden = words(_("Reden"), _("Nodig als de belofte verandert: de melder leest het dan."), required=False, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["categorie"].choices = category_choices(self.melding.categorie_id)

    def start_values(self, melding: Melding) -> dict[str, Any]:
        return {"categorie": melding.categorie_id, "prioriteit": melding.prioriteit, "plaats": melding.plaats}

    def clean_categorie(self) -> Categorie:
        return Categorie.objects.select_related("team").get(pk=self.cleaned_data["categorie"])

    def clean(self) -> dict[str, Any]:
        """Drop a place that is where it was; a new one comes with its address and has to lie in the city."""
        data = super().clean() or self.cleaned_data
        place = data.get("plaats")
        if place is None or (
            self.melding.plaats and format_coordinates(place) == format_coordinates(self.melding.plaats)
        ):
            data["plaats"] = None
            return data
        data["wijk"] = wijk_at(place)
        if data["wijk"] is None:
            self.add_error("plaats", _("Deze plaats ligt niet in Genk."))
        data["adres"] = self.data.get(self.add_prefix("plaats_adres"), "").strip() or address_at(place)
        return data


class OpenbaarForm(StapForm):
    openbaar = forms.BooleanField(label=_("Toon deze melding op de openbare kaart"), required=False)
    openbare_tekst = words(
        _("Wat iedereen mag lezen"),
        _("Zonder namen, nummers of andere gegevens van mensen."),
        required=False,
    )
    beelden = forms.TypedMultipleChoiceField(
        coerce=int,
        label=_("Foto's die iedereen mag zien"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kijk na of er geen gezichten of nummerplaten op staan."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        photos = list(self.melding.beelden.all())
        self.fields["beelden"].choices = [
            (str(photo.pk), _("Foto %(nr)s (%(soort)s)") % {"nr": nr, "soort": photo.get_soort_display()})
            for nr, photo in enumerate(photos, 1)
        ]
        if photos:
            self.initial["beelden"] = [str(photo.pk) for photo in photos if photo.openbaar]
        else:
            del self.fields["beelden"]

    def start_values(self, melding: Melding) -> dict[str, Any]:
        text = melding.openbare_tekst or ("" if melding.let_op_gegevens else melding.omschrijving)
        return {"openbaar": melding.openbaar, "openbare_tekst": text}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("openbaar") and not data.get("openbare_tekst", "").strip():
            self.add_error("openbare_tekst", _("Schrijf wat iedereen mag lezen."))
        return data


class NotitieForm(StapForm):
    tekst = words(_("Notitie"), _("Alleen voor collega's; de melder ziet dit nooit."), missing=_("Schrijf je notitie."))
    genoemd = forms.ModelMultipleChoiceField(
        label=_("Noem een collega (@)"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Wie je noemt, krijgt een mail met een link."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["genoemd"].queryset = colleagues()

    def clean_genoemd(self) -> Any:
        """Refuse whoever may not see the report: the mail tells what and where it is."""
        chosen, today = self.cleaned_data["genoemd"], timezone.localdate()
        blind = [person.naam for person in chosen if not may_see(person, reach(person, today), self.melding)]
        if blind:
            names = ", ".join(blind)
            raise ValidationError(_("Deze collega’s mogen de melding niet zien: %(namen)s.") % {"namen": names})
        return chosen


class LabelsForm(StapForm):
    labels = forms.ModelMultipleChoiceField(
        label=_("Labels"),
        queryset=Label.objects.active(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Alleen voor collega’s. In de lijst kun je erop filteren."),
    )

    def start_values(self, melding: Melding) -> dict[str, Any]:
        return {"labels": [str(hung.label_id) for hung in melding.labels.all()]}


class ContactForm(StapForm):
    hoe = forms.ChoiceField(
        label=_("Hoe was er contact?"),
        choices=[("gebeld", _("Gebeld")), ("gesproken", _("Gesproken")), ("geschreven", _("Zelf geschreven"))],
        widget=forms.RadioSelect,
        initial="gebeld",
    )
    tekst = words(
        _("Wat is er gezegd?"),
        _("Telt als eerste reactie. Alleen voor collega's."),
        missing=_("Schrijf wat er gezegd is."),
    )
