"""Many reports at once, in a browser: ticked over two pages, looked at, done, and taken back; with keys alone; with a
worker behind it; and without JavaScript.
"""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from kern.gebruikers.models import Rol
from kern.opdrachten import actions as opdrachten
from kern.opdrachten.models import Opdracht
from meldingen import actions
from meldingen.models import Gebeurtenis, Melder, Melding
from meldingen.states import Status
from meldingen.tests import factories
from tests.toegankelijkheid.axe import DESK, PHONE, axe_violations, scrolls_sideways, watch
from wijken.models import Teamlid

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST = "/werk/meldingen/?lijst=alle&prioriteit=normaal"


@pytest.fixture
def manager(transactional_db):
    wijk = factories.wijk_square()
    return factories.member(factories.team_in(wijk), Rol.WIJKMANAGER, naam="Wim Wijkmanager")


@pytest.fixture
def reports(manager):
    """Makes so many reports of the manager's team, the newest one closed already."""

    def make(count):
        team = Teamlid.objects.get(gebruiker=manager).team
        categorie = factories.SubcategorieFactory(naam="Zwerfvuil")
        factories.MeldingFactory.create_batch(count, team=team, categorie=categorie)
        rows = list(Melding.objects.order_by("-ontvangen_op", "-pk"))
        Melder.objects.bulk_create(Melder(melding=row, email=f"m{row.pk}@voorbeeld.example") for row in rows)
        actions.close(melding=rows[0], sluitreden="opgelost", toelichting="Weg", door=manager, at=timezone.now())
        return rows

    return make


@pytest.fixture
def open_page(browser, live_server, manager, client):
    """The list, as the manager sees it; at the end no page may have complained."""
    opened = []
    client.force_login(manager)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}

    def open_page(path, view=DESK, **options):
        context = browser.new_context(locale="nl-BE", base_url=live_server.url, viewport=view, **options)
        context.add_cookies([cookie])
        opened.append(context.new_page())
        opened[-1].wrong = watch(opened[-1], live_server.url)
        opened[-1].goto(path)
        return opened[-1]

    yield open_page
    for page in opened:
        page.context.close()
    assert [complaint for page in opened for complaint in page.wrong] == []


def look(page):
    problems = [*page.wrong, *axe_violations(page)]  # axe itself makes noise, so the noise is taken first
    page.wrong.clear()
    assert problems == []
    assert not scrolls_sideways(page), page.url


def tick(page, row):
    page.get_by_label(f"Kies melding {row.pk}", exact=True).check()


@pytest.mark.parametrize("view", [DESK, PHONE], ids=["desk", "phone"])
def test_ticks_of_two_pages_are_looked_at_done_and_taken_back(open_page, reports, view):
    rows = reports(53)
    page = open_page(LIST, view)
    tick(page, rows[0])  # closed: it will be refused
    tick(page, rows[1])
    page.get_by_role("link", name="Volgende").click()
    page.wait_for_url("**na=**")
    tick(page, rows[51])
    expect(page.get_by_label("Met", exact=True)).to_contain_text("de aangevinkte (3)")
    look(page)
    second = page.url
    page.get_by_label("doe dit").select_option("plan")
    page.get_by_role("button", name="Verder").click()

    page.get_by_role("button", name="Bekijk wat er verandert").click()
    expect(page.get_by_role("alert")).to_contain_text("Kies een dag.")
    page.get_by_label("Bericht aan de melders").fill("De ploeg komt langs.")
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    expect(page.get_by_label("Bericht aan de melders")).to_have_value("De ploeg komt langs.")
    page.get_by_label("Wanneer gebeurt het?").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    seen = page.get_by_role("region", name="Dit gaat er gebeuren")
    expect(seen).to_contain_text(re.compile(r"2\s+meldingen veranderen"))
    expect(seen).to_contain_text(re.compile(r"2\s+mails aan melders en volgers"))
    expect(seen).to_contain_text("van “afgesloten” kan een melding niet naar “ingepland”")
    look(page)
    page.get_by_role("button", name="Plan in: 2 meldingen").dblclick()

    expect(page.get_by_role("heading", level=2, name="Per melding")).to_be_visible()
    look(page)
    assert set(Melding.objects.filter(status=Status.INGEPLAND)) == {rows[1], rows[51]}
    assert Gebeurtenis.objects.filter(naar_status=Status.INGEPLAND).count() == 2
    page.get_by_role("link", name="Terug naar de lijst").click()
    assert page.url == second
    expect(page.get_by_label("Met", exact=True)).not_to_contain_text("(3)")
    page.go_back()
    page.get_by_role("button", name="Draai alles terug").click()
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"2\s+teruggedraaid"))
    assert not Melding.objects.filter(status=Status.INGEPLAND).exists()


