"""The addresses of the reports: one file per kind of reader; those of staff are all under /werk/."""

from . import follow, form, public, staff, uitbesteden

app_name = "meldingen"
urlpatterns = [
    *form.urlpatterns,
    *follow.urlpatterns,
    *public.urlpatterns,
    *staff.urlpatterns,
    *uitbesteden.urlpatterns,
]
