"""Forms about one's own account. The log-in forms are the library's, with our words and without placeholders."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm as BaseChangePasswordForm
from allauth.account.forms import LoginForm as BaseLoginForm
from allauth.account.forms import ReauthenticateForm as BaseReauthenticateForm
from allauth.account.forms import ResetPasswordForm as BaseResetPasswordForm
from allauth.account.forms import ResetPasswordKeyForm as BaseResetPasswordKeyForm
from allauth.mfa.base.forms import AuthenticateForm as BaseAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as BaseMfaReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm as BaseActivateTotpForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm as BaseAddWebAuthnForm
from allauth.mfa.webauthn.forms import EditWebAuthnForm as BaseEditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from . import queries
from .models import Gebruiker, Vervanging


class InOurWords:
    """Replaces labels and help texts of a form of the library, and drops its placeholders."""

    labels: dict[str, Any] = {}
    help_texts: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.help_texts.get(name, field.help_text)


_NEW_PASSWORD = {"password1": _("Nieuw wachtwoord"), "password2": _("Nieuw wachtwoord, nog eens")}
_LONG = {"password1": _("Minstens 12 tekens. Een zin van vier woorden is sterk en makkelijk te onthouden.")}
_CODE = {"code": _("Code van zes cijfers")}


class LoginForm(InOurWords, BaseLoginForm):
    labels = {"login": _("E-mailadres"), "password": _("Wachtwoord")}
    help_texts = {"password": ""}


class ReauthenticateForm(InOurWords, BaseReauthenticateForm):
    labels = {"password": _("Wachtwoord")}


class ChangePasswordForm(InOurWords, BaseChangePasswordForm):
    labels = {"oldpassword": _("Huidig wachtwoord"), **_NEW_PASSWORD}
    help_texts = _LONG


class ResetPasswordForm(InOurWords, BaseResetPasswordForm):
    labels = {"email": _("E-mailadres")}


class ResetPasswordKeyForm(InOurWords, BaseResetPasswordKeyForm):
    labels = _NEW_PASSWORD
    help_texts = _LONG


class AuthenticateForm(InOurWords, BaseAuthenticateForm):
    labels = _CODE
    help_texts = {"code": _("Uit je app, of een van je herstelcodes.")}


class MfaReauthenticateForm(InOurWords, BaseMfaReauthenticateForm):
    labels = _CODE


class ActivateTotpForm(InOurWords, BaseActivateTotpForm):
    labels = _CODE


class AddWebAuthnForm(InOurWords, BaseAddWebAuthnForm):
    labels = {"name": _("Naam van deze sleutel"), "passwordless": _("Ook gebruiken om zonder wachtwoord in te loggen")}
    help_texts = {
        "name": _("Bijvoorbeeld: telefoon van het werk."),
        "passwordless": _("Je toestel vraagt dan je vinger, je gezicht of een pincode."),
    }


class EditWebAuthnForm(InOurWords, BaseEditWebAuthnForm):
    labels = {"name": _("Naam van deze sleutel")}


class DeputyForm(forms.ModelForm):
    """Who stands in for me, and when."""

    class Meta:
        model = Vervanging
        fields = ["vervanger", "van", "tot"]
        widgets = {
            "van": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "tot": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, afwezige: Gebruiker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.afwezige = afwezige
        self.fields["vervanger"].empty_label = _("Kies een collega")
        self.fields["vervanger"].queryset = queries.possible_deputies(afwezige)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        van, tot = data.get("van"), data.get("tot")
        if van and tot and tot < van:
            self.add_error("tot", _("De laatste dag kan niet voor de eerste dag liggen."))
        elif van and tot and queries.overlapping(self.afwezige, van, tot).exists():
            self.add_error("van", _("In die dagen vervangt al iemand je."))
        return data
