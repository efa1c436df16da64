"""The figures: each number has as many reports behind its link, whatever happened to them, and for whoever looks."""

import random
from datetime import date, datetime, timedelta
from urllib.parse import urlencode
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from kern.gebruikers.models import Rol
from meldingen import actions
from meldingen.forms.cijfers import month_of, months_end
from meldingen.models import Cijferwijziging, Melder, Melding
from meldingen.queries import cijfers
from meldingen.queries.cijfers import LISTS, NONE, PER, Vraag, overview
from meldingen.states import Sluitreden, Status
from meldingen.tests import factories
from meldingen.tests.factories import MelderFactory, MeldingFactory, SubcategorieFactory, member
from meldingen.views.staff.selection import select
from wijken.queries import reach

BRUSSELS = ZoneInfo("Europe/Brussels")
PAGE = reverse("meldingen:figures")


def period(van, tot, **chosen):
    return Vraag(van=van, tot=months_end(tot), **chosen)


@pytest.fixture
def year():
    today = timezone.localdate()
    return period(month_of(today, -11), month_of(today))


def behind(number, vraag, sleutel, user, on):
    """How many reports the list behind a number has, for this person."""
    query = cijfers.list_query(number, vraag, sleutel)
    if not user.has_role(Rol.BEHEERDER):
        query["bereik"] = "cijfers"
    return select(QueryDict(urlencode(query, doseq=True)), user, reach(user, on), on).rows.count()


def differences(vraag, user, on):
    """Every number of the figures beside the length of its list, where the two are not the same."""
    found = overview(vraag, user, reach(user, on), on)
    wrong = []
    for rij in [found.totaal, *found.rijen]:
        for number in LISTS:
            shown = rij.op_tijd if number == "op_tijd" else rij.n[number]
            listed = behind(number, vraag, rij.sleutel, user, on)
            if shown != listed:
                wrong.append((rij.sleutel, number, shown, listed))
    return wrong


class Town:
    """The cast, some categories, and things that happen to reports at random moments of the last two years."""

    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.cast = factories.cast()
        top = factories.CategorieFactory()
        self.kinds = [
            SubcategorieFactory(hoofdcategorie=top),
            SubcategorieFactory(hoofdcategorie=top),
            SubcategorieFactory(is_gevoelig=True),
        ]
        self.now = timezone.now()

    def report(self):
        at = self.now - timedelta(days=self.dice.uniform(0, 500))
        due = at.date() + timedelta(days=self.dice.choice([5, 30, 90]))
        melding = MeldingFactory(
            ontvangen_op=at,
            categorie=self.dice.choice(self.kinds),
            wijk=self.dice.choice([self.cast.wijk, self.cast.andere_wijk, None]),
            team=self.dice.choice([self.cast.wijkteam, self.cast.toezicht, self.cast.ander_team, None]),
            oplossing_beloofd=due,
        )
        MelderFactory(melding=melding)
        return melding

    def happen(self, melding):
        """One thing, between its last change and now."""
        melding = Melding.objects.select_related("melder").get(pk=melding.pk)
        cast, dice = self.cast, self.dice
        begin = melding.afgesloten_op or melding.ontvangen_op
        at = begin + (self.now - begin) * dice.random()
        kind = dice.choice(["move", "close", "close", "reopen", "team", "category", "judge", "wijk", "delete", "break"])
        if kind == "move" and melding.is_open:
            day = max(at.date(), melding.oplossing_uiterlijk) + timedelta(days=dice.randint(0, 30))
            actions.move_promise(melding=melding, oplossing_uiterlijk=day, reden="Vorst", door=cast.collega, at=at)
        elif kind == "close" and melding.is_open:
            reason = dice.choice(list(Sluitreden))
            actions.close(melding=melding, sluitreden=reason, toelichting="Klaar", door=cast.collega, at=at)
        elif kind == "reopen" and not melding.is_open:
            actions.reopen(melding=melding, reden="Toch niet", at=at)
        elif kind == "team" and melding.is_open:
            actions.assign(melding=melding, team=dice.choice([cast.wijkteam, cast.ander_team, None]), at=at)
        elif kind == "category" and melding.is_open:
            other = dice.choice(self.kinds)
            actions.correct(melding=melding, categorie=other, reden="Beter", door=cast.collega, at=at)
        elif kind == "judge":
            Melding.objects.filter(pk=melding.pk).update(tevreden=dice.random() < 0.6, beoordeeld_op=at)
        elif kind == "wijk":
            Melding.objects.filter(pk=melding.pk).update(wijk=cast.andere_wijk)
        elif kind == "delete" and dice.random() < 0.3:
            Melder.objects.filter(pk=melding.pk).delete()
            melding.delete()
        elif kind == "break":
            Melding.objects.filter(pk=melding.pk).update(keren_gebroken=1)


