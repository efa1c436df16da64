"""The numbers of the priority, and who hears when of knelpunten that are due."""

from django.db import migrations

LADDER = [(-10, "verantwoordelijke"), (0, "verantwoordelijke"), (5, "teamleider"), (10, "hoofd")]


def make(apps, schema_editor):
    apps.get_model("toegankelijkheid", "Monitoringregels").objects.get_or_create(is_enige=True)
    step = apps.get_model("herinneringen", "Ladderstap")
    for werkdagen, aan in LADDER:
        step.objects.get_or_create(bron="knelpunt", onderwerp="", werkdagen=werkdagen, aan=aan)


class Migration(migrations.Migration):
    dependencies = [("toegankelijkheid", "0006_monitoring"), ("herinneringen", "0002_default_ladder")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
