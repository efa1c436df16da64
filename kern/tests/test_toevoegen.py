"""A row that is added by a statement made once is the row that the ORM would have added."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kern.berichten.models import Bericht
from kern.termijnen.models import Sluitingsdag
from kern.toevoegen import add

pytestmark = pytest.mark.django_db


def mail(sleutel, **fields):
    now = timezone.now()
    defaults = {"soort": "proef", "aan": "an@voorbeeld.example", "aangemaakt_op": now, "volgende_poging_op": now}
    return Bericht(**{**defaults, "sleutel": sleutel, **fields})


def test_every_field_arrives_as_it_was_given():
    row = mail("a", kopteksten={"X": "é"}, tekst="Dag ' wereld %s", taal="fr")
    assert add(row)
    found = Bericht.objects.get(sleutel="a")
    names = [field.attname for field in Bericht._meta.concrete_fields]
    assert [getattr(found, name) for name in names] == [getattr(row, name) for name in names]
    assert not row._state.adding


def test_one_row_costs_one_query_and_can_be_changed_afterwards():
    row = mail("a")
    with CaptureQueriesContext(connection) as queries:
        add(row)
    assert len(queries) == 1
    row.onderwerp = "Anders"
    row.save()
    assert Bericht.objects.get().onderwerp == "Anders"


def test_what_is_there_already_is_not_added_again_and_breaks_no_transaction():
    add(mail("a", tekst="eerst"))
    again = mail("a", tekst="later")
    assert not add(again, unless="sleutel")
    assert again.pk is None
    assert Bericht.objects.get().tekst == "eerst"


def test_what_the_database_refuses_is_told():
    add(Sluitingsdag(datum="2026-07-20", naam="Brug"))
    with pytest.raises(IntegrityError), transaction.atomic():
        add(Sluitingsdag(datum="2026-07-20", naam="Nog eens"))
    assert Sluitingsdag.objects.count() == 1
