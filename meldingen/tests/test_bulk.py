"""Many reports at once: what was told beforehand happens, to what the person may handle alone, once, and back again."""

import random
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kern.berichten import actions as berichten
from kern.berichten.models import Bericht
from kern.gebruikers.models import Rol
from kern.historiek.queries import history_of
from kern.opdrachten import actions as opdrachten
from kern.opdrachten.models import Opdracht
from meldingen import actions
from meldingen.actions import NietTerug, bulk
from meldingen.actions.spoor import values_of
from meldingen.models import Bulk, BulkRij, Gebeurtenis, Label, Melder, Melding
from meldingen.rules import may_handle
from meldingen.states import Status
from meldingen.tests import factories
from meldingen.tests.factories import MelderFactory, MeldingFactory, VolgerFactory
from wijken.queries import reach

NOW = timezone.now()
TODAY = timezone.localdate()
LATER = TODAY + timedelta(days=90)
MINUTE = timedelta(minutes=1)
STATUSES = [Status(value) for value in Status.values if value not in ("bij_partner",)]


@pytest.fixture
def meldingen(cast):
    """A report of every status, some with a reporter, some with followers, one of them the reporter too."""
    dice, rows = random.Random(7), []
    categorie = factories.SubcategorieFactory(naam="Zwerfvuil")
    gevoelig = factories.SubcategorieFactory(naam="Overlast", is_gevoelig=True)
    for number, status in enumerate(STATUSES * 2):
        row = MeldingFactory(
            wijk=cast.wijk, team=cast.wijkteam, status=status, categorie=gevoelig if number % 5 == 4 else categorie
        )
        email = f"melder{number}@voorbeeld.example" if number % 3 else ""
        MelderFactory(melding=row, email=email, wil_bericht=bool(number % 4))
        for _ in range(dice.randrange(3)):
            VolgerFactory(melding=row)
        if email and number % 2:
            VolgerFactory(melding=row, email=email.upper())
        if status == Status.WACHT_OP_MELDER:
            row.pauzes.create(van=TODAY, herinner_op=LATER, terug_op=LATER)
        rows.append(row)
    return rows


@pytest.fixture
def label(db):
    return Label.objects.create(naam="glasbol")


def inputs(cast, label):
    other = factories.SubcategorieFactory(naam="Ander soort")
    factories.TermijnFactory(categorie=other, oplossing_werkdagen=5)
    return {
        "wijs-toe": {"team": cast.werkplaats, "behandelaar": cast.werkman, "toelichting": "Kijk eens"},
        "start": {"toelichting": "We zijn bezig"},
        "plan": {"gepland_op": TODAY + timedelta(days=2), "toelichting": ""},
        "sluit": {"sluitreden": "opgelost", "toelichting": "Alles is weg"},
        "vraag": {"vraag": "Ligt het er nog?"},
        "belofte": {"oplossing_uiterlijk": LATER, "reden": "Meer werk"},
        "categorie": {"categorie": other, "reden": "Verkeerd gekozen"},
        "prioriteit": {"prioriteit": "hoog", "reden": ""},
        "label-erbij": {"label": label},
        "label-weg": {"label": label},
    }


def proposal(door, rows, actie, velden, at=NOW):
    made = bulk.choose(rows=Melding.objects.order_by("pk"), pks=[row.pk for row in rows], door=door, at=at)
    return bulk.fill_in(bulk=made, actie=actie, velden=velden)


def do(made, at=NOW):
    assert bulk.confirm(bulk=made, at=at, verzoek="verzoek-1")
    return bulk.run(bulk=made, at=at)


def look(made, user):
    return bulk.preview(bulk=made, user=user, reach=reach(user, TODAY))


@pytest.mark.parametrize("actie", list(bulk.ACTIES))
def test_what_the_preview_tells_is_what_happens(cast, meldingen, label, actie):
    actions.label(melding=meldingen[0], erbij=[label], door=cast.wijkmanager, at=NOW - MINUTE)
    made = proposal(cast.wijkmanager, meldingen, actie, inputs(cast, label)[actie])
    told = look(made, cast.wijkmanager)
    before, mails = {row.pk: values_of(row) for row in Melding.objects.all()}, Bericht.objects.count()
    do(made)
    rows = {rij.melding_id: rij for rij in made.rijen.all()}
    assert {regel.nummer: regel.weigering for regel in told.regels} == {pk: rij.reden for pk, rij in rows.items()}
    assert any(regel.weigering == "" for regel in told.regels), "nothing to test"
    changed = {row.pk for row in Melding.objects.all() if values_of(row) != before[row.pk]}
    done = {pk for pk, rij in rows.items() if rij.status == BulkRij.Status.GEDAAN}
    assert changed == done if not actie.startswith("label") else changed == set()
    assert Bericht.objects.count() - mails == told.mails + (1 if told.collega else 0)
    assert sum(rij.mails for rij in rows.values()) == told.mails
    assert (told.collega == cast.werkman) is (actie == "wijs-toe")


