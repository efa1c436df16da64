"""What staff fill in to keep a view, to choose its columns, and to take a list out as a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kern.gebruikers.models import Gebruiker, Rol
from wijken.models import Team
from wijken.queries import Bereik

from .. import kolommen
from ..models import Uitvoerplan, Vorm, Weergave

ALONE = ""


def _sharing(user: Gebruiker, reach: Bereik, weergave: Weergave | None) -> list[Any]:
    """With whom this person may share: nobody, one's teams, and for a beheerder everybody with a role."""
    ids = set(reach.team_ids) | ({weergave.team_id} if weergave and weergave.team_id else set())
    owner = weergave.eigenaar if weergave else None
    alone = _("alleen %(naam)s") % {"naam": owner.naam} if owner and owner != user else _("alleen ik")
    choices: list[Any] = [(ALONE, alone)]
    choices += [
        (f"team:{team.pk}", _("team %(naam)s") % {"naam": team.naam}) for team in Team.objects.filter(pk__in=ids)
    ]
    if user.has_role(Rol.BEHEERDER):
        roles = [(f"rol:{rol.value}", rol.label) for rol in Rol]
        choices.append((_("iedereen met de rol"), roles))
    return choices


class WeergaveForm(forms.Form):
    """The name of a view, and who sees it."""

    use_required_attribute = False
    naam = forms.CharField(
        label=_("Hoe noem je deze weergave?"),
        max_length=60,
        error_messages={"required": _("Typ een naam, bijvoorbeeld “Nieuw in Waterschei”.")},
    )
    delen = forms.ChoiceField(
        label=_("Wie ziet ze boven de lijst?"),
        required=False,
        help_text=_("Iedereen ziet er alleen de meldingen in die hij of zij mag zien."),
    )
    is_standaard = forms.BooleanField(
        label=_("Opent als eerste voor wie deze rol heeft"),
        required=False,
    )
    seintje = forms.BooleanField(
        label=_("Geef me een seintje als er een melding bij komt"),
        required=False,
        help_text=_("In de mail van de ochtend, op werkdagen."),
    )

    def __init__(
        self, *args: Any, user: Gebruiker, reach: Bereik, weergave: Weergave | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["delen"].choices = _sharing(user, reach, weergave)
        if not user.has_role(Rol.BEHEERDER):
            del self.fields["is_standaard"]
        if weergave is not None:
            del self.fields["seintje"]  # has a button of its own in the list of views

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        kind, _sep, which = data.get("delen", "").partition(":")
        data["team"] = Team.objects.get(pk=int(which)) if kind == "team" else None
        data["rol"] = which if kind == "rol" else ""
        data.setdefault("is_standaard", False)
        if data["is_standaard"] and not data["rol"]:
            raise ValidationError(_("Alleen een weergave voor een rol kan als eerste openen."))
        return data


class WeergaveWijzigForm(WeergaveForm):
    """What of a view can be changed afterwards."""

    volgorde = forms.IntegerField(
        label=_("Plaats in de rij"), min_value=0, max_value=999, help_text=_("De laagste staat eerst.")
    )
    is_actief = forms.BooleanField(label=_("Staat boven de lijst"), required=False)

    def __init__(self, *args: Any, weergave: Weergave, **kwargs: Any) -> None:
        shared = f"team:{weergave.team_id}" if weergave.team_id else f"rol:{weergave.rol}" if weergave.rol else ALONE
        start = {
            "naam": weergave.naam,
            "delen": shared,
            "is_standaard": weergave.is_standaard,
            "volgorde": weergave.volgorde,
            "is_actief": weergave.is_actief,
        }
        super().__init__(*args, weergave=weergave, initial=start, **kwargs)


class KolommenForm:
    """Which columns, in which order: rows with a tick, and a button to move each up or down.

    Read from what was sent (`orde` is the order on screen, `kolom` what is ticked), else from what somebody has now.
    A button `hoger` or `lager` moves one row and saves nothing yet.
    """

    def __init__(self, chosen: list[str], data: Any = None) -> None:
        self.moved = self.button = ""
        if data is None:
            self.ticked, self.order = set(chosen), self._complete(chosen)
            return
        self.ticked = {code for code in data.getlist("kolom") if code in kolommen.KOLOMMEN} | {"nummer"}
        self.order = self._complete([code for code in data.getlist("orde") if code in kolommen.KOLOMMEN])
        for button, step in (("hoger", -1), ("lager", 1)):
            if data.get(button) in self.order:
                self._move(data[button], step)
                self.button = button

    @property
    def chosen(self) -> list[str]:
        """The codes of the ticked columns, in the order on screen."""
        return kolommen.valid(code for code in self.order if code in self.ticked)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """What the page shows: each column, whether it is ticked, and where it stands."""
        last = len(self.order) - 1
        return [
            {
                "kolom": kolommen.KOLOMMEN[code],
                "aan": code in self.ticked,
                "vast": code == "nummer",
                "eerste": place == 0,
                "laatste": place == last,
                "verzet": self.button if code == self.moved else "",
            }
            for place, code in enumerate(self.order)
        ]

    def _complete(self, codes: list[str]) -> list[str]:
        return list(dict.fromkeys([*codes, *kolommen.KOLOMMEN]))

    def _move(self, code: str, step: int) -> None:
        at = self.order.index(code)
        to = min(max(at + step, 0), len(self.order) - 1)
        self.order.insert(to, self.order.pop(at))
        self.moved = code


class UitvoerForm(forms.Form):
    """The file of a list: its kind, its columns, and whether it may hold who reported."""

    use_required_attribute = False
    vorm = forms.ChoiceField(
        label=_("Welk bestand?"), choices=Vorm.choices, widget=forms.RadioSelect, initial=Vorm.XLSX
    )
    kolommen = forms.ChoiceField(
        label=_("Welke kolommen?"),
        choices=[("lijst", _("de kolommen van de lijst, zoals ik ze zie")), ("alle", _("alle kolommen"))],
        widget=forms.RadioSelect,
        initial="lijst",
    )
    contact = forms.BooleanField(
        label=_("Zet er ook bij wie gemeld heeft: naam, e-mailadres en telefoon"),
        required=False,
        help_text=_(
            "Doe dit alleen als je die gegevens nodig hebt. Het zijn persoonsgegevens: geef het bestand aan niemand "
            "door en wis het na gebruik. Je keuze wordt genoteerd."
        ),
    )

    def __init__(self, *args: Any, may_contact: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_contact:
            del self.fields["contact"]


class UitvoerplanForm(forms.Form):
    """When somebody gets a view as a file, by itself."""

    use_required_attribute = False
    ritme = forms.ChoiceField(label=_("Hoe vaak?"), choices=Uitvoerplan.Ritme.choices, widget=forms.RadioSelect)
    weekdag = forms.TypedChoiceField(
        label=_("Op welke dag, bij elke week?"), choices=Uitvoerplan.Weekdag.choices, coerce=int, required=False
    )
    maanddag = forms.IntegerField(
        label=_("De hoeveelste, bij elke maand?"),
        min_value=1,
        max_value=28,
        required=False,
        help_text=_("Van 1 tot en met 28."),
    )
    vorm = forms.ChoiceField(label=_("Welk bestand?"), choices=Vorm.choices, widget=forms.RadioSelect)
    kolommen = forms.ChoiceField(
        label=_("Welke kolommen?"),
        choices=[("lijst", _("de kolommen van de lijst, zoals ik ze zie")), ("alle", _("alle kolommen"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, plan: Uitvoerplan | None, **kwargs: Any) -> None:
        ritme = Uitvoerplan.Ritme
        start = {
            "ritme": plan.ritme if plan else ritme.WEEK,
            "weekdag": plan.dag if plan and plan.ritme == ritme.WEEK else 1,
            "maanddag": plan.dag if plan and plan.ritme == ritme.MAAND else 1,
            "vorm": plan.vorm if plan else Vorm.XLSX,
            "kolommen": "alle" if plan and plan.alle_kolommen else "lijst",
        }
        super().__init__(*args, initial=start, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        field = {Uitvoerplan.Ritme.WEEK: "weekdag", Uitvoerplan.Ritme.MAAND: "maanddag"}.get(data.get("ritme"))
        if field and not data.get(field) and field not in self.errors:
            self.add_error(field, _("Kies een dag."))
        data["dag"] = data.get(field) if field else None
        return data

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        return {
            "ritme": data["ritme"],
            "dag": data["dag"],
            "vorm": data["vorm"],
            "alle_kolommen": data["kolommen"] == "alle",
        }
