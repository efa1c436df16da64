"""The menu of staff: what each role sees in it, and that each page in it opens."""

import pytest
from django.urls import reverse

from kern import menu
from kern.gebruikers.rollen import Rol
from kern.menu import Punt
from tests import world


class Somebody:
    is_authenticated = True

    def __init__(self, *rollen):
        self.rollen = frozenset(rollen)


@pytest.fixture
def known(monkeypatch):
    """A menu of its own, as long as the test lasts."""
    monkeypatch.setattr(menu, "_punten", {})
    monkeypatch.setattr(menu, "_groepen", {})


def test_pages_stand_in_their_group_in_order_and_only_for_who_may(known):
    menu.register_group("Tweede", 20)
    menu.register_group("Eerste", 10)
    menu.register(
        Punt("Weg", "home", "huis"),
        Punt("Later", "privacy", "slot", "Tweede", 9),
        Punt("Vroeger", "contact", "mail", "Tweede", 1),
        Punt("Apart", "accessibility", "info", "Eerste", wie=menu.with_role(Rol.BEHEERDER)),
    )
    direct, groepen = menu.menu_of(Somebody(Rol.LEZER), reverse("privacy"))
    assert [keuze.naam for keuze in direct] == ["Weg"]
    assert [(groep.naam, [keuze.naam for keuze in groep.keuzes]) for groep in groepen] == [
        ("Tweede", ["Vroeger", "Later"])
    ]
    assert [keuze.is_hier for keuze in groepen[0].keuzes] == [False, True]
    assert groepen[0].is_hier
    _, more = menu.menu_of(Somebody(Rol.BEHEERDER), "/")
    assert [groep.naam for groep in more] == ["Eerste", "Tweede"]


def test_who_has_no_role_sees_nothing(known):
    menu.register(Punt("Weg", "home", "huis"))
    assert menu.menu_of(Somebody(), "/") == ([], [])


@pytest.mark.django_db
def test_every_page_in_the_menu_opens_for_whoever_sees_it(client):
    people = world.build().people
    for rol in Rol.values:
        client.force_login(people[rol])
        direct, groepen = menu.menu_of(people[rol], "/")
        choices = [*direct, *(keuze for groep in groepen for keuze in groep.keuzes)]
        assert choices
        for keuze in choices:
            answer = client.get(keuze.url)
            assert answer.status_code == 200, (rol, keuze)
            assert f'href="{keuze.url}"' in answer.content.decode()
