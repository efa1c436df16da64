"""Template tags of the whole house: dates in words, icons, and what the components need to draw themselves."""

from datetime import date, datetime

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

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
