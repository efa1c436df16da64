"""The second step in a real browser, under the strict content security policy."""

import pytest
from django.urls import reverse

from kern.gebruikers.models import Gebruiker
from tests.toegankelijkheid.axe import axe_violations, watch

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EMAIL, PASSWORD = "wim@genk.example", "vier-gewone-woorden"


@pytest.fixture
def page(browser):
    """A browser with a finger-print reader of its own."""
    context = browser.new_context(locale="nl-BE")
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield page
    context.close()


def test_a_passkey_is_added_and_opens_the_account_without_a_password(page, live_server):
    Gebruiker.objects.create_user(EMAIL, PASSWORD, naam="Wim")
    wrong = watch(page, live_server.url)

    page.goto(live_server.url + reverse("account_login"))
    page.get_by_label("E-mailadres").fill(EMAIL)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()

    page.goto(live_server.url + reverse("mfa_add_webauthn"))
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Bevestig").click()
    page.get_by_label("Naam van deze sleutel").fill("Telefoon van het werk")
    page.get_by_label("Ook gebruiken om zonder wachtwoord in te loggen").check()
    page.get_by_role("button", name="Voeg toe").click()
    page.wait_for_url(lambda url: "webauthn/add" not in url)

    page.goto(live_server.url + reverse("account_logout"))
    page.get_by_role("main").get_by_role("button", name="Uitloggen").click()
    page.goto(live_server.url + reverse("account_login"))
    page.get_by_role("button", name="Met een toegangssleutel").click()
    page.wait_for_url(live_server.url + reverse("account"))
    assert page.get_by_role("heading", name="Wim").is_visible()
    assert wrong == []


def test_the_pages_of_the_second_step_are_accessible(page, live_server):
    Gebruiker.objects.create_user(EMAIL, PASSWORD, naam="Wim")
    page.goto(live_server.url + reverse("account_login"))
    page.get_by_label("E-mailadres").fill(EMAIL)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()

    found = {}
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_index", "mfa_list_webauthn"):
        page.goto(live_server.url + reverse(name))
        if page.get_by_role("button", name="Bevestig").count():
            found["reauthenticate"] = axe_violations(page)
            page.get_by_label("Wachtwoord").fill(PASSWORD)
            page.get_by_role("button", name="Bevestig").click()
            page.wait_for_url(live_server.url + reverse(name))
        found[name] = axe_violations(page)
    assert {name: problems for name, problems in found.items() if problems} == {}
