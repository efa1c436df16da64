"""The pages on which city staff work with reports, under /werk/."""

from .cijfers import figures, figures_csv, figures_explained
from .detail import detail, photo, step
from .lists import printed, staff_list, work
from .places import map_points, place, staff_map
from .records import history, mail, mail_again
from .terugkoppeling import feedback, feedback_list

__all__ = [
    "detail",
    "feedback",
    "feedback_list",
    "figures",
    "figures_csv",
    "figures_explained",
    "history",
    "mail",
    "mail_again",
    "map_points",
    "photo",
    "place",
    "printed",
    "staff_list",
    "staff_map",
    "step",
    "work",
]
