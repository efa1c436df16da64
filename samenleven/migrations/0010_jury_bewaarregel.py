"""How long the members of a jury are kept after their round."""

from django.db import migrations

SOORT = "jurylid"


def add(apps, schema_editor):
    apps.get_model("bewaring", "Bewaarregel").objects.get_or_create(
        soort=SOORT,
        toestand="",
        onderwerp="",
        wat="verwijder",
        defaults={"na_dagen": 365, "grond": "Voorstel: een jaar na de ronde; de reden van de jury blijft."},
    )


def remove(apps, schema_editor):
    apps.get_model("bewaring", "Bewaarregel").objects.filter(soort=SOORT).delete()


class Migration(migrations.Migration):
    dependencies = [("samenleven", '0009_denktafels_bewaring'), ("bewaring", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]
