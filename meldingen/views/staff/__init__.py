"""The pages on which city staff work with reports, under /werk/."""

from .bulk import bulk_do, bulk_new, bulk_page, bulk_print, bulk_undo
from .detail import detail, photo, step
from .files import export
from .lists import printed, staff_list, work
from .places import map_points, place, staff_map
from .records import history, mail, mail_again
from .saved import (
    change_view,
    columns,
    delete_view,
    keep_question,
    new_view,
    plan_export,
    restore_view,
    tell_me,
    view_counts,
    views,
)
from .undo import take_back

__all__ = [
    "bulk_do",
    "bulk_new",
    "bulk_page",
    "bulk_print",
    "bulk_undo",
    "change_view",
    "columns",
    "delete_view",
    "detail",
    "export",
    "history",
    "keep_question",
    "mail",
    "mail_again",
    "map_points",
    "new_view",
    "photo",
    "place",
    "plan_export",
    "printed",
    "restore_view",
    "staff_list",
    "staff_map",
    "step",
    "take_back",
    "tell_me",
    "view_counts",
    "views",
    "work",
]
