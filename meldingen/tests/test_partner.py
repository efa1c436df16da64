import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from kern.beelden import actions as beelden
from kern.beelden.tests.photos import jpeg, upload
from kern.berichten.models import Bericht
from kern.herinneringen.models import Aan
from kern.prive import link_token
from kern.termijnen import add_working_days, load_calendar
from meldingen import actions, mails, reminders
from meldingen.actions import partner as partners
from meldingen.actions import wissen
from meldingen.forms import draft
from meldingen.models import Gebeurtenis, Melding, MeldingBeeld, Partneropdracht, Partnerwerk, Pauze
from meldingen.queries import partners as queries
from meldingen.reminders import partner as due
from meldingen.states import Opdrachtstatus, Sluitreden, Status
from meldingen.tests.factories import MelderFactory, MeldingFactory, SubcategorieFactory, VolgerFactory
from wijken.models import Partner

pytestmark = pytest.mark.usefixtures("no_limits")
MORNING = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)  # a Monday
TODAY = date(2026, 6, 1)
TERM = date(2026, 6, 15)


def make_partner(naam="De Lijn", **fields):
    return Partner.objects.create(
        **{"naam": naam, "soort": Partner.Soort.VERVOER, "email": "meldingen@delijn.example", **fields}
    )


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def partner(db):
    return make_partner()


@pytest.fixture
def melding(cast, clock):
    melding = MeldingFactory(
        wijk=cast.wijk,
        team=cast.wijkteam,
        behandelaar=cast.wijkmanager,
        status=Status.IN_BEHANDELING,
        ontvangen_op=MORNING,
        gereageerd_op=MORNING,
    )
    MelderFactory(melding=melding, telefoon="0470 00 00 00")
    return melding


@pytest.fixture
def give(cast, partner, melding):
    def give(**fields):
        partners.give(
            **{
                "melding": melding,
                "partner": partner,
                "tekst": "Het glas van het wachthuisje is stuk.",
                "termijn": TERM,
                "door": cast.wijkmanager,
                "at": MORNING,
                **fields,
            }
        )
        return Partneropdracht.objects.latest("pk")

    return give


def answer(opdracht, status, **fields):
    return partners.answer(
        opdracht=opdracht,
        **{"inzending": uuid.uuid4(), "status": status, "at": timezone.now(), **fields},
    )


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def url(opdracht, name="partner", **kwargs):
    token = link_token(opdracht.sleutel, mails.PARTNER_SALT)
    return reverse(f"meldingen:{name}", kwargs={"token": token, **kwargs})


def form(clock, **fields):
    """The form as a person sends it: opened a minute ago."""
    stempel = draft.stamp()
    clock.shift(60)
    return {"inzending": uuid.uuid4(), "stempel": stempel, "status": "aangenomen", **fields}


def sent(soort):
    return list(Bericht.objects.filter(soort=soort).order_by("pk"))


def photo_of(melding):
    beeld = beelden.store(upload(jpeg(32, 24)))
    return MeldingBeeld.objects.create(melding=melding, beeld=beeld)


# Giving a task.


def test_the_partner_gets_a_link_and_the_resident_hears_who_solves_it(give, melding, cast):
    VolgerFactory(melding=melding, email="buur@voorbeeld.example", taal="fr")
    opdracht = give(toelichting="Het wachthuisje is van De Lijn.")
    row = fresh(melding)
    assert (row.status, row.volgende_termijn, row.behandelaar) == (Status.BIJ_PARTNER, None, cast.wijkmanager)
    (task,) = sent("partner_opdracht")
    assert task.aan == "meldingen@delijn.example"
    assert url(opdracht) in task.tekst
    assert "maandag 15 juni 2026" in task.tekst
    dutch, french = sent("melding_doorgegeven")
    assert "Doorgegeven aan De Lijn" in dutch.onderwerp
    assert "Het wachthuisje is van De Lijn." in dutch.tekst
    assert (french.aan, "avant le lundi 15 juin 2026" in french.tekst) == ("buur@voorbeeld.example", True)


