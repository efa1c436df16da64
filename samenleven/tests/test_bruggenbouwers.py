"""From a nomination to the label and back to nothing: nobody is known before they say yes, or after they withdraw."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kern.beelden import actions as beelden
from kern.beelden.models import Beeld
from kern.beelden.rules import check
from kern.beelden.tests.photos import jpeg, upload
from kern.berichten.models import Bericht
from kern.bewaring.models import Bewaarregel
from kern.bewaring.queries import over
from kern.documenten.tests.pdfs import Gelezen
from samenleven.actions import bruggenbouwers as actions
from samenleven.actions import jury
from samenleven.actions.toestemming import give_consent, withdraw_consent
from samenleven.bewaring.bruggen import SOORTEN
from samenleven.mails import bruggen as mails
from samenleven.models import Bruggenbouwer, Juryoordeel, Juryronde, Steun, Toestemming, Waarvoor
from samenleven.reminders.labels import look_after_labels
from samenleven.rules.bruggen import blind, end_of_label, may_see
from samenleven.states.bruggenbouwer import Rondestatus, Status, allowed, ronde_allowed
from wijken.queries import reach

pytestmark = pytest.mark.usefixtures("no_limits")

FORM = {
    "naam": "Noor Peeters",
    "email": "noor@voorbeeld.example",
    "wijk": "",
    "waarom": "Noor zet een lange tafel op het plein.",
    "werelden": "Twee straten.",
    "door_naam": "An Janssens",
    "door_email": "an@voorbeeld.example",
    "website": "",
}


def stamp(client, address):
    """The stamp of a form that was opened ten seconds ago."""
    with time_machine.travel(timezone.now() - timedelta(seconds=10)):
        return client.get(address).context["form"]["stempel"].value()


def put_forward(client, **changes):
    address = reverse("samenleven:brug_voordragen")
    return client.post(address, {**FORM, "stempel": stamp(client, address), **changes})


@pytest.fixture
def nominated(cast, db):
    return actions.nominate(
        inzending=uuid.uuid4(),
        naam="Noor Peeters",
        email="noor@voorbeeld.example",
        wijk=cast.wijk,
        waarom="Noor zet een lange tafel op het plein.",
        werelden="Twee straten.",
        door_naam="An Janssens",
        door_email="an@voorbeeld.example",
        taal="nl",
        at=timezone.now(),
    )


@pytest.fixture
def supported(nominated):
    row = actions.agree(bruggenbouwer=nominated, at=timezone.now())
    for name in ("bert", "carl"):
        given = actions.support(
            bruggenbouwer=row, naam=name.title(), email=f"{name}@voorbeeld.example", waarom="Ik zag Noor bezig.",
            taal="nl", at=timezone.now(),
        )  # fmt: skip
        actions.confirm_support(steun=given, at=timezone.now())
    return Bruggenbouwer.objects.get(pk=nominated.pk)


@pytest.fixture
def ronde(supported):
    return jury.save_round(
        ronde=Juryronde(),
        naam="Voorjaar",
        lezen_tot=timezone.localdate() + timedelta(days=9),
        leden=[("Dirk", "dirk@voorbeeld.example"), ("Eva", "eva@voorbeeld.example")],
        kandidaten=[supported],
        versie=1,
        at=timezone.now(),
    )


def give_label(row, ronde, at=None):
    ronde = jury.open_round(ronde=ronde, versie=ronde.versie)
    jury.close_round(ronde=ronde, versie=ronde.versie)
    row = Bruggenbouwer.objects.get(pk=row.pk)
    return actions.decide(
        bruggenbouwer=row, label=True, reden="Noor doet het al jaren.", at=at or timezone.now(), versie=row.versie
    )


@pytest.fixture
def labelled(supported, ronde):
    return give_label(supported, ronde)


@pytest.fixture
def told(labelled):
    """With a story and a photo that a colleague looked at."""
    row = actions.tell_story(
        bruggenbouwer=labelled,
        verhaal="Mijn tafel staat er elke maand.",
        foto=check(upload(jpeg(320, 240))),
        foto_alt="Noor aan de tafel",
        beeld_mag=True,
        at=timezone.now(),
    )
    beelden.process(beeld_id=row.foto_id)
    return actions.show_story(bruggenbouwer=row, versie=row.versie, shown=True)


def test_nobody_sees_a_name_before_the_nominee_says_yes(client, db):
    assert put_forward(client).status_code == 302
    row = Bruggenbouwer.objects.get()
    mail = Bericht.objects.get()
    assert (mail.aan, mail.soort) == ("noor@voorbeeld.example", "bruggenbouwer_gevraagd")
    typed = (FORM["waarom"], FORM["door_naam"], "Noor")
    assert not [word for word in typed if word in mail.tekst], "anybody can type somebody else's address"
    assert "Noor" not in client.get(reverse("samenleven:bruggenbouwers")).content.decode()
    support = reverse("samenleven:brug_steun", args=[mails.zoek_token(row)])
    assert "Noor" not in client.get(support).content.decode()
    own = reverse("samenleven:brug_mijn", args=[mails.brug_token(row)])
    assert FORM["waarom"] in client.get(own).content.decode()
    row.refresh_from_db()
    assert row.status == Status.VOORGEDRAGEN, "to open a link is not to say yes"
    client.post(f"{own}antwoord/", {"antwoord": "ja"})
    row.refresh_from_db()
    assert row.status == Status.INGESTEMD
    assert Toestemming.objects.about(row).valid().get().waarvoor == Waarvoor.NAAM
    assert "Noor" in client.get(support).content.decode()
    assert Bericht.objects.get(soort="bruggenbouwer_zoekt_steun").aan == FORM["door_email"]


def test_a_nominee_who_says_no_is_forgotten(client, nominated):
    own = reverse("samenleven:brug_mijn", args=[mails.brug_token(nominated)])
    answer = client.post(f"{own}antwoord/", {"antwoord": "nee"})
    assert answer.status_code == 200
    row = Bruggenbouwer.objects.get()
    assert (row.status, row.naam, row.email, row.waarom, row.door_email) == (Status.GEWEIGERD, "", "", "", "")
    assert not Bericht.objects.filter(aan="noor@voorbeeld.example").exists()
    assert client.get(own).status_code == 404


def test_sent_twice_it_is_one_and_who_nominates_the_same_person_again_supports(client, db):
    address = reverse("samenleven:brug_voordragen")
    data = {**FORM, "stempel": stamp(client, address)}
    for _ in range(2):
        client.post(address, data)
    assert Bruggenbouwer.objects.count() == Bericht.objects.count() == 1
    put_forward(client, door_naam="Bert", door_email="bert@voorbeeld.example")
    assert Bruggenbouwer.objects.count() == 1
    assert Steun.objects.get().bevestigd_op is None
    assert Bericht.objects.filter(aan="noor@voorbeeld.example").count() == 1, "the nominee is asked once"


@pytest.mark.parametrize(
    "changes",
    [
        {"website": "http://spam.example"},
        {"stempel": "vals"},
        {"naam": "Kijk op http://x.y"},
        {"door_email": "noor@voorbeeld.example"},
        {"waarom": ""},
    ],
)
def test_robots_and_who_nominates_themselves_are_refused_and_lose_nothing(client, db, changes):
    answer = put_forward(client, **changes)
    assert answer.status_code == 200
    assert "Twee straten." in answer.content.decode()
    assert not Bruggenbouwer.objects.exists()


def test_the_fourth_nomination_of_one_address_in_an_hour_has_to_wait(client, db):
    answers = [put_forward(client, door_email=f"d{n}@voorbeeld.example").status_code for n in range(4)]
    assert answers == [302, 302, 302, 429]


def test_two_others_with_a_confirmed_address_are_needed(client, nominated):
    row = actions.agree(bruggenbouwer=nominated, at=timezone.now())
    address = reverse("samenleven:brug_steun", args=[mails.zoek_token(row)])
    for email in ("noor@voorbeeld.example", "AN@voorbeeld.example", "bert@voorbeeld.example", "Bert@voorbeeld.example"):
        client.post(address, {"naam": "Iemand", "email": email, "stempel": stamp(client, address)})
    bert = Steun.objects.get()
    confirm = reverse("samenleven:brug_steun_bevestig", args=[mails.steun_token(bert)])
    assert confirm in Bericht.objects.get(soort="bruggenbouwer_steun").tekst
    client.get(confirm)
    bert.refresh_from_db()
    assert bert.bevestigd_op is None, "mail programs open links too"
    client.post(confirm)
    row.refresh_from_db()
    assert row.status == Status.INGESTEMD
    carl = actions.support(
        bruggenbouwer=row, naam="Carl", email="carl@voorbeeld.example", waarom="", taal="nl", at=timezone.now()
    )
    for _ in range(2):
        actions.confirm_support(steun=carl, at=timezone.now())
    row.refresh_from_db()
    assert row.status == Status.GESTEUND


def test_the_jury_reads_without_names_and_gives_a_reason(client, supported, ronde):
    ronde = jury.open_round(ronde=ronde, versie=ronde.versie)
    lid = ronde.juryleden.get(naam="Dirk")
    address = reverse("samenleven:jury", args=[mails.jury_token(lid)])
    assert address in Bericht.objects.get(aan=lid.email).tekst
    one = reverse("samenleven:jury_oordeel", args=[mails.jury_token(lid), supported.pk])
    for page in (address, one):
        words = client.get(page).content.decode()
        assert "een lange tafel op het plein" in words
        assert not [name for name in ("Noor", "Peeters", "Janssens", "Bert", "Carl") if name in words]
        assert "noor@" not in words
    assert client.post(one, {"keuze": "ja", "reden": ""}).status_code == 200
    assert not Juryoordeel.objects.exists(), "an answer needs a reason"
    client.post(one, {"keuze": "ja", "reden": "Dit verbindt."})
    client.post(one, {"keuze": "nee", "reden": "Bij nader inzien niet."})
    given = Juryoordeel.objects.get()
    assert (given.keuze, given.reden) == ("nee", "Bij nader inzien niet.")
    jury.close_round(ronde=ronde, versie=ronde.versie)
    assert "De ronde is gesloten" in client.post(one, {"keuze": "ja", "reden": "Toch wel."}).content.decode()
    given.refresh_from_db()
    assert given.keuze == "nee"


def test_a_jury_does_not_read_before_the_round_opens_or_what_is_not_in_it(client, supported, ronde):
    lid = ronde.juryleden.get(naam="Eva")
    address = reverse("samenleven:jury", args=[mails.jury_token(lid)])
    assert client.get(address).status_code == 404
    jury.open_round(ronde=ronde, versie=ronde.versie)
    assert client.get(address).status_code == 200
    assert client.get(reverse("samenleven:jury_oordeel", args=[mails.jury_token(lid), 999])).status_code == 404


def test_names_are_hidden_whatever_their_case_and_small_words_stay():
    text = "NOOR van den Berg en haar noordkant; Van den Berg helpt."
    assert blind(text, ["Noor van den Berg"]) == "[naam] van den [naam] en haar noordkant; Van den [naam] helpt."
    assert blind("Dag", []) == "Dag"


def test_the_label_needs_a_closed_round_and_a_reason(supported, ronde):
    ronde = jury.open_round(ronde=ronde, versie=ronde.versie)
    row = Bruggenbouwer.objects.get(pk=supported.pk)
    with pytest.raises(actions.NominatieGewijzigd, match="juryronde"):
        actions.decide(bruggenbouwer=row, label=True, reden="Goed.", at=timezone.now(), versie=row.versie)
    jury.close_round(ronde=ronde, versie=ronde.versie)
    with pytest.raises(ValueError, match="waarom"):
        actions.decide(bruggenbouwer=row, label=True, reden=" ", at=timezone.now(), versie=row.versie)
    done = actions.decide(bruggenbouwer=row, label=True, reden="Goed.", at=timezone.now(), versie=row.versie)
    assert (done.status, done.label_op) == (Status.LABEL, timezone.localdate())
    assert done.geldig_tot == end_of_label(done.label_op)
    assert Bericht.objects.filter(soort="bruggenbouwer_label").count() == 1
    with pytest.raises(actions.NominatieGewijzigd):
        actions.decide(bruggenbouwer=row, label=False, reden="Toch niet.", at=timezone.now(), versie=row.versie)


def test_the_certificate_is_tagged_and_its_code_is_checked_by_anybody(client, told):
    token = mails.brug_token(told)
    book = Gelezen(client.get(reverse("samenleven:brug_mijn_oorkonde", args=[token])).content)
    words = " ".join(book.tekst.split())
    assert "Noor Peeters" in words
    assert told.code in words
    page = client.get(reverse("samenleven:brug_code", args=[told.code]))
    assert "Dit label geldt" in page.content.decode()
    assert "Noor Peeters" in page.content.decode()
    typed = f" {told.code[:5].upper()}-{told.code[5:]} "
    assert client.post(reverse("samenleven:brug_controle"), {"code": typed}).url.endswith(f"{told.code}/")
    badge = client.get(reverse("samenleven:brug_badge", args=[told.code]))
    assert (badge.status_code, badge["Content-Type"], badge["Cache-Control"]) == (200, "image/svg+xml", "no-cache")
    assert client.get(reverse("samenleven:brug_code", args=["bestaatniet"])).status_code == 404


def public_pages(row):
    return {
        "list": reverse("samenleven:bruggenbouwers"),
        "person": reverse("samenleven:bruggenbouwer", args=[row.pk]),
        "photo": reverse("samenleven:brug_foto", args=[row.pk, "klein"]),
        "code": reverse("samenleven:brug_code", args=[row.code]),
        "badge": reverse("samenleven:brug_badge", args=[row.code]),
        "certificate": reverse("samenleven:brug_mijn_oorkonde", args=[mails.brug_token(row)]),
    }


def test_who_withdraws_is_gone_everywhere_at_once(client, told):
    pages = public_pages(told)
    before = {name: client.get(address) for name, address in pages.items()}
    assert {answer.status_code for answer in before.values()} == {200}
    kept = {name for name, answer in before.items() if "max-age=3" in answer.get("Cache-Control", "")}
    assert kept == set(), "nothing may be kept by browsers or caches in between"
    assert b"".join(before["photo"].streaming_content)  # read to the end, the file is closed
    photo = told.foto
    own = reverse("samenleven:brug_mijn", args=[mails.brug_token(told)])
    assert "Zeker" in client.post(f"{own}weg/").content.decode()
    assert client.get(pages["person"]).status_code == 200, "asked first"
    client.post(f"{own}weg/", {"zeker": "ja"})
    after = {name: client.get(address) for name, address in pages.items()}
    assert {name: answer.status_code for name, answer in after.items()} == {
        "list": 200, "person": 404, "photo": 404, "code": 404, "badge": 404, "certificate": 404,
    }  # fmt: skip
    assert "Noor" not in after["list"].content.decode()
    row = Bruggenbouwer.objects.get()
    assert (row.status, row.naam, row.verhaal, row.waarom, row.code, row.foto) == (
        Status.INGETROKKEN, "", "", "", None, None,
    )  # fmt: skip
    assert not Toestemming.objects.valid().exists()
    assert not Beeld.objects.filter(pk=photo.pk).exists()
    assert not Steun.objects.exists()
    assert not Bericht.objects.filter(aan__in=["noor@voorbeeld.example", "bert@voorbeeld.example"]).exists()


def test_the_files_of_a_photo_go_when_the_withdrawal_is_committed(told, django_capture_on_commit_callbacks):
    file = told.foto.klein
    storage, name = file.storage, file.name
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        actions.take_photo_back(bruggenbouwer=told, at=timezone.now())
    assert not storage.exists(name)


def test_a_photo_goes_alone_and_needs_its_own_consent(client, told):
    with pytest.raises(ValueError, match="toestemming"):
        actions.tell_story(
            bruggenbouwer=told, verhaal="x", foto=check(upload(jpeg(32, 24))), foto_alt="x", beeld_mag=False,
            at=timezone.now(),
        )  # fmt: skip
    own = reverse("samenleven:brug_mijn", args=[mails.brug_token(told)])
    client.post(f"{own}foto-weg/")
    pages = public_pages(told)
    assert client.get(pages["photo"]).status_code == 404
    page = client.get(pages["person"]).content.decode()
    assert "Mijn tafel staat er elke maand." in page
    assert "<img" not in page
    assert Toestemming.objects.valid().get().waarvoor == Waarvoor.NAAM


def test_the_form_refuses_a_photo_without_consent_and_keeps_what_was_typed(client, labelled):
    own = reverse("samenleven:brug_mijn", args=[mails.brug_token(labelled)])
    data = {"verhaal": "Zo begon het.", "foto": upload(jpeg(32, 24)), "foto_alt": "Noor"}
    answer = client.post(own, data).content.decode()
    assert "Vink dit aan" in answer
    assert "Zo begon het." in answer
    assert not Beeld.objects.exists()
    assert client.post(own, {**data, "foto": upload(jpeg(32, 24)), "beeld_mag": "on"}).status_code == 302
    row = Bruggenbouwer.objects.get()
    assert (row.verhaal, row.verhaal_nagekeken) == ("Zo begon het.", False)
    assert "Zo begon het." not in client.get(public_pages(row)["person"]).content.decode(), "a colleague looks first"


def test_the_consent_for_the_name_taken_back_by_its_code_takes_all(told):
    consent = Toestemming.objects.about(told).get(waarvoor=Waarvoor.NAAM)
    withdraw_consent(toestemming=consent, at=timezone.now())
    assert Bruggenbouwer.objects.get().naam == ""
    assert not Toestemming.objects.valid().exists()


def test_a_label_ends_by_itself_is_asked_about_once_and_goes_on_when_renewed(client, labelled):
    end = labelled.geldig_tot
    near = timezone.now() + (end - timezone.localdate()) - timedelta(days=20)
    assert look_after_labels(near - timedelta(days=60)) == {"gevraagd": 0}
    assert [look_after_labels(near)["gevraagd"] for _ in range(2)] == [1, 0]
    own = reverse("samenleven:brug_mijn", args=[mails.brug_token(labelled)])
    client.post(f"{own}verleng/")
    labelled.refresh_from_db()
    assert labelled.verlenging_gevraagd_op is None, "two years early is too early"
    with time_machine.travel(near):
        client.post(f"{own}verleng/")
    labelled.refresh_from_db()
    assert labelled.verlenging_gevraagd_op
    with time_machine.travel(near + timedelta(days=40)):
        assert "Noor" not in client.get(reverse("samenleven:bruggenbouwers")).content.decode()
        assert "voorbij" in client.get(reverse("samenleven:brug_code", args=[labelled.code])).content.decode()
        assert client.get(reverse("samenleven:brug_badge", args=[labelled.code])).status_code == 404
    row = actions.renew(bruggenbouwer=labelled, at=near, versie=labelled.versie)
    assert row.geldig_tot == end_of_label(end)
    assert Bericht.objects.filter(soort="bruggenbouwer_verlengd").count() == 1


def test_staff_run_a_nomination_from_the_round_to_the_label(client, coordinator, supported):
    client.force_login(coordinator)
    data = {
        "naam": "Najaar",
        "lezen_tot": (timezone.localdate() + timedelta(days=9)).isoformat(),
        "kandidaten": [supported.pk],
    }
    new = reverse("samenleven:jury_nieuw")
    wrong = client.post(new, {**data, "juryleden": "Dirk"}).content.decode()
    assert "Regel 1 klopt niet" in wrong
    near = client.post(new, {**data, "juryleden": "Bert, bert@voorbeeld.example"}).content.decode()
    assert "te dicht bij" in near
    assert client.post(new, {**data, "juryleden": "Dirk, dirk@voorbeeld.example"}).status_code == 302
    row, ronde = Bruggenbouwer.objects.get(), Juryronde.objects.get()
    assert (row.status, row.ronde) == (Status.BIJ_DE_JURY, ronde)
    work = reverse("samenleven:brug_werk", args=[row.pk])
    client.post(f"{work}leestekst/", {"leestekst": "Iemand zet een tafel.", "versie": row.versie})
    row.refresh_from_db()
    assert row.leestekst == "Iemand zet een tafel."
    for stap in ("open", "sluit"):
        ronde.refresh_from_db()
        client.post(reverse("samenleven:jury_stap", args=[ronde.pk, stap]), {"versie": ronde.versie})
    client.post(f"{work}besluit/", {"besluit": "ja", "reden": "", "versie": row.versie})
    row.refresh_from_db()
    assert row.status == Status.BIJ_DE_JURY
    client.post(f"{work}besluit/", {"besluit": "ja", "reden": "Omdat.", "versie": row.versie})
    row.refresh_from_db()
    assert row.status == Status.LABEL
    assert client.get(f"{work}oorkonde.pdf")["Content-Type"] == "application/pdf"


def test_a_nomination_leaves_a_round_that_is_changed_before_it_opens(supported, ronde):
    jury.save_round(
        ronde=ronde, naam="Voorjaar", lezen_tot=ronde.lezen_tot, leden=[("Eva", "eva@voorbeeld.example")],
        kandidaten=[], versie=ronde.versie, at=timezone.now(),
    )  # fmt: skip
    row = Bruggenbouwer.objects.get()
    assert (row.status, row.ronde) == (Status.GESTEUND, None)
    assert [lid.naam for lid in ronde.juryleden.all()] == ["Eva"]
    with pytest.raises(ValueError, match="kies eerst"):
        jury.open_round(ronde=ronde, versie=Juryronde.objects.get().versie)


def moments(status):
    at, today = timezone.now(), timezone.localdate()
    return {
        "status": status,
        "ingestemd_op": at,
        "beslist_op": at,
        "jury_reden": "Omdat.",
        "code": "abc",
        "label_op": today,
        "geldig_tot": today,
    }


@pytest.mark.parametrize("van", Status)
@pytest.mark.parametrize("naar", Status)
def test_a_nomination_goes_only_where_the_table_says(db, van, naar):
    row = Bruggenbouwer.objects.create(voorgedragen_op=timezone.now(), **moments(van))
    assert _lets(row, moments(naar)) == (van == naar or allowed(van, naar))


@pytest.mark.parametrize("van", Rondestatus)
@pytest.mark.parametrize("naar", Rondestatus)
def test_a_round_goes_only_where_the_table_says(db, van, naar):
    row = Juryronde.objects.create(naam="R", lezen_tot=timezone.localdate(), gemaakt_op=timezone.now(), status=van)
    assert _lets(row, {"status": naar}) == (van == naar or ronde_allowed(van, naar))


def _lets(row, fields):
    try:
        with transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**fields)
    except InternalError:
        return False
    return True


def test_the_rules_of_keeping_delete_the_unanswered_and_wipe_what_is_over(nominated, labelled):
    actions.nominate(
        inzending=uuid.uuid4(), naam="Oud", email="oud@voorbeeld.example", wijk=None, waarom="x", werelden="y",
        door_naam="A", door_email="a@voorbeeld.example", taal="nl", at=timezone.now() - timedelta(days=70),
    )  # fmt: skip
    late = timezone.now() + timedelta(days=4 * 366)
    for soort in SOORTEN:
        rule = Bewaarregel.objects.get(soort=soort.code)
        keys = list(over(rule, late).values_list("pk", flat=True))
        assert len(keys) == (2 if soort.code == "jurylid" else 1)
        assert set(soort.omschrijf(keys)) == set(keys)
        soort.uitvoering[rule.wat](keys, late)
        assert not over(rule, late).exists()
    row = Bruggenbouwer.objects.get()
    assert (row.naam, row.status, row.jury_reden) == ("", Status.LABEL, "")
    assert not Toestemming.objects.valid().exists()


def test_who_may_see_a_nomination_is_the_same_for_one_and_for_a_list(cast, coordinator, nominated):
    seen = set()
    for user in (cast.wijkmanager, cast.collega, cast.buurttoezichter, cast.lezer, cast.beheerder, coordinator):
        scope = reach(user, timezone.localdate())
        listed = Bruggenbouwer.objects.visible_to(user, scope).exists()
        assert listed == may_see(user, scope, nominated)
        if listed:
            seen.add(user)
    assert seen == {cast.wijkmanager, cast.lezer, cast.beheerder, coordinator}


@pytest.mark.parametrize(("name", "logged_in", "most"), [("bruggenbouwers", False, 6), ("brug_lijst", True, 12)])
def test_a_list_costs_the_same_with_one_and_with_three(client, cast, coordinator, labelled, name, logged_in, most):
    if logged_in:
        client.force_login(coordinator)
    address = reverse(f"samenleven:{name}")
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(address)
    for number in (2, 3):
        row = Bruggenbouwer.objects.create(
            naam=f"Mens {number}", wijk=cast.wijk, voorgedragen_op=timezone.now(),
            **{**moments(Status.LABEL), "code": f"code{number}"},
        )  # fmt: skip
        give_consent(over=row, waarvoor=Waarvoor.NAAM, via="formulier", at=timezone.now())
    with CaptureQueriesContext(connection) as three:
        page = client.get(address).content.decode()
    assert "Mens 3" in page
    assert len(one) == len(three) <= most


def test_nothing_in_a_nomination_says_what_somebody_is():
    words = ("herkomst", "geloof", "taal_thuis", "gezondheid", "religie", "nationaliteit", "geboorte")
    names = [field.name for model in (Bruggenbouwer, Steun) for field in model._meta.get_fields()]
    assert not [name for name in names if any(word in name for word in words)]
