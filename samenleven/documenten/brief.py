"""The half-year letter on paper."""

from __future__ import annotations

from kern.documenten import pdf

from ..mails import absolute
from ..models import Halfjaarbrief
from ..queries.brieven import Regel


def letter(brief: Halfjaarbrief, rows: list[Regel]) -> bytes:
    """The letter as a PDF that everybody can read, in Dutch."""
    address = absolute("samenleven:brief", brief.vanaf.year, brief.helft)
    data = {
        "ondertitel": f"De {brief}",
        "inleiding": brief.inleiding,
        "kop": ["Aanbeveling", "Antwoord van de stad", "Hoe ver", "Wat er veranderde", "Te laat"],
        "rijen": [
            [row.naam, row.antwoord, row.trede or None, "\n".join(row.nieuws) or None, "\n".join(row.te_laat) or None]
            for row in rows
        ],
    }
    title = "Wat er gebeurde met de aanbevelingen"
    return pdf.render("samenleven/documenten/brief.typ", data, titel=title, adres=address)