def test_who_reported_is_in_no_mail_and_on_the_page_only_with_the_tick(give, melding, client):
    opdracht = give()
    assert "An Janssens" not in client.get(url(opdracht)).content.decode()
    Partneropdracht.objects.update(met_contact=True)
    page = client.get(url(opdracht)).content.decode()
    assert "An Janssens" in page
    assert "0470 00 00 00" in page
    assert "An Janssens" not in sent("partner_opdracht")[0].tekst + sent("partner_opdracht")[0].html
    answer(opdracht, Opdrachtstatus.UITGEVOERD)
    assert "An Janssens" not in client.get(url(opdracht)).content.decode()


def test_of_a_sensitive_report_the_mail_does_not_tell_what_it_is(give, melding):
    melding.categorie = SubcategorieFactory(naam="Geheime zaak", is_gevoelig=True)
    melding.save()
    give()
    (task,) = sent("partner_opdracht")
    assert "Geheime zaak" not in task.onderwerp + task.tekst + task.html


def test_a_partner_without_an_address_or_that_stopped_gets_no_task(give):
    for wrong in (make_partner("A", email=""), make_partner("B", is_actief=False)):
        with pytest.raises(ValueError, match="krijgt geen opdrachten"):
            give(partner=wrong)


def test_the_partners_whose_work_it_is_are_proposed_first(melding, partner, cast):
    make_partner("Zonder werk")
    everywhere, exact, top, elsewhere = (make_partner(naam) for naam in ("Overal", "Juist", "Hoofd", "Ginder"))
    Partnerwerk.objects.create(partner=everywhere)
    Partnerwerk.objects.create(partner=exact, categorie=melding.categorie, wijk=cast.wijk)
    Partnerwerk.objects.create(partner=top, categorie=melding.categorie.hoofdcategorie)
    Partnerwerk.objects.create(partner=elsewhere, categorie=melding.categorie, wijk=cast.andere_wijk)
    fitting, others = queries.suggestions(melding)
    assert [row.naam for row in fitting] == ["Juist", "Hoofd", "Overal"]
    assert [row.naam for row in others] == ["De Lijn", "Ginder", "Zonder werk"]


# The clocks.


def test_the_clock_of_the_report_stands_still_while_a_partner_has_it(give, melding, clock):
    before = melding.oplossing_uiterlijk
    opdracht = give()
    assert Pauze.objects.get().reden == Pauze.Reden.PARTNER
    clock.move_to(MORNING + timedelta(days=9))  # seven working days later
    answer(opdracht, Opdrachtstatus.UITGEVOERD)
    row = fresh(melding)
    assert row.oplossing_uiterlijk == add_working_days(before, 7, load_calendar())
    assert row.volgende_termijn == row.oplossing_uiterlijk
    assert Pauze.objects.get().tot == TODAY + timedelta(days=9)


def test_the_reminders_of_residents_leave_partners_alone(give):
    give()
    later = MORNING + timedelta(days=90)
    assert reminders.remind_residents(later) == {"herinnerd": 0}
    assert reminders.end_waiting(later) == {"terug": 0}


def test_a_partner_is_reminded_before_on_and_after_the_term_each_once(give, clock):
    give()
    mailed = {}
    for day in range(40):
        clock.move_to(MORNING + timedelta(days=day))
        for _ in range(2):
            count = due.remind_partners(timezone.now())["herinnerd"]
            if count:
                mailed[TODAY + timedelta(days=day)] = count
    assert mailed == {date(2026, 6, 11): 1, TERM: 1, date(2026, 6, 18): 1, date(2026, 6, 25): 1}
    assert [mail.soort for mail in Bericht.objects.filter(sleutel__contains="herinner-partner").order_by("pk")] == [
        "partner_herinnering",
        "partner_herinnering",
        "partner_te_laat",
        "partner_te_laat",
    ]


def test_after_a_standstill_only_the_last_reminder_goes_out(give, clock):
    give()
    clock.move_to(MORNING + timedelta(days=40))
    assert due.remind_partners(timezone.now()) == {"herinnerd": 1}
    assert due.remind_partners(timezone.now()) == {"herinnerd": 0}


