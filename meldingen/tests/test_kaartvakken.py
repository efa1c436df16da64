"""The cells of the map, kept by the database: what the reports themselves say, and never what one may not see."""

import random

import pytest
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from kern.gebruikers.models import Rol
from kern.geo import Punt
from meldingen import actions
from meldingen.actions import deeltaak, wissen
from meldingen.models import Kaartvak, Melding
from meldingen.models.kaartvak import LEVELS, NOWHERE, fold
from meldingen.queries import public
from meldingen.reminders.kaart import fold_cells
from meldingen.states import Status
from meldingen.tests.factories import CENTRE, MelderFactory, MeldingFactory, SubcategorieFactory, member
from wijken.queries import reach

CITY = {"kader": "5.3838,50.9142,5.5963,51.0196", "zoom": "12.5"}


def counted():
    """Per cell and kind how many reports the database keeps."""
    fields = ("niveau", "x", "y", "categorie", "wijk", "team", "status", "openbaar")
    rows = Kaartvak.objects.values_list(*fields).annotate(n=Sum("aantal"), pks=Sum("som_nummer")).order_by()
    return {row[:-2]: row[-2:] for row in rows if row[-2]}


def recounted():
    """The same, counted anew from the reports."""
    from django.db import connection

    from meldingen.models.kaartvak import COUNT_ALL

    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE bewaard ON COMMIT DROP AS SELECT * FROM meldingen_kaartvak")
        cursor.execute("DELETE FROM meldingen_kaartvak")
        cursor.execute(COUNT_ALL)
        found = counted()
        cursor.execute("DELETE FROM meldingen_kaartvak")
        cursor.execute("INSERT INTO meldingen_kaartvak SELECT * FROM bewaard")
        cursor.execute("DROP TABLE bewaard")
    return found


@pytest.fixture
def crowd(cast):
    """Forty reports of all kinds, here and there."""
    dice = random.Random(3)
    kinds = [SubcategorieFactory(), SubcategorieFactory(is_gevoelig=True)]
    people = [None, cast.wijkmanager, cast.buurttoezichter, cast.collega]
    for _ in range(40):
        MeldingFactory(
            categorie=dice.choice(kinds),
            wijk=dice.choice([None, cast.wijk, cast.andere_wijk]),
            team=dice.choice([None, cast.wijkteam, cast.toezicht, cast.ander_team, cast.meldpunt]),
            behandelaar=dice.choice(people),
            status=dice.choice([Status.NIEUW, Status.IN_BEHANDELING, Status.INGEPLAND]),
            openbaar=dice.random() < 0.5,
            plaats=dice.choice(
                [None, Punt(CENTRE.lon + dice.uniform(-0.04, 0.04), CENTRE.lat + dice.uniform(-0.03, 0.03))]
            ),
        )


def test_the_cells_follow_every_insert_change_and_removal(crowd, cast):
    assert counted() == recounted()
    assert {key[0] for key in counted()} == {NOWHERE, *LEVELS}
    first, second, third = Melding.objects.order_by("pk")[:3]
    actions.correct(
        melding=first, plaats=Punt(5.55, 50.95), wijk=cast.andere_wijk, door=cast.wijkmanager, at=timezone.now()
    )
    actions.assign(melding=second, team=cast.werkplaats, door=cast.wijkmanager, at=timezone.now())
    Melding.objects.filter(pk__gt=third.pk).update(categorie=SubcategorieFactory(), team=None)
    Melding.objects.filter(pk=third.pk).delete()
    assert counted() == recounted()


def test_a_change_that_says_nothing_of_the_map_adds_no_cell(crowd):
    before = Kaartvak.objects.count()
    Melding.objects.update(aantal_volgers=3, omschrijving="Iets anders")
    assert Kaartvak.objects.count() == before


def test_the_cells_follow_a_report_to_a_partner_into_another_one_and_when_it_is_wiped(crowd, cast):
    now = timezone.now()
    seen = Melding.objects.filter(plaats__isnull=False, categorie__is_gevoelig=False, status=Status.IN_BEHANDELING)
    first, second, third = seen.order_by("pk")[:3]
    MelderFactory(melding=second)
    MelderFactory(melding=third)
    Melding.objects.filter(pk=first.pk).update(status=Status.BIJ_PARTNER)
    actions.merge(melding=second, hoofdmelding=third, toelichting="Hetzelfde.", door=cast.wijkmanager, at=now)
    assert {"bij_partner", "afgesloten"} <= {key[6] for key in counted()}
    assert counted() == recounted()
    Melding.objects.filter(pk=third.pk).update(status=Status.AFGESLOTEN, sluitreden="opgelost", afgesloten_op=now)
    wissen.anonymise([third.pk], now)
    assert counted() == recounted()


