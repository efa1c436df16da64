"""The Celery application; the schedule stands in settings (CELERY_BEAT_SCHEDULE)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genk_wijk.settings")

app = Celery("genk_wijk")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
