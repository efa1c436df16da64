"""The role of who measures how accessible public space is."""

from django.db import migrations


def make(apps, schema_editor):
    apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias).get_or_create(name="screener")


class Migration(migrations.Migration):
    dependencies = [("gebruikers", "0002_roles")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
