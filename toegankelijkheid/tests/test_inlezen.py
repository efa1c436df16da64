"""An existing monitoring table is read in, and what goes out comes back unchanged."""

import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from kern.geo.lambert import Stelsel, from_wgs84
from kern.geo.vormen import haversine
from kern.inlezen import actions
from kern.inlezen.models import Inlezing
from toegankelijkheid.inlezen import velden
from toegankelijkheid.inlezen.lezen import place
from toegankelijkheid.models import Knelpunt
from toegankelijkheid.queries.monitoring import exported
from toegankelijkheid.states import Knelpuntstatus

from .factories import CENTRE, CriteriumFactory, KnelpuntFactory, ObjectFactory
from .test_monitoring import at_status, client_of

pytestmark = pytest.mark.django_db
S = Knelpuntstatus
HEAD = "Nummer elders;Thema;Titel;Ernst;X;Y;Planning;Jaar;Verantwoordelijke;Status\n"


def read(user, content, name="tabel.csv"):
    body = content if isinstance(content, bytes) else content.encode()
    return actions.begin(
        soort="monitoring", doel="", eigenaar=user, bestand=SimpleUploadedFile(name, body), reden="",
        sleutel=uuid.uuid4(), at=timezone.now(),
    )  # fmt: skip


def errors(row):
    """Each error as (row, column, words)."""
    return {(rij, kolom): words for rij, kolom, _waarde, words in row.uitslag["lijst"]}


@pytest.fixture
def full(cast):
    """Knelpunten with everything filled in, in several steps; and one that was measured, and one that lies nowhere."""
    year = timezone.localdate().year
    first = KnelpuntFactory(
        externe_id="ENTER-1", titel='=Boordsteen <8 cm> & "paal"; rand', omschrijving="Een\ntwee; drie",
        plaats=CENTRE._replace(lon=5.491234567891, lat=50.961234567891), adres="Kerkstraat 1", wijk=cast.wijk,
        zone=cast.zone, dimensie="drempel", groepen=["rolstoel", "blind"], tags=["steil", "paal"], ernst=3,
        oplossing="- verlaag de boordsteen", haalbaarheid=2, haalbaarheidsreden="budget", planning="KT", planjaar=year,
        uiterlijk=date(year, 12, 31), dienst=cast.wijk.teams.get(), verantwoordelijke=cast.coordinator, kost_laag=1000,
        kost_hoog=2500, budgetlijn="B-1", subsidie="Vlaanderen", werkdossier="W-7", jaarstappen="2026: meten",
        vastgesteld_op=date(2024, 2, 29), prioriteit="hoog", prioriteit_reden="Schoolroute.", wegbeheerder="awv",
    )  # fmt: skip
    at_status(first, S.GEPLAND)
    measured = KnelpuntFactory(
        object=ObjectFactory(), criterium=CriteriumFactory(), gemeten=Decimal("8.500"), eenheid="cm", plaats=CENTRE
    )
    at_status(measured, S.UITGEVOERD, uitgevoerd_op=timezone.localdate())
    at_status(KnelpuntFactory(), S.NIET_UITVOEREN, niet_goedgekeurd_door=cast.beheerder)
    return first


@pytest.mark.parametrize("vorm", ["csv", "xlsx"])
def test_what_goes_out_is_read_in_again_as_unchanged(cast, full, vorm):
    from toegankelijkheid.actions.prioriteit import propose_all

    propose_all(timezone.now(), closed=True)
    client = client_of(cast.coordinator)
    answer = client.get(reverse("toegankelijkheid:monitoring_file"), {"status": "alle", "vorm": vorm})
    row = read(cast.coordinator, b"".join(answer.streaming_content), f"tabel.{vorm}")
    assert row.status == Inlezing.Status.NAKIJKEN, row.uitslag
    assert errors(row) == {}
    assert (row.uitslag["gelijk"], row.uitslag["gewijzigd"], row.uitslag["nieuw"]) == (3, 0, 0), row.uitslag


