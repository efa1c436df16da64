"""The ladder the city starts with; an administrator changes it as wanted."""

from django.db import migrations

LADDER = [
    (-2, "verantwoordelijke"),
    (0, "verantwoordelijke"),
    (1, "verantwoordelijke"),
    (3, "teamleider"),
    (5, "wijkmanager"),
    (10, "hoofd"),
]


def make(apps, schema_editor):
    step = apps.get_model("herinneringen", "Ladderstap")
    for werkdagen, aan in LADDER:
        step.objects.get_or_create(bron="", onderwerp="", werkdagen=werkdagen, aan=aan)


class Migration(migrations.Migration):
    dependencies = [("herinneringen", "0001_initial")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
