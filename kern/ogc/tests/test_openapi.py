"""The description of the service: right by its own standard, kept in docs/, and true."""

from __future__ import annotations

from pathlib import Path

import pytest
import schemathesis
import yaml
from django.conf import settings
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from schemathesis.specs.openapi import checks as openapi_checks

from kern.ogc import openapi, registry
from kern.ogc.registry import Beller
from kern.ogc.stelsels import STELSELS

from .conftest import ROOT

COMMITTED = Path(settings.BASE_DIR) / "docs" / "ogc.yaml"


def committed():
    return yaml.safe_load(COMMITTED.read_text(encoding="utf-8"))


def test_the_description_in_docs_is_that_of_the_code():
    """After a change: manage.py ogcbeschrijving > docs/ogc.yaml"""
    assert COMMITTED.read_text(encoding="utf-8") == openapi.as_yaml()


def test_req_oas30_the_service_describes_itself(city):
    found = city.json("/api")
    assert found["openapi"].startswith("3.0.")
    assert found["servers"] == [{"url": ROOT}]
    assert {"/", "/conformance", "/collections"} <= set(found["paths"])
    ids = [row["get"]["operationId"] for row in found["paths"].values()]
    assert len(ids) == len(set(ids))
    for collection in ("knelpunten", "wijken", "meldingen"):
        for path in ("", "/items", "/items/{featureId}"):
            assert f"/collections/{collection}{path}" in found["paths"]
    for row in found["paths"].values():
        assert {"200", "400", "default"} <= set(row["get"]["responses"])
    shared = found["components"]["parameters"]
    for name in ("limit", "bbox", "datetime"):
        assert shared[name]["style"] == "form"
        assert shared[name]["explode"] is False
    assert shared["bbox"]["schema"] == {"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}}
    assert shared["limit"]["schema"] == {"type": "integer", "minimum": 1, "maximum": 10000, "default": 100}
    for name in ("crs", "bbox-crs"):
        assert shared[name]["schema"]["type"] == "string"
        assert shared[name]["schema"]["format"] == "uri"
        assert shared[name]["schema"]["enum"] == list(STELSELS)
    assert "http" not in str([value for value in _refs(found) if not value.startswith("#/")])


def _refs(part):
    if isinstance(part, dict):
        if "$ref" in part:
            yield part["$ref"]
        for value in part.values():
            yield from _refs(value)
    elif isinstance(part, list):
        for value in part:
            yield from _refs(value)


def test_every_filter_of_a_collection_is_declared_and_works(city):
    found = city.json("/api")["paths"]
    for collectie in registry.collecties(Beller(op=None)):
        declared = {row.get("name") for row in found[f"/collections/{collectie.id}/items"]["get"]["parameters"]}
        assert {row.naam for row in collectie.filters} <= declared
        feature = city.items(collectie.id, limit=1)["features"][0]
        for row in collectie.filters:
            value = feature["properties"][row.naam]
            if value is not None:
                text = str(value).lower() if isinstance(value, bool) else value
                assert feature["id"] in city.ids(collectie.id, **{row.naam: text}), row.naam


def _some_keys(collection):
    """Not by the test client: after a request that connects again what `one_connection` disconnected."""
    beller = Beller(timezone.localdate())
    row = registry.zoek(collection, beller)
    return [str(key) for key in row.rijen(beller).order_by(row.sleutel).values_list(row.sleutel, flat=True)[:3]]


schema = schemathesis.openapi.from_dict(committed()) if COMMITTED.exists() else None
PATHS = list(committed()["paths"]) if COMMITTED.exists() else []
CHECKS = [
    schemathesis.checks.not_a_server_error,
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
    openapi_checks.response_schema_conformance,
]


@pytest.fixture
def one_connection():
    """The application itself ends the connection after each answer, and with it the transaction of the test."""
    for moment in (signals.request_started, signals.request_finished):
        moment.disconnect(close_old_connections)
    yield
    for moment in (signals.request_started, signals.request_finished):
        moment.connect(close_old_connections)


@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize("path", PATHS)
def test_what_schemathesis_thinks_of_is_answered_as_the_description_says(city, path):
    app = get_wsgi_application()
    collection = path.split("/")[2] if path.startswith("/collections/") else ""
    known = _some_keys(collection) if "featureId" in path else []

    @hypothesis_settings(
        max_examples=15,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=schema[path]["GET"].as_strategy(), number=st.integers(0, 3))
    def ask(case, number):
        if known and number < len(known):
            case.path_parameters["featureId"] = known[number]
        response = case.call(app=app, base_url="http://testserver/ogc")
        case.validate_response(response, checks=CHECKS)

    ask()
