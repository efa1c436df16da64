"""The pages on which city staff work with reports, under /werk/."""

from .behoefte import bulk_need
from .bulk import bulk_do, bulk_new, bulk_page, bulk_print, bulk_undo
from .cijfers import figures, figures_csv, figures_explained
from .deeltaken import sub_task, sub_task_list, sub_task_step
from .detail import detail, photo, step
from .dubbels import different, duplicates, merge, proposals
from .entry import entered, staff_new
from .files import export
from .gegevens import address
from .lists import printed, staff_list, work
from .partners import at_partners
from .photos import blur, restore
from .places import map_points, place, staff_map
from .records import history, mail, mail_again
from .routes import route_add, route_apply, route_edit, route_list, route_move, route_remove, route_try
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
from .terugkoppeling import feedback, feedback_list
from .texts import text_add, text_edit, text_list, text_remove
from .undo import take_back

__all__ = [
    "address",
    "at_partners",
    "blur",
    "bulk_do",
    "bulk_need",
    "bulk_new",
    "bulk_page",
    "bulk_print",
    "bulk_undo",
    "change_view",
    "columns",
    "delete_view",
    "detail",
    "different",
    "duplicates",
    "entered",
    "export",
    "feedback",
    "feedback_list",
    "figures",
    "figures_csv",
    "figures_explained",
    "history",
    "keep_question",
    "mail",
    "mail_again",
    "map_points",
    "merge",
    "new_view",
    "photo",
    "place",
    "plan_export",
    "printed",
    "proposals",
    "restore",
    "restore_view",
    "route_add",
    "route_apply",
    "route_edit",
    "route_list",
    "route_move",
    "route_remove",
    "route_try",
    "staff_list",
    "staff_map",
    "staff_new",
    "step",
    "sub_task",
    "sub_task_list",
    "sub_task_step",
    "take_back",
    "tell_me",
    "text_add",
    "text_edit",
    "text_list",
    "text_remove",
    "view_counts",
    "views",
    "work",
]
