from datetime import timedelta

from django.utils import timezone

from kern.historiek.queries import event_model, history_of
from meldingen import actions
from meldingen.models import Melding
from meldingen.tests.factories import GebruikerFactory, MelderFactory, MeldingFactory

NOW = timezone.now()


def test_a_promise_that_moves_is_in_the_history_with_its_reason(db):
    melding = MeldingFactory()
    MelderFactory(melding=melding, email="")
    actions.move_promise(
        melding=melding,
        oplossing_uiterlijk=timezone.localdate(NOW) + timedelta(days=60),
        reden="De tegels zijn niet geleverd",
        door=GebruikerFactory(),
        at=NOW,
    )
    assert "De tegels zijn niet geleverd" in history_of(melding)[0].reden


def test_what_residents_wrote_and_who_they_are_is_not_in_the_history(db):
    melding = MeldingFactory(omschrijving="Bij mevrouw Geheim aan de deur", adres="Geheimstraat 1")
    MelderFactory(melding=melding, naam="Mevrouw Geheim", email="")
    actions.resident.add(melding=melding, tekst="Ik ben mevrouw Geheim", at=NOW)
    actions.close(melding=melding, sluitreden="opgelost", toelichting="Dag mevrouw Geheim", door=None, at=NOW)
    rows = event_model(Melding).objects.all()
    assert rows.count() == 2  # made and closed; words alone change nothing that is copied
    kept = str(list(rows.values())) + str([row.pgh_context for row in rows])
    assert "Geheim" not in kept
    assert melding.code not in kept
