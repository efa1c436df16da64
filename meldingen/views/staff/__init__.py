"""The pages on which city staff work with reports, under /werk/."""

from .detail import detail, photo, step
from .entry import entered, staff_new
from .lists import printed, staff_list, work
from .places import map_points, place, staff_map
from .records import history, mail, mail_again

__all__ = [
    "detail",
    "entered",
    "history",
    "mail",
    "mail_again",
    "map_points",
    "photo",
    "place",
    "printed",
    "staff_list",
    "staff_map",
    "staff_new",
    "step",
    "work",
]
