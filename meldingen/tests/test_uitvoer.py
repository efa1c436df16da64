import csv
import io
import tracemalloc
from datetime import date, datetime, timedelta

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from kern.berichten.models import Bericht
from kern.gebruikers.models import Rol
from kern.opdrachten import actions as opdrachten
from kern.opdrachten.models import Opdracht
from meldingen import kolommen
from meldingen.actions import uitvoer as actions
from meldingen.actions import weergaven
from meldingen.jobs import uitvoer as jobs
from meldingen.models import Bulk, Label, Melding, MeldingLabel, Uitvoer, Uitvoerplan
from meldingen.queries import uitvoer as queries
from meldingen.queries.keyset import ORDERS
from meldingen.states import Status
from meldingen.tests.factories import MelderFactory, MeldingFactory, SubcategorieFactory, member
from meldingen.views.staff import files as pages
from wijken.models import Teamlid
from wijken.queries import reach

LIST, EXPORT = reverse("meldingen:staff_list"), reverse("meldingen:staff_export")


def body(answer):
    return b"".join(answer.streaming_content)


def csv_rows(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def take(client, query="", **data):
    return client.post(f"{EXPORT}?{query}", {"vorm": "csv", "kolommen": "lijst", **data})


def rows_of(client, query="", **data):
    return csv_rows(body(take(client, query, **data)))


@pytest.fixture
def manager(client, cast):
    client.force_login(cast.wijkmanager)
    return client


@pytest.fixture
def mixed(cast):
    """Reports of two wijken, open and closed, one sensitive, with reporters."""
    secret_kind = SubcategorieFactory(is_gevoelig=True)
    rows = [
        MeldingFactory(
            **{"wijk": cast.wijk, "team": cast.wijkteam, **fields}, ontvangen_op=timezone.now() - timedelta(days=n)
        )
        for n, fields in enumerate(
            [
                {},
                {"status": Status.AFGESLOTEN},
                {"categorie": secret_kind},
                {"wijk": cast.andere_wijk, "team": cast.ander_team},
                {"wijk": None, "team": None, "plaats": None},
                {"team": cast.toezicht, "categorie": secret_kind, "behandelaar": cast.buurttoezichter},
            ]
        )
    ]
    for row in rows:
        MelderFactory(melding=row)
    return rows


def test_the_file_is_what_is_on_screen_same_filter_order_and_columns(manager, cast, mixed):
    weergaven.choose_columns(gebruiker=cast.wijkmanager, weergave=None, kolommen=["status", "nummer", "prioriteit"])
    query = "lijst=alle&volgorde=ontvangen&status=nieuw"
    [heading, *rows] = rows_of(manager, query)
    assert heading == ["Status", "Afsluitreden", "Nummer", "Prioriteit"]
    screen = manager.get(f"{LIST}?{query}").context["pagina"].rows
    assert [row[2] for row in rows] == [str(row.pk) for row in screen]
    assert rows[0][0] == "nieuw"


def test_all_columns_hold_each_fact_once_and_no_contact(manager, mixed):
    [heading, *rows] = rows_of(manager, "lijst=alle", kolommen="alle")
    assert len(set(heading)) == len(heading)
    assert {"Nummer", "Omschrijving", "Hoofdcategorie", "Breedtegraad", "Openbaar"} <= set(heading)
    assert "an@voorbeeld.example" not in str(rows)
    row = dict(zip(heading, rows[0], strict=True))
    assert row["Breedtegraad"] == "50,966"
    assert row["Openbaar"] == "nee"


def test_a_workbook_opens_with_dates_and_numbers(manager, mixed):
    answer = take(manager, "lijst=alle&volgorde=-ontvangen", vorm="xlsx", kolommen="alle")
    assert answer["Content-Disposition"].endswith('.xlsx"')
    sheet = load_workbook(io.BytesIO(body(answer))).active
    heading, first = ([cell.value for cell in row] for row in list(sheet.iter_rows())[:2])
    row = dict(zip(heading, first, strict=True))
    assert row["Nummer"] == mixed[0].pk
    assert row["Termijn"].date() == mixed[0].volgende_termijn
    assert isinstance(row["Ontvangen"], datetime)
    assert row["Volgers"] == 0


@pytest.mark.parametrize("who", ["wijkmanager", "buurttoezichter", "collega", "verdeler", "lezer", "beheerder"])
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    lijst=st.sampled_from(["alle", "mijn", "team", "wijk", "zonder", "laat"]),
    status=st.lists(st.sampled_from(Status.values), max_size=2, unique=True),
    order=st.sampled_from(["", *ORDERS]),
)
def test_a_file_holds_just_what_its_owner_may_see_of_the_list(client, cast, mixed, who, lijst, status, order):
    user = getattr(cast, who)
    client.force_login(user)
    query = QueryDict(mutable=True)
    query.update({"lijst": lijst, "volgorde": order})
    query.setlist("status", status)
    rows = rows_of(client, query.urlencode())
    numbers = {int(row[0]) for row in rows[1:]}
    visible = Melding.objects.visible_to(user, reach(user, timezone.localdate()))
    assert numbers <= set(visible.values_list("pk", flat=True))
    assert numbers == {row.pk for row in client.get(f"{LIST}?{query.urlencode()}").context["pagina"].rows}
    if lijst == "alle" and not status:
        assert numbers == set(visible.values_list("pk", flat=True))


