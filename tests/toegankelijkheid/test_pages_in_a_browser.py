"""The pages that belong to no app, seen by axe on a phone and a desk, light and dark."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from kern.gebruikers.models import Gebruiker, Rol
from tests.toegankelijkheid.axe import DESK, PHONE, axe_violations, scrolls_sideways, watch

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PUBLIC = [
    "home",
    "accessibility",
    "privacy",
    "contact",
    "design",
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_signup",
]
STAFF = [
    "account",
    "mfa_index",
    "account_change_password",
    "account_logout",
    "admin:index",
    "admin:gebruikers_gebruiker_changelist",
    "admin:gebruikers_gebruiker_add",
    "admin:kern_verklaring_changelist",
]


@pytest.fixture
def beheerder(transactional_db):
    user = Gebruiker.objects.create_user("bea@genk.example", "vier-gewone-woorden", naam="Bea")
    user.groups.add(Group.objects.get_or_create(name=Rol.BEHEERDER)[0])
    return user


@pytest.fixture
def look(browser, live_server, settings):
    settings.DEMO = True

    def go(names, width, scheme, cookies=()):
        context = browser.new_context(viewport=width, color_scheme=scheme, locale="nl-BE")
        context.add_cookies(list(cookies))
        page = context.new_page()
        wrong = watch(page, live_server.url)
        found, noise = {}, []
        for name in names:
            page.goto(live_server.url + reverse(name))
            # Before axe runs: it measures with inline styles, which the policy rightly refuses.
            noise += wrong
            problems = axe_violations(page) + (["scrolls sideways"] if scrolls_sideways(page) else [])
            if problems:
                found[name] = problems
            wrong.clear()
        context.close()
        return found, noise

    return go


SIZES = [pytest.param(PHONE, "light", id="phone light"), pytest.param(DESK, "dark", id="desk dark")]


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_public_pages_are_accessible_and_quiet(look, width, scheme):
    assert look(PUBLIC, width, scheme) == ({}, [])


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_staff_pages_are_accessible_and_quiet(look, client, beheerder, live_server, width, scheme):
    client.force_login(beheerder)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    assert look(STAFF, width, scheme, [cookie]) == ({}, [])


def test_no_public_page_scrolls_sideways_at_320_pixels(browser, live_server, settings):
    settings.DEMO = True
    page = browser.new_page(viewport={"width": 320, "height": 640})
    wide = []
    for name in PUBLIC:
        page.goto(live_server.url + reverse(name))
        wide += [name] if scrolls_sideways(page) else []
    page.close()
    assert wide == []


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(browser, live_server):
    page = browser.new_page(locale="nl-BE")
    page.goto(live_server.url + reverse("account_login"))
    page.get_by_role("button", name="Inloggen", exact=True).click()
    summary = page.get_by_role("alert")
    assert summary.evaluate("node => node === document.activeElement")
    assert page.title().startswith("Fout:")
    summary.get_by_role("link").first.click()
    assert page.locator("#id_login").evaluate("node => node === document.activeElement")
    page.close()
