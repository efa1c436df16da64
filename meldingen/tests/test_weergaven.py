from datetime import timedelta
from itertools import product
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from kern.gebruikers.models import Rol, Vervanging
from meldingen import rules
from meldingen.actions import weergaven as actions
from meldingen.models import Kolomkeuze, Seintje, Uitvoerplan, Weergave
from meldingen.models.categorie import Prioriteit
from meldingen.queries import weergaven as queries
from meldingen.states import Status
from meldingen.tests.factories import MelderFactory, MeldingFactory, SubcategorieFactory, member
from wijken.queries import reach, reaches

LIST = reverse("meldingen:staff_list")
NEW, ALL, COLUMNS = (reverse(f"meldingen:{name}") for name in ("staff_view_new", "staff_views", "staff_columns"))


def saved(door, naam="Nieuw", filters="lijst=alle&status=nieuw", kolommen=(), **fields):
    at = timezone.now()
    return actions.save_view(naam=naam, filters=filters, kolommen=list(kolommen), door=door, at=at, **fields)


def url(name, view):
    return reverse(f"meldingen:staff_view_{name}", args=[view.pk])


def numbers(answer):
    return {row.pk for row in answer.context["pagina"].rows}


@pytest.fixture
def manager(client, cast):
    client.force_login(cast.wijkmanager)
    return client


@pytest.fixture
def today():
    return timezone.localdate()


def test_the_list_on_screen_is_kept_under_a_name_and_opens_as_it_was(manager, cast):
    high = MeldingFactory(wijk=cast.wijk, prioriteit=Prioriteit.HOOG)
    MeldingFactory(wijk=cast.wijk)
    query = "lijst=wijk&prioriteit=hoog&volgorde=-ontvangen&na=x&kies=3&bij=y&q="
    page = manager.get(f"{LIST}?{query}").content.decode()
    assert f"{NEW}?terug=" in page
    answer = manager.post(f"{NEW}?terug={query.replace('&', '%26').replace('=', '%3D')}", {"naam": "Dringend"})
    view = Weergave.objects.get()
    assert QueryDict(view.filters).dict() == {"lijst": "wijk", "prioriteit": "hoog", "volgorde": "-ontvangen"}
    assert view.eigenaar == cast.wijkmanager
    opened = manager.get(answer.url)
    assert numbers(opened) == {high.pk}
    assert "<h1>Meldingen: Dringend</h1>" in opened.content.decode()
    assert opened.context["is_gewijzigd"] is False


def test_another_filter_inside_a_view_says_so_and_can_be_kept_in_it(manager, cast):
    view = saved(cast.wijkmanager)
    changed = manager.get(f"{LIST}?weergave={view.pk}&lijst=alle&status=nieuw&status=heropend")
    assert changed.context["is_gewijzigd"] is True
    assert "Bewaar dit in de weergave" in changed.content.decode()
    back = "weergave%3D1%26lijst%3Dalle%26status%3Dheropend"
    assert manager.post(f"{url('keep', view)}?terug={back}").status_code == 302
    view.refresh_from_db()
    assert QueryDict(view.filters).getlist("status") == ["heropend"]


def test_a_view_is_seen_by_its_owner_its_team_and_its_role_and_by_nobody_else(cast, today):
    leader = member(cast.wijkteam, Rol.TEAMLEIDER, is_leider=True)
    views = {
        "own": saved(cast.wijkmanager),
        "team": saved(cast.wijkmanager, team=cast.wijkteam),
        "role": saved(cast.beheerder, rol=Rol.BUURTTOEZICHTER),
        "gone": saved(cast.wijkmanager, team=cast.wijkteam),
    }
    actions.throw_away(weergave=views["gone"], at=timezone.now())

    def seen(user):
        found = {view.pk for view in queries.views_for(user, reach(user, today))}
        return {name for name, view in views.items() if view.pk in found}

    assert seen(cast.wijkmanager) == {"own", "team"}
    assert seen(leader) == {"team"}
    assert seen(cast.buurttoezichter) == {"role"}
    assert seen(cast.collega) == set()
    Vervanging.objects.create(afwezige=cast.wijkmanager, vervanger=cast.collega, van=today, tot=today)
    assert seen(cast.collega) == {"team"}