@pytest.mark.parametrize("actie", list(bulk.ACTIES))
def test_all_of_it_is_taken_back_exactly_before_the_mails_leave(cast, meldingen, label, actie):
    actions.label(melding=meldingen[0], erbij=[label], door=cast.wijkmanager, at=NOW - MINUTE)
    made = proposal(cast.wijkmanager, meldingen, actie, inputs(cast, label)[actie])

    def everything():
        rows = Melding.objects.order_by("pk")
        return [(values_of(row), list(row.labels.values("label")), list(row.pauzes.values())) for row in rows]

    before, mails = everything(), Bericht.objects.count()
    do(made)
    assert bulk.undo(bulk=made, at=NOW + MINUTE)
    assert not bulk.undo(bulk=made, at=NOW + MINUTE)
    bulk.run_undo(bulk=made, at=NOW + MINUTE)
    assert everything() == before
    assert Bericht.objects.count() == mails
    assert not made.rijen.filter(status=BulkRij.Status.GEDAAN).exists()
    assert Bulk.objects.get().status == Bulk.Status.TERUG


def test_a_bulk_change_touches_only_what_the_person_may_handle(cast, label):
    """Whoever asks for whatever: a report that `rules.may_handle` refuses is not changed, and not told of."""
    gevoelig = factories.SubcategorieFactory(is_gevoelig=True)
    gewoon = factories.SubcategorieFactory()
    for wijk in (cast.wijk, cast.andere_wijk, None):
        for team in (cast.wijkteam, cast.ander_team, cast.meldpunt, None):
            for categorie in (gevoelig, gewoon):
                MeldingFactory(wijk=wijk, team=team, categorie=categorie, omschrijving="GEHEIM")
                MeldingFactory(wijk=wijk, team=team, categorie=categorie, behandelaar=cast.werkman)
    rows = list(Melding.objects.select_related("categorie"))
    people = [
        cast.wijkmanager,
        cast.buurttoezichter,
        cast.werkman,
        cast.collega,
        cast.verdeler,
        cast.lezer,
        cast.beheerder,
        factories.member(cast.wijkteam, Rol.TOEGANKELIJKHEIDSCOORDINATOR),
        factories.member(cast.wijkteam, Rol.WIJKMANAGER, is_active=False),
    ]
    touched = 0
    for user in people:
        made = proposal(user, rows, "label-erbij", {"label": Label.objects.create(naam=f"van {user.pk}")})
        may = {row.pk for row in rows if may_handle(user, reach(user, TODAY), row)}
        told = look(made, user)
        assert {regel.nummer for regel in told.gaat_door} == may
        assert all(regel.melding is None for regel in told.geweigerd)
        do(made)
        assert set(made.rijen.filter(status=BulkRij.Status.GEDAAN).values_list("melding", flat=True)) == may
        assert set(Melding.objects.filter(labels__label__naam=f"van {user.pk}").values_list("pk", flat=True)) == may
        touched += len(may)
    assert touched


def test_rights_that_end_between_choosing_and_doing_count(cast, meldingen):
    made = proposal(cast.wijkmanager, meldingen[:2], "start", {"toelichting": ""})
    Melding.objects.filter(pk=meldingen[0].pk).update(wijk=cast.andere_wijk, team=cast.ander_team)
    do(made)
    first, second = made.rijen.order_by("pk")
    assert (first.status, first.reden) == ("geweigerd", "je mag deze melding niet (meer) behandelen")
    assert second.status == "gedaan"


def test_what_somebody_changed_meanwhile_is_left_alone(cast, meldingen):
    made = proposal(cast.wijkmanager, meldingen[:2], "start", {"toelichting": ""})
    actions.contact(melding=meldingen[0], hoe="gebeld", tekst="Ja", door=cast.buurttoezichter, at=NOW)
    assert [regel.weigering for regel in look(made, cast.wijkmanager).geweigerd] == ["intussen gewijzigd"]
    do(made)
    assert Melding.objects.get(pk=meldingen[0].pk).status == Status.NIEUW
    assert made.rijen.get(melding=meldingen[0]).reden == "intussen gewijzigd"


