"""The addresses of the portal, and an empty page to compare with."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def empty(request: HttpRequest) -> HttpResponse:
    """Nothing: what the server, Django and the middleware of the portal cost by themselves."""
    return HttpResponse()


urlpatterns = [path("meten/leeg/", empty, name="empty"), path("", include("genk_wijk.urls"))]
