"""The roles as groups, and the table that holds the cache: wrong log-ins counted by all web processes together."""

from django.core.management import call_command
from django.db import migrations

ROLES = [
    "beheerder",
    "wijkmanager",
    "buurttoezichter",
    "buurtwerkplaats",
    "behandelaar",
    "teamleider",
    "toegankelijkheidscoördinator",
    "samenlevingscoördinator",
    "lezer",
]


def make_roles(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for name in ROLES:
        Group.objects.using(schema_editor.connection.alias).get_or_create(name=name)


def make_cache_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("gebruikers", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [
        migrations.RunPython(make_roles, migrations.RunPython.noop),
        migrations.RunPython(make_cache_table, migrations.RunPython.noop),
    ]
