"""The addresses of the reports."""

from . import form

app_name = "meldingen"
urlpatterns = [*form.urlpatterns]
