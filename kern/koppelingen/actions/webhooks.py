"""Make a webhook and its secret, and turn it on again."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from .. import registry, rules, uitgaand
from ..models import Webhook


def _vault() -> MultiFernet:
    """Keys made from SECRET_KEY and its predecessors: a copy of the database alone opens no secret."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"webhook:{key}".encode()).digest())) for key in keys
    )


@transaction.atomic
def make_webhook(
    *,
    naam: str,
    url: str,
    gebeurtenissen: Iterable[str],
    at: datetime,
    filters: Mapping[str, list[str]] | None = None,
    is_actief: bool = True,
) -> tuple[Webhook, str]:
    """A new webhook and the secret that it signs with. One that is off may name an address that is not there yet.

    Raises ValidationError for an address that may not be called, and for an event that does not exist.
    """
    codes = sorted(set(gebeurtenissen))
    if not codes or set(codes) - set(registry.gebeurtenissen):
        raise ValidationError({"gebeurtenissen": "Kies minstens één gebeurtenis."})
    try:
        uitgaand.check(url, find=is_actief)
    except rules.Geweigerd as error:
        raise ValidationError({"url": str(error)}) from error
    secret = rules.make_secret()
    row = Webhook.objects.create(
        naam=naam,
        url=url,
        gebeurtenissen=codes,
        filters=dict(filters or {}),
        is_actief=is_actief,
        geheim_versleuteld=_vault().encrypt(secret.encode()).decode(),
        aangemaakt_op=at,
    )
    return row, secret


def secret_of(webhook: Webhook) -> str:
    """The secret that this webhook signs with. Raises ValueError when SECRET_KEY was replaced since."""
    try:
        return _vault().decrypt(webhook.geheim_versleuteld.encode()).decode()
    except InvalidToken as error:
        raise ValueError("het geheim is niet meer te lezen: maak een nieuw") from error


@transaction.atomic
def new_secret(*, webhook: Webhook) -> str:
    """Give the webhook another secret, from now on."""
    secret = rules.make_secret()
    webhook.geheim_versleuteld = _vault().encrypt(secret.encode()).decode()
    webhook.save(update_fields=["geheim_versleuteld"])
    return secret


@transaction.atomic
def turn_on(*, pks: list[int], at: datetime) -> int:
    """Call these webhooks again; what waited for them goes out now. How many were off."""
    return Webhook.objects.filter(pk__in=pks, is_actief=False).update(is_actief=True, uitgezet_op=None, fouten_op_rij=0)
