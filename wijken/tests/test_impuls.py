"""The impulswijken: their periods, their figures and what is agreed there."""

import io
import uuid
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, InternalError, transaction
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from kern.documenten.werkblad import csv_bytes
from kern.gebruikers.models import Rol
from kern.herinneringen.models import Aan
from kern.historiek.queries import history_of
from kern.inlezen import actions as inlezen
from meldingen.tests import factories
from wijken import actions, periode, reminders, rules
from wijken.inlezen import indicatoren as files
from wijken.models import Impulsperiode, Indicator, Indicatorwaarde, Programmapunt, Wijk
from wijken.queries import reach
from wijken.states.programma import STEPS, Puntstatus, allowed

NOW = timezone.now()
TODAY = timezone.localdate()
D = Decimal


@pytest.fixture
def cast(db):
    return factories.cast()


@pytest.fixture
def indicator(db):
    return Indicator.objects.create(
        code="kansarmoede",
        naam="Kansarmoede-index",
        factor="opvoeding",
        uitleg="Hoeveel kinderen in een kansarm gezin geboren zijn.",
        eenheid="%",
        hoger_is_beter=False,
        bron="Opgroeien",
        licentie="Modellicentie Gratis Hergebruik",
    )


@pytest.fixture
def begin(cast):
    def begin(soort, data, doel="", name="cijfers.csv"):
        return inlezen.begin(
            soort=soort,
            doel=doel,
            eigenaar=cast.beheerder,
            bestand=SimpleUploadedFile(name, data if isinstance(data, bytes) else data.encode()),
            reden="",
            sleutel=uuid.uuid4(),
            at=NOW,
        )

    return begin


def value(indicator, wijk, period, waarde, aantal=None):
    return Indicatorwaarde.objects.create(
        indicator=indicator, wijk=wijk, periode=period, waarde=D(waarde), aantal=aantal
    )


# Since when.


def test_a_wijk_is_an_impulswijk_in_its_periods_and_says_so_today(cast):
    wijk, begin = cast.wijk, TODAY - timedelta(days=100)
    actions.begin_impuls(wijk=wijk, van=begin, reden="Besluit", on=TODAY)
    wijk.refresh_from_db()
    assert (wijk.is_impulswijk, wijk.impulswijk_sinds) == (True, begin)
    actions.end_impuls(wijk=wijk, tot=TODAY, reden="Het gaat beter", on=TODAY)
    wijk.refresh_from_db()
    assert wijk.is_impulswijk  # until the end of the day
    assert actions.settle_impuls(NOW + timedelta(days=1)) == {"gewijzigd": 1}
    wijk.refresh_from_db()
    assert (wijk.is_impulswijk, wijk.impulswijk_sinds) == (False, None)
    assert "Het gaat beter" in [regel.reden for regel in history_of(wijk, also=[Impulsperiode])]


def test_a_period_that_is_still_to_come_begins_by_itself(cast):
    actions.begin_impuls(wijk=cast.wijk, van=TODAY + timedelta(days=2), reden="Besluit", on=TODAY)
    assert not Wijk.objects.get(pk=cast.wijk.pk).is_impulswijk
    assert actions.settle_impuls(NOW) == {"gewijzigd": 0}
    assert actions.settle_impuls(NOW + timedelta(days=2)) == {"gewijzigd": 1}
    assert Wijk.objects.get(pk=cast.wijk.pk).is_impulswijk


@pytest.mark.parametrize(
    ("van", "tot", "free"),
    [
        (date(2020, 1, 1), date(2021, 12, 31), True),
        (date(2020, 1, 1), date(2022, 1, 1), False),
        (date(2022, 6, 1), date(2022, 7, 1), False),
        (date(2023, 1, 1), None, True),
        (date(2021, 1, 1), None, False),
    ],
)
def test_periods_of_a_wijk_never_overlap(cast, van, tot, free):
    actions.begin_impuls(wijk=cast.wijk, van=date(2022, 1, 1), tot=date(2022, 12, 31), reden="Besluit", on=TODAY)
    if free:
        actions.begin_impuls(wijk=cast.wijk, van=van, tot=tot, reden="Besluit", on=TODAY)
    else:
        with pytest.raises(ValueError, match="in die periode"):
            actions.begin_impuls(wijk=cast.wijk, van=van, tot=tot, reden="Besluit", on=TODAY)
    assert cast.wijk.impulsperiodes.count() == 1 + free


