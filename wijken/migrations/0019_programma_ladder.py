"""Who hears when of an agreement in the intensive programme of an impulswijk."""

from django.db import migrations

STEPS = [(-5, "wijkmanager"), (5, "wijkmanager")]


def make(apps, schema_editor):
    step = apps.get_model("herinneringen", "Ladderstap")
    for werkdagen, aan in STEPS:
        step.objects.get_or_create(bron="programmapunt", onderwerp="", werkdagen=werkdagen, aan=aan)


def unmake(apps, schema_editor):
    apps.get_model("herinneringen", "Ladderstap").objects.filter(bron="programmapunt").delete()


class Migration(migrations.Migration):
    dependencies = [("wijken", "0018_wijkblad"), ("herinneringen", "0002_default_ladder")]

    operations = [migrations.RunPython(make, unmake)]