def test_a_later_day_that_the_partner_plans_moves_its_term_and_its_reminders(give, clock):
    opdracht = give()
    clock.move_to(MORNING + timedelta(days=10))
    due.remind_partners(timezone.now())
    answer(opdracht, Opdrachtstatus.GEPLAND, datum=date(2026, 7, 15))
    row = fresh(opdracht)
    assert (row.termijn, row.uiterlijk, row.herinneringen) == (TERM, date(2026, 7, 15), 0)
    clock.move_to(datetime(2026, 7, 13, 8, tzinfo=UTC))
    assert due.remind_partners(timezone.now()) == {"herinnerd": 1}
    earlier = answer(opdracht, Opdrachtstatus.GEPLAND, datum=date(2026, 7, 14))
    assert fresh(opdracht).uiterlijk == date(2026, 7, 14)
    assert earlier.datum == date(2026, 7, 14)


def test_late_work_of_a_partner_is_in_the_digest_of_the_handler(give, cast):
    opdracht = give()
    (item,) = due.open_items(TODAY, TERM)
    assert (item.sleutel, item.due_on) == (str(opdracht.pk), TERM)
    assert item.ontvangers[Aan.VERANTWOORDELIJKE] == [cast.wijkmanager.pk]
    assert list(due.open_items(TODAY, TERM - timedelta(days=1))) == []
    assert list(reminders.open_items(TODAY, TERM)) == []  # the report's own clock stands still


# Answering.


def test_a_planned_day_is_shown_to_the_resident(give, melding, client):
    opdracht = give()
    answer(opdracht, Opdrachtstatus.GEPLAND, datum=date(2026, 6, 10), tekst="Ploeg van Jos.")
    assert fresh(melding).status == Status.BIJ_PARTNER
    page = client.get(reverse("meldingen:status", args=[melding.code])).content.decode()
    assert "Doorgegeven aan De Lijn" in page
    assert "De Lijn plant het op woensdag 10 juni" in page
    assert "Ploeg van Jos" not in page
    (mail,) = sent("melding_partner_gepland")
    assert "woensdag 10 juni 2026" in mail.tekst


@pytest.mark.parametrize("status", [Opdrachtstatus.UITGEVOERD, Opdrachtstatus.NIET_VOOR_ONS])
def test_done_and_not_for_us_bring_the_report_back_to_its_handler(give, melding, client, cast, status):
    opdracht = give()
    answer(opdracht, status, tekst="Zie de foto.")
    row = fresh(melding)
    assert (row.status, row.behandelaar) == (Status.IN_BEHANDELING, cast.wijkmanager)
    assert fresh(opdracht).afgerond_op == MORNING
    (mail,) = sent("staf_partner")
    assert (mail.aan, "De Lijn" in mail.onderwerp) == ("wim@genk.example", True)
    client.force_login(cast.wijkmanager)
    page = client.get(reverse("meldingen:detail", args=[melding.pk])).content.decode()
    assert "Zie de foto." in page


def test_photos_of_the_partner_reach_the_resident_only_when_the_handler_lets_them(give, melding, client, cast):
    opdracht = give()
    beeld = beelden.store(upload(jpeg(40, 30)))
    answer(opdracht, Opdrachtstatus.UITGEVOERD, beelden=[beeld.pk])
    photo = MeldingBeeld.objects.get()
    assert photo.soort == MeldingBeeld.Soort.PARTNER
    public = reverse("meldingen:status_photo", args=[melding.code, beeld.pk, "klein"])
    assert client.get(public).status_code == 404
    client.force_login(cast.wijkmanager)
    data = {"versie": fresh(melding).versie, "sluitreden": "opgelost", "toelichting": "Hersteld."}
    step = reverse("meldingen:step", args=[melding.pk, "sluit"])
    assert client.post(step, {**data, "partnerfotos": [photo.pk]}).status_code == 302
    assert fresh(photo).soort == MeldingBeeld.Soort.NA_HERSTEL
    assert client.get(public).status_code != 404


def test_the_same_answer_twice_counts_once(give, melding, client, clock):
    opdracht = give()
    data = form(clock, status="uitgevoerd", tekst="Klaar")
    for _ in range(2):
        assert client.post(url(opdracht), data).status_code == 302
    assert opdracht.antwoorden.count() == 1
    assert melding.gebeurtenissen.filter(soort=Gebeurtenis.Soort.PARTNER_KLAAR).count() == 1