def test_it_goes_with_keys_alone(open_page, reports):
    rows = reports(4)
    page = open_page(LIST)
    for key in "jjxjx":
        page.keyboard.press(key)
    expect(page.get_by_label("Met", exact=True)).to_contain_text("de aangevinkte (2)")
    page.get_by_label("doe dit").focus()
    page.keyboard.type("Neem")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bulk/**")
    page.get_by_label("Bericht aan de melders").focus()
    page.keyboard.type("We zijn bezig.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name="Neem in behandeling: 2 meldingen")
    expect(button).to_be_visible()
    for _ in range(30):
        page.keyboard.press("Tab")
        if button.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2, name="Per melding")).to_be_visible()
    assert set(Melding.objects.filter(status=Status.IN_BEHANDELING)) == {rows[1], rows[2]}


def test_more_than_a_hundred_show_how_far_the_worker_is(open_page, reports):
    reports(103)
    page = open_page(LIST)
    page.get_by_label("Met", exact=True).select_option("alles")
    page.get_by_label("doe dit").select_option("prioriteit")
    page.get_by_role("button", name="Verder").click()
    page.get_by_label("hoog").check()
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    expect(page.get_by_role("main")).to_contain_text("Dat gebeurt op de achtergrond")
    page.get_by_role("button", name="Andere prioriteit: 102 meldingen").click()
    page.wait_for_url("**/werk/opdrachten/**")
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Begint zo.")
    look(page)
    assert opdrachten.run(pk=Opdracht.objects.get().pk, at=timezone.now()) == "klaar"
    # The page finds out by itself.
    expect(page.get_by_role("progressbar")).to_have_count(0, timeout=10_000)
    page.get_by_role("link", name="Bekijk het per melding").click()
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"102\s+gedaan"))
    expect(page.get_by_role("main")).to_contain_text("de melding is afgesloten")
    assert Melding.objects.filter(prioriteit="hoog").count() == 102


def test_it_goes_without_javascript(open_page, reports):
    rows = reports(3)
    page = open_page(LIST, java_script_enabled=False)
    tick(page, rows[1])
    page.get_by_label("doe dit").select_option("start")
    page.get_by_role("button", name="Verder").click()
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    page.get_by_role("button", name="Neem in behandeling: 1 melding").click()
    assert Melding.objects.get(status=Status.IN_BEHANDELING) == rows[1]
    page.get_by_role("button", name="Draai alles terug").click()
    assert Melding.objects.filter(status=Status.NIEUW).count() == 2
    page.goto(LIST)
    page.get_by_label("Met", exact=True).select_option("pagina")
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("3 meldingen tegelijk")


def test_one_step_is_taken_back_from_the_page_of_the_report(open_page, reports):
    rows = reports(2)
    page = open_page(reverse("meldingen:detail", args=[rows[1].pk]) + "?stap=start")
    page.get_by_role("button", name="Neem in behandeling", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Terugdraaien kan nog tot")
    look(page)
    page.get_by_role("button", name="Draai terug").first.click()
    expect(page.get_by_role("main")).to_contain_text("Teruggedraaid door Wim Wijkmanager")
    look(page)
    assert Melding.objects.get(pk=rows[1].pk).status == Status.NIEUW
