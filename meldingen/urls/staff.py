"""The addresses of staff, all under /werk/."""

from django.urls import path

from ..views import staff

urlpatterns = [
    path("werk/", staff.work, name="work"),
    path("werk/meldingen/", staff.staff_list, name="staff_list"),
    path("werk/meldingen/afdruk/", staff.printed, name="staff_print"),
    path("werk/meldingen/kaart/", staff.staff_map, name="staff_map"),
    path("werk/meldingen/kaart/punten/", staff.map_points, name="staff_points"),
    path("werk/meldingen/<int:nummer>/", staff.detail, name="detail"),
    path("werk/meldingen/<int:nummer>/historiek/", staff.history, name="staff_history"),
    path("werk/meldingen/<int:nummer>/mail/<int:pk>/", staff.mail, name="staff_mail"),
    path("werk/meldingen/<int:nummer>/mail/<int:pk>/opnieuw/", staff.mail_again, name="staff_mail_again"),
    path("werk/meldingen/<int:nummer>/plaats/", staff.place, name="staff_place"),
    path("werk/meldingen/<int:nummer>/doe/<slug:stap>/", staff.step, name="step"),
    path("werk/meldingen/<int:nummer>/foto/<int:foto>/onherkenbaar/", staff.blur, name="staff_blur"),
    path("werk/meldingen/<int:nummer>/foto/<int:foto>/terugzetten/", staff.restore, name="staff_blur_restore"),
    path("werk/meldingen/<int:nummer>/foto/<int:foto>/<slug:maat>/", staff.photo, name="staff_photo"),
    path("werk/gegevens/", staff.address, name="staff_address"),
]
