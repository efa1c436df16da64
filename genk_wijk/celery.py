"""The Celery application; the schedule stands in settings (CELERY_BEAT_SCHEDULE)."""

import os

from celery import Celery
from celery.signals import celeryd_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genk_wijk.settings")

app = Celery("genk_wijk")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@celeryd_init.connect
def give_way(**kwargs: object) -> None:
    """Pages go first: where the worker shares a machine with the web, a mail can wait for a moment."""
    os.nice(10)
