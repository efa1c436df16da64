"""Every page of the portal in a browser: axe, console, other hosts, sideways scroll; on a phone and a desk.

The pages come from the resolver and the table of tests/test_every_url_as_every_role.py: a new address that shows a page
is looked at by itself.
"""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests import world
from tests.test_every_url_as_every_role import line_of
from tests.toegankelijkheid.axe import axe_violations, scrolls_sideways, watch
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESK, NARROW = {"width": 360, "height": 740}, {"width": 1280, "height": 800}, {"width": 320, "height": 640}
# Data, pictures and policies of their own: they answer, but not with a page of ours.
NO_PAGE = {
    "wijken:outlines",
    "wijken:evidence_photo",
    "wijken:leaflet",
    "wijken:member_photo",
    "wijken:quarter_pdf",
    "wijken:handover_pdf",
    "ogc:download",
    "kaartlagen:places",
    "kaartlagen:place",
    "wijken:need_places",
    "wijken:agenda_places",
    "wijken:agenda_ics",
    "wijken:agenda_feed",
    "wijken:meeting_ics",
    "wijken:meeting_place",
    "wijken:invitation_place",
    "wijken:registration_ics",
    "wijken:staff_meetings_file",
    "wijken:staff_meeting_xlsx",
    "inlezen:template",
    "inlezen:export",
    "inlezen:errors",
    "wijken:address_search",
    "meldingen:thanks_qr",
    "meldingen:figures_csv",
    "meldingen:round_export",
    "wijken:partners_export",
    "wijken:agreements_export",
    "wijken:tasks_export",
    "meldingen:status_data",
    "meldingen:mine_data",
    "meldingen:status_photo",
    "meldingen:public_photo",
    "meldingen:partner_place",
    "meldingen:partner_photo",
    "meldingen:staff_points",
    "meldingen:staff_view_counts",  # a part of the list
    "meldingen:staff_place",
    "meldingen:staff_photo",
    "toegankelijkheid:zone_outlines",
    "toegankelijkheid:zone_places",
    "toegankelijkheid:example_photo",
    "toegankelijkheid:figures_file",
    "toegankelijkheid:public_figures_file",
    "toegankelijkheid:zone_outline",
    "toegankelijkheid:service_worker",
    "toegankelijkheid:points",
    "toegankelijkheid:point",
    "toegankelijkheid:photo",
    "toegankelijkheid:finding_point",
    "toegankelijkheid:finding_photo",
    "toegankelijkheid:monitoring_file",
    "toegankelijkheid:trainings_file",
    "toegankelijkheid:advices_file",
    "toegankelijkheid:public_plan_pdf",
    "toegankelijkheid:public_plan_file",
    "toegankelijkheid:action_plan_pdf",
    "toegankelijkheid:action_plan_file",
    "toegankelijkheid:queue_token",
    "toegankelijkheid:paper",
    "postvak:formatted",
    "samenleven:blad_pdf",
    "samenleven:brug_foto",
    "samenleven:brug_badge",
    "samenleven:brug_mijn_foto",
    "samenleven:brug_mijn_oorkonde",
    "samenleven:brug_werk_foto",
    "samenleven:brug_oorkonde",
    "samenleven:brug_uitvoer",
    "samenleven:activiteiten_uitvoer",
    "samenleven:editie_pdf",
    "samenleven:jaarverslag",
    "samenleven:cijfers_uitvoer",
    "samenleven:cijfers_werk_uitvoer",
    "samenleven:editie_a3",
    "samenleven:editie_feed",
    "samenleven:gesprekken_uitvoer",
    "samenleven:aanbevelingen_uitvoer",
    "samenleven:denktafels_uitvoer",
    "samenleven:brief_pdf",
    "samenleven:signalen_uitvoer",
    "samenleven:uitdagers_uitvoer",
    "samenleven:gesprek_blad",
    "meldingen:open311",
    "meldingen:open311_discovery",
    "meldingen:open311_services",
    "meldingen:open311_service",
    "meldingen:open311_requests",
    "meldingen:open311_request",
    "meldingen:open311_token",
    "meldingen:api_schema",
    "meldingen:api_categories",
    "meldingen:api_follow",
    # Swagger UI, for programmers, as its makers made it; docs/api.md says the same in plain text.
    "meldingen:api_docs",
    "admin:jsi18n",
    "admin:berichten_mailtekst_preview",
}
# Beside the addresses themselves: the form of each step that staff can take.
STEPS = (
    *("plan", "sluit", "vraag", "wijs-toe", "belofte", "verbeter", "contact", "notitie", "openbaar"),
    *("bij-partner", "deeltaken"),
)


def pages(everything: World, visitor: str) -> list[str]:
    """The addresses that show a page: to nobody in particular, or to a beheerder and not to everybody.

    What leads elsewhere without something filled in (the steps of the form) is walked by the tests of that room.
    """
    found = []
    for url in world.every_url():
        for_all, mine = (line_of(url).expected(name, "get") == "200" for name in ("anonymous", visitor))
        if url.name not in NO_PAGE and mine and (visitor == "anonymous" or not for_all):
            found.append(everything.path(url))
    work = reverse("meldingen:detail", args=[everything.melding.pk])
    return found + ([f"{work}?stap={step}" for step in STEPS] if visitor != "anonymous" else [])


@pytest.fixture
def everything(transactional_db, settings) -> World:
    settings.DEMO = True
    return world.build()


# So many runs for who sees most: they share the work of a test run better, and a failure is found again sooner.
PARTS = {"anonymous": 1, "beheerder": 6}


@pytest.mark.parametrize(
    ("visitor", "part"), [(visitor, part) for visitor, parts in PARTS.items() for part in range(parts)]
)
def test_every_page_is_accessible_and_quiet_and_fits_a_phone(everything, browser, live_server, visitor, part):
    """Each page is loaded once, on a phone, and then looked at in the other sizes."""
    context = browser.new_context(viewport=PHONE, locale="nl-BE")
    if user := everything.people[visitor]:
        client = Client()
        client.force_login(user)
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    complaints, wrong = watch(page, live_server.url), {}
    for path in pages(everything, visitor)[part :: PARTS[visitor]]:
        page.set_viewport_size(PHONE)
        answer = page.goto(live_server.url + path, wait_until="load")
        if page.locator("[data-kaart]").count():
            page.wait_for_load_state("networkidle")  # the map has its places then
        if page.locator("select.admin-autocomplete").count():
            page.wait_for_timeout(300)  # jQuery makes the search fields after the page has loaded
        problems = [] if answer.status == 200 and page.url == live_server.url + path else [f"is {page.url}"]
        # Before axe runs: it measures with inline styles, which the policy rightly refuses.
        problems += complaints
        problems += [f"on a phone: {violation}" for violation in axe_violations(page)]
        page.set_viewport_size(NARROW)
        problems += ["scrolls sideways at 320 pixels"] if scrolls_sideways(page) else []
        page.set_viewport_size(DESK)
        problems += [f"on a desk: {violation}" for violation in axe_violations(page)]
        complaints.clear()
        if problems:
            wrong[path] = problems
    context.close()
    assert not wrong, report(wrong)


def report(wrong: dict[str, list[str]]) -> str:
    return "\n".join(f"{path}: {problem[:400]}" for path, problems in wrong.items() for problem in problems)