def test_a_get_changes_nothing(give, client):
    opdracht = give()
    before = (Bericht.objects.count(), Gebeurtenis.objects.count(), fresh(opdracht).status)
    for path in (url(opdracht), url(opdracht) + "?status=uitgevoerd", url(opdracht, "partner_place")):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200
    assert (Bericht.objects.count(), Gebeurtenis.objects.count(), fresh(opdracht).status) == before


def test_the_page_is_kept_out_of_caches_and_search_engines(give, client):
    answer = client.get(url(give()))
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"status": ""}, "Kies hoe het ermee staat."),
        ({"status": "gepland"}, "Kies de dag waarop je het plant."),
        ({"status": "gepland", "datum": "2026-05-01"}, "Kies een dag vanaf vandaag."),
        ({"status": "uitgevoerd", "datum": "2026-07-01"}, "niet later zijn dan vandaag"),
        ({"status": "niet_voor_ons"}, "Zeg waarom"),
        ({"status": "ingetrokken"}, "Hoe staat het ermee?"),
        ({"website": "https://spam.example"}, "Kijk je antwoord nog even na"),
        ({"stempel": ""}, "Kijk je antwoord nog even na"),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field_and_changes_nothing(give, client, clock, fields, complaint):
    opdracht = give()
    page = client.post(url(opdracht), form(clock, **fields))
    assert page.status_code == 200
    assert complaint in page.content.decode()
    assert not opdracht.antwoorden.exists()


def test_after_the_trap_for_robots_a_person_can_simply_send_again(give, client, clock):
    opdracht = give()
    page = client.post(url(opdracht), form(clock, stempel=""))
    again = {name: page.context["form"][name].value() for name in ("inzending", "stempel", "status")}
    clock.shift(60)
    assert client.post(url(opdracht), again).status_code == 302
    assert opdracht.antwoorden.count() == 1


# Links.


def test_a_link_that_was_not_made_here_or_names_nothing_is_not_there_and_is_counted(give, client, db):
    give()
    forged = signing.Signer(salt="iets anders", sep=".").sign(uuid.uuid4().hex)
    unknown = link_token(uuid.uuid4(), mails.PARTNER_SALT)
    for token in ("x", forged, unknown):
        page = client.get(reverse("meldingen:partner", args=[token]))
        assert page.status_code == 404
        assert "Deze link werkt niet" in page.content.decode()
    for _ in range(20):
        client.get(reverse("meldingen:partner", args=["x"]))
    assert client.get(reverse("meldingen:partner", args=["x"])).status_code == 429


def test_a_task_that_was_taken_back_says_so_and_tells_nothing_of_the_report(give, client, melding, cast, clock):
    opdracht = give()
    partners.take_back(melding=melding, reden="De stad doet het zelf.", door=cast.wijkmanager, at=MORNING)
    assert (fresh(melding).status, fresh(opdracht).status) == (Status.IN_BEHANDELING, Opdrachtstatus.INGETROKKEN)
    (mail,) = sent("partner_teruggenomen")
    assert "De stad doet het zelf." in mail.tekst
    for response in (client.get(url(opdracht)), client.post(url(opdracht), form(clock))):
        page = response.content.decode()
        assert response.status_code == 410
        assert "nam deze opdracht terug op maandag 1 juni" in page
        assert "Hennepstraat" not in page
    assert not opdracht.antwoorden.exists()


def test_a_link_ends_two_months_after_the_term(give, client, clock):
    opdracht = give()
    clock.move_to(MORNING + timedelta(days=14 + 60))
    assert client.get(url(opdracht)).status_code == 200
    clock.move_to(MORNING + timedelta(days=14 + 61))
    assert client.get(url(opdracht)).status_code == 410


def test_a_partner_sees_only_the_photos_that_went_along_and_its_own(give, melding, client):
    shown, hidden = photo_of(melding), photo_of(melding)
    other = photo_of(MeldingFactory())
    opdracht = give(fotos=[shown.pk, other.pk])
    own = beelden.store(upload(jpeg(40, 30)))
    answer(opdracht, Opdrachtstatus.AANGENOMEN, beelden=[own.pk])
    theirs = MeldingBeeld.objects.get(beeld=own)
    seen = [
        client.get(url(opdracht, "partner_photo", foto=row.pk, maat="klein")).status_code
        for row in (shown, theirs, hidden, other)
    ]
    assert seen == [202, 202, 404, 404]


