from django.urls import path

from . import views

app_name = "postvak"
urlpatterns = [
    path("", views.inbox, name="list"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/opmaak/", views.formatted, name="formatted"),
]
