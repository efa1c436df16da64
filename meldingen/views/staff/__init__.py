"""The pages on which city staff work with reports, under /werk/."""

from .deeltaken import sub_task, sub_task_list, sub_task_step
from .detail import detail, photo, step
from .gegevens import address
from .lists import printed, staff_list, work
from .partners import at_partners, partner_detail, partner_list, partner_settle
from .photos import blur, restore
from .places import map_points, place, staff_map
from .records import history, mail, mail_again

__all__ = [
    "address",
    "at_partners",
    "blur",
    "detail",
    "history",
    "mail",
    "mail_again",
    "map_points",
    "partner_detail",
    "partner_list",
    "partner_settle",
    "photo",
    "place",
    "printed",
    "restore",
    "staff_list",
    "staff_map",
    "step",
    "sub_task",
    "sub_task_list",
    "sub_task_step",
    "work",
]