def test_ticked_reports_alone_go_in_and_never_those_of_others(manager, mixed):
    hidden = mixed[3].pk
    rows = rows_of(manager, f"lijst=alle&kies={mixed[0].pk},{hidden},x,-1&kies={mixed[1].pk}")
    assert {int(row[0]) for row in rows[1:]} == {mixed[0].pk, mixed[1].pk}
    assert len(rows_of(manager, "lijst=alle&kies=")) == 1


def test_the_reports_of_a_choice_are_taken_out_by_who_made_it_alone(client, cast, mixed):
    mine = Bulk.objects.create(door=cast.wijkmanager, aantal=2, gekozen_op=timezone.now())
    for row in (mixed[1], mixed[3]):
        mine.rijen.create(melding=row, versie=row.versie)
    client.force_login(cast.wijkmanager)
    page = client.get(reverse("meldingen:bulk", args=[mine.pk])).content.decode()
    assert f"{EXPORT}?lijst=alle&amp;bulk={mine.pk}" in page
    assert {int(row[0]) for row in rows_of(client, f"lijst=alle&bulk={mine.pk}")[1:]} == {mixed[1].pk}
    client.force_login(cast.beheerder)
    for bulk in (mine.pk, "x", ""):
        assert len(rows_of(client, f"lijst=alle&bulk={bulk}")) == 1


def test_labels_are_a_column_on_screen_and_in_the_file(manager, cast):
    melding = MeldingFactory(wijk=cast.wijk)
    for naam in ("school", "Markt"):
        MeldingLabel.objects.create(melding=melding, label=Label.objects.create(naam=naam), op=timezone.now())
    weergaven.choose_columns(gebruiker=cast.wijkmanager, weergave=None, kolommen=["nummer", "labels"])
    words = rows_of(manager, "lijst=alle")[1][1]
    assert sorted(words.split(", ")) == ["Markt", "school"]
    assert words in manager.get(LIST, {"lijst": "alle"}).content.decode()


def test_who_reported_is_in_it_only_when_asked_and_only_for_who_handles(client, cast, mixed):
    client.force_login(cast.wijkmanager)
    page = client.get(f"{EXPORT}?lijst=alle").content.decode()
    assert "persoonsgegevens" in page
    assert "an@voorbeeld.example" not in str(rows_of(client, "lijst=alle"))
    [heading, *rows] = rows_of(client, "lijst=alle", contact="on")
    assert heading[-3:] == ["Naam van de melder", "E-mailadres van de melder", "Telefoon van de melder"]
    assert rows[0][-2] == "an@voorbeeld.example"
    client.force_login(cast.lezer)
    assert "wie gemeld heeft" not in client.get(EXPORT).content.decode()
    assert "an@voorbeeld.example" not in str(rows_of(client, "lijst=alle", contact="on", kolommen="alle"))


def test_every_file_is_written_down_and_the_beheerder_sees_it(client, cast, mixed):
    client.force_login(cast.wijkmanager)
    count = len(rows_of(client, "lijst=alle&status=nieuw", contact="on")) - 1
    row = Uitvoer.objects.get()
    assert (row.door, row.aantal, row.met_contact, row.wijze) == (cast.wijkmanager, count, True, "meteen")
    assert row.wat == "Alle · Status: nieuw"
    assert row.filters == "lijst=alle&status=nieuw"
    client.force_login(cast.beheerder)
    page = client.get(reverse("admin:meldingen_uitvoer_changelist")).content.decode()
    assert "Alle · Status: nieuw" in page


def test_a_search_for_a_reporter_is_written_down_without_that_person(manager, mixed):
    rows = rows_of(manager, "q=an@voorbeeld.example&regel=mail")
    assert len(rows) > 1
    row = Uitvoer.objects.get()
    assert "an@voorbeeld" not in row.wat + row.filters
    assert "E-mailadres van de melder: …" in row.wat


def test_a_search_without_a_rule_is_no_list_to_take_out(manager, mixed):
    assert manager.get(f"{EXPORT}?q=blikjes").status_code == 302
    assert take(manager, "q=blikjes").status_code == 302
    assert not Uitvoer.objects.exists()


