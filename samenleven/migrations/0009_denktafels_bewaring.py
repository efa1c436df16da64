"""How long members of denktafels are kept after their mandate; the city decides on its own under Beheer."""

from django.db import migrations

RULE = ("denktafellid", "verwijder", 365, "Voorstel: een jaar na het mandaat, om nog te kunnen uitnodigen.")


def add(apps, schema_editor):
    soort, wat, na_dagen, grond = RULE
    apps.get_model("bewaring", "Bewaarregel").objects.get_or_create(
        soort=soort, toestand="", onderwerp="", wat=wat, defaults={"na_dagen": na_dagen, "grond": grond}
    )


def remove(apps, schema_editor):
    apps.get_model("bewaring", "Bewaarregel").objects.filter(soort=RULE[0]).delete()


class Migration(migrations.Migration):
    dependencies = [("samenleven", "0008_denktafels"), ("bewaring", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]
