"""Every address of the portal; each app lists its own."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("beheer/", admin.site.urls),
    path("account/", include("allauth.urls")),
]
