"""Addresses of work that others do: partners outside the city, and teams with a sub-task."""

from django.urls import path

from ..views import partner, staff

urlpatterns = [
    path("partner/<str:token>/", partner.task, name="partner"),
    path("partner/<str:token>/plaats/", partner.place, name="partner_place"),
    path("partner/<str:token>/foto/<int:foto>/<slug:maat>/", partner.photo, name="partner_photo"),
    path("werk/bij-partners/", staff.at_partners, name="at_partners"),
    path("werk/deeltaken/", staff.sub_task_list, name="deeltaken"),
    path("werk/deeltaken/<int:pk>/", staff.sub_task, name="deeltaak"),
    path("werk/deeltaken/<int:pk>/doe/<slug:stap>/", staff.sub_task_step, name="deeltaak_step"),
]