def test_a_second_click_does_nothing(cast, meldingen):
    made = proposal(cast.wijkmanager, meldingen[:1], "start", {"toelichting": ""})
    do(made)
    lines = Gebeurtenis.objects.count()
    assert not bulk.confirm(bulk=made, at=NOW)
    bulk.run(bulk=made, at=NOW)
    assert Gebeurtenis.objects.count() == lines


def test_one_request_is_told_in_every_history_and_the_story_says_it_was_a_bulk(client, cast, meldingen):
    made = proposal(cast.wijkmanager, meldingen, "belofte", {"oplossing_uiterlijk": LATER, "reden": "Meer werk"})
    do(made)
    done = [rij.melding for rij in made.rijen.filter(status="gedaan")]
    for melding in done:
        line = history_of(melding)[0]
        assert (line.verzoek, line.door) == ("verzoek-1", "Wim Wijkmanager")
        assert "in bulk" in line.reden
    client.force_login(cast.wijkmanager)
    page = client.get(reverse("meldingen:detail", args=[done[0].pk])).content.decode()
    assert f"in bulk, samen met {len(done) - 1} andere" in page
    history = client.get(reverse("meldingen:staff_history", args=[done[0].pk])).content.decode()
    assert "verzoek-1" in history


def test_a_row_whose_mail_left_or_that_somebody_changed_stays_and_the_others_go_back(cast, meldingen):
    made = proposal(cast.wijkmanager, meldingen, "start", {"toelichting": "We komen"})
    do(made)
    done = list(made.rijen.filter(status="gedaan").order_by("pk"))
    mailed = next(rij for rij in done if rij.mails)
    changed = next(rij for rij in done if rij != mailed)
    mail = Bericht.objects.filter(sleutel__startswith=f"melding:{mailed.melding_id}:").first()
    berichten.deliver(pk=mail.pk, at=NOW)
    actions.contact(
        melding=changed.melding, hoe="gebeld", tekst="Ja", door=cast.buurttoezichter, at=NOW + timedelta(seconds=1)
    )
    bulk.undo(bulk=made, at=NOW + MINUTE)
    bulk.run_undo(bulk=made, at=NOW + MINUTE)
    stayed = {rij.melding_id: rij.reden for rij in made.rijen.filter(status="gedaan")}
    assert stayed.keys() == {mailed.melding_id, changed.melding_id}
    assert stayed[mailed.melding_id] == "er is al een mail vertrokken"
    assert stayed[changed.melding_id].startswith("Bea Buurttoezichter wijzigde deze melding intussen")
    assert made.rijen.filter(status="terug").count() == len(done) - 2


def test_after_a_day_and_after_the_colleague_was_told_nothing_goes_back(cast, meldingen):
    made = proposal(cast.wijkmanager, meldingen[:2], "prioriteit", {"prioriteit": "hoog", "reden": ""})
    do(made)
    with pytest.raises(NietTerug, match="de tijd om dit terug te draaien is voorbij"):
        bulk.undo(bulk=made, at=NOW + timedelta(hours=25))
    velden = {"team": cast.werkplaats, "behandelaar": cast.werkman, "toelichting": ""}
    other = proposal(cast.wijkmanager, meldingen[:2], "wijs-toe", velden, at=NOW + MINUTE)
    do(other, NOW + MINUTE)
    mail = Bericht.objects.get(aan=cast.werkman.email)
    assert "2 meldingen voor jou" in mail.onderwerp
    assert str(meldingen[0].pk) in mail.tekst
    berichten.deliver(pk=mail.pk, at=NOW)
    with pytest.raises(NietTerug, match="de collega kreeg er al een mail over"):
        bulk.undo(bulk=other, at=NOW + 2 * MINUTE)


@pytest.fixture
def many(cast):
    categorie = factories.SubcategorieFactory()
    factories.MeldingFactory.create_batch(101, wijk=cast.wijk, team=cast.wijkteam, categorie=categorie)
    rows = list(Melding.objects.order_by("pk"))
    Melder.objects.bulk_create(Melder(melding=row) for row in rows)
    return rows


