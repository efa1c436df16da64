"""One's own account and the log-in. The pages are django-allauth's, only those we use, under our own addresses."""

from allauth.account import views as allauth
from allauth.urls import build_provider_urlpatterns
from django.urls import include, path, re_path

from kern.gebruikers import views

urlpatterns = [
    path("", views.account, name="account"),
    path("vervanging/<int:pk>/weg/", views.cancel_deputy, name="account_cancel_deputy"),
    path("inloggen/", allauth.login, name="account_login"),
    path("uitloggen/", allauth.logout, name="account_logout"),
    path("uitgezet/", allauth.account_inactive, name="account_inactive"),
    path("aanmaken/", allauth.signup, name="account_signup"),
    path("bevestig/", allauth.reauthenticate, name="account_reauthenticate"),
    path("wachtwoord/", allauth.password_change, name="account_change_password"),
    path("wachtwoord/instellen/", allauth.password_set, name="account_set_password"),
    path("wachtwoord/vergeten/", allauth.password_reset, name="account_reset_password"),
    path("wachtwoord/vergeten/verstuurd/", allauth.password_reset_done, name="account_reset_password_done"),
    path("wachtwoord/nieuw/klaar/", allauth.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^wachtwoord/nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("tweede-stap/", include("allauth.mfa.urls")),
    path("stad/", include("allauth.socialaccount.urls")),
    *build_provider_urlpatterns(),
]
