"""Who hears when of a draft of a need: its wijkmanager the morning after, and again when a decision is due."""

from django.db import migrations

LADDER = [(-10, "verantwoordelijke"), (0, "verantwoordelijke"), (5, "hoofd")]


def make(apps, schema_editor):
    step = apps.get_model("herinneringen", "Ladderstap")
    for werkdagen, aan in LADDER:
        step.objects.get_or_create(bron="behoefte", onderwerp="", werkdagen=werkdagen, aan=aan)


class Migration(migrations.Migration):
    dependencies = [("wijken", "0003_behoefte"), ("herinneringen", "0002_default_ladder")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
