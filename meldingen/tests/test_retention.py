"""The terms of keeping: announced for a week, then gone from everywhere; and nothing else."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.db.utils import InternalError
from django.utils import timezone

from kern.beelden import actions as beelden
from kern.beelden.models import Beeld
from kern.beelden.storage import private_storage
from kern.beelden.tests.photos import jpeg, upload
from kern.berichten.models import Bericht
from kern.bewaring import actions as bewaring
from kern.bewaring.models import Aankondiging, Bewaarregel, Bewaarronde
from kern.termijnen import load_calendar
from meldingen import actions
from meldingen.models import Inzage, Melding
from meldingen.queries.search import RULES
from meldingen.states import Opdrachtstatus, Sluitreden
from meldingen.tests import factories
from wijken.models import Partner

pytestmark = pytest.mark.django_db

NOW = timezone.now()
SECRET = "Lambrechts"


def days(number):
    return timedelta(days=number)


def only(soort, wat, na_dagen, **fields):
    """Let one rule hold, and no other."""
    Bewaarregel.objects.all().delete()
    return Bewaarregel.objects.create(soort=soort, wat=wat, na_dagen=na_dagen, **fields)


def report(cast, *, closed, categorie=None, photo=None):
    """A closed report in which a name stands wherever a name can stand."""
    melding, _made = actions.submit(
        inzending=uuid.uuid4(),
        categorie=categorie or factories.SubcategorieFactory(),
        omschrijving=f"Bij {SECRET} ligt de stoep los.",
        plaats=factories.CENTRE,
        adres=f"Hennepstraat 7 bij {SECRET}",
        wijk=cast.wijk,
        naam=SECRET,
        email=f"{SECRET.lower()}@voorbeeld.example",
        beelden=[photo] if photo else [],
        at=closed - days(3),
    )
    actions.follow(melding=melding, sleutel=uuid.uuid4(), email="buur@voorbeeld.example", at=closed - days(2))
    actions.note(melding=melding, tekst=f"Gebeld met {SECRET}.", door=cast.wijkmanager, at=closed - days(1))
    actions.return_to_triage(melding=melding, reden=f"{SECRET} zegt: niet van ons", door=cast.wijkmanager, at=closed)
    return actions.close(
        melding=melding,
        sluitreden=Sluitreden.OPGELOST,
        toelichting=f"Hersteld voor {SECRET}.",
        door=cast.wijkmanager,
        at=closed,
    )


def report_with_everything(cast, *, closed):
    """The same, after a partner, another team and the reporter wrote about it too."""
    partner = Partner.objects.create(naam="Rijkswegen", soort=Partner.Soort.OVERHEID, email="werk@rijkswegen.example")
    melding = report(cast, closed=closed - days(9))
    by, at = {"door": cast.wijkmanager}, closed - days(8)
    actions.reopen(melding=melding, reden=f"{SECRET} belt weer", at=at, **by)
    actions.correct(melding=melding, reden=f"volgens {SECRET}", adres=f"Naast {SECRET}", at=at, **by)
    actions.deeltaak.hand_out(
        melding=melding, titel=f"Bel {SECRET}", teams=[cast.werkplaats], uiterlijk=at.date(), at=at, **by
    )
    actions.deeltaak.drop(deeltaak=melding.deeltaken.get(), reden=f"{SECRET} belde zelf", at=at, **by)
    actions.partner.give(
        melding=melding, partner=partner, tekst=f"{SECRET} wacht", termijn=closed.date(), met_contact=True, at=at, **by
    )
    actions.partner.answer(
        opdracht=melding.partneropdrachten.get(),
        inzending=uuid.uuid4(),
        status=Opdrachtstatus.UITGEVOERD,
        tekst=f"Met {SECRET} gesproken.",
        at=at,
    )
    actions.close(
        melding=melding, sluitreden=Sluitreden.OPGELOST, toelichting=f"Klaar voor {SECRET}.", at=closed - days(7), **by
    )
    asked = closed + days(5)
    actions.terugkoppeling.ask(at=asked, calendar=load_calendar())
    actions.terugkoppeling.answer(
        enquete=melding.enquetes.get(), tevreden=False, tekst=f"{SECRET} wacht nog.", at=asked
    )
    actions.terugkoppeling.handle(
        terugkoppeling=melding.terugkoppelingen.get(), wat_gedaan=f"{SECRET} opgebeld.", at=asked, **by
    )
    return Melding.objects.get(pk=melding.pk)


def run(*offsets):
    for offset in offsets:
        bewaring.nightly(NOW + days(offset))


def everywhere(text):
    """The tables and columns in which these words stand."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND data_type IN ('character varying', 'text', 'jsonb', 'tsvector')"
        )
        for table, column in cursor.fetchall():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" WHERE "{column}"::text ILIKE %s',  # noqa: S608 (our own names)
                [f"%{text}%"],
            )
            if cursor.fetchone()[0]:
                found.append(f"{table}.{column}")
    return sorted(found)


def test_a_report_stands_on_the_list_for_a_week_and_is_then_without_anybody(cast):
    only("melding", "anonimiseer", 30)
    melding = report_with_everything(cast, closed=NOW - days(17))
    assert len(everywhere(SECRET)) > 12
    run(0)
    assert Aankondiging.objects.get().object == melding.pk
    assert everywhere(SECRET)
    run(6)
    assert everywhere(SECRET)
    run(7)
    assert everywhere(SECRET) == []
    melding.refresh_from_db()
    assert melding.geanonimiseerd_op is not None
    assert (melding.wijk, melding.categorie.naam, melding.sluitreden) == (
        cast.wijk,
        melding.categorie.naam,
        Sluitreden.OPGELOST,
    )
    assert list(RULES["tekst"].find(Melding.objects.all(), "stoep")) == []
    assert not Aankondiging.objects.exists()


