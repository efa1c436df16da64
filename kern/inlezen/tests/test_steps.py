import io
import re
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from kern.bewaring import actions as bewaring
from kern.bewaring.models import Bewaarregel
from kern.documenten.werkblad import csv_bytes, xlsx_file
from kern.gebruikers.models import Rol
from kern.historiek.queries import history_of
from kern.inlezen import actions, lezen, queries, rules
from kern.inlezen.models import Inlezing, Koppeling
from kern.inlezen.tests.conftest import export
from kern.opdrachten import actions as opdrachten
from kern.opdrachten.models import Opdracht
from kern.opdrachten.storage import file_storage
from meldingen.tests import factories
from wijken.models import Partner

NOW = timezone.now()
Status = Inlezing.Status
FILE = "Naam;Telefoon;Notities;Termijn\nDe Lijn;089 1;;10\nFluvius;089 2;=gevaar;5\n"


def partner(naam, **fields):
    return Partner.objects.create(naam=naam, soort=Partner.Soort.ANDERE, **fields)


def test_a_file_is_looked_at_and_changes_nothing_before_somebody_says_yes(begin):
    partner("De Lijn", telefoon="089 0")
    row = begin(FILE)
    assert (row.status, row.uitslag["nieuw"], row.uitslag["gewijzigd"], row.uitslag["gelijk"]) == (
        Status.NAKIJKEN,
        1,
        1,
        0,
    )
    assert row.uitslag["rijen"][0] == [2, "gewijzigd", "De Lijn", [["Telefoon", "089 0", "089 1"]]]
    assert Partner.objects.get().telefoon == "089 0"
    actions.confirm(inlezing=row, at=NOW)
    assert set(Partner.objects.values_list("naam", "telefoon")) == {("De Lijn", "089 1"), ("Fluvius", "089 2")}
    assert history_of(Partner.objects.get(naam="De Lijn"))[0].reden == "Ingelezen uit partners.csv: Nieuwe lijst"


def test_a_second_click_on_yes_or_on_send_does_nothing_twice(begin):
    key = uuid.uuid4()
    row = begin(FILE, sleutel=key)
    assert begin(FILE, sleutel=key).pk == row.pk
    assert Inlezing.objects.count() == 1
    actions.confirm(inlezing=row, at=NOW)
    Partner.objects.filter(naam="De Lijn").update(telefoon="later")
    assert actions.confirm(inlezing=row, at=NOW).is_gedaan
    assert Partner.objects.get(naam="De Lijn").telefoon == "later"


def test_one_wrong_row_keeps_all_of_them_out_and_is_told_by_row_and_column(begin):
    row = begin("Naam;Telefoon;Notities;Termijn\nDe Lijn;1;;10\nFluvius;2;;veel\n;3;;5\nDe Lijn;4;;5\n")
    assert row.uitslag["lijst"] == [
        [3, "Termijn", "veel", "dit is geen getal: schrijf bijvoorbeeld 1234,56"],
        [4, "Naam", "", "dit moet ingevuld zijn"],
        [5, "Naam", "De Lijn", "deze naam staat ook op rij 2"],
    ]
    assert (row.uitslag["fouten"], row.uitslag["geweigerd"], row.klopt) == (3, 3, False)
    with pytest.raises(ValueError, match="kan zo niet"):
        actions.confirm(inlezing=row, at=NOW)
    assert not Partner.objects.exists()


def test_all_or_nothing_also_when_writing_itself_fails(begin, soort, monkeypatch):
    row = begin(FILE)
    real = soort.schrijf

    def fails(uitkomsten, *rest):
        real(uitkomsten[:1], *rest)
        raise RuntimeError("halverwege")

    object.__setattr__(soort, "schrijf", fails)
    with pytest.raises(RuntimeError):
        actions.confirm(inlezing=row, at=NOW)
    object.__setattr__(soort, "schrijf", real)
    assert not Partner.objects.exists()
    assert not Inlezing.objects.get().is_gedaan
    actions.confirm(inlezing=row, at=NOW)
    assert Partner.objects.count() == 2


def test_what_changed_since_it_was_looked_at_is_looked_at_again_first(begin):
    partner("De Lijn", telefoon="089 0")
    row = begin(FILE)
    Partner.objects.update(telefoon="089 9")
    with pytest.raises(actions.Veranderd):
        actions.confirm(inlezing=row, at=NOW)
    assert Partner.objects.get().telefoon == "089 9"
    row.refresh_from_db()
    assert row.uitslag["rijen"][0][3] == [["Telefoon", "089 9", "089 1"]]
    actions.confirm(inlezing=row, at=NOW)
    assert Partner.objects.get(naam="De Lijn").telefoon == "089 1"