@pytest.mark.parametrize(("taal", "words"), [("nl", "Je antwoord"), ("fr", "Votre réponse"), ("en", "Your answer")])
def test_page_and_mail_are_in_the_language_of_the_partner(give, client, taal, words):
    opdracht = give(partner=make_partner(f"Partner {taal}", taal=taal))
    response = client.get(url(opdracht))
    assert words in response.content.decode()
    assert response["Content-Language"] == taal
    assert sent("partner_opdracht")[0].taal == taal
    client.cookies["django_language"] = "nl"
    assert "Je antwoord" in client.get(url(opdracht)).content.decode()


# Staying consistent.


def test_closing_or_starting_a_report_takes_the_task_back(give, melding, cast):
    opdracht = give()
    actions.start(melding=melding, door=cast.wijkmanager, at=MORNING)
    assert fresh(opdracht).status == Opdrachtstatus.INGETROKKEN
    again = give()
    actions.close(
        melding=melding, sluitreden=Sluitreden.OPGELOST, toelichting="Klaar", door=cast.wijkmanager, at=MORNING
    )
    assert fresh(again).status == Opdrachtstatus.INGETROKKEN
    assert [mail.tekst.split("\n\n")[2] for mail in sent("partner_teruggenomen")] == [
        "De stad pakt het zelf verder aan.",
        "De stad heeft de melding afgesloten.",
    ]
    assert not Pauze.objects.filter(tot=None).exists()
    actions.resident.reopen(melding=melding, reden="Nog stuk", at=MORNING)
    assert fresh(melding).status == Status.HEROPEND
    assert give().is_open


def test_a_resident_who_withdraws_ends_the_task_too(give, melding, partner):
    partner.taal = "fr"
    partner.save()
    opdracht = give()
    actions.resident.withdraw(melding=melding, at=MORNING)
    assert fresh(opdracht).status == Opdrachtstatus.INGETROKKEN
    assert "La Ville a fermé le signalement." in sent("partner_teruggenomen")[0].tekst


def test_an_answer_that_crosses_a_take_back_changes_nothing(give, melding, cast):
    opdracht = give()
    stale = Partneropdracht.objects.select_related("melding").get(pk=opdracht.pk)
    partners.take_back(melding=melding, reden="Toch niet", door=cast.wijkmanager, at=MORNING)
    with pytest.raises(actions.StapNietMogelijk):
        answer(stale, Opdrachtstatus.UITGEVOERD)
    assert not stale.antwoorden.exists()


def test_what_partners_and_teams_wrote_goes_with_the_words_of_the_report(give, melding, cast):
    opdracht = give(met_contact=True)
    answer(opdracht, Opdrachtstatus.UITGEVOERD, tekst="Bij mevrouw Peeters aangebeld.")
    actions.deeltaak.hand_out(
        melding=melding, titel="Bel Peeters", teams=[cast.werkplaats], uiterlijk=TERM, door=cast.wijkmanager, at=MORNING
    )
    actions.close(
        melding=melding,
        sluitreden=Sluitreden.OPGELOST,
        toelichting="Klaar",
        door=cast.wijkmanager,
        at=MORNING,
        deeltaken_vervallen="Peeters belde zelf",
    )
    wissen.anonymise([melding.pk], MORNING)
    task, reply, part = fresh(opdracht), opdracht.antwoorden.get(), melding.deeltaken.get()
    assert (task.tekst, task.met_contact, reply.tekst) == ("(gewist)", False, "")
    assert (part.titel, part.tekst, part.afloop) == ("(gewist)", "", "(gewist)")
    wissen.delete([melding.pk], MORNING)
    assert not Partneropdracht.objects.exists()


# The pages of staff.


