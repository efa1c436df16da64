"""De Genksenaar for everybody: the archive, an edition as a page and as a PDF, and the feed.

Nothing of it is kept: each time it is made of what may be read at that moment, so a quote taken back is gone at once.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kern.documenten import feed, kenmerk, pdf

from ..documenten.krant import newspaper_data, pieces
from ..models import Editie
from ..queries import openbaar

# The largest print in which an edition fits; below 8 points nobody reads it.
A3_SIZES = (15, 13, 12, 11, 10, 9, 8)


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """Every edition that appeared."""
    return render(request, "samenleven/edities.html", {"edities": openbaar.editions()})


@require_safe
def edition(request: HttpRequest, nummer: int) -> HttpResponse:
    """One edition to read."""
    row = get_object_or_404(openbaar.editions(), nummer=nummer)
    response = render(request, "samenleven/editie.html", {"editie": row, "stukken": pieces(row)})
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def newspaper(request: HttpRequest, nummer: int) -> HttpResponse:
    """One edition on A4."""
    return a4_answer(request, get_object_or_404(openbaar.editions(), nummer=nummer))


@require_safe
def folded(request: HttpRequest, nummer: int) -> HttpResponse:
    """One edition on a folded A3."""
    return a3_answer(request, get_object_or_404(openbaar.editions(), nummer=nummer))


def a4_answer(request: HttpRequest, row: Editie) -> HttpResponse:
    """The newspaper on A4, as many pages as it takes."""
    content = pdf.render(
        "samenleven/documenten/krant.typ",
        newspaper_data(row),
        titel="De Genksenaar",
        adres=request.build_absolute_uri(row.get_absolute_url()),
    )
    return pdf.pdf_response(content, f"de genksenaar {row.nummer}")


def a3_answer(request: HttpRequest, row: Editie) -> HttpResponse:
    """The newspaper on one folded A3, as large as it fits; a page that says so when it does not fit."""
    data = newspaper_data(row)
    for punten in A3_SIZES:
        try:
            content = pdf.render(
                "samenleven/documenten/krant_a3.typ", {**data, "punten": punten}, titel="De Genksenaar"
            )
        except pdf.BouwFout as error:
            if "mm fit" not in str(error):
                raise
        else:
            return pdf.pdf_response(content, f"de genksenaar {row.nummer} a3")
    return render(request, "samenleven/krant_te_lang.html", {"editie": row}, status=409)


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """The editions as a feed (Atom), with what may be read of each now."""
    rows = list(openbaar.editions()[:20])
    items = [
        feed.Item(
            id=kenmerk.tag("genksenaar", row.nummer),
            titel=f"{row}: {row.titel}",
            adres=request.build_absolute_uri(row.get_absolute_url()),
            samenvatting="\n".join([row.inleiding, *(stuk.tekst or stuk.titel for stuk in pieces(row))]),
            gepubliceerd_op=row.gepubliceerd_op or row.gemaakt_op,
            gewijzigd_op=row.gewijzigd_op,
        )
        for row in rows
    ]
    book = feed.feed(
        items,
        id=kenmerk.tag("genksenaar", "feed"),
        titel="De Genksenaar",
        adres=request.build_absolute_uri(request.path),
        pagina=request.build_absolute_uri(request.path.removesuffix("feed/")),
        begonnen_op=min((row.gemaakt_op for row in rows), default=timezone.now()),
        taal="nl",
    )
    return feed.feed_response(request, book, publiek=False)
