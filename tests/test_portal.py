"""The portal as the README's command starts it, seen in a browser."""

import pytest

pytestmark = pytest.mark.browser


def test_the_home_page_and_the_mail_box_open_without_a_complaint(portal, browser):
    page = browser.new_page()
    complaints, elsewhere = [], []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(portal.url) else elsewhere.append(request.url))
    page.goto(portal.url)
    assert page.title()
    page.goto(f"{portal.url}/postvak/")
    assert page.locator("h1").inner_text() == "Postvak van de demo"
    assert (complaints, elsewhere) == ([], [])
    page.close()