def test_a_handler_passes_a_report_on_with_the_partners_own_term(cast, client, melding, partner):
    shown = photo_of(melding)
    client.force_login(cast.wijkmanager)
    page = client.get(reverse("meldingen:detail", args=[melding.pk]), {"stap": "bij-partner"}).content.decode()
    assert "De Lijn (10 werkdagen)" in page
    assert "Let op: alleen als de partner de melder echt nodig heeft" in page
    data = {"versie": melding.versie, "partner": partner.pk, "tekst": "Herstel het glas.", "fotos_mee": [shown.pk]}
    step = reverse("meldingen:step", args=[melding.pk, "bij-partner"])
    preview = client.post(step, {**data, "voorbeeld": "ja"}).content.decode()
    assert "Stad Genk vraagt" in preview
    assert not Partneropdracht.objects.exists()
    assert client.post(step, data).status_code == 302
    opdracht = Partneropdracht.objects.get()
    assert (opdracht.termijn, opdracht.met_contact) == (date(2026, 6, 15), False)
    assert list(opdracht.fotos.all()) == [shown]
    detail = client.get(reverse("meldingen:detail", args=[melding.pk]))
    assert "Bij De Lijn" in detail.content.decode()
    codes = {stap.code for stap in detail.context["stappen"]}
    assert {"neem-terug", "sluit"} <= codes
    assert not {"start", "plan", "vraag", "bij-partner", "niet-voor-ons"} & codes


def test_the_list_of_what_is_with_partners_shows_mine_late_first_and_by_partner(cast, client, give, melding, partner):
    late = give()
    other = MeldingFactory(wijk=cast.wijk, team=cast.wijkteam, status=Status.IN_BEHANDELING)
    MelderFactory(melding=other)
    later = give(melding=other, partner=make_partner("AWV"), termijn=TERM + timedelta(days=5))
    hidden = MeldingFactory(wijk=cast.andere_wijk, team=cast.ander_team, status=Status.IN_BEHANDELING)
    MelderFactory(melding=hidden)
    give(melding=hidden, door=cast.collega)
    client.force_login(cast.wijkmanager)
    path = reverse("meldingen:at_partners")
    assert [row.pk for row in client.get(path).context["pagina"].rows] == [late.pk, later.pk]
    assert [row.pk for row in client.get(path, {"partner": partner.pk}).context["pagina"].rows] == [late.pk]
    offered = client.get(reverse("meldingen:staff_list"), {"status": "bij_partner"})
    assert "Bij partner" in offered.content.decode()
    filtered = client.get(reverse("meldingen:staff_list"), {"partner": partner.pk})
    assert [row.pk for row in filtered.context["pagina"].rows] == [melding.pk]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_what_is_with_partners_costs_seven_queries(cast, client, give, count, django_assert_num_queries):
    for number in range(count):
        row = MeldingFactory(wijk=cast.wijk, team=cast.wijkteam, status=Status.IN_BEHANDELING)
        MelderFactory(melding=row)
        give(melding=row, partner=make_partner(f"P{number}"))
    client.force_login(cast.wijkmanager)
    with django_assert_num_queries(7):
        assert len(client.get(reverse("meldingen:at_partners")).context["pagina"].rows) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_partners_tells_what_is_with_each_at_ten_queries(
    cast, client, give, partner, count, django_assert_num_queries
):
    give()
    for number in range(count - 1):
        Partnerwerk.objects.create(partner=make_partner(f"P{number}"), wijk=cast.wijk)
    client.force_login(cast.wijkmanager)
    with django_assert_num_queries(10):
        page = client.get(reverse("wijken:partners"))
    assert len(page.context["rijen"]) == count
    (cells,) = (cells for row, cells in page.context["rijen"] if row == partner)
    part = cells[-1][2]
    assert (part.open, part.laat) == (1, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_task_costs_four_queries(give, client, count, django_assert_num_queries):
    opdracht = give()
    for _ in range(count):
        own = beelden.store(upload(jpeg(40, 30)))
        answer(opdracht, Opdrachtstatus.AANGENOMEN, beelden=[own.pk])
    with django_assert_num_queries(4):
        client.get(url(opdracht))


def test_a_report_is_with_one_partner_at_a_time(give, melding, cast):
    give()
    with pytest.raises(actions.StapNietMogelijk):
        give()
    assert Melding.objects.get(pk=melding.pk).status == Status.BIJ_PARTNER
