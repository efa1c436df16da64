from celery import shared_task

from . import actions


@shared_task
def process(beeld_id: str) -> None:
    actions.process(beeld_id=beeld_id)
