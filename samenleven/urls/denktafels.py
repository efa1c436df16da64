"""Addresses of denktafels: for everybody, for members with a signed link, and for staff."""

from django.urls import path

from ..views import denktafels
from ..views.staf import denktafels as werk

urlpatterns = [
    path("samenleven/denktafels/", denktafels.tables, name="denktafels"),
    path("samenleven/denktafels/<int:pk>/", denktafels.table, name="denktafel"),
    path("samenleven/denktafel/<str:token>/", denktafels.mine, name="denktafel_mijn"),
    path("werk/samenleven/denktafels/", werk.table_list, name="denktafels_werk"),
    path("werk/samenleven/denktafels/uitvoer/", werk.export, name="denktafels_uitvoer"),
    path("werk/samenleven/denktafels/nieuw/", werk.edit, name="denktafel_nieuw"),
    path("werk/samenleven/denktafels/<int:pk>/", werk.table, name="denktafel_werk"),
    path("werk/samenleven/denktafels/<int:pk>/bewerk/", werk.edit, name="denktafel_bewerk"),
    path("werk/samenleven/denktafels/<int:pk>/lid/", werk.member_add, name="denktafel_lid_nieuw"),
    path("werk/samenleven/denktafels/<int:pk>/bijeenkomst/", werk.meeting_new, name="denktafel_vergader"),
    path("werk/samenleven/denktafels/<int:pk>/bundel/", werk.bundle_edit, name="bundel_nieuw"),
    path("werk/samenleven/denktafels/<int:pk>/bundel/<int:bundel>/", werk.bundle_edit, name="bundel_bewerk"),
    path("werk/samenleven/denktafels/<int:pk>/ontwerp/", werk.draft_new, name="ontwerp_nieuw"),
    path("werk/samenleven/denktafelleden/<int:pk>/", werk.member, name="denktafel_lid"),
    path("werk/samenleven/bundels/<int:pk>/", werk.bundle, name="bundel"),
    path("werk/samenleven/bundels/<int:pk>/kies/", werk.bundle_fill, name="bundel_kies"),
    path("werk/samenleven/ontwerpen/<int:pk>/", werk.draft, name="ontwerp"),
    path("werk/samenleven/ontwerpen/<int:pk>/reageer/", werk.draft_comment, name="ontwerp_reageer"),
    path("werk/samenleven/ontwerpen/<int:pk>/schrijf/", werk.draft_write, name="ontwerp_schrijf"),
    path("werk/samenleven/ontwerpen/<int:pk>/stap/<slug:naar>/", werk.draft_step, name="ontwerp_stap"),
    path("werk/samenleven/reacties/<int:pk>/", werk.comment_settle, name="ontwerp_reactie"),
]
