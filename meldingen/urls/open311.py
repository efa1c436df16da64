"""Open311 GeoReport v2. Every address works with and without a slash at its end, and after two slashes."""

from django.urls import path, register_converter

from ..open311 import formats, views

register_converter(formats.Formaat, "formaat")
register_converter(formats.Strepen, "strepen")
register_converter(formats.Eind, "eind")

ROOT = "open311/v2<strepen:strepen>"

urlpatterns = [
    path("open311/v2<eind:eind>", views.discovery, name="open311"),
    path(f"{ROOT}discovery.<formaat:formaat><eind:eind>", views.discovery, name="open311_discovery"),
    path(f"{ROOT}services.<formaat:formaat><eind:eind>", views.services, name="open311_services"),
    path(f"{ROOT}services/<str:dienst>.<formaat:formaat><eind:eind>", views.service, name="open311_service"),
    path(f"{ROOT}requests.<formaat:formaat><eind:eind>", views.requests, name="open311_requests"),
    path(f"{ROOT}requests/<str:nummer>.<formaat:formaat><eind:eind>", views.one_request, name="open311_request"),
    path(f"{ROOT}tokens/<str:bewijs>.<formaat:formaat><eind:eind>", views.token, name="open311_token"),
    path("open311/<path:rest>", views.nothing, name="open311_nothing"),
]
