"""Django's tick boxes and lists to choose from, written without a template for each choice: there are hundreds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe


class CheckboxSelectMultiple(forms.CheckboxSelectMultiple):
    """Tick boxes."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        widget = self.get_context(name, value, attrs)["widget"]
        return format_html(
            '<div id="{}">{}</div>',
            widget["attrs"]["id"],
            mark_safe("".join(self._group(*group) for group in widget["optgroups"])),  # noqa: S308 (escaped below)
        )

    def _group(self, naam: str | None, options: list[dict[str, Any]], index: int) -> str:
        boxes = "".join(
            format_html(
                '<div><label for="{}"><input type="checkbox" name="{}" value="{}" id="{}"{}> {}</label></div>',
                option["attrs"]["id"],
                option["name"],
                option["value"],
                option["attrs"]["id"],
                mark_safe(" checked") if option["selected"] else "",
                option["label"],
            )
            for option in options
        )
        return boxes if naam is None else format_html("<div><label>{}</label>{}</div>", naam, mark_safe(boxes))  # noqa: S308


class Select(forms.Select):
    """A list to choose one from."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        widget = self.get_context(name, value, attrs)["widget"]
        return format_html(
            '<select name="{}"{}>{}</select>',
            widget["name"],
            flatatt(widget["attrs"]),
            mark_safe("".join(self._group(*group) for group in widget["optgroups"])),  # noqa: S308 (escaped below)
        )

    def _group(self, naam: str | None, options: list[dict[str, Any]], index: int) -> str:
        rows = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((row["value"], mark_safe(" selected") if row["selected"] else "", row["label"]) for row in options),
        )
        return rows if naam is None else format_html('<optgroup label="{}">{}</optgroup>', naam, rows)