def test_above_a_hundred_a_worker_does_it_and_takes_it_back(cast, many):
    made = proposal(cast.wijkmanager, many, "start", {"toelichting": ""})
    assert bulk.confirm(bulk=made, at=NOW, verzoek="verzoek-9")
    job = Opdracht.objects.get()
    assert (job.eigenaar, job.totaal, job.titel) == (cast.wijkmanager, 101, "Neem in behandeling: 101 meldingen")
    assert Melding.objects.filter(status=Status.NIEUW).count() == 101
    assert opdrachten.run(pk=job.pk, at=NOW) == "klaar"
    job.refresh_from_db()
    assert (job.gedaan, job.resultaat) == (101, {"gedaan": 101})
    assert job.verder_url == reverse("meldingen:bulk", args=[made.pk])
    assert Melding.objects.filter(status=Status.IN_BEHANDELING).count() == 101
    first = history_of(many[0])[0]
    assert (first.verzoek, first.door) == ("verzoek-9", "Wim Wijkmanager")
    assert bulk.undo(bulk=made, at=NOW + MINUTE)
    job = Opdracht.objects.latest("pk")
    assert opdrachten.run(pk=job.pk, at=NOW + MINUTE) == "klaar"
    assert Melding.objects.filter(status=Status.NIEUW).count() == 101


def test_a_worker_that_was_killed_half_way_goes_on_with_the_rest(cast, many):
    made = proposal(cast.wijkmanager, many, "start", {"toelichting": ""})
    bulk.confirm(bulk=made, at=NOW)
    seen = []

    def die():
        seen.append(1)
        if len(seen) == 40:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bulk.run(bulk=made, at=NOW, step=die)
    assert made.rijen.filter(status="gedaan").count() == 40
    assert opdrachten.run(pk=Opdracht.objects.get().pk, at=NOW) == "klaar"
    assert made.rijen.filter(status="gedaan").count() == 101
    assert Gebeurtenis.objects.filter(soort="stap").count() == 101


def test_stopping_the_job_leaves_the_rest_as_it_is_and_says_so(cast, many):
    made = proposal(cast.wijkmanager, many, "start", {"toelichting": ""})
    bulk.confirm(bulk=made, at=NOW)
    job = Opdracht.objects.get()
    Opdracht.objects.filter(pk=job.pk).update(stop_gevraagd=True)
    assert opdrachten.run(pk=job.pk, at=NOW) == "gestopt"
    made.refresh_from_db()
    assert made.status == Bulk.Status.KLAAR
    assert set(made.rijen.values_list("status", "reden")) == {("geweigerd", "je stopte de opdracht")}


def test_what_a_request_never_finished_is_given_to_a_worker(cast, meldingen):
    made = proposal(cast.wijkmanager, meldingen[:1], "start", {"toelichting": ""})
    bulk.confirm(bulk=made, at=NOW)
    assert bulk.resume(NOW + 5 * MINUTE) == {"hervat": 0}
    assert bulk.resume(NOW + 11 * MINUTE) == {"hervat": 1}
    assert bulk.resume(NOW + 12 * MINUTE) == {"hervat": 0}
    assert opdrachten.run(pk=Opdracht.objects.get().pk, at=NOW) == "klaar"
    assert made.rijen.get().status == "gedaan"


def test_old_choices_go_and_the_story_keeps_that_it_was_a_bulk(cast, meldingen):
    done = proposal(cast.wijkmanager, meldingen[:2], "prioriteit", {"prioriteit": "hoog", "reden": ""})
    do(done)
    proposal(cast.wijkmanager, meldingen[:3], "start", {"toelichting": ""})
    assert bulk.forget_old(NOW + timedelta(days=29)) == {"rijen": 0, "keuzes": 0}
    assert bulk.forget_old(NOW + timedelta(days=31)) == {"rijen": 5, "keuzes": 1}
    assert Gebeurtenis.objects.filter(bulk=done, soort="gegevens").count() == 2


def test_more_than_the_limit_and_nothing_at_all_are_refused_in_words(cast, meldingen, monkeypatch):
    with pytest.raises(ValueError, match="kies eerst een of meer meldingen"):
        bulk.choose(rows=Melding.objects.all(), pks=[], door=cast.wijkmanager, at=NOW)
    monkeypatch.setattr("meldingen.actions.bulk.kiezen.LIMIT", 3)
    with pytest.raises(ValueError, match=r"kies er hoogstens 10\.000 tegelijk"):
        bulk.choose(rows=Melding.objects.all(), pks=None, door=cast.wijkmanager, at=NOW)


