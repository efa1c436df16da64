from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task
def run(pk: int) -> None:
    actions.run(pk=pk, at=timezone.now())


@shared_task
def sweep() -> None:
    actions.sweep(at=timezone.now())
