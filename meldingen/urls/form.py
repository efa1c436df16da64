"""The addresses of the public form."""

from django.urls import path

from ..views import form

urlpatterns = [
    path("meldingen/nieuw/", form.new, name="new"),
    path("meldingen/nieuw/opnieuw/", form.restart, name="restart"),
    path("meldingen/nieuw/waar/", form.place, name="new_waar"),
    path("meldingen/nieuw/wat/", form.subject, name="new_wat"),
    path("meldingen/nieuw/vragen/", form.questions, name="new_vragen"),
    path("meldingen/nieuw/stop/<slug:code>/", form.stop, name="new_stop"),
    path("meldingen/nieuw/in-de-buurt/", form.nearby, name="new_buurt"),
    path("meldingen/nieuw/in-de-buurt/<int:nummer>/", form.follow, name="new_follow"),
    path("meldingen/nieuw/gevolgd/", form.followed, name="new_followed"),
    path("meldingen/nieuw/foto/", form.photos, name="new_foto"),
    path("meldingen/nieuw/foto/<uuid:pk>/", form.photo, name="new_photo"),
    path("meldingen/nieuw/contact/", form.contact, name="new_contact"),
    path("meldingen/nieuw/samenvatting/", form.summary, name="new_samenvatting"),
    path("meldingen/nieuw/bedankt/<slug:code>/", form.thanks, name="thanks"),
    path("meldingen/nieuw/bedankt/<slug:code>/qr.svg", form.qr, name="thanks_qr"),
]