def test_a_period_asks_why_and_ends_after_it_begins(cast):
    with pytest.raises(ValueError, match="zeg waarom"):
        actions.begin_impuls(wijk=cast.wijk, van=TODAY, reden=" ", on=TODAY)
    with pytest.raises(ValueError, match="geen periode zonder einde"):
        actions.end_impuls(wijk=cast.wijk, tot=TODAY, reden="x", on=TODAY)
    actions.begin_impuls(wijk=cast.wijk, van=TODAY, reden="x", on=TODAY)
    with pytest.raises(ValueError, match="voor de wijk een impulswijk werd"):
        actions.end_impuls(wijk=cast.wijk, tot=TODAY - timedelta(days=1), reden="x", on=TODAY)


def test_only_a_beheerder_says_which_wijken_are_impulswijken(cast, client):
    data = {"wijk": cast.wijk.pk, "van": TODAY.isoformat(), "reden": "Besluit van het college"}
    address = reverse("wijken:impuls_begin")
    for person, code in ((cast.wijkmanager, 404), (cast.beheerder, 302)):
        client.force_login(person)
        assert client.post(address, data).status_code == code
    assert Wijk.objects.get(pk=cast.wijk.pk).is_impulswijk
    html = client.post(address, data).content.decode()
    assert "In die periode is deze wijk al een impulswijk." in html
    assert "Besluit van het college" in html
    html = client.get(reverse("wijken:impuls")).content.decode()
    assert cast.wijk.naam in html


# Figures.


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2024", "2024"),
        ("schooljaar 2023-2024", "2023-2024"),
        ("2023/24", "2023-2024"),
        ("2024 Q1", "2024-K1"),
        ("1e kwartaal 2024", "2024-K1"),
    ],
)
def test_periods_are_read_as_sources_write_them(typed, kept):
    assert periode.read(typed) == kept


@pytest.mark.parametrize("typed", ["24", "2022-2024", "2024-K5", "vorig jaar", ""])
def test_what_is_no_period_is_refused(typed):
    with pytest.raises(ValueError, match=r"geen periode|schooljaar loopt"):
        periode.read(typed)


@pytest.mark.parametrize(
    ("heading", "period"),
    [
        ("2022", "2022"),
        ("Kansarmoede-index | 2022", "2022"),
        ("Index (2022)", "2022"),
        ("Vertraging 2021-2022", "2021-2022"),
        ("Naam", None),
        ("Wijk12022", None),
    ],
)
def test_a_heading_tells_its_period(heading, period):
    assert periode.in_heading(heading) == period


def test_a_figure_about_too_few_people_never_gets_in(indicator, cast):
    row = value(indicator, cast.wijk, "2024", "33.3", aantal=9)
    row.refresh_from_db()
    assert (row.waarde, row.aantal, row.is_verborgen) == (None, None, True)
    Indicatorwaarde.objects.bulk_create(
        [Indicatorwaarde(indicator=indicator, wijk=cast.andere_wijk, periode="2024", waarde=D("3"), aantal=3)]
    )
    assert not Indicatorwaarde.objects.filter(waarde__isnull=False).exists()
    assert not row.historiek.filter(waarde__isnull=False).exists()
    kept = value(indicator, None, "2024", "20.0", aantal=10)
    kept.refresh_from_db()
    assert (kept.waarde, kept.is_verborgen) == (D("20.000"), False)


def test_a_higher_limit_hides_what_stands_there_already(indicator, cast):
    small, large = value(indicator, cast.wijk, "2023", "10", aantal=15), value(indicator, cast.wijk, "2024", "10", 40)
    Indicator.objects.filter(pk=indicator.pk).update(min_aantal=20)
    small.refresh_from_db()
    large.refresh_from_db()
    assert (small.is_verborgen, small.waarde, large.is_verborgen) == (True, None, False)
    Indicator.objects.filter(pk=indicator.pk).update(min_aantal=5)
    small.refresh_from_db()
    assert small.is_verborgen  # what is gone does not come back


def test_the_database_keeps_hidden_figures_empty(indicator, cast):
    row = value(indicator, cast.wijk, "2024", "10")
    with pytest.raises(IntegrityError), transaction.atomic():
        Indicatorwaarde.objects.filter(pk=row.pk).update(is_verborgen=True)


