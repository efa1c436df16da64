"""Everything that is kept on one mail address, as a ZIP for who asks for it (GDPR art. 15 and 20)."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from kern import adressen
from kern.templatetags.kern import datum
from wijken.models import Opdehoogte

from .. import publiek
from ..models import Melding, MeldingBeeld, Volger
from .follow import by_address, followed_by, own_data

OF_THE_CITY = (MeldingBeeld.Soort.NA_HERSTEL, *MeldingBeeld.ALLEEN_COLLEGAS)


@dataclass(frozen=True)
class Gegevens:
    """What there is on an address: its own reports, those of others that it follows, the conversations of which it
    wants to hear what comes of them, and what other rooms keep on it.
    """

    email: str
    meldingen: list[Melding]
    gevolgd: list[Volger]
    op_de_hoogte: list[Opdehoogte]
    elders: list[tuple[adressen.Adresbron, Sequence[adressen.Vondst]]]

    def __bool__(self) -> bool:
        return bool(self.meldingen or self.gevolgd or self.op_de_hoogte or self.elders)


def on_address(email: str) -> Gegevens:
    """What there is on an address (three queries, and one for each kind that another room keeps)."""
    informed = Opdehoogte.objects.filter(email__iexact=email).select_related("contactmoment__wijk").order_by("pk")
    return Gegevens(email.lower(), by_address(email), followed_by(email), list(informed), adressen.found_on(email))


def write_zip(found: Gegevens, file: IO[bytes], on: date) -> None:
    """Write it all into `file`: an overview to read, and per report a JSON file with its photos.

    A photo is stored as it is and goes in one at a time, so the memory it takes does not grow with their number.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("lees-mij.txt", _overview(found, on))
        for melding in found.meldingen:
            folder = f"melding-{melding.pk}"
            archive.writestr(f"{folder}/{folder}.json", _json(own_data(melding, on)))
            for photo in melding.beelden.select_related("beeld").exclude(soort__in=OF_THE_CITY):
                _add_photo(archive, folder, photo)
        if found.gevolgd:
            archive.writestr("gevolgd.json", _json([_followed(row, on) for row in found.gevolgd]))
        if found.op_de_hoogte:
            archive.writestr("op-de-hoogte.json", _json([_informed(row) for row in found.op_de_hoogte]))
        for bron, rows in found.elders:
            archive.writestr(f"{bron.code}.json", _json([dict(row.inhoud) for row in rows]))


def _add_photo(archive: zipfile.ZipFile, folder: str, photo: MeldingBeeld) -> None:
    if not photo.beeld.groot:
        return
    try:
        with photo.beeld.groot.open("rb") as content:
            archive.writestr(f"{folder}/{photo.beeld_id}.webp", content.read(), zipfile.ZIP_STORED)
    except FileNotFoundError:
        archive.writestr(f"{folder}/{photo.beeld_id}.txt", _("Deze foto is niet meer beschikbaar."))


def _overview(found: Gegevens, on: date) -> str:
    lines = [
        _("Alles wat de stad Genk in dit portaal bewaart op %(adres)s, op %(dag)s.")
        % {"adres": found.email, "dag": datum(on)},
        "",
    ]
    for melding in found.meldingen:
        status = publiek.public_status(melding, on=on, eigen=True).woord
        lines.append(
            _("Melding %(nummer)s, %(wat)s, gemeld op %(dag)s: %(status)s")
            % {
                "nummer": melding.pk,
                "wat": publiek.subject(melding),
                "dag": datum(melding.ontvangen_op),
                "status": status,
            }
        )
    lines += [
        _("Je volgt melding %(nummer)s van iemand anders, sinds %(dag)s.")
        % {"nummer": row.melding_id, "dag": datum(row.sinds)}
        for row in found.gevolgd
    ]
    lines += [
        _("Je vroeg om te horen wat er komt van een gesprek in %(wijk)s op %(dag)s.")
        % {"wijk": row.contactmoment.wijk.naam, "dag": datum(row.contactmoment.datum)}
        for row in found.op_de_hoogte
    ]
    lines += [f"{row.tekst}." for _bron, rows in found.elders for row in rows]
    lines += [
        "",
        _("Per melding is er een map met een bestand dat een computer kan lezen (JSON), en je foto's."),
        _("Iets fout of liever weg? Dat kan op de volgpagina van elke melding."),
    ]
    return "\n".join(map(str, lines)) + "\n"


def _followed(row: Volger, on: date) -> dict[str, Any]:
    shown = not row.melding.categorie.is_gevoelig
    return {
        "melding": row.melding_id,
        "sinds": row.sinds,
        "taal": row.taal,
        "status": publiek.public_status(row.melding, on=on, eigen=False).woord if shown else None,
    }


def _informed(row: Opdehoogte) -> dict[str, Any]:
    return {
        "gesprek": row.contactmoment.get_soort_display(),
        "wijk": row.contactmoment.wijk.naam,
        "dag": row.contactmoment.datum,
        "naam": row.naam,
        "e-mailadres": row.email,
        "taal": row.taal,
        "toestemming gegeven op": row.toestemming_op,
        "versie van de tekst": row.toestemming_versie,
    }


def _json(data: Any) -> str:
    return json.dumps(data, cls=DjangoJSONEncoder, indent=2, ensure_ascii=False)
