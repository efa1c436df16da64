"""The sheet of a conversation: on paper, and typed in by its host on a phone through a signed link."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kern import limieten
from kern.documenten import pdf
from kern.prive import private_page, read_token

from .. import mails
from ..actions import gesprekken as actions
from ..actions.uitdagers import Gewijzigd
from ..documenten.blad import sheet_data
from ..forms.blad import BladForm, typed_in
from ..models import Gesprek
from ..queries import staf as queries
from ..states.gesprek import Status

WRONG_LINKS, SENDS, HOUR = 20, 60, 3600


def _of_link(request: HttpRequest, token: str) -> Gesprek | HttpResponse:
    """The conversation of the link, or the page that says why not."""
    address = limieten.client_address(request)
    if limieten.reached("bladlink", address, WRONG_LINKS):
        return render(request, "samenleven/te_vaak.html", status=429)
    sleutel = read_token(token, mails.BLAD_SALT)
    row = queries.sheet_conversation(sleutel) if sleutel else None
    if row is None:
        limieten.allow("bladlink", address, WRONG_LINKS, HOUR)
        return render(request, "samenleven/geen_link.html", status=404)
    return row


@private_page
def sheet(request: HttpRequest, token: str) -> HttpResponse:
    """Type the sheet in; what was typed is kept, sending it twice is sending it once."""
    row = _of_link(request, token)
    if isinstance(row, HttpResponse):
        return row
    if row.status != Status.GEPLAND:
        return _after(request, row)
    if request.method != "POST":
        return _page(request, row, BladForm(gesprek=row, initial=dict(row.concept)), token)
    if not limieten.allow("blad", token, SENDS, HOUR):
        return render(request, "samenleven/te_vaak.html", status=429)
    return _posted(request, row, token)


def _posted(request: HttpRequest, row: Gesprek, token: str) -> HttpResponse:
    typed = typed_in(request.POST.dict())
    if "meer" in request.POST:
        for soort, first in (("signaal", 3), ("citaat", 1)):
            shown = (
                int(typed.get(f"{soort}-aantal", "") or first)
                if typed.get(f"{soort}-aantal", "0").isdecimal()
                else first
            )
            typed[f"{soort}-aantal"] = str(max(shown, first) + (2 if request.POST["meer"] == soort else 0))
        actions.keep_draft(gesprek=row, velden=typed, at=timezone.now())
        return redirect(f"{request.path}#{'regels' if request.POST['meer'] == 'signaal' else 'citaten'}")
    if "bewaar" in request.POST:
        actions.keep_draft(gesprek=row, velden=typed, at=timezone.now())
        messages.success(request, _("Bewaard. Met dezelfde link ga je later verder."))
        return redirect(request.path)
    form = BladForm(request.POST, gesprek=row)
    if not form.is_valid():
        actions.keep_draft(gesprek=row, velden=typed, at=timezone.now())
        return _page(request, row, form, token)
    door = request.user if request.user.is_authenticated else None
    try:
        actions.enter_sheet(gesprek=row, blad=form.blad(), at=timezone.now(), door=door)
    except Gewijzigd:
        return redirect(request.path)
    return redirect(request.path)


def _after(request: HttpRequest, row: Gesprek) -> HttpResponse:
    """What was sent, or why nothing can be."""
    context: dict[str, Any] = {"gesprek": row, "afgelast": row.status == Status.AFGELAST}
    if row.is_gehouden:
        context |= {"signalen": row.signalen.count(), "citaten": row.citaten.with_consent().count()}
    return render(request, "samenleven/blad_klaar.html", context)


def _page(request: HttpRequest, row: Gesprek, form: BladForm, token: str) -> HttpResponse:
    context = {"gesprek": row, "form": form, "token": token, "toekomst": row.datum > timezone.localdate()}
    return render(request, "samenleven/blad.html", context)


@private_page
def sheet_pdf(request: HttpRequest, token: str) -> HttpResponse:
    """The sheet to print, for who has the link."""
    row = _of_link(request, token)
    if isinstance(row, HttpResponse):
        return row
    return sheet_answer(row)


def sheet_answer(row: Gesprek) -> HttpResponse:
    """The paper sheet with its number, QR code and strips."""
    link = mails.absolute("samenleven:blad", mails.blad_token(row))
    where = mails.absolute("samenleven:citaat_weg")
    content = pdf.render(
        "samenleven/documenten/blad.typ", sheet_data(row, link, where), titel=f"Gespreksblad {row.nummer}"
    )
    return pdf.pdf_response(content, f"gespreksblad {row.nummer}")
