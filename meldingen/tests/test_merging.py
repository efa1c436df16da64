import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kern.beelden import actions as beelden
from kern.beelden.tests.photos import jpeg, upload
from kern.berichten.models import Bericht
from meldingen import actions
from meldingen.models import Gebeurtenis, GeenDubbel, Melder, Melding, MeldingBeeld, Pauze, Samenvoeging, Volger
from meldingen.states import Sluitreden, Status
from meldingen.tests.factories import CENTRE, SubcategorieFactory

WORDS = "Dit is al gemeld."


@pytest.fixture
def categorie(db):
    return SubcategorieFactory(naam="Zwerfvuil")


@pytest.fixture
def send(cast, categorie):
    def send(email="", photo=False, **fields):
        photos = [beelden.store(upload(jpeg(64, 48))).pk] if photo else []
        fields = {"categorie": categorie, "at": timezone.now(), **fields}
        return actions.submit(
            inzending=uuid.uuid4(),
            omschrijving="Blikjes",
            plaats=CENTRE,
            adres="Hennepstraat 1",
            wijk=cast.wijk,
            email=email,
            beelden=photos,
            **fields,
        )[0]

    return send


@pytest.fixture
def merge(cast):
    def merge(melding, main, at=None):
        return actions.merge(
            melding=melding, hoofdmelding=main, toelichting=WORDS, door=cast.wijkmanager, at=at or timezone.now()
        )

    return merge


@pytest.fixture
def separate(cast):
    def separate(melding, at=None):
        return actions.separate(melding=melding, reden="Toch anders.", door=cast.wijkmanager, at=at or timezone.now())

    return separate


def follow(melding, email=""):
    return actions.follow(melding=melding, sleutel=uuid.uuid4(), at=timezone.now(), email=email)


def fresh(melding):
    return Melding.objects.get(pk=melding.pk)


def addresses(melding):
    return sorted(melding.volgers.values_list("email", flat=True))


def mailed(**fields):
    return sorted(Bericht.objects.filter(**fields).values_list("aan", flat=True))


def test_a_merged_report_is_closed_as_a_duplicate_and_points_to_its_main(send, merge):
    main, second = send("a@x.example"), send("b@x.example")
    before = fresh(main)
    row = merge(second, main)
    assert (row.status, row.sluitreden, row.hoofdmelding) == (Status.AFGESLOTEN, Sluitreden.DUBBEL, main)
    main = fresh(main)
    assert (main.status, main.oplossing_uiterlijk, main.volgende_termijn) == (
        before.status,
        before.oplossing_uiterlijk,
        before.volgende_termijn,
    )
    assert Gebeurtenis.objects.filter(soort="samengevoegd").values_list("melding", flat=True).count() == 2


def test_reporter_followers_and_photos_move_and_are_counted_once_per_address(send, merge):
    main, second = send("a@x.example"), send("B@x.example", photo=True)
    for email in ("c@x.example", "a@x.example", ""):
        follow(second, email)
    follow(main, "c@x.example")
    merge(second, main)
    main, second = fresh(main), fresh(second)
    assert addresses(main) == ["", "B@x.example", "c@x.example"]
    assert main.aantal_volgers == main.volgers.count() == 3
    assert second.aantal_volgers == second.volgers.count() == 2
    assert MeldingBeeld.objects.get().melding == main


def test_the_reporter_gets_a_mail_with_a_way_back_and_hears_of_the_main_from_then_on(send, merge, cast):
    main, second = send("a@x.example"), send("b@x.example", taal="fr")
    follow(second, "c@x.example")
    merge(second, main)
    [mail] = Bericht.objects.filter(soort="melding_samengevoegd")
    assert (mail.aan, mail.taal) == ("b@x.example", "fr")
    assert reverse("meldingen:status_differs", args=[second.code]) in mail.tekst
    assert mailed(soort="melding_gesloten_dubbel") == ["c@x.example"]
    actions.start(melding=main, door=cast.wijkmanager, at=timezone.now())
    started = Bericht.objects.filter(soort="melding_gestart")
    assert sorted(started.values_list("aan", flat=True)) == ["a@x.example", "b@x.example", "c@x.example"]
    to_b = started.get(aan="b@x.example")
    assert to_b.taal == "fr"
    assert "List-Unsubscribe" in to_b.kopteksten
    assert second.code not in started.get(aan="a@x.example").tekst


