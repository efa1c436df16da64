"""The addresses of the reports: one file per kind of reader; those of staff are all under /werk/."""

from . import form, staff

app_name = "meldingen"
urlpatterns = [*form.urlpatterns, *staff.urlpatterns]