def test_the_rules_about_views_and_their_querysets_agree(cast, today):
    leader = member(cast.wijkteam, Rol.TEAMLEIDER, is_leider=True)
    people = [cast.wijkmanager, cast.buurttoezichter, cast.collega, cast.lezer, cast.beheerder, leader, member(None)]
    views = [
        *(saved(owner, team=team) for owner in (cast.wijkmanager, cast.collega) for team in (None, cast.wijkteam)),
        *(saved(cast.beheerder, rol=rol) for rol in (Rol.LEZER, Rol.WIJKMANAGER, Rol.BEHEERDER)),
    ]
    for person, view in product(people, views):
        how_far = reach(person, today)
        used = Weergave.objects.visible_to(person, how_far).filter(pk=view.pk).exists()
        changed = Weergave.objects.changeable_by(person, how_far).filter(pk=view.pk).exists()
        assert used is rules.may_use_view(person, how_far, view), (person, view.pk)
        assert changed is rules.may_change_view(person, how_far, view), (person, view.pk)


def test_a_shared_view_shows_each_viewer_only_what_that_viewer_may_see(client, cast):
    secret_kind = SubcategorieFactory(is_gevoelig=True)
    plain = MeldingFactory(wijk=cast.wijk, team=cast.wijkteam)
    secret = MeldingFactory(wijk=cast.wijk, team=cast.wijkteam, categorie=secret_kind)
    elsewhere = MeldingFactory(wijk=cast.andere_wijk, team=cast.ander_team)
    view = saved(cast.beheerder, rol=Rol.LEZER, filters=f"lijst=alle&kies={secret.pk}")
    shared = saved(cast.wijkmanager, team=cast.wijkteam, filters="lijst=alle")
    expected = {
        cast.wijkmanager: {plain.pk, secret.pk},
        cast.buurttoezichter: {plain.pk},
        cast.collega: {elsewhere.pk},
        cast.lezer: {plain.pk, elsewhere.pk},
    }
    for person, rows in expected.items():
        client.force_login(person)
        assert numbers(client.get(f"{LIST}?weergave={shared.pk}&{shared.filters}")) == rows
    client.force_login(cast.lezer)
    assert numbers(client.get(f"{LIST}?weergave={view.pk}&{view.filters}")) == set()


def test_who_may_not_change_a_view_gets_the_same_answer_as_for_none(client, cast):
    view = saved(cast.wijkmanager)
    client.force_login(cast.collega)
    for name in ("change", "keep", "delete", "tell", "plan", "restore"):
        assert client.get(url(name, view)).status_code == 404
        assert client.post(url(name, view), {"naam": "Van mij"}).status_code == 404
    assert Weergave.objects.get().naam == "Nieuw"


def test_a_view_is_renamed_shared_and_set_aside(manager, cast, today):
    view = saved(cast.wijkmanager)
    manager.post(
        url("change", view),
        {"naam": "Voor ons", "delen": f"team:{cast.wijkteam.pk}", "volgorde": 7, "is_actief": "on"},
    )
    view.refresh_from_db()
    assert (view.naam, view.team, view.volgorde) == ("Voor ons", cast.wijkteam, 7)
    manager.post(url("change", view), {"naam": "Voor ons", "delen": "", "volgorde": 7})
    view.refresh_from_db()
    assert (view.team, view.is_actief) == (None, False)
    assert queries.views_for(cast.wijkmanager, reach(cast.wijkmanager, today)) == []
    assert "staat niet boven de lijst" in manager.get(ALL).content.decode()


def test_nobody_shares_with_a_team_of_others_or_a_role_without_being_beheerder(manager, cast):
    for target in (f"team:{cast.ander_team.pk}", "rol:lezer"):
        answer = manager.post(f"{NEW}?terug=lijst%3Dalle", {"naam": "x", "delen": target})
        assert answer.status_code == 200
        assert answer.context["form"].errors
    assert not Weergave.objects.exists()


def test_a_beheerder_sets_what_a_role_opens_with(client, cast):
    client.force_login(cast.beheerder)
    for naam in ("Eerst dit", "Nee, dit"):
        client.post(f"{NEW}?terug=lijst%3Dlaat", {"naam": naam, "delen": "rol:wijkmanager", "is_standaard": "on"})
    assert [view.naam for view in Weergave.objects.filter(is_standaard=True)] == ["Nee, dit"]
    client.force_login(cast.wijkmanager)
    answer = client.get(LIST)
    assert answer.status_code == 302
    query = parse_qs(urlsplit(answer.url).query)
    assert query == {"weergave": [str(Weergave.objects.get(is_standaard=True).pk)], "lijst": ["laat"]}
    assert client.get(answer.url).status_code == 200
    assert client.get(LIST, {"lijst": "alle"}).status_code == 200
    client.force_login(cast.buurttoezichter)
    assert client.get(LIST).status_code == 200


