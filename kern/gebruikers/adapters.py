"""How the log-in library behaves in this house: no sign-up, our own page after log-in, secrets kept encrypted."""

from __future__ import annotations

import base64
import hashlib
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from . import mails
from .rules import needs_second_factor


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the beheerder; nobody signs up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("Het e-mailadres of het wachtwoord klopt niet."),
        "too_many_login_attempts": _("Je hebt vijf keer iets fout getypt. Probeer het over vijf minuten opnieuw."),
        "account_inactive": _("Dit account is uitgezet. Vraag het aan de beheerder."),
        "enter_current_password": _("Typ je huidige wachtwoord."),
        "incorrect_password": _("Dit wachtwoord klopt niet."),
        "rate_limited": _("Dat gaat te snel. Wacht even en probeer het dan opnieuw."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send through the outbox, as every mail; a forgotten password is the only occasion there is."""
        if template_prefix != "account/email/password_reset_key":
            raise ValueError(f"no text for the mail {template_prefix}")
        mails.new_password(aan=email, link=context["password_reset_url"])

    def get_reset_password_from_key_url(self, key: str) -> str:
        """On the portal's own address: what a request calls the host can be forged where a proxy lets it through."""
        path = urlsplit(super().get_reset_password_from_key_url(key)).path
        return settings.PORTAL_URL.rstrip("/") + path

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To the work of staff; whoever has no role yet has no work, only an account."""
        return super().get_login_redirect_url(request) if request.user.rollen else reverse("account")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")


class SocialAdapter(DefaultSocialAccountAdapter):
    """The city's own log-in opens accounts that exist here; it makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        return False


class MfaAdapter(DefaultMFAAdapter):
    """Second factors: their secrets are stored encrypted with a key made from SECRET_KEY."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Deze code klopt niet. Neem de code die nu in je app staat."),
        "cannot_delete_authenticator": _("Je rol vraagt een tweede stap. Stel eerst een andere in."),
    }

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        if not settings.SECOND_FACTOR_REQUIRED or not needs_second_factor(authenticator.user.rollen):
            return True
        factors = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return factors.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"second factor" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
