"""What somebody may reach on a day."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bereik:
    """What somebody may reach on a day: as themselves and for the absent colleagues they stand in for."""

    gebruiker_ids: frozenset[int]
    team_ids: frozenset[int]
    geleide_team_ids: frozenset[int]
    wijk_ids: frozenset[int]
    is_meldpunt: bool