# The pages.


@pytest.fixture
def manager(client, cast):
    client.force_login(cast.wijkmanager)
    return client


def choose(client, query="lijst=alle", **data):
    return client.post(f"{reverse('meldingen:bulk_new')}?{query}", data)


def confirm(client, made, gezien="1", **options):
    seen = {"gezien": gezien, "vingerafdruk": Bulk.objects.get(pk=made.pk).vingerafdruk}
    return client.post(reverse("meldingen:bulk_do", args=[made.pk]), seen, **options)


def page_of(made):
    return reverse("meldingen:bulk", args=[made.pk])


def test_a_choice_from_the_list_is_looked_at_and_done_and_leads_back_to_the_same_page(manager, cast, meldingen):
    query = "lijst=alle&prioriteit=normaal&na=-ontvangen~x~1"
    page = manager.get(f"{reverse('meldingen:staff_list')}?lijst=alle&prioriteit=normaal").content.decode()
    assert f'name="kies" value="{meldingen[0].pk}" aria-label="Kies melding {meldingen[0].pk}"' in page
    answer = choose(
        manager,
        query,
        bereik="kies",
        kies=[meldingen[0].pk],
        erbij=f"{meldingen[1].pk},x,99999999999999",
        actie="start",
    )
    made = Bulk.objects.get()
    assert answer.url == f"{page_of(made)}?actie=start"
    assert set(made.rijen.values_list("melding", flat=True)) == {meldingen[0].pk, meldingen[1].pk}
    form = manager.get(answer.url).content.decode()
    assert f"{reverse('meldingen:staff_list')}?lijst=alle&amp;prioriteit=normaal&amp;na=-ontvangen" in form
    seen = manager.post(page_of(made), {"actie": "start", "toelichting": "We komen"})
    assert seen.url == f"{page_of(made)}?actie=start#voorbeeld"
    shown = manager.get(seen.url).content.decode()
    assert "We komen" in shown
    assert "nieuw → in behandeling" in shown
    assert Melding.objects.get(pk=meldingen[0].pk).status == Status.NIEUW
    done = confirm(manager, made, gezien="2", follow=True)
    assert "lijst=alle&amp;prioriteit=normaal&amp;na=-ontvangen" in done.content.decode()
    assert Melding.objects.get(pk=meldingen[0].pk).status == Status.IN_BEHANDELING
    again = confirm(manager, made, gezien="2")
    assert again.url == page_of(made)
    assert Gebeurtenis.objects.filter(melding=meldingen[0], soort="stap").count() == 1
    made.refresh_from_db()
    assert made.verzoek
    earlier = manager.get(reverse("meldingen:bulk_new")).content.decode()
    assert "Neem in behandeling: 2 meldingen" in earlier
    back = manager.post(reverse("meldingen:bulk_undo", args=[made.pk]), follow=True).content.decode()
    assert "teruggedraaid" in back
    assert Melding.objects.get(pk=meldingen[0].pk).status == Status.NIEUW


def test_a_window_confirms_only_what_it_shows(manager, cast, meldingen):
    made = proposal(cast.wijkmanager, meldingen[:1], "start", {"toelichting": ""})
    shown = Bulk.objects.get(pk=made.pk)
    bulk.fill_in(bulk=made, actie="sluit", velden={"sluitreden": "opgelost", "toelichting": "Weg"})
    address = reverse("meldingen:bulk_do", args=[made.pk])
    answer = manager.post(address, {"gezien": "1", "vingerafdruk": shown.vingerafdruk}, follow=True)
    assert "Je keek intussen naar iets anders" in answer.content.decode()
    assert not Gebeurtenis.objects.exists()
    confirm(manager, made)
    assert Melding.objects.get(pk=meldingen[0].pk).status == Status.AFGESLOTEN


