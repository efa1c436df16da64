"""The demo's mail box."""

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.urls import reverse

from kern.postvak.models import PostvakMail

pytestmark = pytest.mark.django_db

BACKEND = "kern.postvak.backend.PostvakBackend"


def send(
    onderwerp: str = "Je melding", aan: str = "an@genk.example", html: str = "<p>Dag <b>An</b></p>"
) -> PostvakMail:
    message = EmailMultiAlternatives(
        onderwerp, "Dag An", "wijk@genk.example", [aan], headers={"X-Code": "K7"}, connection=get_connection(BACKEND)
    )
    message.attach_alternative(html, "text/html")
    assert message.send() == 1
    return PostvakMail.objects.latest("pk")


def test_a_sent_mail_is_kept_whole():
    mail = send()
    assert (mail.van, mail.aan, mail.onderwerp, mail.tekst) == (
        "wijk@genk.example",
        "an@genk.example",
        "Je melding",
        "Dag An",
    )
    assert mail.html == "<p>Dag <b>An</b></p>"
    assert mail.kopteksten["X-Code"] == "K7"


def test_a_mail_to_nobody_is_not_kept():
    assert EmailMultiAlternatives("x", "y", connection=get_connection(BACKEND)).send() == 0
    assert not PostvakMail.objects.exists()


def test_the_list_is_found_by_address(client):
    send("Voor An", "An@genk.example")
    send("Voor Bo", "bo@genk.example")
    page = client.get(reverse("postvak:list"), {"aan": "an@"}).content.decode()
    assert "Voor An" in page
    assert "Voor Bo" not in page


def test_an_empty_box_says_what_will_be_here(client):
    assert "nog geen mail" in client.get(reverse("postvak:list")).content.decode()
    assert "zus@" in client.get(reverse("postvak:list"), {"aan": "zus@"}).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_two_queries_with_any_number_of_mails(client, django_assert_num_queries, rows):
    for _ in range(rows):
        send()
    with django_assert_num_queries(2):
        client.get(reverse("postvak:list"))


def test_a_mail_shows_its_text_and_frames_its_html(client):
    mail = send(html="<script>alert(1)</script>")
    page = client.get(mail.get_absolute_url())
    assert "Dag An" in page.content.decode()
    assert "<script>alert(1)" not in page.content.decode()
    assert "frame-src 'self'" in page["Content-Security-Policy"]


def test_the_html_may_do_nothing(client):
    mail = send(html="<script>alert(1)</script>")
    page = client.get(reverse("postvak:formatted", args=[mail.pk]))
    policy = page["Content-Security-Policy"]
    assert "sandbox allow-popups" in policy
    assert "allow-scripts" not in policy
    assert "script-src 'none'" in policy
    assert page["X-Frame-Options"] == "SAMEORIGIN"


def test_an_unknown_mail_is_not_found(client):
    assert client.get(reverse("postvak:detail", args=[1])).status_code == 404
