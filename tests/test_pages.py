import pytest
from django.urls import reverse


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
