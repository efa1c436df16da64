"""What the rules of keeping can be about, for wijken."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from kern.bewaring.models import Wat
from kern.bewaring.registry import Soort, register

from .. import actions, soorten
from ..queries import bijeenkomsten, contactmomenten, volgen
from ..states.bijeenkomst import Plaats


def _name_asked(pks: Collection[int]) -> Mapping[int, str]:
    return {pk: f"vraag {pk} om een wijk te volgen, nooit bevestigd" for pk in pks}


def register_all() -> None:
    """Make them known to the nightly round; called once, when the app is ready."""
    register(
        Soort(
            "inschrijving",
            "inschrijvingen voor bijeenkomsten",
            bijeenkomsten.over_longer,
            bijeenkomsten.name_registrations,
            {Wat.ANONIMISEER: actions.forget_registrations},
            toestanden=lambda: [(code, str(naam)) for code, naam in Plaats.choices],
            onderwerpen=lambda: [(code, str(naam)) for code, naam in soorten.choices()],
        )
    )
    register(
        Soort(
            "wijkvolging",
            "vragen om een wijk te volgen die niemand bevestigde",
            volgen.unconfirmed,
            _name_asked,
            {Wat.VERWIJDER: actions.forget_unconfirmed},
        )
    )
    register(
        Soort(
            "opdehoogte",
            "wie op de hoogte wil blijven na een contactmoment",
            contactmomenten.long_ago,
            contactmomenten.name_informed,
            {Wat.ANONIMISEER: actions.forget_informed},
        )
    )
