"""The labels of reports, read along with them."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from ..models import MeldingLabel


def labels_of(melding: str = "pk") -> Any:
    """An annotation with the labels of a report, by name, each with `naam` and `kleur`. No query of its own."""
    rows = MeldingLabel.objects.filter(melding=OuterRef(melding)).order_by("label__naam")
    return ArraySubquery(rows.values(json=JSONObject(naam="label__naam", kleur="label__kleur")))