def test_a_formula_in_the_words_of_a_resident_is_text(manager, cast):
    MeldingFactory(wijk=cast.wijk, omschrijving='=HYPERLINK("http://kwaad.example";"klik")', adres="+1")
    rows = rows_of(manager, "lijst=alle")
    assert rows[1][2].startswith("'=HYPERLINK")
    assert rows[1][3] == "'+1"


@pytest.mark.parametrize("count", [1, 3])
def test_a_file_costs_twelve_queries_whatever_its_length(manager, cast, count, django_assert_num_queries):
    for _ in range(count):
        MeldingFactory(wijk=cast.wijk, team=cast.wijkteam, behandelaar=cast.wijkmanager)
    with django_assert_num_queries(12):
        body(take(manager, "lijst=alle", kolommen="alle", contact="on"))


# Long lists.


@pytest.fixture
def short(monkeypatch):
    """A list is long from two reports on."""
    monkeypatch.setattr(pages, "AT_ONCE", 1)


def work():
    at = timezone.now()
    for pk in Opdracht.objects.waiting().values_list("pk", flat=True):
        opdrachten.run(pk=pk, at=at)


@pytest.mark.parametrize("vorm", ["csv", "xlsx"])
def test_a_long_list_is_made_by_the_worker_who_mails_the_way_to_it(manager, client, cast, mixed, short, vorm):
    answer = take(manager, "lijst=alle&volgorde=ontvangen", vorm=vorm)
    opdracht = Opdracht.objects.get()
    assert answer.url == reverse("opdrachten:detail", args=[opdracht.pk])
    assert Uitvoer.objects.get().aantal is None
    work()
    opdracht.refresh_from_db()
    assert opdracht.status == Opdracht.Status.KLAAR
    expected = len(manager.get(f"{LIST}?lijst=alle").context["pagina"].rows)
    assert (opdracht.totaal, opdracht.gedaan, Uitvoer.objects.get().aantal) == (expected, expected, expected)
    mail = Bericht.objects.get(soort="staf_uitvoer")
    assert mail.aan == cast.wijkmanager.email
    assert answer.url in mail.tekst
    download = reverse("opdrachten:download", args=[opdracht.pk])
    data = body(manager.get(download))
    if vorm == "csv":
        numbers = [row[0] for row in csv_rows(data)[1:]]
    else:
        numbers = [str(row[0].value) for row in load_workbook(io.BytesIO(data)).active.iter_rows(min_row=2)]
    assert numbers == [
        str(row.pk) for row in manager.get(f"{LIST}?lijst=alle&volgorde=ontvangen").context["pagina"].rows
    ]
    client.force_login(cast.beheerder)
    assert client.get(download).status_code == 404
    client.logout()
    assert client.get(download).status_code == 302


def test_a_long_list_is_of_what_its_owner_may_see_when_it_is_made(manager, cast, mixed, short):
    take(manager, "lijst=alle", contact="on", kolommen="alle")
    Teamlid.objects.filter(gebruiker=cast.wijkmanager).delete()
    work()
    assert Opdracht.objects.get().resultaat["meldingen"] == 0
    cast.wijkmanager.groups.clear()
    actions.start_large(
        uitvoer=Uitvoer.objects.get(),
        door=cast.wijkmanager,
        at=timezone.now(),
        vraag={**Opdracht.objects.get().invoer},
    )
    Opdracht.objects.update(sleutel=None)
    opdrachten.start(
        soort=actions.SOORT, eigenaar=cast.wijkmanager, invoer=Opdracht.objects.first().invoer, at=timezone.now()
    )
    work()
    last = Opdracht.objects.order_by("pk").last()
    assert (last.status, last.fout) == (Opdracht.Status.MISLUKT, "Je account heeft geen rol meer.")
    assert not last.bestand


def test_who_lost_the_right_to_search_reporters_gets_no_file_of_everything(manager, cast, mixed, short):
    take(manager, "q=an@voorbeeld.example&regel=mail")
    cast.wijkmanager.groups.set(cast.lezer.groups.all())
    work()
    assert Opdracht.objects.get().status == Opdracht.Status.MISLUKT


