"""Large files, looked at and read in by the worker."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kern.opdrachten.actions import Voortgang
from kern.opdrachten.models import Opdracht
from kern.opdrachten.registry import Onmogelijk, Soort, register

from . import actions, registry, rules
from .lezen import Onleesbaar
from .models import Inlezing


def look(opdracht: Opdracht, voortgang: Voortgang) -> Mapping[str, Any]:
    """Look at what a file would do."""
    row = actions.look_now(inlezing=_get(opdracht, voortgang), at=voortgang.nu(), step=voortgang.stap)
    return {key: row.uitslag[key] for key in ("nieuw", "gewijzigd", "gelijk", "fouten")}


def write(opdracht: Opdracht, voortgang: Voortgang) -> Mapping[str, Any]:
    """Read a file in. How far it is, is not told while it writes: that is one transaction."""
    row = actions.write_now(inlezing=_get(opdracht, voortgang), at=voortgang.nu())
    return {key: row.uitslag[key] for key in ("nieuw", "gewijzigd", "gelijk")}


def _get(opdracht: Opdracht, voortgang: Voortgang) -> Inlezing:
    row = Inlezing.objects.select_related("eigenaar").filter(pk=opdracht.invoer["inlezing"]).first()
    if row is None:
        raise Onmogelijk("Het bestand is intussen weggegooid.")
    if not rules.may_see(opdracht.eigenaar, row, registry.get(row.soort)):
        raise Onmogelijk("Je mag dit bestand niet meer inlezen.")
    voortgang.begin(row.rijen)
    return row


def _words(run: Any) -> Any:
    def told(opdracht: Opdracht, voortgang: Voortgang) -> Mapping[str, Any]:
        try:
            return run(opdracht, voortgang)
        except (Onleesbaar, actions.Veranderd) as error:
            raise Onmogelijk(str(error)) from error

    return told


def _back(opdracht: Opdracht) -> str:
    row = Inlezing.objects.filter(pk=opdracht.invoer["inlezing"]).first()
    return row.get_absolute_url() if row else ""


def register_all() -> None:
    """Make the jobs known; called once, when the app is ready."""
    register(Soort(actions.JOB_LOOK, "Bestand nakijken", _words(look), terug=_back, verder="Bekijk wat het zou doen"))
    register(Soort(actions.JOB_WRITE, "Bestand inlezen", _words(write), terug=_back))
