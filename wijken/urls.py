"""Pages of wijken and the address search."""

from django.urls import path

from . import views

app_name = "wijken"
urlpatterns = [
    path("wijken/", views.wijk_list, name="list"),
    path("wijken/zoek/", views.find, name="find"),
    path("wijken/omtrekken.json", views.outlines, name="outlines"),
    path("wijken/waar/", views.at, name="at"),
    path("wijken/<slug:slug>/", views.detail, name="detail"),
    path("partner/contact/<str:token>/", views.partner_contact, name="partner_contact"),
    path("adres/", views.address_search, name="address_search"),
]