def test_a_column_that_is_not_in_the_file_leaves_what_is_there(begin):
    partner("De Lijn", telefoon="089 0", notities="blijft")
    row = begin("Naam;Termijn\nDe Lijn;7\n")
    actions.confirm(inlezing=row, at=NOW)
    found = Partner.objects.get()
    assert (found.termijn_werkdagen, found.telefoon, found.notities) == (7, "089 0", "blijft")


@pytest.mark.parametrize("vorm", ["csv", "xlsx"])
def test_what_was_exported_is_read_in_again_unchanged(begin, vorm):
    partner("De Lijn", telefoon="+32 89", notities="=1+1\nen 'nog' iets; met, tekens", termijn_werkdagen=12)
    partner("'=gevaar", telefoon="-", notities="'t Heike", termijn_werkdagen=1)
    partner("@Zwartberg", notities="regel een\r\nregel twee", termijn_werkdagen=250)
    head = ["Naam", "Telefoon", "Notities", "Termijn"]
    if vorm == "csv":
        data = b"".join(csv_bytes(head, export("")))
    else:
        with xlsx_file(head, export(""), title="Partners") as file:
            data = file.read()
    row = begin(data, name=f"partners.{vorm}")
    assert (row.uitslag["nieuw"], row.uitslag["gewijzigd"], row.uitslag["gelijk"]) == (0, 0, 3), row.uitslag["rijen"]
    assert not row.klopt


def test_columns_with_other_names_are_chosen_once_and_remembered(begin):
    text = "Wie;Belt naar\nDe Lijn;089 1\n"
    row = begin(text)
    assert (row.status, row.koppeling) == (Status.KOLOMMEN, {})
    with pytest.raises(ValueError, match="passen niet"):
        actions.choose_columns(inlezing=row, koppeling={"telefoon": 1}, at=NOW)
    with pytest.raises(ValueError, match="passen niet"):
        actions.choose_columns(inlezing=row, koppeling={"naam": 1, "telefoon": 1}, at=NOW)
    row = actions.choose_columns(inlezing=row, koppeling={"naam": 0, "telefoon": 1}, at=NOW)
    row = actions.look(inlezing=row, at=NOW)
    assert row.uitslag["nieuw"] == 1
    again = begin("BELT NAAR;Wie\n089 2;Fluvius\n")
    assert again.status == Status.KOLOMMEN  # other headings, in another order
    same = begin("Wie;Belt naar\nFluvius;089 2\n")
    assert (same.status, same.koppeling) == (Status.NAKIJKEN, {"naam": 0, "telefoon": 1})
    assert Koppeling.objects.count() == 1


def test_a_column_too_many_is_asked_about_and_may_be_left_out(begin):
    row = begin("Organisatie;Gemeente\nDe Lijn;Genk\n")
    assert (row.status, row.koppeling) == (Status.KOLOMMEN, {"naam": 0})


def test_a_large_file_is_looked_at_and_read_in_by_the_worker(begin, monkeypatch):
    monkeypatch.setattr(rules, "LARGE", 1)
    row = begin(FILE)
    row.refresh_from_db()
    assert row.is_bezig
    assert actions.look(inlezing=row, at=NOW).opdracht_id == row.opdracht_id
    job = Opdracht.objects.get()
    assert opdrachten.run(pk=job.pk, at=NOW) == Opdracht.Status.KLAAR
    job.refresh_from_db()
    assert job.resultaat == {"nieuw": 2, "gewijzigd": 0, "gelijk": 0, "fouten": 0}
    row = Inlezing.objects.get()
    actions.confirm(inlezing=row, at=NOW)
    actions.confirm(inlezing=row, at=NOW)
    assert Opdracht.objects.count() == 2
    assert not Partner.objects.exists()
    job = Opdracht.objects.latest("pk")
    assert opdrachten.run(pk=job.pk, at=NOW) == Opdracht.Status.KLAAR
    assert Partner.objects.count() == 2
    last = history_of(Partner.objects.get(naam="De Lijn"))[0]
    assert (last.door, last.reden) == (row.eigenaar.naam, "Ingelezen uit partners.csv: Nieuwe lijst")


