"""What a new portal starts with: categories, questions, terms, stop pages, reasons and materials.

See data/categorieen.json.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from .models import Categorie, Enquetereden, Materiaal, Stoppagina, Termijn, Vraag

FILE = Path(__file__).parent / "data" / "categorieen.json"


@transaction.atomic
def load() -> int:
    """Add what is missing, by code; what exists stays as it is. The number of categories in the file.

    The reasons of the survey and the materials have no code: they come in when there are none.
    """
    data = json.loads(FILE.read_text())
    stops = {
        code: Stoppagina.objects.get_or_create(code=code, defaults=fields)[0]
        for code, fields in data["stoppaginas"].items()
    }
    Termijn.objects.get_or_create(categorie=None, prioriteit="")
    if not Enquetereden.objects.exists():
        Enquetereden.objects.bulk_create(
            Enquetereden(volgorde=place, **row) for place, row in enumerate(data["enqueteredenen"])
        )
    if not Materiaal.objects.exists():
        Materiaal.objects.bulk_create(Materiaal(volgorde=place, **row) for place, row in enumerate(data["materialen"]))
    count = 0
    for place, row in enumerate(data["categorieen"]):
        subs = row.pop("sub")
        main = _categorie(row, stops, volgorde=place)
        count += 1 + len(subs)
        for sub_place, sub in enumerate(subs):
            _categorie(sub, stops, volgorde=sub_place, hoofdcategorie=main)
    return count


def _categorie(row: dict[str, Any], stops: dict[str, Stoppagina], **extra: Any) -> Categorie:
    vragen = row.pop("vragen", [])
    termijn = row.pop("termijn", None)
    stop = stops.get(row.pop("stoppagina", ""))
    categorie, made = Categorie.objects.get_or_create(
        code=row.pop("code"), defaults={**row, **extra, "stoppagina": stop}
    )
    if made and termijn:
        reactie, oplossing = termijn
        Termijn.objects.create(categorie=categorie, reactie_werkdagen=reactie, oplossing_werkdagen=oplossing)
    if made:
        questions: dict[str, Vraag] = {}
        for place, vraag in enumerate(vragen):
            vraag["stoppagina"] = stops.get(vraag.pop("stoppagina", ""))
            vraag["alleen_als"] = questions.get(vraag.pop("alleen_als", ""))
            questions[vraag["code"]] = Vraag.objects.create(categorie=categorie, volgorde=place, **vraag)
    return categorie