def test_the_log_has_numbers_and_no_names(cast):
    only("melding", "anonimiseer", 30)
    report(cast, closed=NOW - days(40))
    run(0, 7)
    ronde = Bewaarronde.objects.filter(behandeld__gt=0).get()
    assert ronde.behandeld == 1
    assert ronde.aantallen["melders"] == 1
    assert ronde.aantallen["volgers"] == 1
    assert ronde.aantallen["mails"] > 0
    assert ronde.aantallen["teksten"] >= 3


def test_a_new_rule_over_old_reports_waits_a_week_too(cast):
    melding = report(cast, closed=NOW - days(4000))
    only("dossier", "verwijder", 10)
    run(0)
    assert Melding.objects.filter(pk=melding.pk).exists()
    run(7)
    assert not Melding.objects.filter(pk=melding.pk).exists()
    assert everywhere(SECRET) == []


def test_what_was_reopened_or_held_back_stays(cast):
    only("melding", "anonimiseer", 30)
    reopened = report(cast, closed=NOW - days(29))
    held = report(cast, closed=NOW - days(40))
    gone = report(cast, closed=NOW - days(40))
    run(0)
    assert Aankondiging.objects.count() == 3
    actions.reopen(melding=reopened, reden="Toch niet", at=NOW, door=cast.wijkmanager)
    row = Aankondiging.objects.get(object=held.pk)
    with pytest.raises(ValueError, match="reden"):
        bewaring.hold(aankondigingen=[row.pk], reden=" ", door=cast.beheerder, at=NOW)
    bewaring.hold(aankondigingen=[row.pk], reden="Klacht loopt", door=cast.beheerder, at=NOW)
    run(7, 40)
    rows = {melding.pk: melding.geanonimiseerd_op for melding in Melding.objects.all()}
    assert rows[reopened.pk] is None
    assert rows[held.pk] is None
    assert rows[gone.pk] is not None
    bewaring.let_go(aankondigingen=[row.pk], at=NOW + days(40))
    run(41)
    assert Melding.objects.get(pk=held.pk).geanonimiseerd_op is None
    run(47)
    assert Melding.objects.get(pk=held.pk).geanonimiseerd_op is not None


def test_the_most_exact_rule_wins(cast):
    only("melding", "anonimiseer", 30)
    noise = factories.SubcategorieFactory(code="lawaai")
    Bewaarregel.objects.create(soort="melding", wat="anonimiseer", onderwerp="lawaai", na_dagen=3650)
    kept = report(cast, closed=NOW - days(100), categorie=noise)
    gone = report(cast, closed=NOW - days(100))
    run(0, 7)
    assert Melding.objects.get(pk=kept.pk).geanonimiseerd_op is None
    assert Melding.objects.get(pk=gone.pk).geanonimiseerd_op is not None


def test_contact_data_go_and_the_report_with_its_words_stays(cast):
    only("contact", "anonimiseer", 30)
    melding = report(cast, closed=NOW - days(40))
    run(0, 7)
    melding = Melding.objects.select_related("melder").get(pk=melding.pk)
    assert (melding.melder.naam, melding.melder.email) == ("", "")
    assert not melding.volgers.exclude(email="").exists()
    assert "stoep" in melding.omschrijving
    assert not Bericht.objects.about(melding).exclude(aan="").exists()
    run(8)
    assert not Aankondiging.objects.exists()


def test_photos_go_with_their_files(cast, django_capture_on_commit_callbacks):
    only("foto", "verwijder", 30, toestand="niet_openbaar")
    photo = beelden.store(upload(jpeg(320, 240)))
    beelden.process(beeld_id=photo.pk)
    name = Beeld.objects.get(pk=photo.pk).groot.name
    melding = report(cast, closed=NOW - days(40), photo=photo.pk)
    run(0)
    assert private_storage().exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        run(7)
    assert not melding.beelden.exists()
    assert not Beeld.objects.filter(pk=photo.pk).exists()
    assert not private_storage().exists(name)


def test_a_round_again_on_the_same_day_does_nothing_more(cast):
    only("melding", "anonimiseer", 30)
    report(cast, closed=NOW - days(40))
    run(0)
    mails = Bericht.objects.filter(soort="bewaring_aankondiging").count()
    assert mails == 1
    run(0)
    assert Bericht.objects.filter(soort="bewaring_aankondiging").count() == mails
    assert Aankondiging.objects.count() == 1


def test_the_history_can_still_not_be_changed_otherwise(cast):
    melding = report(cast, closed=NOW - days(40))
    with pytest.raises(InternalError):
        type(melding.historiek.first())._base_manager.filter(pgh_obj_id=melding.pk).update(pgh_label="x")


def test_the_log_of_readings_goes_by_its_own_rule(cast):
    only("inzage", "verwijder", 30)
    melding = report(cast, closed=NOW - days(1))
    Inzage.objects.create(melding=melding, gebruiker=cast.lezer, wat="melding", op=NOW - days(40))
    Inzage.objects.create(melding=melding, gebruiker=cast.lezer, wat="melding", op=NOW - days(2))
    run(0, 7)
    assert Inzage.objects.count() == 1
