"""What a member of staff can see and change about their own account."""

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from . import actions, queries
from .forms import DeputyForm


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """My account: name, roles, log-in, who stands in for me."""
    form = DeputyForm(request.POST or None, afwezige=request.user)
    if request.method == "POST" and form.is_valid():
        actions.arrange_deputy(afwezige=request.user, **form.cleaned_data)
        messages.success(request, _("Je vervanging staat klaar."))
        return redirect("account")
    today = timezone.localdate()
    context = {
        "form": form,
        "rollen": sorted(request.user.rollen),
        "vervangingen": queries.deputies_from(request.user, today),
        "vervangt": queries.stands_in_for(request.user, today),
        "tweede_stap": is_mfa_enabled(request.user),
    }
    return render(request, "gebruikers/account.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def cancel_deputy(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one of my own replacements away."""
    vervanging = get_object_or_404(request.user.vervangingen, pk=pk)
    if request.method == "POST":
        actions.cancel_deputy(vervanging=vervanging)
        messages.success(request, _("De vervanging is weg."))
    return redirect("account")  # also for whose log-in had ended: the log-in page sends them back here