def test_a_file_with_a_row_per_wijk_and_a_column_per_period_is_read_in(indicator, cast, begin):
    data = (
        f"Kansarmoede-index\n\nGebiedscode;Gebied;Kansarmoede | 2022;Kansarmoede | 2023\n"
        f"{cast.wijk.code};{cast.wijk.naam};31,2;x\n71016;Genk;23,2;22,9\n{cast.andere_wijk.code};Ander;-;20\n"
    )
    row = begin("cijfers-per-wijk", data, str(indicator.pk))
    assert row.status == "kolommen"  # a column too many: code and name
    row = inlezen.choose_columns(inlezing=row, koppeling={"wijk": 0, "p_2022": 2, "p_2023": 3}, at=NOW)
    row = inlezen.look(inlezing=row, at=NOW)
    assert (row.uitslag["nieuw"], row.uitslag["fouten"]) == (3, 0), row.uitslag["lijst"]
    inlezen.confirm(inlezing=row, at=NOW)
    found = {(v.wijk, v.periode): (v.waarde, v.is_verborgen) for v in Indicatorwaarde.objects.select_related("wijk")}
    assert found == {
        (cast.wijk, "2022"): (D("31.200"), False),
        (cast.wijk, "2023"): (None, True),
        (None, "2022"): (D("23.200"), False),
        (None, "2023"): (D("22.900"), False),
        (cast.andere_wijk, "2023"): (D("20.000"), False),
    }


def test_a_workbook_with_years_as_numbers_is_read_in(indicator, cast, begin):
    book = Workbook()
    for line in (["Wijk", 2022, 2023], [cast.wijk.naam.upper(), 31.2, 30]):
        book.active.append(line)
    file = io.BytesIO()
    book.save(file)
    row = begin("cijfers-per-wijk", file.getvalue(), str(indicator.pk), name="cijfers.xlsx")
    assert row.uitslag["nieuw"] == 1, row.uitslag
    inlezen.confirm(inlezing=row, at=NOW)
    assert set(Indicatorwaarde.objects.values_list("periode", "waarde")) == {("2022", D("31.2")), ("2023", D("30"))}


def test_a_file_with_a_row_per_figure_hides_small_numbers_and_says_so(indicator, cast, begin):
    row = begin(
        "cijfers",
        f"Indicator;Wijk;Periode;Waarde;Aantal\nkansarmoede;{cast.wijk.naam};2024;31,2;9\n"
        f"Kansarmoede-index;{cast.andere_wijk.code};2024;12,5;80\n",
    )
    assert [line[3] for line in row.uitslag["rijen"]] == [
        [["Waarde", "", "verborgen (te klein)"]],
        [["Waarde", "", "12,5 % (aantal 80)"]],
    ]
    inlezen.confirm(inlezing=row, at=NOW)
    assert set(Indicatorwaarde.objects.values_list("wijk", "waarde", "aantal")) == {
        (cast.wijk.pk, None, None),
        (cast.andere_wijk.pk, D("12.500"), 80),
    }


def test_what_is_wrong_with_figures_is_told_by_row_and_column(indicator, cast, begin):
    row = begin(
        "cijfers",
        f"Indicator;Wijk;Periode;Waarde;Aantal\nonzin;{cast.wijk.naam};2024;1;\nkansarmoede;Nergens;2024;1;\n"
        f"kansarmoede;Genk;2023-2024;1;\nkansarmoede;Genk;2024;1,25;\nkansarmoede;Genk;2023;veel;\n"
        f"kansarmoede;Genk;2022;1;\nkansarmoede;Genk;2022;2;\n",
    )
    assert [(nr, kolom, tekst) for nr, kolom, _waarde, tekst in row.uitslag["lijst"]] == [
        (2, "Indicator", "deze indicator kennen we niet"),
        (3, "Wijk", "deze wijk kennen we niet"),
        (4, "Periode", "deze indicator heeft een jaar, zoals 2024"),
        (5, "Waarde", "deze indicator heeft hoogstens 1 cijfer na de komma"),
        (6, "Waarde", "dit is geen getal: schrijf bijvoorbeeld 1234,56"),
        (8, "Periode", "dit cijfer staat ook op rij 7"),
    ]


@pytest.mark.parametrize("breed", [False, True])
def test_figures_that_were_exported_are_read_in_again_unchanged(indicator, cast, begin, breed):
    value(indicator, cast.wijk, "2023", "31.2", aantal=80)
    value(indicator, cast.wijk, "2024", "31.2", aantal=3)
    value(indicator, None, "2024", "22")
    doel = str(indicator.pk) if breed else ""
    fields, rows = (files.velden_breed, files.uitvoer_breed) if breed else (files.velden_lang, files.uitvoer_lang)
    data = b"".join(csv_bytes([veld.label for veld in fields(doel)], rows(doel)))
    row = begin("cijfers-per-wijk" if breed else "cijfers", data, doel)
    counts = [row.uitslag[key] for key in ("nieuw", "gewijzigd", "gelijk", "fouten")]
    assert counts == [0, 0, 2 if breed else 3, 0], row.uitslag


