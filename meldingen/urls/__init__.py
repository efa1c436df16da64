"""The addresses of the reports: one file per kind of reader; those of staff are all under /werk/."""

from . import api, follow, form, open311, public, rondes, saved, staff, uitbesteden

app_name = "meldingen"
urlpatterns = [
    *form.urlpatterns,
    *follow.urlpatterns,
    *public.urlpatterns,
    *saved.urlpatterns,
    *staff.urlpatterns,
    *rondes.urlpatterns,
    *uitbesteden.urlpatterns,
    *open311.urlpatterns,
    *api.urlpatterns,
]
