"""The pages on which city staff work with reports, under /werk/."""

from .detail import detail, photo, step
from .dubbels import different, duplicates, merge, proposals
from .lists import printed, staff_list, work
from .places import map_points, place, staff_map
from .records import history, mail, mail_again

__all__ = [
    "detail",
    "different",
    "duplicates",
    "history",
    "mail",
    "mail_again",
    "map_points",
    "merge",
    "photo",
    "place",
    "printed",
    "proposals",
    "staff_list",
    "staff_map",
    "step",
    "work",
]
