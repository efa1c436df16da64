"""What both sides of the interface use."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class PlaatsSerializer(serializers.Serializer):
    lat = serializers.FloatField(min_value=-90, max_value=90, help_text="Breedtegraad (WGS84).")
    lon = serializers.FloatField(min_value=-180, max_value=180, help_text="Lengtegraad (WGS84).")


class ProblemSerializer(serializers.Serializer):
    """Een weigering (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    fouten = serializers.DictField(required=False, help_text="Per veld wat er niet klopt.")
    versie = serializers.IntegerField(required=False, help_text="Bij 409: de versie van nu.")
    laatste = serializers.CharField(required=False, help_text="Bij 409: wat er intussen gebeurde.")


def place(punt: Any) -> dict[str, float] | None:
    return {"lat": punt.lat, "lon": punt.lon} if punt else None
