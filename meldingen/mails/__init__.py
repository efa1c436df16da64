"""One function per message about a report: who gets it, with what words, and the key that sends it once."""

from .basis import LINK, absolute, without_links
from .belofte import too_late
from .bewoner import (
    LINK_SALT,
    closed,
    following,
    forget,
    my_reports,
    planned,
    promise_moved,
    question,
    question_reminder,
    received,
    reopened,
    started,
)
from .deeltaak import sub_task_assigned, sub_tasks_done
from .partner import (
    PARTNER_SALT,
    partner_link,
    partner_reminder,
    partner_task,
    partner_withdrawn,
    partner_wrote,
    passed_on,
    planned_by_partner,
)
from .samenvoegen import merged
from .staf import assigned, assigned_many, mentioned, resident_wrote
from .terugkoppeling import survey
from .uitvoer import export_ready

__all__ = [
    "LINK",
    "LINK_SALT",
    "PARTNER_SALT",
    "absolute",
    "assigned",
    "assigned_many",
    "closed",
    "export_ready",
    "following",
    "forget",
    "mentioned",
    "merged",
    "my_reports",
    "partner_link",
    "partner_reminder",
    "partner_task",
    "partner_withdrawn",
    "partner_wrote",
    "passed_on",
    "planned",
    "planned_by_partner",
    "promise_moved",
    "question",
    "question_reminder",
    "received",
    "reopened",
    "resident_wrote",
    "started",
    "sub_task_assigned",
    "sub_tasks_done",
    "survey",
    "too_late",
    "without_links",
]
