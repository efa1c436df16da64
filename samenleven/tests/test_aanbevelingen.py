"""Recommendations: answered with a reason, followed by mail, proven rung by rung, out and in as the same file."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import InternalError
from django.urls import reverse
from django.utils import timezone, translation

from kern.berichten.models import Bericht
from kern.gebruikers.models import Rol
from kern.herinneringen.models import Aan
from kern.inlezen.registry import GELIJK, GEWIJZIGD, Fout, Rij
from kern.termijnen import add_working_days, load_calendar
from meldingen.tests import factories
from samenleven import inlezen, rules
from samenleven.actions import aanbevelingen as actions
from samenleven.actions.uitdagers import Gewijzigd
from samenleven.forms.stempel import _signer
from samenleven.mails.aanbevelingen import token_of
from samenleven.models import Aanbeveling, Aanbevelingsvolger, Denktafel, Signaal
from samenleven.queries import aanbevelingen as queries
from samenleven.reminders import aanbevelingen as reminders
from samenleven.states.aanbeveling import Antwoord, Trede, allowed
from samenleven.states.nieuws import ANSWERS, RUNGS, SENTENCES, Verandering
from wijken.actions import tie_to_plan
from wijken.models import Meerjarenplan
from wijken.queries import reach

pytestmark = pytest.mark.django_db


@pytest.fixture
def tafel(traject, thema):
    return Denktafel.objects.create(traject=traject, naam="Denktafel buren", domein=thema.domein)


def make(tafel, nummer=1, **fields):
    return actions.save_recommendation(
        row=Aanbeveling(traject=tafel.traject, nummer=nummer),
        fields={
            "titel": "Een bank in elke straat",
            "tekst": "Zet een bank waar buren dat vragen.",
            "domein": tafel.domein,
            "denktafel": tafel,
            "horizon": "quick_win",
            "gericht_aan": "College",
            "voorgesteld_op": timezone.localdate(),
            "is_openbaar": True,
            **fields,
        },
        at=timezone.now(),
    )


@pytest.fixture
def row(tafel):
    return make(tafel)


def answer(row, antwoord="overgenomen", at=None):
    return actions.answer(
        aanbeveling=row,
        antwoord=antwoord,
        reden="Het past in het plan.",
        op=timezone.localdate(),
        at=at or timezone.now(),
        versie=row.versie,
    )


def follow(row=None, tafel=None, email="volger@voorbeeld.example", since=1):
    at = timezone.now() - timedelta(days=since)
    return Aanbevelingsvolger.objects.create(
        email=email, aanbeveling=row, denktafel=tafel, gevraagd_op=at, bevestigd_op=at
    )


def later():
    return timezone.now() + timedelta(minutes=rules.TELL_AFTER_MINUTES + 1)


@pytest.mark.parametrize("van", Antwoord)
@pytest.mark.parametrize("naar", Antwoord)
def test_the_database_allows_the_answers_of_the_table_and_no_others(row, van, naar):
    said = {"antwoord_reden": "x", "antwoord_op": timezone.localdate()}
    if van != Antwoord.WACHT:
        row = answer(row, van)
    fields = {"antwoord": naar} | (said if naar != Antwoord.WACHT else {"antwoord_reden": "", "antwoord_op": None})
    if van == naar or allowed(van, naar):
        Aanbeveling.objects.filter(pk=row.pk).update(**fields)
        assert Aanbeveling.objects.get(pk=row.pk).antwoord == naar
    else:
        with pytest.raises(InternalError), transaction.atomic():
            Aanbeveling.objects.filter(pk=row.pk).update(**fields)


def test_an_answer_without_a_reason_and_a_met_milestone_without_evidence_cannot_be_stored(row):
    with pytest.raises(IntegrityError), transaction.atomic():
        Aanbeveling.objects.filter(pk=row.pk).update(antwoord="niet", antwoord_op=timezone.localdate())
    mark = actions.plan_milestone(aanbeveling=row, titel="Bank", tegen=timezone.localdate(), at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        type(mark).objects.filter(pk=mark.pk).update(gehaald_op=timezone.localdate())
    actions.meet_milestone(mijlpaal=mark, bewijs="Ze staat er.", op=timezone.localdate(), at=timezone.now())
    assert row.mijlpalen.get().gehaald_op


def test_who_was_second_changes_nothing(row):
    answer(row)
    with pytest.raises(Gewijzigd):
        answer(row, "niet")
    assert Aanbeveling.objects.get().antwoord == "overgenomen"


def test_followers_and_members_hear_all_that_changed_in_one_mail_once(row, tafel):
    other = make(tafel, 2, titel="Onthaal door buren")
    follow(row)
    follow(other, email="VOLGER@voorbeeld.example")
    follow(tafel=tafel, email="lid@voorbeeld.example")
    Aanbevelingsvolger.objects.create(email="nog@niet.example", aanbeveling=row, gevraagd_op=timezone.now())
    answer(row)
    actions.prove(
        aanbeveling=other, trede=2, bewijs="Besluit 12", url="", op=timezone.localdate(), door=None, at=timezone.now()
    )
    assert actions.tell_followers(at=timezone.now()) == 0  # more may come in a moment
    assert actions.tell_followers(at=later()) == 2
    assert actions.tell_followers(at=later()) == 0
    mails = Bericht.objects.filter(soort="aanbeveling_nieuws")
    assert {mail.aan for mail in mails} == {"volger@voorbeeld.example", "lid@voorbeeld.example"}
    for mail in mails:
        assert "De stad antwoordt: overgenomen." in mail.tekst
        assert "Er is bewijs dat dit beslist is." in mail.tekst
        assert mail.kopteksten["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_who_follows_reads_the_change_in_the_own_language(client, row):
    follow(row, email="nl@voorbeeld.example")
    for taal in ("fr", "en"):
        reader = follow(row, email=f"{taal}@voorbeeld.example")
        Aanbevelingsvolger.objects.filter(pk=reader.pk).update(taal=taal)
    answer(row, "gedeeltelijk")
    with translation.override("fr"):  # whoever writes it, what is kept is Dutch
        actions.prove(
            aanbeveling=row, trede=2, bewijs="Besluit", url="", op=timezone.localdate(), door=None, at=timezone.now()
        )
    assert actions.tell_followers(at=later()) == 3
    words = dict(Bericht.objects.filter(soort="aanbeveling_nieuws").values_list("aan", "tekst"))
    for taal, answered, proven in (
        ("nl", "De stad antwoordt: gedeeltelijk overgenomen.", "Er is bewijs dat dit beslist is."),
        ("fr", "La Ville répond\N{NO-BREAK SPACE}: reprise en partie.", "Une preuve existe pour l’étape «"),
        ("en", "The city answers: partly taken up.", "There is evidence for this step: decided."),
    ):
        assert answered in words[f"{taal}@voorbeeld.example"]
        assert proven in words[f"{taal}@voorbeeld.example"]
    assert set(row.nieuws.values_list("tekst", flat=True)) >= {"Er is bewijs dat dit beslist is."}


def test_every_change_has_a_sentence():
    assert set(SENTENCES) == set(Verandering)
    assert {answer: str(words) for answer, words in ANSWERS.items()} == dict(Antwoord.choices)
    assert {rung: str(words) for rung, words in RUNGS.items()} == dict(Trede.choices)


def test_what_is_not_public_is_told_when_it_is_and_what_was_before_is_told_to_nobody(row):
    Aanbeveling.objects.filter(pk=row.pk).update(is_openbaar=False)
    early, late = follow(row), follow(row, email="later@voorbeeld.example", since=0)
    Aanbevelingsvolger.objects.filter(pk=late.pk).update(bevestigd_op=timezone.now() + timedelta(minutes=5))
    answer(row)
    assert actions.tell_followers(at=later()) == 0
    Aanbeveling.objects.filter(pk=row.pk).update(is_openbaar=True)
    assert actions.tell_followers(at=later()) == 1
    assert Bericht.objects.get(soort="aanbeveling_nieuws").aan == early.email


@pytest.mark.usefixtures("no_limits")
def test_following_takes_a_confirmation_and_one_click_ends_it_and_wipes_the_address(client, row):
    page = reverse("samenleven:aanbeveling_volg", args=[row.traject.slug, row.nummer])
    form = client.get(page).content.decode()
    stamp = re.search(r'name="stempel" value="([^"]+)"', form)
    assert stamp
    fast = client.post(page, {"email": "jo@voorbeeld.example", "stempel": stamp[1]})
    assert "Kijk alles nog even na" in fast.content.decode()
    assert not Aanbevelingsvolger.objects.exists()
    actions.ask_to_follow(aanbeveling=row, email="jo@voorbeeld.example", taal="nl", at=timezone.now())
    actions.ask_to_follow(aanbeveling=row, email="JO@voorbeeld.example", taal="nl", at=timezone.now())
    volger = Aanbevelingsvolger.objects.get()
    assert Bericht.objects.filter(soort="aanbeveling_volgen").count() == 1
    confirm = reverse("samenleven:aanbeveling_bevestig", args=[token_of(volger)])
    assert client.get(confirm).status_code == 200
    assert Aanbevelingsvolger.objects.get().bevestigd_op is None  # opening is not confirming
    client.post(confirm)
    assert Aanbevelingsvolger.objects.get().bevestigd_op is not None
    stop = reverse("samenleven:aanbeveling_stop", args=[token_of(volger)])
    client.get(stop)
    assert Aanbevelingsvolger.objects.exists()  # a scanner of links stops nothing
    assert client.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 204
    assert not Aanbevelingsvolger.objects.exists()
    assert not Bericht.objects.filter(aan__icontains="jo@voorbeeld").exists()
    assert client.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 204


def test_reminders_go_to_who_pulls_it_else_to_the_leaders_and_stop_when_it_is_done(row, cast):
    person = factories.member(None, Rol.BEHANDELAAR, naam="Tom Trekker", email="tom@genk.example")
    due = add_working_days(row.voorgesteld_op, rules.ANSWER_WORKING_DAYS, load_calendar())
    today = timezone.localdate()
    assert list(reminders.open_items(today, due - timedelta(days=1))) == []
    (item,) = reminders.open_items(today, due)
    assert (item.due_on, item.ontvangers) == (due, {})
    row = actions.save_recommendation(row=row, fields={"trekker": person}, at=timezone.now(), versie=row.versie)
    mark = actions.plan_milestone(aanbeveling=row, titel="Bank", tegen=today, at=timezone.now())
    (item,) = reminders.open_items(today, today)
    assert item.ontvangers == {Aan.VERANTWOORDELIJKE: [person.pk]}
    row.refresh_from_db()
    answer(row)
    actions.meet_milestone(mijlpaal=mark, bewijs="Ze staat er.", op=today, at=timezone.now())
    assert list(reminders.open_items(today, due)) == []


def test_rule_and_list_agree_on_who_sees_a_recommendation(row, tafel, cast, coordinator):
    person = factories.member(None, Rol.BEHANDELAAR, naam="Tom Trekker", email="tom@genk.example")
    hidden = make(tafel, 2, is_openbaar=False)
    pulled = make(tafel, 3, is_openbaar=False, trekker=person)
    seen = {}
    for user in (coordinator, person, cast.wijkmanager):
        bereik = reach(user, timezone.localdate())
        seen[user] = set(Aanbeveling.objects.visible_to(user, bereik).values_list("nummer", flat=True))
        for one in (row, hidden, pulled):
            assert rules.may_see_aanbeveling(user, bereik, one) == (one.nummer in seen[user])
    assert seen == {coordinator: {1, 2, 3}, person: {1, 3}, cast.wijkmanager: {1}}


def test_a_file_taken_out_changes_nothing_and_an_answer_in_it_is_told(row, coordinator):
    answer(row)
    doel = str(row.traject_id)
    fields = inlezen.velden(doel)
    (cells,) = inlezen.uitvoer(doel)
    assert len(cells) == len(fields)
    values = {veld.code: veld.lees(cel) for veld, cel in zip(fields, cells, strict=True)}
    (outcome,) = inlezen.vergelijk([Rij(2, values)], doel)
    assert outcome.wat == GELIJK
    (error,) = inlezen.vergelijk([Rij(2, values | {"antwoord": "wacht"})], doel)
    assert isinstance(error, Fout)
    changed = values | {"antwoord": "niet", "antwoord_reden": "Een andere overheid beslist.", "titel": "Een bankje"}
    (outcome,) = inlezen.vergelijk([Rij(2, changed)], doel)
    assert outcome.wat == GEWIJZIGD
    inlezen.schrijf([outcome], doel, coordinator, timezone.now())
    row.refresh_from_db()
    assert (row.titel, row.antwoord, row.antwoord_reden) == ("Een bankje", "niet", "Een andere overheid beslist.")
    assert row.nieuws.filter(tekst="De stad antwoordt: niet overgenomen.").exists()
    new = changed | {"nummer": 7, "domein": "Onbekend"}
    (error,) = inlezen.vergelijk([Rij(3, new)], doel)
    assert "Onbekend" in error.tekst
    (outcome,) = inlezen.vergelijk([Rij(3, new | {"domein": str(row.domein)})], doel)
    inlezen.schrijf([outcome], doel, coordinator, timezone.now())
    assert Aanbeveling.objects.get(nummer=7).antwoord == "niet"


def test_the_public_page_shows_answer_note_plan_and_only_public_words(client, row, gesprek, coordinator, cast):
    shown = Signaal.objects.create(gesprek=gesprek, nummer=1, soort="sleutel", tekst="Een bank helpt", is_openbaar=True)
    secret = Signaal.objects.create(gesprek=gesprek, nummer=2, soort="sleutel", tekst="Jan van nummer 7")
    type(gesprek).objects.filter(pk=gesprek.pk).update(status="ingevoerd", aanwezigen=5, ingevoerd_op=timezone.now())
    type(gesprek).objects.filter(pk=gesprek.pk).update(status="nagekeken", nagekeken_op=timezone.now())
    row.signalen.set([shown, secret])
    row = answer(row, "gedeeltelijk")
    actions.dissent(aanbeveling=row, nota="Te weinig.", op=timezone.localdate(), at=timezone.now(), versie=row.versie)
    plan = Meerjarenplan.objects.create(naam="Plan", van=2026, tot=2031)
    tie_to_plan(
        van=row, plan=plan, waarin=None, mate="niet", reden="Past er niet in.", door=cast.beheerder, at=timezone.now()
    )
    page = client.get(row.get_absolute_url()).content.decode()
    for words in ("gedeeltelijk overgenomen", "Het past in het plan.", "Te weinig.", "Past er niet in.", shown.tekst):
        assert words in page
    assert secret.tekst not in page
    client.force_login(coordinator)
    staff = client.get(reverse("samenleven:aanbeveling_werk", args=[row.pk])).content.decode()
    assert secret.tekst in staff
    assert "In het meerjarenplan" in staff
    Aanbeveling.objects.filter(pk=row.pk).update(is_openbaar=False)
    assert client.get(row.get_absolute_url()).status_code == 404


def test_staff_say_it_on_the_page_and_a_mistake_loses_nothing(client, row, coordinator):
    client.force_login(coordinator)
    act = reverse("samenleven:aanbeveling_doe", args=[row.pk, "antwoord"])
    said = {"antwoord-antwoord": "niet", "antwoord-reden": "", "antwoord-op": "2026-01-31", "versie": row.versie}
    page = client.post(act, said).content.decode()
    assert "Er klopt iets niet" in page
    assert 'value="2026-01-31"' in page
    assert client.post(act, said | {"antwoord-reden": "Niet van ons."}).status_code == 302
    late = client.post(act, said | {"antwoord-reden": "Iets anders."})
    assert "iemand anders was je voor".capitalize() in late.content.decode()
    assert Aanbeveling.objects.get().antwoord_reden == "Niet van ons."
    client.post(reverse("samenleven:aanbeveling_doe", args=[row.pk, "bewijs"]), {
        "bewijs-trede": "5", "bewijs-bewijs": "Foto", "bewijs-op": timezone.localdate().isoformat()
    })  # fmt: skip
    assert queries.recommendations(Aanbeveling.objects.all(), {}).get().hoogste == 5
    client.post(reverse("samenleven:aanbeveling_doe", args=[row.pk, "geen-bewijs"]), {"trede": "5"})
    assert not row.bewijzen.exists()


def test_the_check_counts_states_and_names_what_nobody_looks_after(client, row, tafel, coordinator, cast):
    answer(make(tafel, 2, trekker=cast.wijkmanager))
    found = queries.check(Aanbeveling.objects.all())
    assert [(code, n) for code, _naam, n in found["antwoorden"] if n] == [("wacht", 1), ("overgenomen", 1)]
    assert found["treden"][0] == (0, "nog geen bewijs", 2)
    assert [one.nummer for one in found["zonder_eigenaar"]] == [1]
    assert [one.nummer for one in found["zonder_mijlpaal"]] == [2]
    client.force_login(coordinator)
    assert "Niemand staat in (1)" in client.get(reverse("samenleven:aanbevelingen_nazicht")).content.decode()
    lijst = reverse("samenleven:aanbevelingen_werk")
    assert client.get(lijst, {"eigenaar": "geen"}).context["pagina"].object_list[0].nummer == 1
    assert [one.nummer for one in client.get(lijst, {"q": "2"}).context["pagina"].object_list] == [2]
    assert client.get(lijst, {"trede": "x", "domein": "99999"}).context["pagina"].paginator.count == 2


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_however_many(client, coordinator, tafel, django_assert_num_queries, count):
    for nummer in range(1, count + 1):
        one = make(tafel, nummer)
        actions.plan_milestone(aanbeveling=one, titel="Bank", tegen=timezone.localdate(), at=timezone.now())
    client.get(reverse("samenleven:aanbevelingen"))
    with django_assert_num_queries(5):
        assert client.get(reverse("samenleven:aanbevelingen")).status_code == 200
    client.force_login(coordinator)
    client.get(reverse("samenleven:aanbevelingen_werk"))
    with django_assert_num_queries(9):
        assert client.get(reverse("samenleven:aanbevelingen_werk")).status_code == 200


def test_the_stamp_of_the_form_lets_people_through(client, row, monkeypatch, no_limits):
    at = timezone.now() - timedelta(minutes=1)
    monkeypatch.setattr("django.core.signing.time.time", at.timestamp)
    stamp = _signer.sign("12345678123456781234567812345678")
    monkeypatch.undo()
    page = reverse("samenleven:aanbeveling_volg", args=[row.traject.slug, row.nummer])
    sent = client.post(page, {"email": "jo@voorbeeld.example", "stempel": stamp})
    assert "Kijk in je mailbox" in sent.content.decode()
    assert Aanbevelingsvolger.objects.get().bevestigd_op is None
