"""The addresses of saved views, columns and files of a list, under /werk/."""

from django.urls import path

from ..views import staff

urlpatterns = [
    path("werk/meldingen/weergaven/", staff.views, name="staff_views"),
    path("werk/meldingen/weergaven/nieuw/", staff.new_view, name="staff_view_new"),
    path("werk/meldingen/weergaven/tellingen/", staff.view_counts, name="staff_view_counts"),
    path("werk/meldingen/weergaven/<int:pk>/", staff.change_view, name="staff_view_change"),
    path("werk/meldingen/weergaven/<int:pk>/filters/", staff.keep_question, name="staff_view_keep"),
    path("werk/meldingen/weergaven/<int:pk>/weg/", staff.delete_view, name="staff_view_delete"),
    path("werk/meldingen/weergaven/<int:pk>/herstel/", staff.restore_view, name="staff_view_restore"),
    path("werk/meldingen/weergaven/<int:pk>/seintje/", staff.tell_me, name="staff_view_tell"),
    path("werk/meldingen/weergaven/<int:pk>/bestand/", staff.plan_export, name="staff_view_plan"),
    path("werk/meldingen/kolommen/", staff.columns, name="staff_columns"),
    path("werk/meldingen/uitvoer/", staff.export, name="staff_export"),
]
