"""The page that a mailed link opens: a resident says whether it is solved."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kern.prive import private_page, read_token, spoken_to

from ..actions import bewoners as actions
from ..mails.bewoners import SALT
from ..models import Bewonersvraag
from ..rules.woorden import Antwoord


@private_page
def solved(request: HttpRequest, token: str) -> HttpResponse:
    """Two buttons. Opening the page, as programs that check links do, answers nothing."""
    rows = Bewonersvraag.objects.select_related("knelpunt")
    vraag = rows.filter(sleutel=read_token(token, SALT) or UUID(int=0)).first()
    if vraag is None:
        return render(request, "toegankelijkheid/openbaar/geen_link.html", status=404)
    with spoken_to(request, vraag.taal):
        if request.method == "POST":
            if (said := request.POST.get("antwoord")) in Antwoord.values:
                actions.answer(vraag=vraag, antwoord=said, at=timezone.now())
            return redirect(request.path)
        return render(request, "toegankelijkheid/openbaar/opgelost.html", {"vraag": vraag})
