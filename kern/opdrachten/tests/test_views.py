import pytest
from django.urls import reverse
from django.utils import timezone

from kern.gebruikers.models import Rol
from kern.opdrachten import actions
from kern.opdrachten.models import Opdracht
from meldingen.tests import factories

NOW = timezone.now()
HTMX = {"HX-Request": "true"}


@pytest.fixture
def opdracht(eigenaar, soort):
    def work(opdracht, voortgang):
        voortgang.begin(2)
        with voortgang.bestand("lijst.csv", "text/csv; charset=utf-8") as file:
            file.write(b"a;b\n")

    soort(work)
    return actions.start(soort="proef", eigenaar=eigenaar, invoer={}, at=NOW)


def test_the_owner_sees_how_far_it_is_and_fetches_the_file(client_of, eigenaar, opdracht):
    client, page = client_of(eigenaar), reverse("opdrachten:detail", args=[opdracht.pk])
    waiting = client.get(page)
    assert waiting.context["opdracht"].loopt
    assert b"<progress" in waiting.content
    assert b"Kijk opnieuw" in waiting.content  # without a script
    assert "HX-Refresh" not in client.get(page, headers=HTMX)
    actions.run(pk=opdracht.pk, at=NOW)
    assert client.get(page, headers=HTMX)["HX-Refresh"] == "true"
    assert b"lijst.csv" in client.get(page).content
    file = client.get(reverse("opdrachten:download", args=[opdracht.pk]))
    assert b"".join(file) == b"a;b\n"
    assert file["Content-Disposition"] == 'attachment; filename="lijst.csv"'
    assert file["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in file["Cache-Control"]


def test_nobody_else_sees_it_fetches_it_or_stops_it(client_of, eigenaar, opdracht):
    actions.run(pk=opdracht.pk, at=NOW)
    other = client_of(factories.member(None, Rol.BEHEERDER))
    for name in ("detail", "download"):
        assert other.get(reverse(f"opdrachten:{name}", args=[opdracht.pk])).status_code == 404
    assert other.post(reverse("opdrachten:stop", args=[opdracht.pk])).status_code == 404
    assert b"Proefopdracht" not in other.get(reverse("opdrachten:mine")).content
    assert b"Proefopdracht" in client_of(eigenaar).get(reverse("opdrachten:mine")).content


def test_stopping_takes_a_post(client_of, eigenaar, opdracht):
    client, address = client_of(eigenaar), reverse("opdrachten:stop", args=[opdracht.pk])
    client.get(address)
    assert Opdracht.objects.get().status == "wacht"
    client.post(address)
    assert Opdracht.objects.get().status == "gestopt"


@pytest.mark.parametrize("rows", [1, 3])
def test_my_jobs_cost_the_same_however_many(client_of, eigenaar, soort, rows, django_assert_num_queries):
    soort(lambda opdracht, voortgang: None)
    for _row in range(rows):
        actions.start(soort="proef", eigenaar=eigenaar, invoer={}, at=NOW)
    client = client_of(eigenaar)
    with django_assert_num_queries(3):
        client.get(reverse("opdrachten:mine"))
