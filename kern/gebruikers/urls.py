from django.urls import path

from kern.gebruikers import views

urlpatterns = [path("", views.account, name="account")]
