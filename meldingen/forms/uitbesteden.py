"""What staff fill in to have others do the work: a partner outside the city, or teams with a sub-task each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kern.termijnen import add_working_days
from wijken.models import Partner, Team
from wijken.queries import members_of

from ..models import Deeltaak, Melding
from ..queries import partners
from .staff import NO_DAY, DagInput, FromTodayMixin, StapForm, colleagues, words

SUB_TASK_WORKING_DAYS = 10


class BijPartnerForm(FromTodayMixin, StapForm):
    """To whom, what, by when, and what goes along. Who reported goes along only with a tick."""

    partner = forms.ChoiceField(label=_("Partner"), error_messages={"required": _("Kies een partner.")})
    tekst = words(
        _("Wat moet de partner doen?"),
        _("Dit leest de partner, ook in de mail. Laat namen en nummers van mensen weg."),
        missing=_("Schrijf wat de partner moet doen."),
    )
    termijn = forms.DateField(
        label=_("Tegen wanneer?"),
        widget=DagInput,
        required=False,
        help_text=_("Leeg: de gewone termijn van de partner."),
        error_messages=NO_DAY,
    )
    fotos_mee = forms.TypedMultipleChoiceField(
        coerce=int,
        label=_("Foto's die meegaan"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kijk na of er geen gezichten of nummerplaten op staan."),
    )
    met_contact = forms.BooleanField(
        label=_("Toon de partner wie de melder is"),
        required=False,
        help_text=_(
            "Let op: alleen als de partner de melder echt nodig heeft, en de melder dat weet. De partner ziet dan "
            "naam, e-mailadres en telefoonnummer op zijn pagina zolang de opdracht loopt. In de mail staan ze nooit."
        ),
    )
    toelichting = words(
        _("Bericht aan de melder"),
        _("Komt in de mail, ook bij wie de melding volgt. Noem geen mensen."),
        required=False,
        rows=2,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fitting, others = partners.suggestions(self.melding)
        self.partners = {str(row.pk): row for row in [*fitting, *others]}
        groups = [(_("Past bij deze melding"), fitting), (_("Andere partners"), others)]
        self.fields["partner"].choices = [
            ("", _("kies een partner")),
            *((name, [(str(row.pk), _named(row)) for row in rows]) for name, rows in groups if rows),
        ]
        photos = list(self.melding.beelden.all())
        self.fields["fotos_mee"].choices = [
            (str(photo.pk), _("Foto %(nr)s (%(soort)s)") % {"nr": nr, "soort": photo.get_soort_display()})
            for nr, photo in enumerate(photos, 1)
        ]
        self.initial.setdefault("fotos_mee", [str(photo.pk) for photo in photos if photo.openbaar])
        if not photos:
            del self.fields["fotos_mee"]
        melder = self.melding.melder_of_niemand
        if not (melder.naam or melder.email or melder.telefoon):
            del self.fields["met_contact"]

    def start_values(self, melding: Melding) -> dict[str, Any]:
        careful = melding.let_op_gegevens or melding.categorie.is_gevoelig
        return {"tekst": "" if careful else melding.omschrijving[:2000]}

    def clean_termijn(self) -> Any:
        return self._from_today("termijn") if self.cleaned_data["termijn"] else None

    def clean_partner(self) -> Partner:
        return self.partners[self.cleaned_data["partner"]]

    def clean(self) -> dict[str, Any]:
        """With the partner's own term where none was given."""
        data = super().clean() or self.cleaned_data
        partner = data.get("partner")
        if partner and "termijn" not in self.errors and not data.get("termijn"):
            data["termijn"] = add_working_days(timezone.localdate(), partner.termijn_werkdagen)
        return data


def _named(partner: Partner) -> str:
    return _("%(naam)s (%(dagen)d werkdagen)") % {"naam": partner.naam, "dagen": partner.termijn_werkdagen}


class NeemTerugForm(StapForm):
    reden = words(
        _("Waarom neem je de opdracht terug?"),
        _("De partner leest dit in een mail."),
        missing=_("Schrijf waarom je de opdracht terugneemt."),
        rows=3,
    )


class DeeltakenForm(FromTodayMixin, StapForm):
    """One sub-task for each team that is ticked."""

    titel = forms.CharField(
        label=_("Wat is er te doen?"),
        max_length=120,
        help_text=_("Kort, bijvoorbeeld: zet een hek rond de put. Noem geen mensen."),
        error_messages={"required": _("Schrijf kort wat er te doen is.")},
    )
    tekst = words(_("Uitleg voor het team"), _("De melder ziet dit niet."), required=False, rows=3)
    teams = forms.ModelMultipleChoiceField(
        label=_("Voor welk team?"),
        queryset=Team.objects.filter(is_actief=True),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Elk team krijgt een eigen deeltaak. De melding sluit pas als ze allemaal rond zijn."),
        error_messages={"required": _("Kies minstens één team.")},
    )
    uiterlijk = forms.DateField(label=_("Klaar tegen"), widget=DagInput, error_messages=NO_DAY)

    def start_values(self, melding: Melding) -> dict[str, Any]:
        return {"uiterlijk": add_working_days(timezone.localdate(), SUB_TASK_WORKING_DAYS)}

    def clean_uiterlijk(self) -> Any:
        return self._from_today("uiterlijk")


class DeelStapForm(forms.Form):
    """A step with a sub-task."""

    use_required_attribute = False

    def __init__(self, *args: Any, deeltaak: Deeltaak, **kwargs: Any) -> None:
        self.deeltaak = deeltaak
        super().__init__(*args, **kwargs)


class DeelKlaarForm(DeelStapForm):
    afloop = words(
        _("Wat is er gedaan?"), _("Voor wie de melding behandelt. De melder ziet dit niet."), required=False, rows=3
    )


class DeelRedenForm(DeelStapForm):
    reden = words(_("Waarom?"), _("Wie de melding behandelt, leest dit."), missing=_("Schrijf waarom."), rows=3)


class DeelWijzigForm(DeelStapForm):
    """Another team, person or day."""

    team = forms.ModelChoiceField(label=_("Team"), queryset=None, empty_label=None)
    behandelaar = forms.ModelChoiceField(
        label=_("Behandelaar"),
        queryset=None,
        required=False,
        empty_label=_("niemand in het bijzonder"),
        help_text=_("Iemand van het team. Krijgt een mail."),
    )
    uiterlijk = forms.DateField(label=_("Klaar tegen"), widget=DagInput, error_messages=NO_DAY)

    def __init__(self, *args: Any, deeltaak: Deeltaak, **kwargs: Any) -> None:
        start = {"team": deeltaak.team_id, "behandelaar": deeltaak.behandelaar_id, "uiterlijk": deeltaak.uiterlijk}
        super().__init__(*args, deeltaak=deeltaak, initial=start, **kwargs)
        self.fields["team"].queryset = Team.objects.filter(is_actief=True)
        self.fields["behandelaar"].queryset = colleagues()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        team, person = data.get("team"), data.get("behandelaar")
        if team and person:
            members = members_of([team.pk], timezone.localdate()).get(team.pk, [])
            if person.pk not in {member.pk for member in members}:
                error = _("%(naam)s werkt niet in %(team)s.") % {"naam": person.naam, "team": team.naam}
                self.add_error("behandelaar", ValidationError(error))
        return data
