"""Pages of living together: for everybody, for who has a signed link, and for staff."""

from django.urls import path

from ..views import aanbevelingen, aanmelden, blad, krant, openbaar
from ..views.staf import aanbevelingen as aanbevelingen_werk
from ..views.staf import edities, gesprekken, uitdagers
from . import activiteiten, brieven, bruggen, cijfers, denktafels

app_name = "samenleven"
urlpatterns = [
    path("samenleven/", openbaar.home, name="home"),
    path("samenleven/stemmen/", openbaar.voices, name="stemmen"),
    path("samenleven/citaat/", openbaar.take_back, name="citaat_weg"),
    path("samenleven/citaat/weg/", openbaar.taken_back, name="teruggenomen"),
    path("samenleven/trajecten/<slug:slug>/", openbaar.traject, name="traject"),
    path("samenleven/trajecten/<slug:slug>/uitdager/", aanmelden.sign_up, name="aanmelden"),
    path("samenleven/aangemeld/", aanmelden.signed_up, name="aangemeld"),
    path("samenleven/uitdager/<str:token>/", aanmelden.mine, name="mijn"),
    path("samenleven/uitdager/<str:token>/bevestig/", aanmelden.confirm, name="mijn_bevestig"),
    path("samenleven/uitdager/<str:token>/tel/", aanmelden.count, name="mijn_tel"),
    path("samenleven/uitdager/<str:token>/wis/", aanmelden.withdraw, name="mijn_wis"),
    path("samenleven/blad/<str:token>/", blad.sheet, name="blad"),
    path("samenleven/blad/<str:token>/blad.pdf", blad.sheet_pdf, name="blad_pdf"),
    path("samenleven/de-genksenaar/", krant.archive, name="edities"),
    path("samenleven/de-genksenaar/feed/", krant.news, name="editie_feed"),
    path("samenleven/de-genksenaar/<int:nummer>/", krant.edition, name="editie"),
    path("samenleven/de-genksenaar/<int:nummer>/krant.pdf", krant.newspaper, name="editie_pdf"),
    path("samenleven/de-genksenaar/<int:nummer>/krant-a3.pdf", krant.folded, name="editie_a3"),
    path("samenleven/aanbevelingen/", aanbevelingen.overview, name="aanbevelingen"),
    path("samenleven/aanbevelingen/volg/<str:token>/", aanbevelingen.confirm, name="aanbeveling_bevestig"),
    path("samenleven/aanbevelingen/stop/<str:token>/", aanbevelingen.stop, name="aanbeveling_stop"),
    path("samenleven/aanbevelingen/<slug:slug>/<int:nummer>/", aanbevelingen.one, name="aanbeveling"),
    path("samenleven/aanbevelingen/<slug:slug>/<int:nummer>/volg/", aanbevelingen.follow, name="aanbeveling_volg"),
    path("werk/samenleven/", gesprekken.reach, name="bereik"),
    path("werk/samenleven/gesprekken/", gesprekken.conversation_list, name="gesprekken"),
    path("werk/samenleven/gesprekken/uitvoer/", gesprekken.conversation_export, name="gesprekken_uitvoer"),
    path("werk/samenleven/gesprekken/nieuw/", gesprekken.new, name="gesprek_nieuw"),
    path("werk/samenleven/gesprekken/<int:pk>/", gesprekken.conversation, name="gesprek"),
    path("werk/samenleven/gesprekken/<int:pk>/bewerk/", gesprekken.edit, name="gesprek_bewerk"),
    path("werk/samenleven/gesprekken/<int:pk>/blad.pdf", gesprekken.paper, name="gesprek_blad"),
    path("werk/samenleven/gesprekken/<int:pk>/stap/<slug:stap>/", gesprekken.step, name="gesprek_stap"),
    path("werk/samenleven/gesprekken/<int:pk>/citaat/<int:nummer>/", gesprekken.withdraw_quote, name="gesprek_citaat"),
    path("werk/samenleven/signalen/", gesprekken.signal_list, name="signalen"),
    path("werk/samenleven/signalen/uitvoer/", gesprekken.signal_export, name="signalen_uitvoer"),
    path("werk/samenleven/uitdagers/", uitdagers.uitdager_list, name="uitdagers"),
    path("werk/samenleven/uitdagers/uitvoer/", uitdagers.uitdager_export, name="uitdagers_uitvoer"),
    path("werk/samenleven/uitdagers/<int:pk>/", uitdagers.uitdager, name="uitdager"),
    path("werk/samenleven/uitdagers/<int:pk>/stap/<slug:stap>/", uitdagers.step, name="uitdager_stap"),
    path("werk/samenleven/vormingen/", uitdagers.training_list, name="vormingen"),
    path("werk/samenleven/vormingen/nieuw/", uitdagers.training_new, name="vorming_nieuw"),
    path("werk/samenleven/vormingen/<int:pk>/", uitdagers.training, name="vorming"),
    path("werk/samenleven/vormingen/<int:pk>/bewerk/", uitdagers.training_edit, name="vorming_bewerk"),
    path("werk/samenleven/vormingen/<int:pk>/nodig-uit/", uitdagers.training_invite, name="vorming_nodig"),
    path("werk/samenleven/vormingen/<int:pk>/aanwezig/", uitdagers.training_attendance, name="vorming_aanwezig"),
    path("werk/samenleven/de-genksenaar/", edities.edition_list, name="edities_werk"),
    path("werk/samenleven/de-genksenaar/nieuw/", edities.new, name="editie_nieuw"),
    path("werk/samenleven/de-genksenaar/<int:nummer>/", edities.edition, name="editie_werk"),
    path("werk/samenleven/de-genksenaar/<int:nummer>/voorpagina/", edities.front, name="editie_voorpagina"),
    path("werk/samenleven/de-genksenaar/<int:nummer>/kies/", edities.add, name="editie_kies"),
    path("werk/samenleven/de-genksenaar/<int:nummer>/volgorde/", edities.order, name="editie_volgorde"),
    path("werk/samenleven/de-genksenaar/<int:nummer>/verschijn/", edities.publish, name="editie_verschijn"),
    path("werk/samenleven/de-genksenaar/<int:nummer>/voorbeeld/<slug:vorm>/", edities.preview, name="editie_voorbeeld"),
    path("werk/samenleven/aanbevelingen/", aanbevelingen_werk.recommendation_list, name="aanbevelingen_werk"),
    path("werk/samenleven/aanbevelingen/uitvoer/", aanbevelingen_werk.export, name="aanbevelingen_uitvoer"),
    path("werk/samenleven/aanbevelingen/nazicht/", aanbevelingen_werk.check, name="aanbevelingen_nazicht"),
    path("werk/samenleven/aanbevelingen/nieuw/", aanbevelingen_werk.new, name="aanbeveling_nieuw"),
    path("werk/samenleven/aanbevelingen/<int:pk>/", aanbevelingen_werk.recommendation, name="aanbeveling_werk"),
    path("werk/samenleven/aanbevelingen/<int:pk>/bewerk/", aanbevelingen_werk.edit, name="aanbeveling_bewerk"),
    path("werk/samenleven/aanbevelingen/<int:pk>/<slug:wat>/", aanbevelingen_werk.act, name="aanbeveling_doe"),
]
urlpatterns += bruggen.urlpatterns
urlpatterns += activiteiten.urlpatterns
urlpatterns += denktafels.urlpatterns
urlpatterns += brieven.urlpatterns
urlpatterns += cijfers.urlpatterns
