"""The pages where an administrator writes the words of mails, and finds the mails."""

import pytest
from django.contrib.auth.models import Group

from kern.berichten.models import Bericht
from kern.gebruikers.models import Gebruiker, Rol
from tests.toegankelijkheid.axe import DESK, PHONE, axe_violations, scrolls_sideways, watch

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = "/beheer/berichten/mailtekst/tekst/melding_ontvangen/fr/"


@pytest.fixture
def cookies(client, live_server):
    user = Gebruiker.objects.create_user("bea@genk.example", "vier-gewone-woorden", naam="Bea")
    user.groups.add(Group.objects.get_or_create(name=Rol.BEHEERDER)[0])
    client.force_login(user)
    return [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]


@pytest.mark.parametrize(("width", "scheme"), [(PHONE, "light"), (DESK, "dark")])
def test_the_words_of_a_mail_are_previewed_and_tried_without_a_mouse(browser, live_server, cookies, width, scheme):
    context = browser.new_context(viewport=width, color_scheme=scheme, locale="nl-BE")
    context.add_cookies(cookies)
    page = context.new_page()
    wrong = watch(page, live_server.url)
    for path in ("/beheer/berichten/mailtekst/", "/beheer/berichten/bericht/", TEXT):
        page.goto(live_server.url + path)
        assert wrong == []
        assert not scrolls_sideways(page), path
        assert axe_violations(page) == []
        wrong.clear()  # axe measures with inline styles, which the policy rightly refuses
    page.get_by_label("Onderwerp").fill("Reçu {code}")
    page.get_by_role("button", name="Toon het voorbeeld hieronder").press("Enter")
    page.frame_locator("iframe[name=voorbeeld]").get_by_text("Reçu K7M2PQ").wait_for()
    page.get_by_role("button", name="Stuur mij een testmail").press("Enter")
    page.get_by_text("De testmail is onderweg naar bea@genk.example.").wait_for()
    assert Bericht.objects.get().onderwerp == "Reçu K7M2PQ"
    assert wrong == []
    context.close()
