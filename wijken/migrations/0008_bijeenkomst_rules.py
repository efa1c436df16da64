"""How long is kept who came to a meeting; the city decides on its own under Beheer, Bewaarregels."""

from django.db import migrations

RULES = [
    ("inschrijving", "anonimiseer", 30, "Voorstel: een maand na de bijeenkomst is niet meer nodig wie er kwam."),
    ("wijkvolging", "verwijder", 14, "Twee weken om een mail te bevestigen; daarna wil iemand het niet."),
]


def add(apps, schema_editor):
    rule = apps.get_model("bewaring", "Bewaarregel")
    for soort, wat, na_dagen, grond in RULES:
        rule.objects.get_or_create(
            soort=soort, toestand="", onderwerp="", wat=wat, defaults={"na_dagen": na_dagen, "grond": grond}
        )


def remove(apps, schema_editor):
    apps.get_model("bewaring", "Bewaarregel").objects.filter(soort__in=[row[0] for row in RULES]).delete()


class Migration(migrations.Migration):
    dependencies = [("wijken", "0007_bijeenkomst"), ("bewaring", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]