def test_the_monitor_puts_a_wijk_beside_the_city_in_words(indicator, cast, client):
    value(indicator, cast.wijk, "2023", "31.2")
    value(indicator, cast.wijk, "2024", "30.1", aantal=2)
    value(indicator, None, "2023", "22")
    html = client.get(reverse("wijken:figures", args=[cast.wijk.slug])).content.decode()
    assert "Dat is hoger dan in heel Genk (22,0\u00a0%). Dat is minder goed." in html
    assert "te klein om te tonen" in html
    assert "geen cijfer" in html
    assert "31,2\u00a0%" in html
    assert "Opgroeien" in html
    assert "Modellicentie Gratis Hergebruik" in html


def test_what_is_not_public_is_for_colleagues_alone(indicator, cast, client):
    value(indicator, cast.wijk, "2023", "31.2")
    Indicator.objects.update(is_openbaar=False)
    public = client.get(reverse("wijken:figures", args=[cast.wijk.slug])).content.decode()
    assert "Nog geen cijfers van deze wijk" in public
    assert "De wijk in cijfers" not in client.get(cast.wijk.get_absolute_url()).content.decode()
    client.force_login(cast.lezer)
    html = client.get(reverse("wijken:monitor", args=[cast.wijk.slug])).content.decode()
    assert "Kansarmoede-index" in html
    assert "Alleen voor collega" in html


def test_the_monitor_costs_the_same_for_one_indicator_and_for_three(indicator, cast, client, django_assert_num_queries):
    value(indicator, cast.wijk, "2023", "31.2")
    address = reverse("wijken:figures", args=[cast.wijk.slug])
    with django_assert_num_queries(2):
        client.get(address)
    for number in range(2):
        more = Indicator.objects.create(code=f"i{number}", naam=f"I{number}", factor="taal", uitleg="u", bron="b")
        value(more, cast.wijk, "2023", "3")
        value(more, None, "2023", "4")
    with django_assert_num_queries(2):
        client.get(address)


# The programme.


def agreement(cast, **fields):
    data = {
        "wijk": cast.wijk,
        "sleutel": uuid.uuid4(),
        "door": cast.wijkmanager,
        "at": NOW,
        "titel": "Praatgroep",
        "factor": "taal",
        "wie": "buurtwerk",
        "van": TODAY,
        "tegen": TODAY + timedelta(days=30),
    }
    return actions.add_point(**(data | fields))


@pytest.mark.parametrize(("van", "naar"), list(product(Puntstatus, Puntstatus)))
def test_every_step_of_an_agreement_is_as_the_table_says_also_for_a_script(cast, van, naar):
    ended = {Puntstatus.KLAAR, Puntstatus.GESTOPT}
    point = agreement(cast, status=van, reden="x", klaar_op=NOW if van in ended else None)
    fields = {"status": naar, "klaar_op": NOW if naar in ended else None, "reden": "x"}
    if van == naar or allowed(van, naar):
        assert Programmapunt.objects.filter(pk=point.pk).update(**fields) == 1
    else:
        with pytest.raises(InternalError), transaction.atomic():
            Programmapunt.objects.filter(pk=point.pk).update(**fields)
        with pytest.raises(ValueError, match="kan nu niet"):
            actions.move_point(punt=point, naar=naar, versie=1, at=NOW, reden="x")


def test_every_state_can_be_left(cast):
    assert all(STEPS[state] for state in Puntstatus)


def test_stopping_asks_why_and_an_old_page_changes_nothing(cast):
    point = agreement(cast)
    with pytest.raises(ValueError, match="zeg waarom"):
        actions.move_point(punt=point, naar="gestopt", versie=1, at=NOW)
    moved = actions.move_point(punt=point, naar="gestopt", versie=1, at=NOW, reden="Geen plaats meer")
    assert (moved.status, moved.klaar_op, moved.versie) == ("gestopt", NOW, 2)
    assert history_of(moved)[0].reden == "Geen plaats meer"
    with pytest.raises(actions.PuntGewijzigd):
        actions.move_point(punt=point, naar="afgesproken", versie=1, at=NOW, reden="x")
    again = actions.move_point(punt=point, naar="afgesproken", versie=2, at=NOW, reden="Weer plaats")
    assert (again.status, again.klaar_op) == ("afgesproken", None)


def test_one_form_makes_one_agreement(cast):
    key = uuid.uuid4()
    assert agreement(cast, sleutel=key) == agreement(cast, sleutel=key)
    assert Programmapunt.objects.count() == 1


