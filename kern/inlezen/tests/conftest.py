"""A kind of file of the tests itself: names and numbers of partners, so that all steps can be walked."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from kern.gebruikers.models import Rol
from kern.inlezen import actions, registry
from kern.inlezen.registry import GELIJK, GEWIJZIGD, NIEUW, Soort, Uitkomst, Veld, Wijziging
from kern.inlezen.waarden import geheel, schoon, tekst_tot
from meldingen.tests import factories
from wijken.models import Partner

NOW = timezone.now()
LABELS = {"naam": "Naam", "telefoon": "Telefoon", "notities": "Notities", "termijn": "Termijn"}


def fields(doel, kop=()):
    return [
        Veld("naam", "Naam", tekst_tot(120), verplicht=True, voorbeeld="De Lijn", ook=("Organisatie",)),
        Veld("telefoon", "Telefoon", tekst_tot(30)),
        Veld("notities", "Notities"),
        Veld("termijn", "Termijn", geheel(minstens=1, hoogstens=250), hulp="In werkdagen."),
    ]


def compare(rijen, doel):
    known = {row.naam: row for row in Partner.objects.all()}
    seen = {}
    for rij in rijen:
        name = rij.get("naam")
        if name in seen:
            yield rij.fout("naam", f"deze naam staat ook op rij {seen[name]}")
            continue
        seen[name] = rij.nummer
        row = known.get(name)
        wanted = {code: rij.get(code) for code in ("telefoon", "notities", "termijn") if code in rij}
        changes = []
        for code, value in wanted.items():
            before = getattr(row, "termijn_werkdagen" if code == "termijn" else code) if row else ""
            before = schoon(before) if isinstance(before, str) else before
            after = value if value is not None else ("" if code != "termijn" else before or 10)
            if before != after:
                changes.append(Wijziging(LABELS[code], str(before), str(after)))
            wanted[code] = after
        what = NIEUW if row is None else GEWIJZIGD if changes else GELIJK
        yield Uitkomst(rij.nummer, what, name, tuple(changes), (name, wanted))


def write(uitkomsten, doel, door, at):
    for outcome in uitkomsten:
        name, wanted = outcome.inhoud
        row = Partner.objects.filter(naam=name).first() or Partner(naam=name, soort=Partner.Soort.ANDERE)
        for code, value in wanted.items():
            setattr(row, "termijn_werkdagen" if code == "termijn" else code, value)
        row.save()


def export(doel):
    for row in Partner.objects.order_by("naam"):
        yield [row.naam, row.telefoon, row.notities, row.termijn_werkdagen]


@pytest.fixture
def soort():
    kind = Soort(
        "proef",
        "Partners van de proef",
        "Namen en termijnen.",
        mag=lambda user: "beheerder" in user.rollen,
        velden=fields,
        vergelijk=compare,
        schrijf=write,
        terug=lambda doel: "/",
        uitvoer=export,
    )
    registry.register(kind)
    yield kind
    del registry._soorten["proef"]


@pytest.fixture
def beheerder(db):
    return factories.member(None, Rol.BEHEERDER)


@pytest.fixture
def begin(soort, beheerder):
    def begin(text, name="partners.csv", **fields):
        file = SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())
        data = {"soort": "proef", "doel": "", "eigenaar": beheerder, "reden": "Nieuwe lijst", "sleutel": uuid.uuid4()}
        return actions.begin(bestand=file, at=NOW, **(data | fields))

    return begin


@pytest.fixture
def client_of():
    def log_in(user):
        client = Client()
        client.force_login(user)
        return client

    return log_in
