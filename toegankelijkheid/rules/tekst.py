"""Numbers and limits as people read and type them."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from .woorden import Operator

_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_THOUSANDS = re.compile(r"^[-+]?\d{1,3}(\.\d{3})+(,\d+)?$")
DECIMALS = Decimal("0.001")


def read_number(text: str) -> Decimal:
    """A number as people type it: with a comma or a point, with or without a space for thousands.

    ValueError for what is no number. A point before exactly three digits with a comma later is a thousands point.
    """
    plain = _SPACES.sub("", text)
    plain = (
        plain.replace(".", "").replace(",", ".")
        if _THOUSANDS.match(plain) and "," in plain
        else plain.replace(",", ".")
    )
    try:
        value = Decimal(plain)
    except InvalidOperation as error:
        raise ValueError(f"no number: {text!r}") from error
    if not value.is_finite():
        raise ValueError(f"no number: {text!r}")
    return value.quantize(DECIMALS)


def number(value: Decimal | None) -> str:
    """A number as people read it: a comma, no zeros at the end."""
    if value is None:
        return ""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")


def unit(eenheid: str) -> str:
    """The unit behind a number, with its space."""
    words = {"st": "", "graden": "°"}
    shown = words.get(eenheid, eenheid)
    return "" if not shown else shown if shown == "°" else f"\u00a0{shown}"


def with_unit(value: Decimal | None, eenheid: str) -> str:
    """A value as it was measured, such as '11 %'."""
    return "" if value is None else f"{number(value)}{unit(eenheid)}"


def limit(operator: str, minimum: Decimal | None, maximum: Decimal | None, eenheid: str) -> str:
    """A limit in words, such as 'hoogstens 12 %'."""
    low, high = with_unit(minimum, eenheid), with_unit(maximum, eenheid)
    match operator:
        case Operator.MINSTENS:
            return _("minstens %(grens)s") % {"grens": low}
        case Operator.HOOGSTENS:
            return _("hoogstens %(grens)s") % {"grens": high}
        case Operator.MINDER_DAN:
            return _("minder dan %(grens)s") % {"grens": high}
        case Operator.TUSSEN:
            return _("tussen %(laag)s en %(hoog)s") % {"laag": number(minimum), "hoog": high}
    return _("ja") if minimum else _("nee")


def target(streef_minimum: Decimal | None, streef_maximum: Decimal | None, eenheid: str) -> str:
    """A target in words; empty without one."""
    if streef_maximum is not None:
        return _("liefst hoogstens %(grens)s") % {"grens": with_unit(streef_maximum, eenheid)}
    if streef_minimum is not None:
        return _("liefst minstens %(grens)s") % {"grens": with_unit(streef_minimum, eenheid)}
    return ""


def value(waarde: Decimal | None, eenheid: str, *, ja_nee: bool) -> str:
    """What was measured, in words."""
    if waarde is None:
        return ""
    return (_("ja") if waarde else _("nee")) if ja_nee else with_unit(waarde, eenheid)
