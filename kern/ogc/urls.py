"""The service, which is a standard's to the letter, and what its pages need beside it."""

from django.urls import include, path, re_path

from . import views

dienst = [
    path("", views.landing, name="landing"),
    path("conformance", views.conformance, name="conformance"),
    path("api", views.api, name="api"),
    path("collections", views.collections, name="collections"),
    path("collections/<str:collectie>", views.collection, name="collection"),
    path("collections/<str:collectie>/items", views.items, name="items"),
    path("collections/<str:collectie>/items/<str:sleutel>", views.feature, name="feature"),
    path("collections/<str:collectie>/bestand/<str:vorm>", views.download, name="download"),
    re_path(r"^(?P<rest>[\s\S]*)\Z", views.nothing, name="nothing"),
]
portaal = [
    path("kaartlagen/<str:collectie>/plaatsen/", views.places, name="places"),
    path("kaartlagen/<str:collectie>/plaatsen/<str:sleutel>/", views.places, name="place"),
    path("kaartlagen/<str:collectie>/kies/", views.choose, name="choose"),
    path("werk/kaartlagen/<str:collectie>/<str:vorm>/", views.background, name="background"),
]
urlpatterns = [
    path("ogc", views.landing, name="ogc"),
    path("ogc/", include((dienst, "ogc"))),
    path("", include((portaal, "kaartlagen"))),
]
