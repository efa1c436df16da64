import gzip
from pathlib import Path

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.urls import reverse
from django.views.defaults import server_error


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["home", "accessibility", "privacy", "contact", "account_login"])
def test_a_public_page_opens_for_everybody(client, name):
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert "<h1" in answer.content.decode()


@pytest.mark.django_db
def test_an_unknown_page_is_our_own_404(client):
    answer = client.get("/bestaat-niet/")
    assert answer.status_code == 404
    assert "Deze pagina is er niet" in answer.content.decode()


@pytest.mark.django_db
def test_the_portal_speaks_dutch_whatever_the_browser_asks(client):
    answer = client.get(reverse("home"), headers={"accept-language": "fr"})
    assert '<html lang="nl"' in answer.content.decode()
    assert answer["Content-Language"] == "nl"


@pytest.mark.django_db
def test_a_chosen_language_stays_and_is_marked_as_a_translation(client):
    answer = client.post(reverse("set_language"), {"language": "fr", "next": "/privacy/"}, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [("/privacy/", 302)]
    assert '<html lang="fr"' in page
    assert 'class="vertaling' in page


@pytest.mark.django_db
def test_the_design_page_exists_in_the_demo_alone(client, settings):
    assert client.get(reverse("design")).status_code == 404
    settings.DEMO = True
    assert client.get(reverse("design")).status_code == 200


@pytest.mark.django_db
def test_a_failing_page_answers_without_the_database(client):
    page = server_error(RequestFactory().get("/")).content.decode()
    assert "Er ging iets mis bij ons" in page


def test_the_frame_of_a_page_stays_light():
    """Style, script and icons of a public page, compressed: under 25 kB, so that a form page stays under 100 kB."""
    static = Path(settings.BASE_DIR) / "static"
    names = ["css/tokens.css", "css/base.css", "css/components.css", "css/print.css", "js/portaal.js"]
    names += ["img/iconen.svg", "img/merk.svg", "css/home.css"]
    assert sum(len(gzip.compress((static / name).read_bytes())) for name in names) < 25_000
