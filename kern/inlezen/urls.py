"""Reading in files, step by step."""

from django.urls import path

from . import views

app_name = "inlezen"
urlpatterns = [
    path("werk/inlezen/", views.overview, name="overview"),
    path("werk/inlezen/<int:pk>/", views.detail, name="detail"),
    path("werk/inlezen/<int:pk>/kolommen/", views.columns, name="columns"),
    path("werk/inlezen/<int:pk>/bevestig/", views.confirm, name="confirm"),
    path("werk/inlezen/<int:pk>/opnieuw/", views.again, name="again"),
    path("werk/inlezen/<int:pk>/weg/", views.discard, name="discard"),
    path("werk/inlezen/<int:pk>/fouten.csv", views.errors, name="errors"),
    path("werk/inlezen/<slug:soort>/", views.upload, name="upload"),
    path("werk/inlezen/<slug:soort>/sjabloon.<slug:vorm>", views.template, name="template"),
    path("werk/inlezen/<slug:soort>/gegevens.<slug:vorm>", views.export, name="export"),
]
