from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kern.berichten.models import Bericht
from kern.gebruikers.models import Rol
from kern.herinneringen import actions as herinneringen
from meldingen import actions
from meldingen.actions import weergaven
from meldingen.jobs.weergaven import news
from meldingen.models import Melding, Seintje
from meldingen.queries import weergaven as queries
from meldingen.states import Status
from meldingen.tests.factories import MelderFactory, MeldingFactory, SubcategorieFactory, member
from wijken.models import Teamlid

MONDAY = timezone.make_aware(datetime(2026, 3, 2, 7, 30))


@pytest.fixture
def follow(client, cast):
    """Somebody keeps a view and asks to hear of it, on the page."""

    def follow(user, filters="lijst=alle&status=nieuw", **fields):
        view = weergaven.save_view(naam="Nieuw", filters=filters, kolommen=[], door=user, at=timezone.now(), **fields)
        client.force_login(user)
        client.post(reverse("meldingen:staff_view_tell", args=[view.pk]), {"aan": "ja"})
        return view

    return follow


def here(cast, **fields):
    return MeldingFactory(**{"wijk": cast.wijk, "team": cast.wijkteam, **fields})


def told(user, days=1):
    """What the next mornings tell somebody: the numbers of the reports, per view."""
    at = max(MONDAY, *Seintje.objects.values_list("gezien_op", flat=True)) + timedelta(days=days)
    parts = news(at).get(user.pk, [])
    return [sorted(int(path.split("/")[3]) for _, path in part.regels) for part in parts]


def test_what_was_in_the_view_already_is_no_news_and_each_entry_is_told_once(cast, follow):
    here(cast)
    follow(cast.wijkmanager)
    assert told(cast.wijkmanager) == []
    new = here(cast)
    assert told(cast.wijkmanager) == [[new.pk]]
    assert told(cast.wijkmanager) == []


def test_what_left_the_view_and_came_back_is_news_again(cast, follow):
    melding = here(cast)
    MelderFactory(melding=melding)
    follow(cast.wijkmanager, "lijst=wijk&status=nieuw&status=heropend")
    at = timezone.now()
    actions.close(melding=melding, sluitreden="opgelost", toelichting="Klaar.", door=cast.wijkmanager, at=at, versie=1)
    assert told(cast.wijkmanager) == []
    actions.reopen(
        melding=melding,
        reden="Toch niet.",
        door=cast.wijkmanager,
        at=at,
        versie=Melding.objects.get().versie,
    )
    assert told(cast.wijkmanager) == [[melding.pk]]
    assert told(cast.wijkmanager) == []


def test_what_becomes_late_by_itself_enters_a_view_of_what_is_late(cast, follow):
    follow(cast.wijkmanager, "lijst=laat")
    seen = timezone.localdate()
    melding = here(cast, volgende_termijn=seen + timedelta(days=2))
    assert told(cast.wijkmanager) == []
    assert told(cast.wijkmanager) == []
    assert told(cast.wijkmanager) == [[melding.pk]]


def test_sensitive_reports_are_told_only_to_who_may_see_them(cast, follow):
    view = follow(cast.wijkmanager, "lijst=alle", team=cast.wijkteam)
    reader = cast.buurttoezichter
    shared = weergaven.save_view(
        naam="Allen", filters="lijst=alle", kolommen=[], door=cast.beheerder, at=timezone.now(), rol=Rol.BUURTTOEZICHTER
    )
    weergaven.tell_me(gebruiker=reader, weergave=shared, gezien=[], at=timezone.now())
    secret = here(cast, categorie=SubcategorieFactory(is_gevoelig=True), adres="Geheimstraat 1")
    plain = here(cast)
    found = news(timezone.now() + timedelta(days=1))
    assert "Geheimstraat" in str(found[cast.wijkmanager.pk])
    assert {path for part in found[reader.pk] for _, path in part.regels} == {
        reverse("meldingen:detail", args=[plain.pk])
    }
    assert found[reader.pk][0].aantal == 1
    assert secret.pk in Seintje.objects.get(weergave=view).gezien


@pytest.mark.parametrize("change", ["inactive", "no role", "out of the team", "thrown away", "set aside"])
def test_who_lost_the_view_hears_nothing_of_it(cast, follow, change):
    colleague = member(cast.wijkteam, Rol.WIJKMANAGER)
    view = follow(cast.wijkmanager, team=cast.wijkteam)
    weergaven.tell_me(gebruiker=colleague, weergave=view, gezien=[], at=timezone.now())
    here(cast)
    if change == "inactive":
        type(colleague).objects.filter(pk=colleague.pk).update(is_active=False)
    elif change == "no role":
        colleague.groups.clear()
    elif change == "out of the team":
        Teamlid.objects.filter(gebruiker=colleague).delete()
    elif change == "thrown away":
        weergaven.throw_away(weergave=view, at=timezone.now())
    else:
        type(view).objects.update(is_actief=False)
    assert colleague.pk not in news(timezone.now() + timedelta(days=1))


def test_of_a_view_too_wide_to_remember_only_what_came_in_is_told(cast, follow, monkeypatch):
    monkeypatch.setattr(queries, "MOST", 2)
    for _ in range(3):
        here(cast, status=Status.AFGESLOTEN)
    follow(cast.wijkmanager, "lijst=alle")
    assert Seintje.objects.get().gezien is None
    new = here(cast, ontvangen_op=timezone.now() + timedelta(hours=1))
    assert told(cast.wijkmanager) == [[new.pk]]
    assert told(cast.wijkmanager) == []


def test_the_morning_mail_tells_it_once_and_in_one_transaction_with_what_is_remembered(cast, follow, monkeypatch):
    view = follow(cast.wijkmanager)
    rows = [here(cast, adres=f"Hennepstraat {n}", volgende_termijn=None) for n in range(12)]
    Seintje.objects.update(gezien_op=MONDAY - timedelta(days=3))
    herinneringen.morning_round(at=MONDAY)
    mail = Bericht.objects.get(aan=cast.wijkmanager.email)
    assert mail.onderwerp == "Nieuw op maandag 2 maart (12)"
    assert "Nieuw in “Nieuw” (12)" in mail.tekst
    assert "… en nog 2 andere." in mail.tekst
    assert f"/werk/meldingen/?weergave={view.pk}&lijst=alle&status=nieuw" in mail.tekst
    assert mail.tekst.count("Hennepstraat") == 10
    assert sorted(Seintje.objects.get().gezien) == sorted(row.pk for row in rows)
    herinneringen.morning_round(at=MONDAY + timedelta(hours=1))
    assert Bericht.objects.filter(aan=cast.wijkmanager.email).count() == 1
    here(cast, volgende_termijn=None)
    monkeypatch.setattr("kern.herinneringen.mails.send_digests", _fails)
    with pytest.raises(RuntimeError):
        herinneringen.morning_round(at=MONDAY + timedelta(days=1))
    assert len(Seintje.objects.get().gezien) == 12


def _fails(*args, **kwargs):
    raise RuntimeError("stuk")


@pytest.mark.parametrize("count", [1, 3])
def test_a_morning_costs_two_queries_more_per_view_with_news(cast, follow, count, django_assert_num_queries):
    for _ in range(count):
        follow(cast.wijkmanager)
    here(cast)
    with django_assert_num_queries(7 + 2 * count):
        news(timezone.now() + timedelta(days=1))