def test_the_wijkmanager_writes_down_an_agreement_and_takes_it_to_its_end(cast, client):
    client.force_login(cast.wijkmanager)
    address = reverse("wijken:impuls_add", args=[cast.wijk.slug])
    data = {
        "titel": "Jobcoach op maandag",
        "factor": "tewerkstelling",
        "wie": "OCMW",
        "van": "2026-03-10",
        "tegen": "2026-03-01",
        "sleutel": uuid.uuid4(),
        "versie": 1,
    }
    html = client.post(address, data).content.decode()
    assert "Deze dag ligt voor het begin." in html
    assert "Jobcoach op maandag" in html
    assert client.post(address, data | {"tegen": "2026-09-01"}).status_code == 302
    point = Programmapunt.objects.get()
    page = point.get_absolute_url()
    step = reverse("wijken:impuls_step", args=[point.pk])
    assert "Zeg waarom." in client.post(step, {"naar": "gestopt", "versie": 1}).content.decode()
    client.post(step, {"naar": "klaar", "versie": 1, "resultaat": "Acht mensen aan het werk"})
    html = client.get(page).content.decode()
    assert "Acht mensen aan het werk" in html
    assert "Jobcoach" not in client.get(reverse("wijken:impuls_programme", args=[cast.wijk.slug])).content.decode()
    both = reverse("wijken:impuls_programme", args=[cast.wijk.slug]) + "?stand=alle&factor=tewerkstelling"
    assert "Jobcoach" in client.get(both).content.decode()
    edit = reverse("wijken:impuls_edit", args=[point.pk])
    html = client.post(edit, data | {"tegen": "2026-09-01", "versie": 1}).content.decode()
    assert "Iemand anders was je voor" in html
    assert client.post(edit, data | {"tegen": "2026-10-01", "versie": 2}).status_code == 302
    point.refresh_from_db()
    assert point.tegen == date(2026, 10, 1)


def test_the_rule_for_one_agreement_and_the_list_agree_for_every_role(cast):
    here, there = agreement(cast), agreement(cast, wijk=cast.andere_wijk)
    people = [factories.member(None, rol) for rol in Rol]
    people += [cast.wijkmanager, cast.collega, cast.buurttoezichter, factories.GebruikerFactory()]
    seen = 0
    for person in people:
        mine = reach(person, TODAY)
        listed = set(Programmapunt.objects.visible_to(person, mine))
        assert listed == {p for p in (here, there) if rules.may_see_programme(person, mine, p.wijk_id)}
        seen += len(listed)
    assert seen > 5


def test_who_is_not_of_the_wijk_neither_sees_nor_writes_its_programme(cast, client):
    point = agreement(cast)
    names = [("impuls_item", [point.pk]), ("impuls_edit", [point.pk]), ("impuls_add", [cast.wijk.slug])]
    addresses = [reverse(f"wijken:{name}", args=args) for name, args in names]
    for person, codes in (
        (cast.wijkmanager, [200, 200, 200]),
        (cast.collega, [404, 404, 404]),
        (cast.lezer, [200, 404, 404]),
    ):
        client.force_login(person)
        assert [client.get(address).status_code for address in addresses] == codes


@pytest.mark.parametrize("name", ["impuls", "impuls_programme"])
def test_lists_cost_the_same_for_one_row_and_for_three(cast, client, name, django_assert_num_queries):
    expected = {"impuls": 6, "impuls_programme": 6}[name]
    client.force_login(cast.lezer)
    address = reverse(f"wijken:{name}", args=[cast.wijk.slug] if name == "impuls_programme" else [])
    actions.begin_impuls(wijk=cast.wijk, van=TODAY, reden="x", on=TODAY)
    agreement(cast)
    client.get(address)
    with django_assert_num_queries(expected):
        client.get(address)
    actions.begin_impuls(wijk=cast.andere_wijk, van=TODAY, reden="x", on=TODAY)
    agreement(cast)
    agreement(cast)
    with django_assert_num_queries(expected):
        client.get(address)


def test_the_wijkmanager_is_reminded_of_what_is_due_and_open(cast):
    due = agreement(cast, titel="Huiswerkklas", tegen=TODAY)
    agreement(cast, titel="Later", tegen=TODAY + timedelta(days=90))
    agreement(cast, titel="Gedaan", tegen=TODAY, status=Puntstatus.KLAAR, klaar_op=NOW)
    (item,) = reminders.netwerk.programme(TODAY, TODAY + timedelta(days=10))
    assert (item.sleutel, item.due_on) == (str(due.pk), TODAY)
    assert item.titel == f"Programma van {cast.wijk.naam}: Huiswerkklas (buurtwerk)"
    assert item.ontvangers[Aan.WIJKMANAGER] == [cast.wijkmanager.pk]
