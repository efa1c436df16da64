"""How long files that somebody read in are kept; the city decides on its own under Beheer, Bewaarregels."""

from django.db import migrations

RULES = [
    ("half", 30, "Wat een maand niet afgewerkt is, komt er niet meer van."),
    ("gedaan", 90, "Voorstel: drie maanden om na te kijken wat er in het bestand stond."),
]


def add(apps, schema_editor):
    rule = apps.get_model("bewaring", "Bewaarregel")
    for toestand, days, grond in RULES:
        rule.objects.get_or_create(
            soort="inlezing", toestand=toestand, onderwerp="", wat="verwijder", defaults={"na_dagen": days, "grond": grond}
        )


def remove(apps, schema_editor):
    apps.get_model("bewaring", "Bewaarregel").objects.filter(soort="inlezing").delete()


class Migration(migrations.Migration):
    dependencies = [("inlezen", "0001_initial"), ("bewaring", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]
