"""Addresses of the half-year letters."""

from django.urls import path

from ..views import brieven
from ..views.staf import brieven as werk

urlpatterns = [
    path("samenleven/brieven/", brieven.archive, name="brieven"),
    path("samenleven/brieven/<int:jaar>/<int:helft>/", brieven.letter, name="brief"),
    path("samenleven/brieven/<int:jaar>/<int:helft>/brief.pdf", brieven.letter_pdf, name="brief_pdf"),
    path("werk/samenleven/brieven/", werk.letter_list, name="brieven_werk"),
    path("werk/samenleven/brieven/begin/", werk.begin, name="brief_begin"),
    path("werk/samenleven/brieven/<int:pk>/", werk.letter, name="brief_werk"),
    path("werk/samenleven/brieven/<int:pk>/doe/", werk.act, name="brief_doe"),
]
