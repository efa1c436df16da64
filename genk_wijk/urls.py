"""Every address of the portal; each app lists its own."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from genk_wijk import views

# The admin has no log-in of its own: password, second factor and lock-out are the same everywhere.
admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("kern.urls")),
    path("", include("kern.gezondheid.urls")),
    path("", include("kern.opdrachten.urls")),
    path("", include("kern.inlezen.urls")),
    path("", include("kern.ogc.urls")),
    path("", include("wijken.urls")),
    path("", include("meldingen.urls")),
    path("", include("toegankelijkheid.urls")),
    path("", include("samenleven.urls")),
    path("beheer/", admin.site.urls),
    path("account/", include("kern.gebruikers.urls")),
    path("taal/", include("django.conf.urls.i18n")),
]

if not settings.PRODUCTION:
    urlpatterns += [path("postvak/", include("kern.postvak.urls"))]
