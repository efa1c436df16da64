"""Every address of the portal; each app lists its own."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from genk_wijk import views

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("kern.urls")),
    path("beheer/", admin.site.urls),
    path("account/", include("kern.gebruikers.urls")),
    path("account/", include("allauth.urls")),
    path("taal/", include("django.conf.urls.i18n")),
]

if not settings.PRODUCTION:
    urlpatterns += [path("postvak/", include("kern.postvak.urls"))]
