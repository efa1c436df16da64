"""Pages about the portal itself. No namespace: every page links to them."""

from django.urls import path

from kern import views

urlpatterns = [
    path("toegankelijkheidsverklaring/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("contact/", views.contact, name="contact"),
    path("ontwerp/", views.design, name="design"),
]