@pytest.mark.once
@pytest.mark.parametrize("everything", [False, True])
def test_ten_times_as_many_rows_take_hardly_more_memory(cast, everything):
    kind, now = SubcategorieFactory(), timezone.now()
    today = now.date()
    Melding.objects.bulk_create(
        [
            Melding(
                categorie=kind,
                omschrijving=f"Er liggen blikjes in het gras, {n}.",
                adres="Hennepstraat 1",
                ontvangen_op=now - timedelta(minutes=n),
                reactie_beloofd=today,
                reactie_uiterlijk=today,
                oplossing_beloofd=today,
                oplossing_uiterlijk=today,
            )
            for n in range(10_000)
        ],
        batch_size=2000,
    )

    def peak(count):
        rows = Melding.objects.filter(ontvangen_op__gt=now - timedelta(minutes=count))
        table = queries.table(
            rows, ORDERS["-ontvangen"], today, codes=kolommen.GEWOON, everything=everything, contact=everything
        )
        tracemalloc.start()
        try:
            assert sum(1 for _ in table.rijen) == count
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(10)  # what is made once
    assert peak(10_000) < peak(1_000) + 1_500_000  # kept in memory these rows would be 10 MB and more


# By itself.


def plan_of(cast, **fields):
    view = weergaven.save_view(
        naam="Nieuw",
        filters="lijst=alle&status=nieuw",
        kolommen=["nummer"],
        door=cast.wijkmanager,
        team=cast.wijkteam,
        at=timezone.now(),
    )
    start = timezone.make_aware(datetime(2026, 3, 2, 12))  # a Monday
    given = {"ritme": "week", "dag": 3, "vorm": "csv", "alle_kolommen": False, "eigenaar": cast.wijkmanager}
    return actions.plan_export(weergave=view, at=start, **(given | fields))


def rounds(days, hours=(5, 7, 9)):
    """Run the light round some times a day; the days on which something began."""
    found = []
    for n in range(days):
        for hour in hours:
            at = timezone.make_aware(datetime(2026, 3, 2, hour)) + timedelta(days=n)
            if jobs.start_planned(at).get("gestart"):
                found.append(timezone.localtime(at))
    return found


@pytest.mark.parametrize(
    ("ritme", "dag", "days"),
    [
        ("week", 3, ["03-04", "03-11", "03-18", "03-25", "04-01", "04-08"]),
        ("week", 1, ["03-02", "03-09", "03-16", "03-23", "03-30", "04-06"]),
        ("maand", 15, ["03-15"]),
        ("maand", 1, ["04-01"]),
        # Without weekends and Easter Monday (6 April).
        (
            "werkdag",
            None,
            [
                f"{d:%m-%d}"
                for d in (date(2026, 3, 2) + timedelta(n) for n in range(38))
                if d.weekday() < 5 and d != date(2026, 4, 6)
            ],
        ),
    ],
)
def test_a_plan_goes_out_once_on_each_of_its_days(cast, ritme, dag, days):
    plan_of(cast, ritme=ritme, dag=dag)
    found = rounds(38)
    assert [f"{moment:%m-%d}" for moment in found] == days
    assert {moment.hour for moment in found} == {7}
    assert Uitvoer.objects.filter(wijze="gepland").count() == len(days) == Opdracht.objects.count()


def test_a_day_that_was_missed_is_made_up_for_once(cast):
    plan_of(cast)
    at = timezone.make_aware(datetime(2026, 3, 6, 9))  # two days after the Wednesday
    assert jobs.start_planned(at) == {"gestart": 1}
    assert jobs.start_planned(at + timedelta(hours=1)) == {"gestart": 0}


def test_a_planned_list_is_mailed_to_its_owner_with_the_columns_of_the_view(manager, cast, mixed):
    plan_of(cast)
    jobs.start_planned(timezone.make_aware(datetime(2026, 3, 4, 7)))
    work()
    opdracht = Opdracht.objects.get()
    assert Bericht.objects.get(soort="staf_uitvoer").aan == cast.wijkmanager.email
    rows = csv_rows(body(manager.get(reverse("opdrachten:download", args=[opdracht.pk]))))
    assert rows[0] == ["Nummer"]
    assert Uitvoer.objects.get().wat == "Nieuw (Alle · Status: nieuw)"


def _inactive(plan, cast):
    type(plan.eigenaar).objects.filter(pk=plan.eigenaar_id).update(is_active=False)


def _without_role(plan, cast):
    plan.eigenaar.groups.clear()


def _out_of_the_team(plan, cast):
    Teamlid.objects.filter(gebruiker=plan.eigenaar).delete()


def _thrown_away(plan, cast):
    weergaven.throw_away(weergave=plan.weergave, at=timezone.now())


def _stopped(plan, cast):
    Uitvoerplan.objects.update(is_actief=False)


@pytest.mark.parametrize("change", [_inactive, _without_role, _out_of_the_team, _thrown_away, _stopped])
def test_who_lost_the_right_to_a_view_gets_no_file_of_it(cast, change):
    colleague = member(cast.wijkteam, Rol.WIJKMANAGER)
    plan = plan_of(cast, eigenaar=colleague)
    change(plan, cast)
    assert rounds(10) == []
    assert not Opdracht.objects.exists()
