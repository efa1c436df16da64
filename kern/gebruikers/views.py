"""What a member of staff can see and change about their own account."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """My account: name, roles, log-in, who stands in for me."""
    return render(request, "gebruikers/account.html")
