from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task
def open311() -> None:
    actions.open311.process_waiting(at=timezone.now())
