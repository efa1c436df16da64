"""The pages on which city staff work with reports, under /werk/."""

from .bulk import bulk_do, bulk_new, bulk_page, bulk_print, bulk_undo
from .detail import detail, photo, step
from .gegevens import address
from .lists import printed, staff_list, work
from .photos import blur, restore
from .places import map_points, place, staff_map
from .records import history, mail, mail_again
from .undo import take_back

__all__ = [
    "address",
    "blur",
    "bulk_do",
    "bulk_new",
    "bulk_page",
    "bulk_print",
    "bulk_undo",
    "detail",
    "history",
    "mail",
    "mail_again",
    "map_points",
    "photo",
    "place",
    "printed",
    "restore",
    "staff_list",
    "staff_map",
    "step",
    "take_back",
    "work",
]
