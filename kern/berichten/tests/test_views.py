import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import Http404
from django.template.loader import render_to_string
from django.utils import timezone

from kern.berichten import actions, queries, views
from kern.berichten.models import Bericht
from kern.gebruikers.models import Gebruiker

from .conftest import CONTEXT

pytestmark = pytest.mark.django_db


@pytest.fixture
def an():
    return Gebruiker.objects.create_user("an@genk.test", naam="An")


@pytest.fixture
def bericht(an):
    return actions.enqueue(sleutel="k", soort="proef", aan="x@example.org", context=CONTEXT, over=an)


@pytest.fixture
def ask(rf, an):
    def make(method: str):
        request = getattr(rf, method)("/")
        request.user = an
        request._messages = CookieStorage(request)
        return request

    return make


def test_one_mail_is_read_from_its_own_object_only(ask, an, bericht):
    other = Gebruiker.objects.create_user("bert@genk.test", naam="Bert")
    page = views.show(ask("get"), over=an, pk=bericht.pk, back="/terug/").content.decode()
    assert "Bekijk het:" in page
    assert "wacht op verzending" in page
    with pytest.raises(Http404):
        views.show(ask("get"), over=other, pk=bericht.pk, back="/terug/")


def test_staff_send_a_mail_again_once_it_is_out(ask, an, bericht):
    assert views.send_again(ask("post"), over=an, pk=bericht.pk, back="/terug/").url == "/terug/"
    assert Bericht.objects.count() == 1
    Bericht.objects.update(status=Bericht.Status.VERZONDEN, verzonden_op=timezone.now())
    views.send_again(ask("post"), over=an, pk=bericht.pk, back="/terug/")
    assert Bericht.objects.get(opnieuw_door=an).status == Bericht.Status.WACHT
    assert views.send_again(ask("get"), over=an, pk=bericht.pk, back="/terug/").url == "/terug/"
    assert Bericht.objects.count() == 2


@pytest.mark.parametrize("mails", [1, 3])
def test_the_mails_of_an_object_cost_one_query(an, mails, django_assert_num_queries):
    for number in range(mails):
        actions.enqueue(sleutel=f"k{number}", soort="proef", aan="x@example.org", context=CONTEXT, over=an)
    Bericht.objects.update(opnieuw_door=an)
    with django_assert_num_queries(1):
        html = render_to_string("berichten/van_object.html", {"berichten": queries.for_object(an)})
    assert html.count("Dag Ayşe") == mails
    assert "opnieuw verstuurd door An" in html
