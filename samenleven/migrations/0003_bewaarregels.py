"""The terms of keeping that a portal starts with; the city decides on its own under Beheer, Bewaarregels."""

from django.db import migrations

RULES = [
    ("uitdager", "anonimiseer", 365, "Voorstel: een jaar na het einde, om nog te kunnen uitnodigen en bedanken."),
    ("aanmelding_uitdager", "verwijder", 30, "Voorstel: wie het adres niet bevestigt, willen we niet kennen."),
    ("gespreksblad", "anonimiseer", 1095, "Voorstel: drie jaar; daarna blijven de tellingen en wat openbaar is."),
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
    dependencies = [("samenleven", "0002_startgegevens"), ("bewaring", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]
