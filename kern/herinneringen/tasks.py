from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task
def morning_round() -> None:
    actions.morning_round(at=timezone.now())


@shared_task
def light_round() -> None:
    actions.light_round(at=timezone.now())
