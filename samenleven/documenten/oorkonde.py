"""The certificate of a bruggenbouwer."""

from __future__ import annotations

from kern.documenten import beelden, pdf, qr
from wijken.queries import drawing_of

from ..mails import absolute
from ..models import Bruggenbouwer


def certificate(row: Bruggenbouwer) -> bytes:
    """The certificate of somebody with the label, with a QR code to the page that says whether it is still valid."""
    address = absolute("samenleven:brug_code", row.code)
    data = {
        "naam": row.naam,
        "wijk": row.wijk.naam if row.wijk else "",
        "sinds": row.label_op,
        "tot": row.geldig_tot,
        "code": row.code,
        "adres": address,
        "motief": beelden.motief(drawing_of(row.wijk)) if row.wijk else None,
        "qr": qr.beeld(address, alt=f"QR-code om na te kijken of het label {row.code} geldt"),
    }
    return pdf.render("samenleven/documenten/oorkonde.typ", data, titel="100% Genks", adres=address)