def test_a_table_in_lambert_72_is_read_and_every_row_gets_its_wijk_zone_and_priority(cast):
    (pair,) = from_wgs84([CENTRE], Stelsel.LAMBERT_72)
    x, y = (f"{value:.2f}".replace(".", ",") for value in pair)
    year = timezone.localdate().year
    team = cast.wijk.teams.get().naam
    row = read(cast.coordinator, HEAD + f"E-1;looproute;Smalle doorgang;4;{x};{y};KT;{year};{team};gepland\n")
    assert errors(row) == {}
    assert not Knelpunt.objects.exists()
    actions.confirm(inlezing=row, at=timezone.now())
    found = Knelpunt.objects.get()
    assert haversine(found.plaats, CENTRE) < 0.1
    assert (found.externe_id, found.wijk, found.zone, found.status) == ("E-1", cast.wijk, cast.zone, S.GEPLAND)
    assert (found.planning, found.dienst.naam, found.prioriteit, found.rang) == ("KT", team, "middel", 4)
    # The same file again does nothing, and another value changes that row alone.
    again = read(cast.coordinator, HEAD + f"E-1;looproute;Smalle doorgang;4;{x};{y};KT;{year};{team};gepland\n")
    assert again.uitslag["gelijk"] == 1
    changed = read(
        cast.coordinator, HEAD + f"E-1;looproute;Smalle doorgang;4;{x};{y};LT;{year + 5};{team};in uitvoering\n"
    )
    actions.confirm(inlezing=changed, at=timezone.now())
    found.refresh_from_db()
    assert (found.planning, found.planjaar, found.status) == ("LT", year + 5, S.IN_UITVOERING)


@pytest.mark.parametrize("stelsel", list(Stelsel))
def test_each_system_of_coordinates_is_recognised(stelsel):
    (pair,) = from_wgs84([CENTRE], stelsel)
    assert haversine(place(*pair), CENTRE) < 0.1


def test_degrees_may_stand_in_either_order_and_lambert_may_not():
    assert place(CENTRE.lat, CENTRE.lon) == CENTRE
    (pair,) = from_wgs84([CENTRE], Stelsel.LAMBERT_72)
    with pytest.raises(ValueError, match=r"Genk|België"):
        place(pair[1], pair[0])


def test_one_wrong_cell_keeps_everything_out_and_is_told_by_row_and_column(cast):
    good = "E-1;looproute;Goed;2;5,49;50,96;;;;\n"
    wrong = (
        "E-2;zebra;Fout thema;2;;;;;;\n"
        "E-3;halte;Elders;2;4,35;50,85;;;;\n"
        "E-4;halte;Te ver;2;;;KT;2099;;\n"
        "E-5;halte;Wie;2;;;;;Dienst Onbestaand;\n"
        "E-6;halte;Besluit;2;;;;;;niet uitvoeren\n"
        "E-1;halte;Dubbel;2;;;;;;\n"
        ";halte;Geen nummer;2;;;;;;\n"
    )
    row = read(cast.coordinator, HEAD + good + wrong)
    found = errors(row)
    assert set(found) == {
        (3, "Thema"), (4, "X"), (5, "Jaar"), (6, "Verantwoordelijke"), (7, "Status"), (8, "Nummer elders"),
        (9, "Nummer elders"),
    }  # fmt: skip
    assert "niet in Genk" in found[4, "X"]
    assert "twee mensen" in found[7, "Status"]
    with pytest.raises(ValueError, match="kan zo niet"):
        actions.confirm(inlezing=row, at=timezone.now())
    assert not Knelpunt.objects.exists()


def test_what_was_measured_changes_by_measuring_alone_and_a_step_must_be_allowed(cast):
    measured = KnelpuntFactory(object=ObjectFactory(), criterium=CriteriumFactory(), ernst=2)
    row = read(cast.coordinator, f"Nummer;Ernst;Budgetlijn;Status\n{measured.ref};4;B-1;gecontroleerd\n")
    assert set(errors(row)) == {(2, "Ernst"), (2, "Status")}
    row = read(cast.coordinator, f"Nummer;Ernst;Budgetlijn\n{measured.ref};2;B-1\n")
    actions.confirm(inlezing=row, at=timezone.now())
    measured.refresh_from_db()
    assert (measured.ernst, measured.budgetlijn) == (2, "B-1")


def test_only_who_manages_the_screening_reads_in(cast):
    page = "/werk/inlezen/"
    assert "Monitoringtabel" in client_of(cast.coordinator).get(page).content.decode()
    assert "Monitoringtabel" not in client_of(cast.wijkmanager).get(page).content.decode()


def test_every_column_of_the_source_page_is_there_and_no_heading_twice():
    heads = [veld.label for veld in velden()]
    assert {"Thema", "Mogelijke oplossing", "Haalbaarheid", "Prioriteit", "Planning"} < set(heads)
    every = [name.lower() for veld in velden() for name in (veld.label, *veld.ook)]
    assert len(every) == len(set(every))
    assert exported().query.order_by == ("pk",)