@pytest.mark.once
class EveryNumber(TestCase):
    """On a database of its own for each example, rolled back afterwards."""

    @settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
    @given(seed=st.integers(0, 10_000))
    def test_is_the_length_of_its_list_whatever_happened(self, seed):
        town = Town(seed)
        on = timezone.localdate()
        reports = [town.report() for _ in range(14)]
        for step in range(40):
            found = town.dice.choice(reports)
            if Melding.objects.filter(pk=found.pk).exists():
                town.happen(found)
            if step % 9 == 0:
                actions.cijfers.fold()
        since = month_of(on, -town.dice.randint(0, 18))
        for per in PER:
            vraag = period(since, month_of(since, town.dice.randint(0, 18)), per=per)
            for user in (town.cast.beheerder, town.cast.wijkmanager, town.cast.lezer, town.cast.verdeler):
                assert differences(vraag, user, on) == []
        self._medians(town, period(month_of(on, -17), month_of(on)), on)
        before = overview(period(since, month_of(on)), town.cast.beheerder, reach(town.cast.beheerder, on), on)
        actions.cijfers.recount()
        after = overview(period(since, month_of(on)), town.cast.beheerder, reach(town.cast.beheerder, on), on)
        assert before.totaal.n == after.totaal.n
        assert not Cijferwijziging.objects.exists()

    def _medians(self, town, vraag, on):
        def days(rows):
            local = [
                (timezone.localdate(row.afgesloten_op) - timezone.localdate(row.ontvangen_op)).days for row in rows
            ]
            return sorted(local)[(len(local) - 1) // 2] if local else None

        user = town.cast.beheerder
        found = overview(vraag, user, reach(user, on), on)
        query = QueryDict(urlencode(cijfers.list_query("uit", vraag), doseq=True))
        rows = select(query, user, reach(user, on), on).rows
        assert found.totaal.mediaan == days(rows)
        for rij in found.rijen:
            own = rows.filter(wijk=None) if rij.sleutel == NONE else rows.filter(wijk=rij.sleutel)
            assert rij.mediaan == days(own)


def closed(cast, count, *, at=None, days=3, **fields):
    at = at or timezone.now()
    return [
        MeldingFactory(
            **{
                "wijk": cast.wijk,
                "team": cast.wijkteam,
                "status": Status.AFGESLOTEN,
                "ontvangen_op": at - timedelta(days=days),
                "afgesloten_op": at,
                **fields,
            }
        )
        for _ in range(count)
    ]


def total(vraag, user):
    on = timezone.localdate()
    return overview(vraag, user, reach(user, on), on).totaal


def test_late_work_that_stays_open_makes_the_share_on_time_worse(cast, year):
    closed(cast, 6)
    assert total(year, cast.beheerder).op_tijd_pct == 100
    for _ in range(4):
        MeldingFactory(
            wijk=cast.wijk,
            gereageerd_op=timezone.now(),
            oplossing_beloofd=timezone.localdate() - timedelta(days=1),
            volgende_termijn=timezone.localdate() - timedelta(days=1),
        )
    assert total(year, cast.beheerder).op_tijd_pct == 60


def test_small_numbers_are_not_shown(cast, year):
    closed(cast, cijfers.MIN_REPORTS - 1)
    few = total(year, cast.beheerder)
    assert (few.op_tijd_pct, few.mediaan_dagen) == (None, None)
    closed(cast, 1)
    enough = total(year, cast.beheerder)
    assert (enough.op_tijd_pct, enough.mediaan_dagen) == (100, 3)


def test_satisfaction_is_shown_from_ten_answers(cast, year):
    judged = {"beoordeeld_op": timezone.now()}
    closed(cast, 9, tevreden=True, **judged)
    assert total(year, cast.beheerder).tevreden_pct is None
    closed(cast, 1, tevreden=False, **judged)
    assert total(year, cast.beheerder).tevreden_pct == 90


def test_a_day_is_one_of_brussels(cast):
    late_evening = datetime(2026, 1, 31, 23, 30, tzinfo=BRUSSELS)
    closed(cast, 1, at=late_evening, days=0)
    january = period(date(2026, 1, 1), date(2026, 1, 1))
    assert total(january, cast.beheerder).n["uit"] == 1
    assert behind("uit", january, None, cast.beheerder, timezone.localdate()) == 1


def test_each_person_counts_no_more_than_they_may_see(cast, year):
    sensitive = SubcategorieFactory(is_gevoelig=True)
    closed(cast, 1)
    closed(cast, 1, wijk=cast.andere_wijk, team=cast.ander_team)
    closed(cast, 1, categorie=sensitive)
    closed(cast, 1, categorie=sensitive, wijk=cast.andere_wijk, team=cast.ander_team)
    seen = {user.naam: total(year, user).n["uit"] for user in (cast.beheerder, cast.lezer, cast.wijkmanager)}
    assert seen == {"Bo Beheerder": 4, "Lut Lezer": 2, "Wim Wijkmanager": 2}
    nobody = member(None, Rol.BEHANDELAAR)
    assert total(year, nobody).n["uit"] == 0


def test_a_removed_wijk_takes_no_figures_with_it(cast, year):
    closed(cast, 2)
    actions.cijfers.fold()
    cast.wijk.delete()
    (row,) = overview(year, cast.beheerder, reach(cast.beheerder, timezone.localdate()), timezone.localdate()).rijen
    assert (row.sleutel, row.n["uit"]) == (NONE, 2)


def test_every_number_on_the_page_leads_to_a_list_of_that_length(client, cast):
    closed(cast, 12, tevreden=True, beoordeeld_op=timezone.now())
    MeldingFactory(wijk=cast.wijk, team=cast.wijkteam)
    client.force_login(cast.wijkmanager)
    page = client.get(PAGE, {"per": "team"})
    numbers = [getal for line in [*page.context["regels"], page.context["totaal"]] for getal in line.getallen]
    plain = [getal for getal in numbers if getal.tekst.isdigit() and getal.tekst != "0"]
    assert len(plain) > 8
    for getal in plain:
        answer = client.get(getal.href)
        assert answer.context["aantal"] == getal.tekst, getal.href
        assert "jouw cijfers" in answer.content.decode()
    assert "100\u00a0%" in [getal.tekst for getal in page.context["groot"]]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("per", list(PER))
def test_the_page_costs_the_same_however_much_it_counts(client, cast, count, per, django_assert_num_queries):
    for _ in range(count):
        closed(cast, 2, wijk=factories.WijkFactory(), team=factories.TeamFactory(), categorie=SubcategorieFactory())
    client.force_login(cast.beheerder)
    with django_assert_num_queries(9):
        assert len(client.get(PAGE, {"per": per}).context["regels"]) == count


def test_the_file_holds_the_table_and_no_formula(client, cast):
    cast.wijkteam.naam = "=1+1;Team"
    cast.wijkteam.save()
    closed(cast, 2)
    client.force_login(cast.beheerder)
    answer = client.get(reverse("meldingen:figures_csv"), {"per": "team"})
    text = answer.content.decode()
    row = text.splitlines()[1]
    assert text.startswith("\ufeffTeam;Binnen;Afgesloten;Open;")
    assert row.startswith('"\'=1+1;Team";2;2;0')
    assert row.split(";")[10] == ""  # two reports are too few for a share


@pytest.mark.parametrize(
    ("query", "van", "tot"),
    [
        ({"periode": "eigen", "van": "2026-02", "tot": "2026-04"}, date(2026, 2, 1), date(2026, 4, 30)),
        ({"periode": "eigen", "van": "2026-04", "tot": "2026-02"}, date(2026, 2, 1), date(2026, 2, 28)),
        ({"periode": "eigen", "van": "1950-01", "tot": "2026-02"}, date(2021, 3, 1), date(2026, 2, 28)),
    ],
)
def test_a_period_is_whole_months(client, cast, query, van, tot):
    client.force_login(cast.beheerder)
    vraag = client.get(PAGE, query).context["vraag"]
    assert (vraag.van, vraag.tot) == (van, tot)


def test_nonsense_in_the_address_is_ignored(client, cast):
    client.force_login(cast.beheerder)
    nonsense = {"periode": "x", "van": "gisteren", "wijk": "9999", "team": "x", "categorie": "-1", "per": "x"}
    answer = client.get(PAGE, nonsense)
    assert answer.status_code == 200
    assert answer.context["vraag"].filters == {}


def test_what_was_there_before_the_triggers_is_counted_by_the_recount(cast, year):
    import pgtrigger

    with pgtrigger.ignore("meldingen.Melding:cijfers_insert"):
        closed(cast, 3)
    assert total(year, cast.beheerder).n["uit"] == 0
    actions.cijfers.recount()
    assert total(year, cast.beheerder).n["uit"] == 3
    assert total(year, cast.beheerder).mediaan == 3
    actions.follow(melding=MeldingFactory(), sleutel=uuid4(), at=timezone.now())
