from datetime import date

import pytest

from kern.berichten.models import Bericht
from kern.gezondheid.models import Taakuitvoering
from kern.herinneringen import actions, registry
from kern.herinneringen.models import Herinnering
from kern.herinneringen.registry import Nieuws, Rubriek, register_section

from .conftest import moment
from .outbox import mails

pytestmark = pytest.mark.django_db

THURSDAY = date(2026, 7, 23)


def sweep(clock="07:30"):
    return actions.morning_round(at=moment(THURSDAY, clock))


def news(count=2, shown=2):
    lines = [(f"Put {n}", f"/dingen/{n}/") for n in range(shown)]
    return Nieuws("Nieuw in “Putten”", lines, count, "/dingen/")


def test_a_section_stands_below_the_deadlines_in_the_same_mail(things, person, settings):
    wim = person("Wim")
    things.add(THURSDAY, verantwoordelijke=wim)
    register_section(Rubriek("putten", lambda at: {wim.pk: [news(12)]}))
    run = sweep()
    [text] = mails()["wim@genk.test"]
    parts = ["Vandaag (1)", "Nieuw in “Putten” (12)", f"- Put 0: {settings.PORTAL_URL}/dingen/0/"]
    parts += ["… en nog 10 andere.", f"Alles samen: {settings.PORTAL_URL}/dingen/"]
    positions = [text.index(part) for part in parts]
    assert positions == sorted(positions)
    assert Bericht.objects.get().onderwerp == "Je termijnen op donderdag 23 juli (1)"
    assert run.aantallen["nieuws"] == 12


def test_who_has_no_deadline_gets_a_mail_with_the_news_alone(things, person):
    wim = person("Wim")
    register_section(Rubriek("putten", lambda at: {wim.pk: [news()]}))
    sweep()
    bericht = Bericht.objects.get()
    assert (bericht.aan, bericht.onderwerp) == ("wim@genk.test", "Nieuw op donderdag 23 juli (2)")
    assert "Je termijnen" not in bericht.tekst


def test_without_news_there_is_no_mail(things, person):
    wim = person("Wim")
    register_section(Rubriek("putten", lambda at: {wim.pk: []}))
    run = sweep()
    assert mails() == {}
    assert run.aantallen["mails"] == 0


def test_a_section_that_fails_leaves_the_deadlines_alone_and_what_it_wrote_undone(things, person):
    wim = person("Wim")
    things.add(THURSDAY, verantwoordelijke=wim)

    def fails(at):
        Herinnering.objects.update(object="gewist")
        raise RuntimeError("stuk")

    register_section(Rubriek("putten", fails))
    run = sweep()
    assert len(mails()["wim@genk.test"]) == 1
    assert not Herinnering.objects.filter(object="gewist").exists()
    assert run.status == Taakuitvoering.Status.MISLUKT
    assert "putten: RuntimeError: stuk" in run.fout


def test_two_sections_cannot_have_one_name(things):
    register_section(Rubriek("putten", lambda at: {}))
    with pytest.raises(ValueError, match="putten"):
        register_section(Rubriek("putten", lambda at: {}))
    assert list(registry.rubrieken) == ["putten"]
