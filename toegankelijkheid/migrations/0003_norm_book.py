"""The norm book the city starts with; afterwards the coordinator keeps it, version by version."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db import migrations

BOOK = Path(__file__).parents[1] / "data" / "normenboek.json"
START = date(2026, 1, 1)


def number(text):
    return None if text is None else Decimal(text)


def make(apps, schema_editor):
    def model(name):
        return apps.get_model("toegankelijkheid", name)

    book = json.loads(BOOK.read_text(encoding="utf-8"))
    for row in book["bronnen"]:
        model("Normbron").objects.get_or_create(code=row["code"], defaults=row)
    criteria = {}
    for row in book["criteria"]:
        fields = {key: value for key, value in row.items() if key != "uit"}
        fields |= {key: number(row[key]) for key in ("laagst", "hoogst", "standaard")}
        criteria[row["code"]] = model("Criterium").objects.get_or_create(code=row["code"], defaults=fields)[0]
    for row in book["criteria"]:
        for plaats, bron in enumerate(row["uit"], 1):
            model("Invoer").objects.get_or_create(
                criterium=criteria[row["code"]], plaats=plaats, defaults={"bron": criteria[bron]}
            )
    levels = {level.code: level for level in model("Kwaliteitsniveau").objects.all()}
    for row in book["normen"]:
        fields = {key: row[key] for key in ("naam", "operator", "context", "kracht", "ernst_minstens", "bron")}
        fields |= {key: row[key] for key in ("zekerheid", "opmerking")}
        fields |= {key: number(row[key]) for key in ("minimum", "maximum", "streef_minimum", "streef_maximum")}
        if row["voorwaarde"]:
            fields |= row["voorwaarde"] | {
                "hangt_af_van": criteria[row["voorwaarde"]["hangt_af_van"]],
                "vanaf": number(row["voorwaarde"]["vanaf"]),
                "tot": number(row["voorwaarde"]["tot"]),
            }
        fields |= {"criterium": criteria[row["criterium"]], "niveau": levels[row["niveau"]], "geldig_van": START}
        model("Norm").objects.get_or_create(code=row["code"], versie=1, defaults=fields)


class Migration(migrations.Migration):
    dependencies = [("toegankelijkheid", "0002_levels")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
