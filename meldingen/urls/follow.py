"""Addresses for who sent a report or follows one."""

from django.urls import path

from ..views import follow, followers, mine

urlpatterns = [
    path("meldingen/volg/", follow.follow, name="follow"),
    path("meldingen/volg/<str:code>/", follow.status, name="status"),
    path("meldingen/volg/<str:code>/aanvullen/", follow.add, name="status_add"),
    path("meldingen/volg/<str:code>/antwoord/", follow.answer, name="status_answer"),
    path("meldingen/volg/<str:code>/intrekken/", follow.withdraw, name="status_withdraw"),
    path("meldingen/volg/<str:code>/heropenen/", follow.reopen, name="status_reopen"),
    path("meldingen/volg/<str:code>/mails/", follow.mails, name="status_mails"),
    path("meldingen/volg/<str:code>/vergeet-mij/", follow.forget, name="status_forget"),
    path("meldingen/volg/<str:code>/gegevens.json", follow.data, name="status_data"),
    path("meldingen/volg/<str:code>/foto/<uuid:beeld>/<str:maat>/", follow.photo, name="status_photo"),
    path("meldingen/gevolgd/<uuid:sleutel>/", followers.following, name="following"),
    path("meldingen/gevolgd/<uuid:sleutel>/stop/", followers.unfollow, name="unfollow"),
    path("meldingen/mijn/", mine.request_link, name="mine_request"),
    path("meldingen/mijn/<str:token>/", mine.mine, name="mine"),
    path("meldingen/mijn/<str:token>/gegevens.zip", mine.everything, name="mine_data"),
]
