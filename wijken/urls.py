"""Pages of wijken, the address search, and what staff do with the needs of a wijk."""

from django.urls import path

from .views import needs, partners, public

app_name = "wijken"
urlpatterns = [
    path("wijken/", public.wijk_list, name="list"),
    path("wijken/zoek/", public.find, name="find"),
    path("wijken/omtrekken.json", public.outlines, name="outlines"),
    path("wijken/waar/", public.at, name="at"),
    path("wijken/<slug:slug>/", public.detail, name="detail"),
    path("partner/contact/<str:token>/", partners.contact, name="partner_contact"),
    path("adres/", public.address_search, name="address_search"),
    path("werk/behoeften/", needs.need_list, name="needs"),
    path("werk/behoeften/<int:behoefte>/", needs.need, name="need"),
    path("werk/behoeften/<int:behoefte>/bewerk/", needs.edit, name="need_edit"),
    path("werk/behoeften/<int:behoefte>/bevestig/", needs.confirm, name="need_confirm"),
    path("werk/behoeften/<int:behoefte>/verwerp/", needs.reject, name="need_reject"),
    path("werk/behoeften/<int:behoefte>/plaatsen.geojson", needs.places, name="need_places"),
]
