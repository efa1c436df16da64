"""The layers of staff: by log-in or by a key, with what that colleague may see and nothing else."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from kern.koppelingen import actions as sleutels
from kern.ogc.registry import RECHT
from meldingen.models import Melding
from wijken.queries import reach

from .conftest import body

ITEMS = "/ogc/collections/meldingen-werk/items"


def key(owner, right=RECHT, **fields):
    end = timezone.now() + timedelta(days=30)
    _row, text = sleutels.make_key(
        naam="QGIS", eigenaar=owner, rechten=[right], at=timezone.now(), verloopt_op=end, **fields
    )
    return {"authorization": f"Bearer {text}"}


@pytest.mark.parametrize("role", ["wijkmanager", "collega", "beheerder", "lezer"])
@pytest.mark.parametrize("how", ["log-in", "key"])
def test_staff_get_what_they_may_see_in_the_portal(city, client, role, how):
    user = getattr(city.cast, role)
    headers = key(user) if how == "key" else {}
    if how == "log-in":
        client.force_login(user)
    assert city.client.get(ITEMS).status_code == 404, "for everybody else it is not there"
    response = client.get(f"{ITEMS}?limit=1000", headers=headers)
    assert response.status_code == 200
    found = json.loads(body(response))
    mine = Melding.objects.visible_to(user, reach(user, timezone.localdate()))
    assert {row["id"] for row in found["features"]} == set(mine.values_list("pk", flat=True))
    assert found["numberMatched"] == mine.count()
    assert "wat de bewoner schreef" not in body(response)
    listed = client.get("/ogc/collections", headers=headers).json()["collections"]
    assert {"meldingen-werk", "knelpunten-werk"} <= {row["id"] for row in listed}
    assert "ETag" not in response


def test_nobody_else_sees_more_of_the_public_layer_than_the_map_shows(city):
    text = body(city.get("/collections/meldingen/items"))
    assert "wat de bewoner schreef" not in text
    for feature in json.loads(text)["features"]:
        assert all(round(number, 4) == number for number in feature["geometry"]["coordinates"])
        lon, lat = feature["geometry"]["coordinates"]
        exact = Melding.objects.get(pk=feature["id"]).plaats
        assert feature["id"] in city.ids("meldingen", bbox=f"{lon},{lat},{lon},{lat}")
        near = f"{exact.lon - 1e-7},{exact.lat - 1e-7},{exact.lon + 1e-7},{exact.lat + 1e-7}"
        assert feature["id"] not in city.ids("meldingen", bbox=near), "the door cannot be found by asking"


@pytest.mark.parametrize("header", ["Bearer gw_verkeerd", "Basic abc", "Bearer", "x"])
def test_a_key_that_opens_nothing_is_refused(city, header):
    response = city.client.get("/ogc/collections", headers={"authorization": header})
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"
    assert response.json()["code"] == "Unauthorized"
    assert city.client.get("/ogc/collections", headers=key(city.cast.wijkmanager)).status_code == 200


def test_a_key_needs_the_right_and_its_owner_a_role(city):
    other = key(city.cast.wijkmanager, "staf:lezen")
    assert city.client.get("/ogc/collections", headers=other).status_code == 401
    mine = key(city.cast.wijkmanager)
    assert city.client.get(ITEMS, headers=mine).status_code == 200
    city.cast.wijkmanager.is_active = False
    city.cast.wijkmanager.save()
    assert city.client.get(ITEMS, headers=mine).status_code == 401


def test_a_browser_on_another_site_may_ask_with_a_key(city):
    headers = {"access-control-request-method": "GET", "origin": "https://kaart.example"}
    response = city.client.options("/ogc/collections", headers=headers)
    assert response.status_code == 204
    assert "Authorization" in response["Access-Control-Allow-Headers"]
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