def test_a_worker_that_comes_twice_writes_once(begin, monkeypatch):
    row = begin(FILE)
    monkeypatch.setattr(rules, "LARGE", 1)
    actions.confirm(inlezing=row, at=NOW)
    job = Opdracht.objects.get()
    opdrachten.run(pk=job.pk, at=NOW)
    Opdracht.objects.update(status=Opdracht.Status.WACHT, klaar_op=None)
    Partner.objects.filter(naam="De Lijn").update(telefoon="later")
    assert opdrachten.run(pk=job.pk, at=NOW) == Opdracht.Status.KLAAR
    assert Partner.objects.get(naam="De Lijn").telefoon == "later"


def test_who_lost_the_right_meanwhile_reads_in_nothing(begin, beheerder, monkeypatch):
    monkeypatch.setattr(rules, "LARGE", 1)
    begin(FILE)
    beheerder.groups.clear()
    job = Opdracht.objects.get()
    assert opdrachten.run(pk=job.pk, at=NOW) == Opdracht.Status.MISLUKT
    job.refresh_from_db()
    assert job.fout == "Je mag dit bestand niet meer inlezen."


def test_a_file_that_is_too_large_or_has_too_many_rows_is_refused_and_nothing_is_kept(begin, soort, monkeypatch):
    object.__setattr__(soort, "max_rijen", 1)
    with pytest.raises(lezen.Onleesbaar, match="meer dan 1 rijen"):
        begin(FILE)
    object.__setattr__(soort, "max_rijen", 20_000)
    monkeypatch.setattr(lezen, "MAX_BYTES", 10)
    with pytest.raises(lezen.Onleesbaar, match="groter dan"):
        begin(FILE)
    assert not Inlezing.objects.exists()


def test_files_are_wiped_after_their_term_and_of_what_came_in_the_record_stays(
    begin, django_capture_on_commit_callbacks
):
    half, done = begin(FILE), begin("Naam\nDe Lijn\n")
    actions.confirm(inlezing=done, at=NOW)
    paths = [half.bestand.name, done.bestand.name]
    assert set(Bewaarregel.objects.filter(soort="inlezing").values_list("toestand", "na_dagen")) == {
        ("half", 30),
        ("gedaan", 90),
    }
    for days in (31, 40, 91, 99):
        with django_capture_on_commit_callbacks(execute=True):
            bewaring.nightly(NOW + timedelta(days=days))
        if days == 40:
            assert list(Inlezing.objects.values_list("pk", flat=True)) == [done.pk]
            assert [file_storage().exists(path) for path in paths] == [False, True]
    assert not file_storage().exists(paths[1])
    row = Inlezing.objects.get()
    assert (row.is_gedaan, row.uitslag["nieuw"], row.uitslag["rijen"], row.voorbeeld) == (True, 1, [], [])


# The pages.


def send(client, text, follow=True, **extra):
    form = client.get(reverse("inlezen:upload", args=["proef"])).content.decode()
    key = re.search(r'name="sleutel" value="([^"]+)"', form)[1]
    data = {"sleutel": key, "reden": "", "bestand": SimpleUploadedFile("p.csv", text.encode()), **extra}
    return client.post(reverse("inlezen:upload", args=["proef"]), data, follow=follow)


def test_somebody_walks_from_file_to_done_without_javascript(soort, beheerder, client_of):
    client = client_of(beheerder)
    html = send(client, "Wie;Belt\nDe Lijn;089 1\n").content.decode()
    assert "Welke kolom is wat?" in html
    row = Inlezing.objects.get()
    columns = reverse("inlezen:columns", args=[row.pk])
    html = client.post(columns, {"naam": "0", "telefoon": "0"}).content.decode()
    assert "Deze kolom koos je al voor “Naam”." in html
    html = client.post(columns, {"naam": "0", "telefoon": "1"}, follow=True).content.decode()
    assert "Wat dit bestand zou doen" in html
    assert "Lees in: 1 nieuw" in html
    html = client.post(
        reverse("inlezen:confirm", args=[row.pk]), {"reden": "Omdat het mag"}, follow=True
    ).content.decode()
    assert "Alles is ingelezen" in html
    assert Inlezing.objects.get().reden == "Omdat het mag"
    assert Partner.objects.get().telefoon == "089 1"


