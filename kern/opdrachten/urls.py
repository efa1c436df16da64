"""The long jobs of the person who looks."""

from django.urls import path

from . import views

app_name = "opdrachten"
urlpatterns = [
    path("werk/opdrachten/", views.mine, name="mine"),
    path("werk/opdrachten/<int:pk>/", views.detail, name="detail"),
    path("werk/opdrachten/<int:pk>/bestand/", views.download, name="download"),
    path("werk/opdrachten/<int:pk>/stop/", views.stop, name="stop"),
]