@pytest.mark.parametrize("sensitive", [True, False])
def test_a_team_with_a_sub_task_finds_the_open_report_on_the_map_unless_it_is_sensitive(sensitive, cast, client):
    melding = MeldingFactory(
        categorie=SubcategorieFactory(is_gevoelig=sensitive),
        wijk=cast.andere_wijk,
        team=cast.ander_team,
        behandelaar=cast.collega,
        status=Status.IN_BEHANDELING,
    )
    deeltaak.hand_out(
        melding=melding,
        titel="Zet een hek",
        teams=[cast.werkplaats],
        uiterlijk=timezone.localdate(),
        door=cast.collega,
        at=timezone.now(),
    )
    client.force_login(cast.werkman)
    answer = client.get(reverse("meldingen:staff_points"), CITY)
    assert total(answer) == (0 if sensitive else 1)


def test_loose_rows_are_folded_without_changing_a_count(crowd, cast):
    melding = Melding.objects.filter(plaats__isnull=False).first()
    actions.assign(melding=melding, team=cast.werkplaats, door=cast.wijkmanager, at=timezone.now())
    before = counted()
    assert Kaartvak.objects.filter(is_los=True).exists()
    assert fold_cells(timezone.now())["samengevoegd"]
    assert counted() == before
    assert not Kaartvak.objects.filter(is_los=True).exists()
    assert not Kaartvak.objects.filter(aantal=0).exists()
    assert fold(10) == 0


def total(answer):
    return sum(row["properties"].get("aantal", 1) for row in answer.json()["features"])


@pytest.mark.parametrize("zoom", ["10", "12.5", "13", "14.5", "15", "16", "17"])
def test_the_map_of_the_city_counts_what_each_person_may_see_and_no_more(zoom, crowd, cast, client):
    readers = [member(cast.wijkteam, Rol.LEZER), member(None, Rol.BEHANDELAAR)]
    people = [cast.wijkmanager, cast.buurttoezichter, cast.werkman, cast.collega, cast.verdeler, cast.lezer]
    for person in [*people, cast.beheerder, *readers]:
        rows = Melding.objects.visible_to(person, reach(person, timezone.localdate())).filter(plaats__isnull=False)
        client.force_login(person)
        answer = client.get(reverse("meldingen:staff_points"), {**CITY, "zoom": zoom})
        assert total(answer) == rows.count(), person.naam


@pytest.mark.parametrize("field", ["status", "categorie", "wijk", "team"])
def test_the_map_of_the_city_holds_to_the_filters(field, crowd, cast, client):
    value = {"status": "nieuw", "categorie": str(Melding.objects.first().categorie_id)}
    value |= {"wijk": ["geen", str(cast.wijk.pk)], "team": str(cast.wijkteam.pk)}
    client.force_login(cast.beheerder)
    listed = client.get(reverse("meldingen:staff_list"), {field: value[field], "plaats": "kaart"})
    mapped = client.get(reverse("meldingen:staff_points"), {**CITY, field: value[field]})
    assert total(mapped) == len(listed.context["pagina"].rows) > 0


@pytest.mark.parametrize("query", [{"prioriteit": "normaal"}, {"q": "blikjes", "regel": "tekst"}, {"lijst": "zonder"}])
def test_what_the_cells_do_not_know_is_drawn_from_the_list(query, crowd, cast, client):
    client.force_login(cast.beheerder)
    listed = client.get(reverse("meldingen:staff_list"), {**query, "plaats": "kaart"})
    mapped = client.get(reverse("meldingen:staff_points"), {**CITY, **query})
    assert total(mapped) == len(listed.context["pagina"].rows) > 0
    assert "nota" not in mapped.json()


def test_a_map_says_when_it_draws_only_the_first_of_a_list(crowd, cast, client, monkeypatch):
    monkeypatch.setattr("meldingen.queries.places.FIRST", 3)
    client.force_login(cast.beheerder)
    answer = client.get(reverse("meldingen:staff_points"), {**CITY, "prioriteit": "normaal"})
    assert total(answer) == 3
    assert "eerste 3 meldingen" in answer.json()["nota"]


def test_the_public_map_and_counts_never_hold_a_sensitive_or_hidden_report(crowd, client):
    keuze = public.Keuze(timezone.localdate())
    shown = public.shown(timezone.localdate())
    answer = client.get(reverse("meldingen:public_places"), CITY)
    assert total(answer) == shown.filter(plaats__isnull=False).count() > 0
    assert public.counts(keuze).alles == shown.count()
