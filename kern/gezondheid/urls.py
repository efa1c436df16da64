"""The health page, so that it has a name; `HealthMiddleware` answers it."""

from django.urls import path

from .views import health

urlpatterns = [path("gezondheid/", health, name="health")]