def test_nothing_typed_is_lost_on_an_error(manager, cast, meldingen):
    choose(manager, bereik="pagina", pagina=f"{meldingen[0].pk}")
    made = Bulk.objects.get()
    answer = manager.post(page_of(made), {"actie": "sluit", "toelichting": "Alles is weg"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Kies hoe het afloopt." in page
    assert "Alles is weg" in page
    assert "Dit gaat er gebeuren" not in page


def test_what_was_typed_while_the_log_in_ended_comes_back(client, cast, meldingen):
    client.force_login(cast.wijkmanager)
    choose(client, bereik="kies", kies=[meldingen[0].pk])
    made = Bulk.objects.get()
    client.logout()
    client.post(page_of(made), {"actie": "start", "toelichting": "We komen eraan"})
    session = client.session["niet_verstuurd"]
    client.force_login(cast.wijkmanager)
    keep = client.session
    keep["niet_verstuurd"] = session
    keep.save()
    assert "We komen eraan" in client.get(f"{page_of(made)}?actie=start").content.decode()


def test_the_whole_list_is_chosen_by_its_filters_and_growth_is_told_before_it_is_done(manager, cast, meldingen):
    choose(manager, "lijst=alle&status=nieuw", bereik="alles")
    made = Bulk.objects.get()
    assert made.aantal == 2
    manager.post(page_of(made), {"actie": "start", "toelichting": ""})
    MeldingFactory(wijk=cast.wijk, team=cast.wijkteam)
    answer = confirm(manager, made, gezien="2", follow=True)
    page = answer.content.decode()
    assert "De lijst is intussen veranderd" in page
    assert "De lijst telt nu 3 meldingen; jij koos er 2." in page
    assert not Gebeurtenis.objects.exists()
    confirm(manager, made, gezien="3")
    assert Gebeurtenis.objects.filter(soort="stap").count() == 2


def test_nothing_chosen_is_told_in_the_list(manager, meldingen):
    page = manager.post(f"{reverse('meldingen:bulk_new')}?lijst=laat", {"bereik": "kies"}, follow=True)
    assert page.redirect_chain[-1][0].endswith("?lijst=laat")
    assert "Dit kan niet: kies eerst een of meer meldingen." in page.content.decode()


def test_what_is_not_visible_cannot_be_chosen(client, cast, meldingen):
    client.force_login(cast.collega)
    choose(client, bereik="kies", kies=[meldingen[0].pk])
    assert not Bulk.objects.exists()


def test_a_reader_has_no_boxes_and_no_bulk_page(client, cast, meldingen):
    client.force_login(cast.lezer)
    assert 'name="kies"' not in client.get(reverse("meldingen:staff_list")).content.decode()
    assert choose(client, bereik="alles").status_code == 404


def test_a_bulk_change_of_another_is_not_there(client, cast, meldingen):
    made = proposal(cast.wijkmanager, meldingen[:1], "start", {"toelichting": ""})
    client.force_login(cast.beheerder)
    for name in ("bulk", "bulk_do", "bulk_undo", "bulk_print"):
        assert client.post(reverse(f"meldingen:{name}", args=[made.pk])).status_code == 404
    assert Melding.objects.get(pk=meldingen[0].pk).status == Status.NIEUW


def test_the_choice_prints(manager, cast, meldingen):
    made = proposal(cast.wijkmanager, meldingen[:2], "start", {"toelichting": ""})
    page = manager.get(reverse("meldingen:bulk_print", args=[made.pk]))
    assert [row.pk for row in page.context["rijen"]] == sorted((row.pk for row in meldingen[:2]), reverse=True)


@pytest.mark.parametrize("rows", [1, 3, 40])
def test_a_preview_costs_twelve_queries_however_many_rows(manager, cast, rows, django_assert_num_queries):
    made_rows = [MeldingFactory(wijk=cast.wijk, team=cast.wijkteam) for _ in range(rows)]
    for row in made_rows:
        MelderFactory(melding=row)
        VolgerFactory(melding=row)
    made = proposal(cast.wijkmanager, made_rows, "start", {"toelichting": ""})
    with django_assert_num_queries(12):
        manager.get(f"{page_of(made)}?actie=start")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_result_costs_seven_queries_however_many_rows(manager, cast, rows, django_assert_num_queries):
    made_rows = [MelderFactory(melding__wijk=cast.wijk, melding__team=cast.wijkteam).melding for _ in range(rows)]
    made = do(proposal(cast.wijkmanager, made_rows, "start", {"toelichting": ""}))
    with django_assert_num_queries(7):
        manager.get(page_of(made))


def test_the_result_opens_after_the_mails_have_left_too(manager, cast, meldingen):
    made = do(proposal(cast.wijkmanager, meldingen[:2], "start", {"toelichting": ""}))
    Bulk.objects.filter(pk=made.pk).update(gedaan_op=made.gedaan_op - 6 * MINUTE)
    page = manager.get(page_of(made))
    assert page.status_code == 200
    assert page.context["totaal"]["vertrekt"] == page.context["totaal"]["gemaild"] == 2
