"""What webhooks hear of reports: every step, whoever took it, and nothing that is not for them."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kern.koppelingen import actions as koppelingen
from kern.koppelingen.models import Levering, Webhook
from kern.koppelingen.tests.conftest import receiver  # noqa: F401 (a fixture)
from meldingen import actions
from meldingen.models import Categorie, Gebeurtenis, Melding
from meldingen.queries.webhooks import contents
from meldingen.states import Sluitreden
from meldingen.tests import factories
from meldingen.webhooks import EVENTS

pytestmark = pytest.mark.django_db


def hook(**fields):
    return Webhook.objects.create(
        **{
            "naam": "Planbord",
            "url": "https://planbord.example/",
            "gebeurtenissen": list(EVENTS),
            "aangemaakt_op": timezone.now(),
            **fields,
        }
    )


def submit(cast, **fields):
    melding, _made = actions.submit(
        **{
            "inzending": uuid.uuid4(),
            "categorie": factories.SubcategorieFactory(code=f"zwerfvuil{uuid.uuid4().hex[:6]}"),
            "omschrijving": "Mijn buurman Jan gooit blikjes",
            "plaats": factories.CENTRE,
            "adres": "Hennepstraat 17 bus 3",
            "plaats_in_woorden": "bij Janssens",
            "wijk": cast.wijk,
            "naam": "An Janssens",
            "email": cast.bewoner,
            "telefoon": "0470123456",
            "at": timezone.now(),
            **fields,
        }
    )
    return melding


def told(webhook):
    return list(Levering.objects.filter(webhook=webhook).order_by("pk").values_list("gebeurtenis", flat=True))


def test_every_step_of_a_report_is_told_in_its_order_and_notes_are_not(cast):
    webhook = hook()
    melding = submit(cast)
    today, how = timezone.localdate(), {"door": cast.wijkmanager, "at": timezone.now()}
    actions.assign(melding=melding, team=cast.wijkteam, behandelaar=cast.wijkmanager, **how)
    actions.note(melding=melding, tekst="Bel eerst", **how)
    actions.contact(melding=melding, hoe="gebeld", tekst="Niemand thuis", **how)
    actions.start(melding=melding, **how)
    actions.plan(melding=melding, gepland_op=today, **how)
    actions.ask(melding=melding, vraag="Welke kant?", **how)
    actions.resident.answer(melding=melding, tekst="Links", at=timezone.now())
    actions.move_promise(melding=melding, oplossing_uiterlijk=today + timedelta(days=60), reden="Ploeg ziek", **how)
    actions.close(melding=melding, sluitreden=Sluitreden.OPGELOST, toelichting="Klaar", **how)
    actions.reopen(melding=melding, reden="Toch niet", **how)
    assert told(webhook) == [
        "melding.ontvangen",
        "melding.toegewezen",
        "melding.stap",
        "melding.stap",
        "melding.stap",
        "melding.stap",
        "melding.belofte",
        "melding.afgesloten",
        "melding.heropend",
    ]


def test_a_line_that_no_action_wrote_is_told_too(cast):
    melding = submit(cast)
    webhook = hook()
    Gebeurtenis.objects.bulk_create(
        [Gebeurtenis(melding=melding, soort="stap", op=timezone.now(), naar_status="afgesloten")]
    )
    assert told(webhook) == ["melding.afgesloten"]


def test_a_webhook_hears_what_it_asked_for(cast):
    kind, other = factories.SubcategorieFactory(code="put"), factories.SubcategorieFactory(code="boom")
    hooks = {
        "event": hook(gebeurtenissen=["melding.afgesloten"]),
        "category": hook(filters={"categorie": ["put", "graffiti"]}),
        "wijk": hook(filters={"wijk": [cast.andere_wijk.code]}),
        "both": hook(filters={"categorie": ["put"], "wijk": [cast.wijk.code]}),
        "off": hook(is_actief=False),
        "all": hook(),
    }
    submit(cast, categorie=kind)
    submit(cast, categorie=other)
    submit(cast, categorie=other, wijk=cast.andere_wijk)
    submit(cast, categorie=other, wijk=None)
    counts = {name: len(told(row)) for name, row in hooks.items()}
    assert counts == {"event": 0, "category": 1, "wijk": 1, "both": 1, "off": 0, "all": 4}


def test_nothing_is_told_of_a_sensitive_category_not_even_later(cast):
    webhook = hook()
    submit(cast, categorie=factories.SubcategorieFactory(is_gevoelig=True))
    assert told(webhook) == []
    melding = submit(cast)
    line = str(melding.gebeurtenissen.get().pk)
    assert set(contents([line])) == {line}
    Categorie.objects.filter(pk=melding.categorie_id).update(is_gevoelig=True)
    assert contents([line]) == {}


def test_no_word_of_the_reporter_and_no_door_is_in_a_message(cast, django_assert_num_queries):
    melding = submit(cast)
    actions.close(
        melding=melding,
        sluitreden=Sluitreden.OPGELOST,
        toelichting="Dag An Janssens, het is opgeruimd",
        door=cast.wijkmanager,
        at=timezone.now(),
    )
    keys = [str(pk) for pk in Gebeurtenis.objects.values_list("pk", flat=True)]
    with django_assert_num_queries(1):
        found = contents(keys)
    text = json.dumps(found)
    melding.refresh_from_db()
    for word in (
        "Janssens",
        cast.bewoner,
        "0470",
        "buurman",
        "17 bus",
        melding.code,
        cast.wijkmanager.naam,
        "opgeruimd",
    ):
        assert word not in text
    last = found[keys[-1]]
    assert last["melding"]["straat"] == "Hennepstraat"
    assert last["melding"]["status"] == "afgesloten"
    assert last["gebeurtenis"]["naar_status"] == "afgesloten"
    assert last["melding"]["url"].endswith(reverse("meldingen:detail", args=[melding.pk]))


def test_a_step_that_is_rolled_back_is_not_told(cast):
    webhook, melding = hook(), submit(cast)
    before = told(webhook)
    with pytest.raises(ValueError, match="verleden"):
        actions.plan(
            melding=melding,
            gepland_op=timezone.localdate() - timedelta(days=1),
            door=cast.wijkmanager,
            at=timezone.now(),
        )
    assert told(webhook) == before


def test_telling_costs_the_portal_no_query(cast, django_assert_num_queries):
    def close(melding):
        how = {"door": cast.wijkmanager, "at": timezone.now()}
        return lambda: actions.close(melding=melding, sluitreden=Sluitreden.OPGELOST, toelichting="x", **how)

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for _with_hook in (False, True):
        act = close(submit(cast))
        with CaptureQueriesContext(connection) as queries:
            act()
        counts.append(len(queries))
        hook()
    assert counts[0] == counts[1]


def test_from_a_report_to_the_other_program(cast, receiver):  # noqa: F811
    webhook, _secret = koppelingen.make_webhook(
        naam="Planbord", url=receiver.url, gebeurtenissen=["melding.ontvangen"], at=timezone.now()
    )
    melding = submit(cast)
    assert koppelingen.sweep(at=timezone.now())["verstuurd"] == 1
    message = json.loads(receiver.requests[0][2])
    assert message["type"] == "melding.ontvangen"
    assert message["data"]["melding"]["nummer"] == melding.pk
    assert Levering.objects.get(webhook=webhook).status == "gelukt"
    assert Melding.objects.count() == 1
