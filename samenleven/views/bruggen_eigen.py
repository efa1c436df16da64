"""What a signed link opens: the own page of a bruggenbouwer, supporting a nomination, and reading for the jury."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kern import limieten
from kern.beelden.views import respond
from kern.documenten import pdf

from ..actions import bruggenbouwers as actions
from ..actions import jury
from ..documenten.oorkonde import certificate
from ..forms.bruggen import OordeelForm, SteunForm, VerhaalForm
from ..mails import bruggen as mails
from ..models import Bruggenbouwer, Jurylid, Steun, Toestemmingstekst, Waarvoor
from ..queries import bruggen as queries
from ..rules.bruggen import may_ask_renewal
from ..states.bruggenbouwer import ZOEKT_STEUN, Status
from .bruggen import PER_ADDRESS, PER_MAIL
from .link import by_link

HOUR = 3600
own = by_link(mails.BRUG_SALT, queries.nominee)


@own
def mine(request: HttpRequest, row: Bruggenbouwer) -> HttpResponse:
    """The own page: say yes or no, then follow it, tell the story, and withdraw."""
    if request.method == "POST" and row.ingestemd_op:
        form = _story_form(row, request)
        if form.is_valid():
            actions.tell_story(bruggenbouwer=row, at=timezone.now(), **form.story())
            return redirect("samenleven:brug_mijn", mails.brug_token(row))
        return _page(request, row, form)
    return _page(request, row, _story_form(row))


@require_POST
@own
def answer(request: HttpRequest, row: Bruggenbouwer) -> HttpResponse:
    """Yes or no. Programs that open links in mails do not post."""
    if request.POST.get("antwoord") == "nee" and row.status == Status.VOORGEDRAGEN:
        actions.refuse(bruggenbouwer=row, at=timezone.now())
        return render(request, "samenleven/bruggen/is_weg.html")
    if request.POST.get("antwoord") == "ja":
        actions.agree(bruggenbouwer=row, at=timezone.now())
    return redirect("samenleven:brug_mijn", mails.brug_token(row))


@require_POST
@own
def no_photo(request: HttpRequest, row: Bruggenbouwer) -> HttpResponse:
    """Take back the photo."""
    actions.take_photo_back(bruggenbouwer=row, at=timezone.now())
    return redirect("samenleven:brug_mijn", mails.brug_token(row))


@require_safe
@own
def my_photo(request: HttpRequest, row: Bruggenbouwer) -> HttpResponseBase:
    """The photo as it was sent, for whoever sent it."""
    if row.foto is None:
        raise Http404
    return respond(row.foto, "klein", request)


@require_safe
@own
def my_certificate(request: HttpRequest, row: Bruggenbouwer) -> HttpResponse:
    """The certificate, made now."""
    if not row.geldt_op(timezone.localdate()):
        raise Http404
    return pdf.pdf_response(certificate(row), "oorkonde 100 genks")


@require_POST
@own
def ask_renewal(request: HttpRequest, row: Bruggenbouwer) -> HttpResponse:
    """Ask to keep the label."""
    actions.ask_renewal(bruggenbouwer=row, at=timezone.now())
    return redirect("samenleven:brug_mijn", mails.brug_token(row))


@require_POST
@own
def withdraw(request: HttpRequest, row: Bruggenbouwer) -> HttpResponse:
    """Take everything back."""
    if "zeker" not in request.POST:
        return render(request, "samenleven/bruggen/weg.html", {"mens": row, "token": mails.brug_token(row)})
    actions.withdraw(bruggenbouwer=row, at=timezone.now())
    return render(request, "samenleven/bruggen/is_weg.html")


@by_link(mails.ZOEK_SALT, queries.nominee)
def support(request: HttpRequest, row: Bruggenbouwer) -> HttpResponse:
    """Support a nomination, by the link that somebody passed on. It opens once there is a yes."""
    if row.status not in ZOEKT_STEUN or row.status == Status.VOORGEDRAGEN:
        return render(request, "samenleven/bruggen/steun_dicht.html", {"mens": row})
    form = SteunForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("naam", "email", "waarom")}
        allowed = limieten.allow_all(
            ("steun", limieten.client_address(request), PER_ADDRESS), ("steun-mail", words["email"], PER_MAIL),
            seconds=HOUR,
        )  # fmt: skip
        if not allowed:
            return render(request, "samenleven/te_vaak.html", status=429)
        actions.support(bruggenbouwer=row, taal=get_language() or "nl", at=timezone.now(), **words)
        return render(request, "samenleven/bruggen/steun_gevraagd.html", {"mens": row})
    return render(request, "samenleven/bruggen/steun.html", {"form": form, "mens": row})


@by_link(mails.STEUN_SALT, queries.supporter)
def confirm_support(request: HttpRequest, row: Steun) -> HttpResponse:
    """This is my address, and I support it."""
    if request.method == "POST":
        actions.confirm_support(steun=row, at=timezone.now())
        return redirect("samenleven:brug_steun_bevestig", mails.steun_token(row))
    context = {"steun": row, "token": mails.steun_token(row)}
    return render(request, "samenleven/bruggen/steun_bevestig.html", context)


by_jury = by_link(mails.JURY_SALT, queries.juror)


@require_safe
@by_jury
def read(request: HttpRequest, row: Jurylid) -> HttpResponse:
    """All that the jury reads, without names, with what this member thought."""
    texts = queries.to_read(row)
    done = sum(text.oordeel is not None for text in texts)
    context = {"lid": row, "teksten": texts, "klaar": done, "token": mails.jury_token(row)}
    return render(request, "samenleven/bruggen/jury.html", context)


@by_jury
def judge(request: HttpRequest, row: Jurylid, pk: int) -> HttpResponse:
    """One nomination, and what this member of the jury thinks of it."""
    texts = queries.to_read(row)
    text = next((text for text in texts if text.pk == pk), None)
    if text is None:
        raise Http404
    given = text.oordeel
    initial = {"keuze": given.keuze, "reden": given.reden} if given else {}
    form = OordeelForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            jury.judge(jurylid=row, bruggenbouwer=Bruggenbouwer(pk=pk), at=timezone.now(), **form.cleaned_data)
        except actions.NominatieGewijzigd:
            form.add_error(None, _("De ronde is gesloten. Je kunt niets meer veranderen."))
        else:
            return redirect(_next_address(row, pk))
    context = {"lid": row, "tekst": text, "aantal": len(texts), "form": form, "token": mails.jury_token(row)}
    return render(request, "samenleven/bruggen/oordeel.html", context)


def _next_address(row: Jurylid, done: int) -> str:
    """The next one without an answer, else the list."""
    token = mails.jury_token(row)
    rest = [text.pk for text in queries.to_read(row) if text.oordeel is None and text.pk != done]
    return (
        reverse("samenleven:jury_oordeel", args=[token, rest[0]]) if rest else reverse("samenleven:jury", args=[token])
    )


def _story_form(row: Bruggenbouwer, request: HttpRequest | None = None) -> VerhaalForm:
    return VerhaalForm(
        request.POST if request else None,
        request.FILES if request else None,
        initial={"verhaal": row.verhaal, "foto_alt": row.foto_alt},
        toestemming=_words(Waarvoor.BEELD),
        heeft_foto=row.foto_id is not None,
    )


def _words(waarvoor: str) -> str:
    return Toestemmingstekst.objects.filter(waarvoor=waarvoor).latest("versie").tekst


def _page(request: HttpRequest, row: Bruggenbouwer, form: VerhaalForm) -> HttpResponse:
    today = timezone.localdate()
    if row.status == Status.VOORGEDRAGEN:
        context = {"mens": row, "token": mails.brug_token(row), "toestemming": _words(Waarvoor.NAAM)}
        return render(request, "samenleven/bruggen/gevraagd.html", context)
    context = {
        "mens": row,
        "token": mails.brug_token(row),
        "form": form,
        "steun": row.steun.filter(bevestigd_op__isnull=False).count(),
        "zoek": request.build_absolute_uri(_support_path(row)) if row.status == Status.INGESTEMD else "",
        "geldt": row.geldt_op(today),
        "mag_verlengen": may_ask_renewal(row, today),
        "badge": request.build_absolute_uri(_code_path("brug_badge", row)) if row.code else "",
        "controle": request.build_absolute_uri(_code_path("brug_code", row)) if row.code else "",
    }
    return render(request, "samenleven/bruggen/mijn.html", context)


def _support_path(row: Bruggenbouwer) -> str:
    return reverse("samenleven:brug_steun", args=[mails.zoek_token(row)])


def _code_path(name: str, row: Bruggenbouwer) -> str:
    return reverse(f"samenleven:{name}", args=[row.code])
