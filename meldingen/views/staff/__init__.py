"""The pages on which city staff work with reports, under /werk/."""

from .detail import detail, photo, step
from .gegevens import address
from .lists import printed, staff_list, work
from .photos import blur, restore
from .places import map_points, place, staff_map
from .records import history, mail, mail_again

__all__ = [
    "address",
    "blur",
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
    "work",
]
