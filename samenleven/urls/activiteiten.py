"""Pages of activities and of proposals for them; the rest is the agenda of `wijken`."""

from django.urls import path

from ..views import activiteiten
from ..views.staf import activiteiten as staf

MINE, WORK = "samenleven/activiteiten/voorstel/<str:token>/", "werk/samenleven/activiteiten/"
urlpatterns = [
    path("samenleven/activiteiten/", activiteiten.activities, name="activiteiten"),
    path("samenleven/activiteiten/voorstel/", activiteiten.propose, name="voorstel"),
    path("samenleven/activiteiten/voorgesteld/", activiteiten.proposed, name="voorstel_gedaan"),
    path(MINE, activiteiten.mine, name="voorstel_mijn"),
    path(f"{MINE}bevestig/", activiteiten.confirm, name="voorstel_bevestig"),
    path(f"{MINE}weg/", activiteiten.withdraw, name="voorstel_weg"),
    path(WORK, staf.proposal_list, name="activiteiten_werk"),
    path(f"{WORK}uitvoer/", staf.proposal_export, name="activiteiten_uitvoer"),
    path(f"{WORK}<int:pk>/", staf.proposal, name="activiteit_werk"),
    path(f"{WORK}<int:pk>/aanvaard/", staf.accept, name="activiteit_aanvaard"),
    path(f"{WORK}<int:pk>/weiger/", staf.refuse, name="activiteit_weiger"),
    path(f"{WORK}<int:pk>/opnieuw/", staf.reconsider, name="activiteit_opnieuw"),
]
