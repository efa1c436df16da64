"""Pages for who follows the report of somebody else: the public status, and how to stop."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from kern.termijnen import local_date

from .. import actions
from ..models import Volger
from ..queries import follow as queries
from ..queries import public
from .private import private_page


@private_page
@require_safe
def following(request: HttpRequest, sleutel: UUID) -> HttpResponse:
    """What everybody may know of the report that this person follows."""
    volger, today = _follower(sleutel), local_date(timezone.now())
    if volger.melding.categorie.is_gevoelig:  # it was not when they began to follow
        raise Http404
    context = {
        "volger": volger,
        "kaart": public.card(volger.melding, today),
        "stappen": public.public_story(volger.melding, today),
    }
    return render(request, "meldingen/volgen/gevolgd.html", context)


# The mail program of a follower posts here without our cookie (RFC 8058); the key in the address is the secret.
@csrf_exempt
@private_page
def unfollow(request: HttpRequest, sleutel: UUID) -> HttpResponse:
    """Ask whether to stop the mails, and stop them; by one click from a mail program too (RFC 8058)."""
    volger = _follower(sleutel)
    if request.method != "POST":
        shown = not volger.melding.categorie.is_gevoelig
        kaart = public.card(volger.melding, local_date(timezone.now())) if shown else None
        return render(request, "meldingen/volgen/stop.html", {"volger": volger, "kaart": kaart})
    actions.unfollow(volger=volger)
    if request.POST.get("List-Unsubscribe") == "One-Click":
        return HttpResponse(status=204)
    if volger.melding.categorie.is_gevoelig:
        messages.success(request, _("We hebben je e-mailadres gewist. Je krijgt geen mails meer."))
        return redirect("home")
    return redirect("meldingen:following", sleutel)


def _follower(sleutel: UUID) -> Volger:
    if volger := queries.follower(sleutel):
        return volger
    raise Http404