def test_followers_of_what_became_sensitive_hear_nothing(send, merge, cast, categorie):
    main, second = send("a@x.example"), send("b@x.example")
    merge(second, main)
    categorie.is_gevoelig = True
    categorie.save()
    actions.start(melding=main, door=cast.wijkmanager, at=timezone.now())
    assert mailed(soort="melding_gestart") == ["a@x.example"]


@pytest.mark.parametrize("why", ["itself", "closed", "main closed", "sensitive", "merged main"])
def test_what_cannot_go_together_is_refused(send, merge, cast, why):
    main, second = send("a@x.example"), send("b@x.example")
    closing = {"sluitreden": "opgelost", "toelichting": "Klaar", "door": cast.wijkmanager, "at": timezone.now()}
    if why == "itself":
        main = second
    elif why == "closed":
        actions.close(melding=second, **closing)
    elif why == "main closed":
        actions.close(melding=main, **closing)
    elif why == "sensitive":
        second = send("b@x.example", categorie=SubcategorieFactory(is_gevoelig=True))
    else:
        merge(main, send("z@x.example"))
    with pytest.raises(ValueError, match=r"."), transaction.atomic():
        merge(second, main)
    assert not Samenvoeging.objects.filter(melding=second).exists()


def test_the_database_refuses_a_circle_and_a_merged_report_that_is_open(send, merge):
    first, second, third = send(), send(), send()
    merge(second, first)
    closed = {"status": Status.AFGESLOTEN, "sluitreden": Sluitreden.DUBBEL, "afgesloten_op": timezone.now()}
    for which, fields in (
        (first, {"hoofdmelding": second, **closed}),
        (first, {"hoofdmelding": third, **closed}),
        (third, {"hoofdmelding": second, **closed}),
        (third, {"hoofdmelding": first}),
        (third, {"hoofdmelding": third, **closed}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Melding.objects.filter(pk=which.pk).update(**fields)


def test_a_merged_report_is_not_reopened_but_separated(send, merge, cast):
    main, second = send(), send()
    merge(second, main)
    with pytest.raises(ValueError, match="hoort bij"):
        actions.reopen(melding=second, reden="x", door=cast.wijkmanager, at=timezone.now())


def test_after_thirty_days_a_merge_stays(send, merge, separate):
    main, second = send(), send()
    merge(second, main, at=timezone.now() - timedelta(days=31))
    with pytest.raises(ValueError, match="30 dagen"):
        separate(second)


def test_separating_twice_is_refused(send, merge, separate):
    main, second = send(), send()
    merge(second, main)
    separate(second)
    with pytest.raises(actions.StapNietMogelijk):
        separate(second)


def test_mine_is_different_brings_it_back_to_triage_and_tells_both_handlers(client, send, merge, cast):
    main, second = send("a@x.example"), send("b@x.example", photo=True)
    actions.assign(
        melding=main, team=cast.wijkteam, behandelaar=cast.buurttoezichter, door=cast.wijkmanager, at=timezone.now()
    )
    actions.start(melding=second, door=cast.werkman, at=timezone.now())
    merge(second, main)
    url = reverse("meldingen:status_differs", args=[second.code])
    assert client.get(url).status_code == 200
    assert fresh(second).hoofdmelding == main
    assert client.post(url, {"reden": ""}).status_code == 200
    assert client.post(url, {"reden": "De mijne ligt aan de overkant."}).status_code == 302
    assert client.post(url, {"reden": "De mijne ligt aan de overkant."}).status_code == 302
    second = fresh(second)
    assert (second.status, second.hoofdmelding, second.behandelaar) == (Status.HEROPEND, None, cast.werkman)
    assert fresh(main).aantal_volgers == main.volgers.count() == 0
    assert MeldingBeeld.objects.get().melding == second
    assert mailed(soort="staf_melder_schreef") == ["bart@genk.example", "bea@genk.example"]
    assert GeenDubbel.objects.get().eerste == main


def test_the_follow_page_tells_how_the_main_stands_and_nothing_of_its_reporter(client, send, merge, cast):
    main, second = send("a@x.example", photo=True, naam="Geheim Persoon"), send("b@x.example", photo=True)
    Melding.objects.filter(pk=main.pk).update(omschrijving="Bij mijn achterdeur")
    merge(second, main)
    actions.plan(
        melding=main, gepland_op=timezone.localdate(), door=cast.wijkmanager, at=timezone.now(), toelichting="Stil"
    )
    page = client.get(reverse("meldingen:status", args=[second.code])).content.decode()
    assert "ingepland op" in page
    assert "De mijne is anders" in page
    for private in ("Geheim Persoon", "achterdeur", "a@x.example", main.code, "Stil"):
        assert private not in page
    mine, theirs = (MeldingBeeld.objects.sent_with(row).get().beeld_id for row in (second, main))
    for code, photo, answer in ((second.code, mine, 200), (second.code, theirs, 404), (main.code, mine, 404)):
        url = reverse("meldingen:status_photo", args=[code, photo, "klein"])
        assert (client.get(url).status_code != 404) == (answer == 200)
    assert str(mine) not in client.get(reverse("meldingen:status", args=[main.code])).content.decode()
    assert str(mine) not in client.get(reverse("meldingen:status_data", args=[main.code])).content.decode()


def test_the_follow_page_of_a_report_merged_into_a_sensitive_one_says_nothing_of_it(client, send, merge):
    kind = SubcategorieFactory(is_gevoelig=True)
    main, second = send("a@x.example", categorie=kind), send("b@x.example", categorie=kind)
    merge(second, main)
    page = client.get(reverse("meldingen:status", args=[second.code]))
    assert page.context["pagina"].hoofd is None
    assert mailed(soort="melding_samengevoegd") == ["b@x.example"]


def test_who_stops_the_mails_or_wants_to_be_forgotten_hears_nothing_of_the_main_either(client, send, merge, cast):
    main, second, third = send("a@x.example"), send("b@x.example"), send("c@x.example")
    merge(second, main)
    merge(third, main)
    mails = reverse("meldingen:status_mails", args=[second.code])
    client.post(mails, {"aan": "nee"})
    assert addresses(main) == ["", "c@x.example"]
    client.post(mails, {"aan": "ja"})
    assert addresses(main) == ["b@x.example", "c@x.example"]
    actions.start(melding=main, door=cast.wijkmanager, at=timezone.now())
    actions.resident.forget(melding=third, at=timezone.now())
    assert addresses(main) == ["", "b@x.example"]
    assert "c@x.example" not in mailed()


def everything():
    """Every row that a merge touches, field by field; what every change sets by itself is left out."""
    automatic = {"versie", "gewijzigd_op"}
    tables = (Melding, Melder, Volger, MeldingBeeld, Pauze)
    return {
        model.__name__: [
            {key: value for key, value in row.items() if key not in automatic}
            for row in model.objects.order_by("pk").values()
        ]
        for model in tables
    }


EMAILS = st.sampled_from(["", "a@x.example", "B@x.example", "b@x.example", "c@x.example", "d@x.example"])
STEPS = st.sampled_from(["nieuw", "start", "plan", "ask", "assign"])


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_merging_and_taking_it_back_restores_every_field(send, merge, separate, cast, data):
    now = timezone.now()
    with transaction.atomic():
        rows = []
        for number in range(4):
            row = send(data.draw(EMAILS), photo=number < 2)
            for email in data.draw(st.lists(EMAILS, max_size=3)):
                follow(row, email)
            take(row, data.draw(STEPS), cast, now)
            rows.append(row)
        before, taken = everything(), []
        # The order of merging and of taking back is free: into a main, into one that goes on into another.
        for _ in range(data.draw(st.integers(1, 3))):
            mains = list(Melding.objects.filter(hoofdmelding=None).order_by("pk"))
            if len(mains) < 2:
                break
            child, main = data.draw(st.permutations(mains))[:2]
            merge(child, main)
            taken.append(child)
            assert Melding.objects.filter(hoofdmelding__hoofdmelding__isnull=False).count() == 0
            for each in Melding.objects.all():
                assert each.aantal_volgers == each.volgers.count()
        for child in data.draw(st.permutations(taken)):
            separate(child)
        after = everything()
        assert after == before
        transaction.set_rollback(True)


def take(row, step, cast, now):
    door = cast.wijkmanager
    if step == "start":
        actions.start(melding=row, door=door, at=now)
    elif step == "plan":
        actions.plan(melding=row, gepland_op=timezone.localdate(), door=door, at=now)
    elif step == "ask" and row.melder.email:
        actions.ask(melding=row, vraag="Waar?", door=door, at=now)
    elif step == "assign":
        actions.assign(melding=row, team=cast.toezicht, behandelaar=cast.buurttoezichter, door=door, at=now)
