"""The mails about an object, for the staff pages of the app that owns it.

The owner has a URL for each, checks who may see the object, and hands the rest over:

    def mail(request, nummer, pk):
        melding = get_object_or_404(Melding.objects.visible_to(request.user), pk=nummer)
        return berichten.show(request, over=melding, pk=pk, back=melding.get_absolute_url())
"""

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from . import actions, queries


@require_safe
def show(request: HttpRequest, *, over: Model, pk: int, back: str) -> HttpResponse:
    """One mail about this object, as text; 404 when it is about another."""
    bericht = get_object_or_404(queries.for_object(over), pk=pk)
    return render(request, "berichten/bericht.html", {"bericht": bericht, "terug": back})


@require_http_methods(["GET", "POST"])
def send_again(request: HttpRequest, *, over: Model, pk: int, back: str) -> HttpResponse:
    """Send a mail about this object once more, and go back; whom the log-in page sends here only goes back."""
    bericht = get_object_or_404(queries.for_object(over), pk=pk)
    if request.method == "GET":
        return redirect(back)
    try:
        actions.send_again(bericht=bericht, door=request.user, at=timezone.now())  # type: ignore[arg-type]
    except ValueError:
        messages.warning(request, _("Deze mail kan nu niet opnieuw verstuurd worden."))
    else:
        messages.success(request, _("De mail gaat opnieuw weg."))
    return redirect(back)
