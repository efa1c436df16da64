import pytest
from django.template import engines
from django.test import RequestFactory
from django.urls import reverse

from kern.middleware import MAX_BODY, guarded
from meldingen.tests import factories


def test_what_is_too_large_is_refused_before_it_is_read():
    request = RequestFactory().post("/meldingen/nieuw/foto/", b"", content_type="image/jpeg")
    request.META["CONTENT_LENGTH"] = str(MAX_BODY + 1)
    answer = guarded(lambda request: pytest.fail("it was read"))(request)
    assert answer.status_code == 413
    assert "te groot" in answer.content.decode()


@pytest.mark.django_db
def test_pages_of_staff_are_kept_nowhere_and_public_pages_by_no_proxy(client):
    client.force_login(factories.cast().wijkmanager)
    for name in ("meldingen:work", "meldingen:staff_list", "account"):
        assert "no-store" in client.get(reverse(name)).headers["Cache-Control"]
    assert "private" in client.get(reverse("meldingen:public_list")).headers["Cache-Control"]
    assert "geolocation=(self)" in client.get(reverse("privacy")).headers["Permissions-Policy"]


def test_the_help_text_of_a_field_is_text():
    class Veld:
        help_text = "<img src=x>"
        auto_id = "id_a"

    page = engines["django"].get_template("onderdelen/veld_uitleg.html").render({"veld": Veld()})
    assert "&lt;img src=x&gt;" in page
