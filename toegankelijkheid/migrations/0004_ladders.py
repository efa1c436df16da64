"""Who hears when of objects to measure again, and of campaigns that near their end."""

from django.db import migrations

LADDERS = {
    "hercontrole": [(-20, "verantwoordelijke"), (0, "verantwoordelijke"), (20, "hoofd")],
    "screeningscampagne": [(-5, "verantwoordelijke"), (0, "verantwoordelijke"), (5, "hoofd")],
}


def make(apps, schema_editor):
    step = apps.get_model("herinneringen", "Ladderstap")
    for bron, ladder in LADDERS.items():
        for werkdagen, aan in ladder:
            step.objects.get_or_create(bron=bron, onderwerp="", werkdagen=werkdagen, aan=aan)


class Migration(migrations.Migration):
    dependencies = [("toegankelijkheid", "0003_norm_book"), ("herinneringen", "0002_default_ladder")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
