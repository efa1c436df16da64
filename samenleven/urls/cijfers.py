"""Pages of figures, for everybody and for staff, and the yearly report."""

from django.urls import path

from ..views import cijfers
from ..views.staf import cijfers as staf

urlpatterns = [
    path("samenleven/cijfers/", cijfers.figures, name="cijfers"),
    path("samenleven/cijfers/uitvoer/", cijfers.export, name="cijfers_uitvoer"),
    path("samenleven/cijfers/jaarverslag-<int:jaar>.pdf", cijfers.yearly_report, name="jaarverslag"),
    path("werk/samenleven/cijfers/", staf.figures, name="cijfers_werk"),
    path("werk/samenleven/cijfers/uitvoer/", staf.export, name="cijfers_werk_uitvoer"),
]
