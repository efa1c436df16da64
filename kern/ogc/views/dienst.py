"""The service itself and its collections."""

from __future__ import annotations

from django.http.response import HttpResponseBase

from .. import documenten, openapi, queries, registry
from ..fouten import niet_gevonden
from ..parameters import Vraag
from .basis import Verzoek, resource


@resource
def landing(verzoek: Verzoek) -> HttpResponseBase:
    """Where everything begins."""
    verzoek.only()
    found = documenten.landing(verzoek.root)
    if verzoek.is_html:
        return verzoek.page("begin", dienst=found, collecties=registry.collecties(verzoek.beller))
    verzoek.fresh(found)
    return verzoek.json(found)


@resource
def conformance(verzoek: Verzoek) -> HttpResponseBase:
    """Which classes of which standard hold."""
    verzoek.only()
    found = documenten.conformance(verzoek.root)
    if verzoek.is_html:
        return verzoek.page("normen", normen=found["conformsTo"])
    verzoek.fresh(found)
    return verzoek.json(found)


@resource
def api(verzoek: Verzoek) -> HttpResponseBase:
    """The description of the service: for programs, and to read."""
    verzoek.only()
    found = openapi.document(verzoek.root, registry.collecties(verzoek.beller))
    if verzoek.is_html:
        return verzoek.page("beschrijving", paden=openapi.to_read(found), versie=found["info"]["version"])
    verzoek.fresh(found)
    return verzoek.json(found, documenten.OPENAPI)


@resource
def collections(verzoek: Verzoek) -> HttpResponseBase:
    """Every collection that the caller may have."""
    verzoek.only()
    rows = registry.collecties(verzoek.beller)
    stand = queries.state(rows, verzoek.beller)
    documents = [
        documenten.collection(verzoek.root, row, queries.extent(row, verzoek.beller, stand_of(row, stand)))
        for row in rows
    ]
    if verzoek.is_html:
        return verzoek.page("collecties", collecties=rows)
    verzoek.fresh(documents)
    return verzoek.json(documenten.collections(verzoek.root, documents))


@resource
def collection(verzoek: Verzoek, collectie: str) -> HttpResponseBase:
    """One collection: what it is, where and when it is, and how to get it."""
    row = verzoek.collectie(collectie)
    verzoek.only()
    stand = queries.state([row], verzoek.beller)
    omvang = queries.extent(row, verzoek.beller, stand)
    document = documenten.collection(verzoek.root, row, omvang)
    if verzoek.is_html:
        total = queries.count(row, verzoek.beller, Vraag(), stand)
        files = [(kind, name) for kind, (_type, name) in documenten.FILES.items()]
        return verzoek.page(
            "collectie", collectie=row, omvang=omvang, aantal=total, stelsels=document["crs"], bestanden=files
        )
    verzoek.fresh(document)
    return verzoek.json(document)


@resource
def nothing(verzoek: Verzoek, **_rest: str) -> HttpResponseBase:
    """Every other address."""
    raise niet_gevonden("Dit adres bestaat niet.")


def stand_of(row: registry.Collectie, stand: queries.Stand | None) -> queries.Stand | None:
    """The part of a state that is about one collection, as it would be asked for alone."""
    if stand is None:
        return None
    tables = {model._meta.db_table for model in row.tabellen}
    return tuple(part for part in stand if part[0] in tables)
