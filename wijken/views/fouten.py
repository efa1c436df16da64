"""How the pages of staff answer when an action refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from .. import actions


def in_words(error: Exception) -> str:
    """What an action said, as a sentence."""
    text = str(error)
    return f"{text[:1].upper()}{text[1:]}."


def attempt(form: forms.BaseForm, act: Callable[[], Any]) -> Any:
    """Do it; what the action refuses stands with the form, which keeps all that was typed. None when it refused.

    The pages write the version of the thing as it is now: who was told that somebody else was first, can go on.
    """
    try:
        return act()
    except (actions.Gewijzigd, actions.BehoefteGewijzigd, actions.StapKanNiet, ValueError) as error:
        form.add_error(None, in_words(error))
        return None


def say_or_warn(request: HttpRequest, act: Callable[[], Any], done: str, to: Any) -> HttpResponse:
    """For a button without a form: do it and say so, or say why not."""
    try:
        act()
    except (actions.Gewijzigd, actions.StapKanNiet, ValueError) as error:
        messages.warning(request, in_words(error))
    else:
        messages.success(request, done)
    return redirect(to)
