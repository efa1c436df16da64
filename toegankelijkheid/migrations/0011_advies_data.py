"""The solutions that recommendations begin with, and who hears when an answer is due."""

import json
from pathlib import Path

from django.db import migrations

LIST = Path(__file__).parents[1] / "data" / "oplossingen.json"
SOURCE = "Eerste raming, na te kijken met het raamcontract van de stad"
LADDER = [(-5, "verantwoordelijke"), (0, "verantwoordelijke"), (3, "teamleider"), (10, "hoofd")]


def make(apps, schema_editor):
    solution, criterium = (apps.get_model("toegankelijkheid", name) for name in ("Standaardoplossing", "Criterium"))
    codes = dict(criterium.objects.values_list("code", "pk"))
    for row in json.loads(LIST.read_text(encoding="utf-8")):
        fields = {**row, "criterium_id": codes.get(row["criterium"]), "bron": SOURCE}
        del fields["criterium"]
        solution.objects.get_or_create(naam=row["naam"], defaults=fields)
    step = apps.get_model("herinneringen", "Ladderstap")
    for werkdagen, aan in LADDER:
        step.objects.get_or_create(bron="dienstadvies", onderwerp="", werkdagen=werkdagen, aan=aan)


class Migration(migrations.Migration):
    dependencies = [("toegankelijkheid", "0010_advies"), ("herinneringen", "0002_default_ladder")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
