"""Template tags of the whole house: dates in words, icons, and what the components need to draw themselves."""

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from inspect import signature
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kern import menu

register = template.Library()


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


@register.filter(expects_localtime=True)
def datum(value: date | datetime | None) -> str:
    """A day in words: "donderdag 23 juli", with the year when it is not this year's; empty for no day."""
    if not value:
        return ""
    day = _local(value)
    return date_format(day, "l j F" if day.year == timezone.localdate().year else "l j F Y")


@register.filter(expects_localtime=True)
def datum_kort(value: date | datetime | None) -> str:
    """A day for dense lists: "do 23 jul", with the year when it is not this year's."""
    if not value:
        return ""
    day = _local(value)
    return date_format(day, "D j M" if day.year == timezone.localdate().year else "D j M Y").lower().replace(".", "")


@register.filter(expects_localtime=True)
def datum_tijd(value: datetime | None) -> str:
    """A moment in words: "donderdag 23 juli om 14.30 uur", on the clock of Brussels."""
    if not value:
        return ""
    moment = _local(value)
    hour = date_format(moment, pgettext("opmaak van een uur", "G.i"))
    return _("%(dag)s om %(uur)s uur") % {"dag": datum(moment), "uur": hour}


@register.simple_tag
@lru_cache(maxsize=1000)
def icoon(naam: str, titel: str = "") -> SafeString:
    """An icon from static/img/iconen.svg; silent for a screen reader unless it has a `titel` (then it is a picture)."""
    href = f"{static('img/iconen.svg')}#{naam}"
    if titel:
        return format_html(
            '<svg class="icoon" role="img" aria-label="{}"><use href="{}"></use></svg>',
            titel,
            href,
        )
    return format_html('<svg class="icoon" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', href)


@register.inclusion_tag("onderdelen/_stafmenu.html", takes_context=True)
def stafmenu(context: dict[str, Any]) -> dict[str, Any]:
    """The pages that this member of staff may open (`kern/menu.py`)."""
    request = context["request"]
    direct, groepen = menu.menu_of(request.user, request.path)
    return {"direct": direct, "groepen": groepen}


@register.simple_tag
def tabelrijen(table: Any) -> SafeString:
    """The rows of a table of django-tables2, put together here: a template would look up each cell's column again.

    The attributes of a column are those of all its cells; `data-kop` repeats its heading where rows become cards.
    """
    columns = [(_opening(column), *_drawing(column)) for column in table.columns]
    return mark_safe(  # noqa: S308 (every part is escaped)
        "".join(
            f'<tr role="row" {row.attrs.as_html()}>'
            + "".join(
                f"{opening}{conditional_escape(draw(row, table) if draw else row.get_cell(name))}</td>"
                for opening, name, draw in columns
            )
            + "</tr>"
            for row in table.paginated_rows
        )
    )


def _opening(column: Any) -> SafeString:
    return format_html('<td role="cell" data-kop="{}" {}>', column.header, column.attrs["td"].as_html())


def _drawing(column: Any) -> tuple[str, Callable[[Any, Any], Any] | None]:
    """The name of a column and, when its `render` asks for the record alone, how to call that without a detour.

    The library looks at the signature of `render` and at the model's field again for each cell.
    """
    wants = set(signature(column.render).parameters)
    if column.column.empty_values or column.link or not wants <= {"record", "table"}:
        return column.name, None
    return column.name, lambda row, table: column.render(
        **{name: value for name, value in (("record", row.record), ("table", table)) if name in wants}
    )


@register.filter
def foutlijst(form: BaseForm | None) -> list[tuple[str, str]]:
    """What the error summary lists: (id to jump to, message) per error; an empty id for errors of the whole form."""
    if not form or not form.errors:
        return []
    rows = [("", message) for message in form.non_field_errors()]
    for field in form:
        rows += [(_first_id(field), f"{_as_opening(str(field.label))} {message}") for message in field.errors]
    return rows


def _as_opening(label: str) -> str:
    return label if label.endswith(("?", ":", ".")) else met_dubbelpunt(label)


def _first_id(field: BoundField) -> str:
    """The id of the control itself; of its first choice in a group, because a group can't take the focus."""
    return f"{field.auto_id}_0" if field.widget_type in {"radioselect", "checkboxselectmultiple"} else field.auto_id


@register.filter
def met_dubbelpunt(naam: str) -> str:
    """A name that something follows, as each language writes it: "Wijk:", "Quartier :"."""
    return _("%(naam)s:") % {"naam": naam}


@register.filter
def tel(aantal: int) -> range:
    """The numbers 1 up to and including `aantal`."""
    return range(1, int(aantal) + 1)


@register.filter
def bladzijden(pagina: Page) -> list[int | None]:
    """The page numbers to show beside `pagina`: first, last and its neighbours; None stands for a gap."""
    last = pagina.paginator.num_pages
    wanted = sorted({1, last, *(n for n in range(pagina.number - 1, pagina.number + 2) if 1 <= n <= last)})
    shown: list[int | None] = []
    for number in wanted:
        if shown and number - (shown[-1] or 0) == 2:
            shown.append(number - 1)
        elif shown and number - (shown[-1] or 0) > 2:
            shown.append(None)
        shown.append(number)
    return shown
