"""The addresses of rounds on foot, under /werk/rondes/."""

from django.urls import path

from ..views.staff import rondes, rondestop

urlpatterns = [
    path("werk/rondes/", rondes.round_list, name="rounds"),
    path("werk/rondes/nieuw/", rondes.round_new, name="round_new"),
    path("werk/rondes/totalen/", rondes.round_totals, name="round_totals"),
    path("werk/rondes/uitvoer/", rondes.round_export, name="round_export"),
    path("werk/rondes/<int:pk>/", rondestop.round_page, name="round"),
    path("werk/rondes/<int:pk>/volgorde/", rondes.round_order, name="round_order"),
    path("werk/rondes/<int:pk>/afdruk/", rondes.round_print, name="round_print"),
    path("werk/rondes/<int:pk>/historiek/", rondes.round_history, name="round_history"),
    path("werk/rondes/<int:pk>/klaar/", rondestop.round_finish, name="round_finish"),
    path("werk/rondes/<int:pk>/stop/<int:stop>/gedaan/", rondestop.stop_done, name="stop_done"),
    path("werk/rondes/<int:pk>/stop/<int:stop>/niet-gelukt/", rondestop.stop_not_done, name="stop_not_done"),
    path("werk/rondes/<int:pk>/stop/<int:stop>/kijk/", rondestop.stop_look, name="stop_look"),
    path("werk/rondes/<int:pk>/stop/<int:stop>/terug/", rondestop.stop_undo, name="stop_undo"),
]