def test_two_views_cannot_both_open_first_whatever_writes_them(cast):
    saved(cast.beheerder, rol=Rol.LEZER, is_standaard=True)
    fields = {"naam": "x", "rol": Rol.LEZER, "gemaakt_op": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Weergave.objects.create(**fields, is_standaard=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Weergave.objects.create(**fields, eigenaar=cast.lezer)


def test_deleting_asks_first_and_can_be_undone_for_thirty_days(manager, cast):
    view = saved(cast.wijkmanager, team=cast.wijkteam)
    page = manager.get(url("delete", view)).content.decode()
    assert "Ze verdwijnt ook bij het team Wijkteam Waterschei" in page
    assert Weergave.objects.kept().exists()
    answer = manager.post(url("delete", view), follow=True).content.decode()
    assert "Zet terug" in answer
    assert not Weergave.objects.kept().exists()
    assert manager.get(url("change", view)).status_code == 404
    manager.post(url("restore", view))
    assert Weergave.objects.kept().get() == view
    manager.post(url("delete", view))
    assert actions.forget_thrown_away(timezone.now() + timedelta(days=29)) == {"gewist": 0}
    assert actions.forget_thrown_away(timezone.now() + timedelta(days=31))["gewist"]
    assert not Weergave.objects.exists()


def test_the_history_tells_who_changed_a_view(manager, cast):
    view = saved(cast.wijkmanager)
    manager.post(url("change", view), {"naam": "Anders", "delen": "", "volgorde": 1, "is_actief": "on"})
    line = view.historiek.order_by("-pgh_id").first()
    assert (line.naam, line.pgh_context["door"]) == ("Anders", cast.wijkmanager.pk)


@pytest.mark.parametrize("rule", ["naam", "mail", "telefoon"])
def test_a_search_for_a_reporter_is_not_kept(manager, cast, rule):
    words = {"naam": "Janssens", "mail": "an@voorbeeld.example", "telefoon": "0478123456"}[rule]
    answer = manager.post(f"{NEW}?terug=q%3D{words}%26regel%3D{rule}", {"naam": "Stiekem"}, follow=True)
    assert "persoonsgegevens" in answer.content.decode()
    assert not Weergave.objects.exists()


def test_a_search_that_was_not_tied_to_a_rule_is_not_kept(manager):
    answer = manager.get(f"{NEW}?terug=q%3Dbank", follow=True)
    assert "Kies eerst waar je zoekt" in answer.content.decode()


# Counts.


@pytest.mark.parametrize("count", [1, 3])
def test_the_badges_cost_nine_queries_however_many_views(manager, cast, count, django_assert_num_queries):
    for _ in range(count):
        saved(cast.wijkmanager, filters="lijst=wijk&status=nieuw")
        MeldingFactory(wijk=cast.wijk)
    saved(cast.wijkmanager, filters="lijst=alle&status=onzin&kies=")
    with django_assert_num_queries(9):
        answer = manager.get(reverse("meldingen:staff_view_counts"))
    text = answer.content.decode()
    assert text.count(f">{count}<span") >= count
    assert text.count("hx-swap-oob") == count + 1


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_with_views_costs_no_more_than_one_without(manager, cast, count, django_assert_num_queries):
    for _ in range(count):
        saved(cast.wijkmanager, kolommen=["nummer", "wijk"])
        MeldingFactory(wijk=cast.wijk)
    with django_assert_num_queries(8):
        assert manager.get(LIST, {"lijst": "wijk"}).status_code == 200
    one = Weergave.objects.first().pk
    with django_assert_num_queries(7):  # the columns came with the views
        manager.get(f"{LIST}?weergave={one}&lijst=wijk")


# Columns.


def test_columns_are_chosen_per_person_and_per_view_and_the_filter_stays(client, cast):
    MeldingFactory(wijk=cast.wijk, prioriteit=Prioriteit.HOOG, bron="balie")
    view = saved(cast.wijkmanager, team=cast.wijkteam)
    client.force_login(cast.wijkmanager)
    filters = f"weergave={view.pk}&lijst=alle&prioriteit=hoog"
    back = filters.replace("=", "%3D").replace("&", "%26")
    data = {"orde": ["bron", "nummer", "wijk"], "kolom": ["bron", "wijk"], "bewaar": "ja"}
    answer = client.post(f"{COLUMNS}?terug={back}", data)
    assert answer.url == f"{LIST}?{filters}"
    page = client.get(answer.url)
    assert [column.name for column in page.context["tabel"].columns] == ["bron", "nummer", "wijk"]
    assert "balie" in page.content.decode()
    plain = client.get(LIST, {"lijst": "alle"})
    assert len(list(plain.context["tabel"].columns)) == 8
    other = member(cast.wijkteam, Rol.WIJKMANAGER)
    client.force_login(other)
    assert len(list(client.get(answer.url).context["tabel"].columns)) == 8
    client.force_login(cast.wijkmanager)
    client.post(f"{COLUMNS}?terug={back}", {"gewoon": "ja"})
    assert not Kolomkeuze.objects.exists()


def test_a_row_is_moved_without_saving_and_keeps_the_ticks(manager, cast):
    data = {"orde": ["nummer", "wat", "waar"], "kolom": ["nummer", "waar"], "lager": "nummer"}
    answer = manager.post(f"{COLUMNS}?terug=lijst%3Dalle", data)
    rows = answer.context["form"].rows
    assert [row["kolom"].code for row in rows][:3] == ["wat", "nummer", "waar"]
    assert [row["kolom"].code for row in rows if row["aan"]] == ["nummer", "waar"]
    assert not Kolomkeuze.objects.exists()
    part = manager.post(f"{COLUMNS}?terug=lijst%3Dalle", data, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'id="lager-nummer"' in part


def test_every_column_can_be_shown_and_nonsense_is_left_out(manager, cast):
    from meldingen.kolommen import KOLOMMEN

    MeldingFactory(wijk=cast.wijk, status=Status.AFGESLOTEN)
    MeldingFactory(wijk=None, team=cast.wijkteam, status=Status.INGEPLAND, plaats=None)
    order = [*reversed(KOLOMMEN), "onzin"]
    manager.post(f"{COLUMNS}?terug=", {"orde": order, "kolom": order})
    page = manager.get(LIST, {"lijst": "alle"})
    assert [column.name for column in page.context["tabel"].columns] == list(reversed(KOLOMMEN))
    assert manager.get(reverse("meldingen:staff_print")).status_code == 200


def test_the_print_of_a_view_has_its_name_and_its_columns(manager, cast):
    MeldingFactory(wijk=cast.wijk, bron="balie", status=Status.NIEUW)
    view = saved(cast.wijkmanager, "Balie", kolommen=["nummer", "bron"])
    page = manager.get(f"{reverse('meldingen:staff_print')}?weergave={view.pk}&{view.filters}").content.decode()
    assert "<h1>Meldingen: Balie</h1>" in page
    assert 'data-kop="Bron"' in page
    assert "afdruklijst" not in page


# Back to the same place.


def step_forms(melding, user):
    from meldingen.views.staff.steps import offered

    return [stap.code for stap in offered(melding, user)]


@pytest.fixture
def many(cast, today):
    """More than two pages of a view, each with a term of its own."""
    return [
        MeldingFactory(wijk=cast.wijk, team=cast.wijkteam, volgende_termijn=today + timedelta(days=n // 2))
        for n in range(106)
    ]


def test_previous_and_next_hold_in_a_view_on_a_deep_page(manager, cast, many):
    view = saved(cast.wijkmanager, filters="lijst=wijk&status=nieuw&volgorde=termijn")
    first = manager.get(f"{LIST}?weergave={view.pk}&{view.filters}")
    second = manager.get(f"{LIST}?weergave={view.pk}&{view.filters}&na={first.context['pagina'].volgende}")
    rows = second.context["pagina"].rows
    link = second.context["tabel"].link
    page = manager.get(link(rows[0]))
    assert f"/{many[49].pk}/" in page.context["vorige"]
    assert f"/{rows[1].pk}/" in page.context["volgende"]
    walked, seen = link(rows[0]), [rows[0].pk]
    while walked := manager.get(walked).context["volgende"]:
        seen.append(int(urlsplit(walked).path.split("/")[3]))
    assert seen == [melding.pk for melding in many[50:]]


def test_previous_and_next_walk_what_the_search_found_and_lead_back_to_the_findings(manager, cast):
    hits = [MeldingFactory(wijk=cast.wijk, omschrijving="De zitbank is stuk.") for _ in range(3)]
    MeldingFactory.create_batch(3, wijk=cast.wijk, omschrijving="Een plas.")
    found = manager.get(LIST, {"q": "zitbank"})
    [table] = [part["tabel"] for part in found.context["vondsten"] if part["tabel"]]
    newest = max(hit.pk for hit in hits)
    first = next(row.record for row in table.rows if row.record.pk == newest)
    page = manager.get(table.link(first))
    seen, walked = [first.pk], page.context["volgende"]
    while walked:
        seen.append(int(urlsplit(walked).path.split("/")[3]))
        walked = manager.get(walked).context["volgende"]
    assert sorted(seen) == sorted(hit.pk for hit in hits)
    back = manager.get(page.context["herkomst"].lijst_url.partition("#")[0])
    assert "Gezocht op “zitbank”" in back.content.decode()


@pytest.mark.parametrize(
    ("stap", "data"),
    [
        ("start", {}),
        ("plan", {"gepland_op": "2099-01-01", "toelichting": "Later."}),
        ("sluit", {"sluitreden": "opgelost", "toelichting": "Klaar."}),
        ("vraag", {"vraag": "Waar precies?"}),
        ("wijs-toe", {}),
        ("niet-voor-ons", {"reden": "Van de stad Hasselt."}),
        ("belofte", {"datum": "2099-01-01", "reden": "Regen."}),
        ("verbeter", {"plaats": "50.96600, 5.50200"}),
        ("contact", {"tekst": "Gebeld."}),
        ("notitie", {"tekst": "Kijk na."}),
        ("openbaar", {}),
    ],
)
def test_every_form_returns_to_the_same_list_page_and_row(manager, cast, many, stap, data):
    view = saved(cast.wijkmanager, filters="lijst=wijk&volgorde=termijn")
    base = f"{LIST}?weergave={view.pk}&{view.filters}"
    second = manager.get(f"{base}&na={manager.get(base).context['pagina'].volgende}")
    row = second.context["pagina"].rows[10]
    MelderFactory(melding=row)
    opened = manager.get(f"{second.context['tabel'].link(row)}&stap={stap}")
    assert opened.context["stap"].code == stap
    form = opened.context["form"]
    start = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
    post = f"{reverse('meldingen:step', args=[row.pk, stap])}?{opened.context['herkomst'].query}"
    if stap == "wijs-toe":
        start["team"] = cast.toezicht.pk
    answer = manager.post(post, {**start, **data})
    assert answer.status_code == 302, answer.context["form"].errors
    after = manager.get(answer.url)
    back = after.context["herkomst"].lijst_url
    assert back.endswith(f"#rij-{row.pk}")
    again = manager.get(back.partition("#")[0])
    assert again.context["weergave"] == view
    assert numbers(again) >= numbers(second) - {row.pk}


def test_a_report_one_walked_on_to_leads_back_to_the_page_where_it_stands(manager, cast, many):
    first = manager.get(f"{LIST}?lijst=wijk")
    link = first.context["tabel"].link(first.context["pagina"].rows[-1])
    beyond = manager.get(manager.get(link).context["volgende"])
    assert beyond.context["melding"].pk == many[50].pk
    back = manager.get(beyond.context["herkomst"].lijst_url.partition("#")[0])
    assert many[50].pk in numbers(back)
    assert "bij=" not in manager.get(beyond.context["herkomst"].lijst_url.partition("#")[0]).context["keuze"].terug


# Reach of many people at once.


def test_the_reach_of_many_is_the_reach_of_each(cast, today, django_assert_num_queries):
    Vervanging.objects.create(afwezige=cast.collega, vervanger=cast.wijkmanager, van=today, tot=today)
    people = [cast.wijkmanager, cast.buurttoezichter, cast.verdeler, cast.lezer, cast.collega]
    with django_assert_num_queries(3):
        together = reaches([person.pk for person in people], today)
    assert together == {person.pk: reach(person, today) for person in people}
    assert together[cast.wijkmanager.pk].gebruiker_ids == {cast.wijkmanager.pk, cast.collega.pk}
    assert together[cast.wijkmanager.pk].wijk_ids == {cast.wijk.pk, cast.andere_wijk.pk}


def test_one_plan_and_one_seintje_per_person_and_view(manager, cast):
    view = saved(cast.wijkmanager)
    for _ in range(2):
        manager.post(url("tell", view), {"aan": "ja"})
        manager.post(url("plan", view), {"ritme": "week", "weekdag": 3, "vorm": "csv", "kolommen": "alle"})
    plan, seintje = Uitvoerplan.objects.get(), Seintje.objects.get()
    assert (plan.wanneer, plan.alle_kolommen, seintje.gezien) == ("elke woensdag", True, [])
    manager.post(url("tell", view))
    manager.post(url("plan", view), {"stop": "ja"})
    assert not Uitvoerplan.objects.exists()
    assert not Seintje.objects.exists()
