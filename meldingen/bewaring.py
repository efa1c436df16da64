"""What the rules of keeping can be about, for reports."""

from __future__ import annotations

from collections.abc import Iterable

from kern.bewaring.models import Wat
from kern.bewaring.registry import Soort, register

from .actions import wissen
from .models import Categorie
from .queries import bewaring as queries
from .states import Sluitreden


def _categories() -> Iterable[tuple[str, str]]:
    return Categorie.objects.sub().order_by("naam").values_list("code", "naam")


def register_all() -> None:
    """Make them known to the nightly round; called once, when the app is ready."""
    reports = {"omschrijf": queries.name_reports, "toestanden": lambda: Sluitreden.choices, "onderwerpen": _categories}
    register(
        Soort(
            "contact",
            "contactgegevens van wie meldde of volgt",
            queries.still_known,
            uitvoering={Wat.ANONIMISEER: wissen.contacts},
            **reports,
        )
    )
    register(
        Soort("melding", "meldingen", queries.closed_longer, uitvoering={Wat.ANONIMISEER: wissen.anonymise}, **reports)
    )
    register(
        Soort(
            "dossier",
            "meldingen, ook de anonieme",
            queries.closed_long_ago,
            uitvoering={Wat.VERWIJDER: wissen.delete},
            **reports,
        )
    )
    register(
        Soort(
            "foto",
            "foto's bij afgesloten meldingen",
            queries.photos,
            queries.name_photos,
            {Wat.VERWIJDER: wissen.photos},
            toestanden=lambda: [(queries.PUBLIC, "openbaar"), (queries.PRIVATE, "niet openbaar")],
            onderwerpen=_categories,
        )
    )
    register(
        Soort(
            "origineel",
            "foto's van voor ze onherkenbaar zijn gemaakt",
            queries.originals,
            queries.name_photos,
            {Wat.VERWIJDER: wissen.originals},
        )
    )
    register(
        Soort(
            "inzage",
            "het logboek van wie gevoelige meldingen las",
            queries.readings,
            queries.name_readings,
            {Wat.VERWIJDER: wissen.readings},
        )
    )
