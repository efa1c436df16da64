"""Addresses that everybody may open."""

from django.urls import path

from ..views import public

urlpatterns = [
    path("meldingen/", public.public_list, name="public_list"),
    path("meldingen/openbaar.geojson", public.public_places, name="public_places"),
    path("meldingen/openbaar/<int:nummer>/", public.public_detail, name="public_detail"),
    path("meldingen/openbaar/<int:nummer>/foto/<uuid:beeld>/<str:maat>/", public.public_photo, name="public_photo"),
]