def test_errors_stand_on_the_page_and_in_a_file(soort, beheerder, client_of):
    client = client_of(beheerder)
    html = send(client, "Naam;Telefoon;Notities;Termijn\nDe Lijn;1;;veel\n").content.decode()
    assert "Dit is geen getal: schrijf bijvoorbeeld 1234,56." in html
    assert "Lees in:" not in html
    row = Inlezing.objects.get()
    data = client.get(reverse("inlezen:errors", args=[row.pk])).content.decode()
    assert "2;Termijn;veel;dit is geen getal" in data
    html = client.post(reverse("inlezen:confirm", args=[row.pk]), {"reden": ""}, follow=True).content.decode()
    assert "Er is nog iets mis met dit bestand" in html


def test_a_file_that_cannot_be_read_is_told_at_the_field(soort, beheerder, client_of):
    html = send(client_of(beheerder), "Naam;naam\na;b\n").content.decode()
    assert "Twee kolommen heten" in html
    assert (
        "Kies een bestand dat eindigt op .csv of .xlsx."
        in send(client_of(beheerder), "x", bestand=SimpleUploadedFile("p.pdf", b"x")).content.decode()
    )


@pytest.mark.parametrize("vorm", ["csv", "xlsx"])
def test_the_template_and_the_export_are_read_in_as_they_are(soort, beheerder, client_of, vorm):
    partner("De Lijn", telefoon="+32")
    client = client_of(beheerder)
    for name in ("template", "export"):
        answer = client.get(reverse(f"inlezen:{name}", args=["proef", vorm]))
        data = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found = lezen.read(io.BytesIO(data), f"a.{vorm}", max_rijen=10)
        assert found.kop == ["Naam", "Telefoon", "Notities", "Termijn"]
    assert client.get(reverse("inlezen:template", args=["proef", "pdf"])).status_code == 404


def test_a_file_of_somebody_else_or_of_a_kind_one_may_not_read_in_is_not_there(begin, client_of, beheerder):
    row = begin(FILE)
    other, reader = factories.member(None, Rol.BEHEERDER), factories.member(None, Rol.LEZER)
    names = ["detail", "columns", "errors", "confirm", "discard", "again"]
    for name in names:
        address = reverse(f"inlezen:{name}", args=[row.pk])
        assert client_of(beheerder).get(address).status_code in (200, 302)
        assert client_of(other).get(address).status_code == 404
        assert client_of(other).post(address).status_code in (404, 405)
    for person, code in ((beheerder, 200), (reader, 404)):
        assert client_of(person).get(reverse("inlezen:overview")).status_code == code
        assert client_of(person).get(reverse("inlezen:upload", args=["proef"])).status_code == code
    assert client_of(beheerder).get(reverse("inlezen:upload", args=["niets"])).status_code == 404


def test_the_rule_for_one_file_and_the_list_of_files_agree(begin, beheerder, soort):
    row = begin(FILE)
    people = [beheerder, factories.member(None, Rol.BEHEERDER), factories.member(None, Rol.LEZER)]
    for person in people:
        listed = Inlezing.objects.visible_to(person).filter(pk=row.pk).exists()
        assert listed == rules.may_see(person, row, soort)
    assert [Inlezing.objects.visible_to(person).count() for person in people] == [1, 0, 0]


def test_a_file_is_thrown_away_from_the_disk_too(begin, client_of, beheerder, django_capture_on_commit_callbacks):
    row = begin(FILE)
    path = row.bestand.name
    with django_capture_on_commit_callbacks(execute=True):
        client_of(beheerder).post(reverse("inlezen:discard", args=[row.pk]))
    assert not Inlezing.objects.exists()
    assert not file_storage().exists(path)


def test_the_list_costs_the_same_for_one_file_and_for_three(begin, client_of, beheerder, django_assert_num_queries):
    client = client_of(beheerder)
    begin(FILE)
    client.get(reverse("inlezen:overview"))
    with django_assert_num_queries(3):
        client.get(reverse("inlezen:overview"))
    begin(FILE)
    begin(FILE)
    with django_assert_num_queries(3):
        client.get(reverse("inlezen:overview"))


def test_only_what_is_new_or_changed_is_written(begin):
    begun = begin(FILE)
    assert [row.naam for row in queries.looked_at(begun).werk] == ["De Lijn", "Fluvius"]
    actions.confirm(inlezing=begun, at=NOW)
    assert queries.looked_at(begun).werk == []
