"""Pages of bruggenbouwers: for everybody, for who has a signed link, and for staff."""

from django.urls import path

from ..views import bruggen, bruggen_eigen
from ..views.staf import bruggen as staf

MINE, WORK, JURY = "samenleven/bruggenbouwer/<str:token>/", "werk/samenleven/bruggenbouwers/", "werk/samenleven/jury/"
urlpatterns = [
    path("samenleven/bruggenbouwers/", bruggen.people, name="bruggenbouwers"),
    path("samenleven/bruggenbouwers/draag-voor/", bruggen.nominate, name="brug_voordragen"),
    path("samenleven/bruggenbouwers/voorgedragen/", bruggen.nominated, name="brug_voorgedragen"),
    path("samenleven/bruggenbouwers/controle/", bruggen.check, name="brug_controle"),
    path("samenleven/bruggenbouwers/controle/<slug:code>/", bruggen.code, name="brug_code"),
    path("samenleven/bruggenbouwers/controle/<slug:code>/badge.svg", bruggen.badge, name="brug_badge"),
    path("samenleven/bruggenbouwers/<int:pk>/", bruggen.person, name="bruggenbouwer"),
    path("samenleven/bruggenbouwers/<int:pk>/foto/<slug:maat>/", bruggen.photo, name="brug_foto"),
    path(MINE, bruggen_eigen.mine, name="brug_mijn"),
    path(f"{MINE}antwoord/", bruggen_eigen.answer, name="brug_antwoord"),
    path(f"{MINE}foto/", bruggen_eigen.my_photo, name="brug_mijn_foto"),
    path(f"{MINE}foto-weg/", bruggen_eigen.no_photo, name="brug_foto_weg"),
    path(f"{MINE}oorkonde.pdf", bruggen_eigen.my_certificate, name="brug_mijn_oorkonde"),
    path(f"{MINE}verleng/", bruggen_eigen.ask_renewal, name="brug_verleng"),
    path(f"{MINE}weg/", bruggen_eigen.withdraw, name="brug_weg"),
    path("samenleven/steun/<str:token>/", bruggen_eigen.support, name="brug_steun"),
    path("samenleven/steun/<str:token>/bevestig/", bruggen_eigen.confirm_support, name="brug_steun_bevestig"),
    path("samenleven/jury/<str:token>/", bruggen_eigen.read, name="jury"),
    path("samenleven/jury/<str:token>/<int:pk>/", bruggen_eigen.judge, name="jury_oordeel"),
    path(WORK, staf.nomination_list, name="brug_lijst"),
    path(f"{WORK}uitvoer/", staf.nomination_export, name="brug_uitvoer"),
    path(f"{WORK}<int:pk>/", staf.nomination, name="brug_werk"),
    path(f"{WORK}<int:pk>/leestekst/", staf.reading_text, name="brug_leestekst"),
    path(f"{WORK}<int:pk>/besluit/", staf.decide, name="brug_besluit"),
    path(f"{WORK}<int:pk>/stap/<slug:stap>/", staf.step, name="brug_stap"),
    path(f"{WORK}<int:pk>/foto/", staf.nomination_photo, name="brug_werk_foto"),
    path(f"{WORK}<int:pk>/oorkonde.pdf", staf.nomination_certificate, name="brug_oorkonde"),
    path(JURY, staf.round_list, name="jury_rondes"),
    path(f"{JURY}nieuw/", staf.round_new, name="jury_nieuw"),
    path(f"{JURY}<int:pk>/", staf.jury_round, name="jury_ronde"),
    path(f"{JURY}<int:pk>/bewerk/", staf.round_edit, name="jury_bewerk"),
    path(f"{JURY}<int:pk>/stap/<slug:stap>/", staf.round_step, name="jury_stap"),
]
