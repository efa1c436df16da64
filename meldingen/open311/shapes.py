"""What each resource of GeoReport v2 tells, field by field, in the order of the specification."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from kern.beelden.models import Maat

from .. import publiek
from ..forms.open311 import options
from ..models import Categorie, Melding, Open311Dienst, Vraag
from ..queries import open311 as queries

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
JURISDICTION = "genk.be"
# When the shape of the answers last changed.
CHANGESET = "2026-11-24T00:00:00Z"
KINDS = {
    Vraag.Soort.TEKST: "text",
    Vraag.Soort.GETAL: "number",
    Vraag.Soort.DATUM: "datetime",
    Vraag.Soort.KEUZE: "singlevaluelist",
    Vraag.Soort.JA_NEE: "singlevaluelist",
}
HINTS = {
    "text": "Vrije tekst, hoogstens 1000 tekens.",
    "number": "Een getal, met een punt.",
    "datetime": "Een moment zoals 2026-01-31T10:00:00Z, of een dag.",
    "singlevaluelist": "Kies één waarde uit de lijst.",
}


def discovery(root: str) -> dict[str, Any]:
    portal = settings.PORTAL_URL.rstrip("/")
    return {
        "changeset": CHANGESET,
        "contact": f"Stad Genk, wijkwerking: {portal}{reverse('contact')} of {settings.CITY_PHONE}.",
        "key_service": f"Vraag een sleutel aan het meldpunt: {portal}{reverse('contact')}.",
        "endpoints": [
            {
                "specification": SPECIFICATION,
                "url": root,
                "changeset": CHANGESET,
                "type": "production" if settings.PRODUCTION else "test",
                "formats": ["text/xml", "application/json"],
            }
        ],
    }


def service(categorie: Any) -> dict[str, Any]:
    later = queries.is_later(categorie)
    return {
        "service_code": categorie.code,
        "service_name": categorie.naam,
        "description": categorie.uitleg or categorie.naam,
        "metadata": categorie.heeft_vragen,
        "type": Open311Dienst.Verwerking.LATER.value if later else Open311Dienst.Verwerking.METEEN.value,
        "keywords": ",".join(word.strip() for word in categorie.synoniemen.split(",") if word.strip()),
        "group": categorie.hoofdcategorie.naam,
    }


def definition(categorie: Categorie, questions: list[Vraag]) -> dict[str, Any]:
    return {
        "service_code": categorie.code,
        "attributes": [_attribute(vraag, order) for order, vraag in enumerate(questions, 1)],
    }


def _attribute(vraag: Vraag, order: int) -> dict[str, Any]:
    kind = KINDS[Vraag.Soort(vraag.soort)]
    known = options(vraag)
    found: dict[str, Any] = {
        "variable": True,
        "code": vraag.code,
        "datatype": kind,
        # Asked only after a certain answer, so it cannot be asked of everybody.
        "required": vraag.is_verplicht and vraag.alleen_als_id is None,
        "datatype_description": vraag.hulp or HINTS[kind],
        "order": order,
        "description": vraag.tekst,
    }
    if known:
        names = {"ja": "Ja", "nee": "Nee"} if vraag.soort == Vraag.Soort.JA_NEE else {}
        found["values"] = [{"key": key, "name": names.get(key, words)} for key, words in known.items()]
    return found


def request(melding: Melding, photos: Mapping[int, UUID], portal: str, on: date) -> dict[str, Any]:
    address, lat, long = queries.place(melding)
    received, changed = w3c(melding.ontvangen_op), w3c(max(melding.gewijzigd_op, melding.ontvangen_op))
    photo = photos.get(melding.pk)
    return {
        "service_request_id": str(melding.pk),
        "status": "open" if melding.is_open else "closed",
        "status_notes": publiek.public_status(melding, on=on).zin,
        "service_name": melding.categorie.naam,
        "service_code": melding.categorie.code,
        "description": queries.description(melding),
        "agency_responsible": melding.team.naam if melding.team else "Meldpunt",
        "service_notice": None,
        "requested_datetime": received,
        "updated_datetime": changed,
        "expected_datetime": _expected(melding) if melding.is_open else None,
        "address": address,
        "address_id": None,
        "zipcode": None,
        "lat": lat,
        "long": long,
        "media_url": portal + reverse("meldingen:public_photo", args=[melding.pk, photo, Maat.GROOT])
        if photo
        else None,
    }


def _expected(melding: Melding) -> str:
    """The end of the day that was promised, or planned."""
    day = melding.gepland_op or melding.oplossing_uiterlijk
    return w3c(timezone.make_aware(datetime.combine(day, time(23, 59, 59))))


def w3c(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
