"""Who hears when of a milestone or an answer that is due, and how long an unconfirmed follower is kept."""

from django.db import migrations

LADDER = [(-10, "verantwoordelijke"), (0, "verantwoordelijke"), (5, "teamleider")]
SOORT = "aanbevelingsvolger"


def add(apps, schema_editor):
    step = apps.get_model("herinneringen", "Ladderstap")
    for werkdagen, aan in LADDER:
        step.objects.get_or_create(bron="aanbeveling", onderwerp="", werkdagen=werkdagen, aan=aan)
    apps.get_model("bewaring", "Bewaarregel").objects.get_or_create(
        soort=SOORT,
        toestand="",
        onderwerp="",
        wat="verwijder",
        defaults={"na_dagen": 14, "grond": "Voorstel: wie het adres niet bevestigt, willen we niet kennen."},
    )


def remove(apps, schema_editor):
    apps.get_model("herinneringen", "Ladderstap").objects.filter(bron="aanbeveling").delete()
    apps.get_model("bewaring", "Bewaarregel").objects.filter(soort=SOORT).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("samenleven", "0006_aanbevelingen"),
        ("herinneringen", "0002_default_ladder"),
        ("bewaring", "0001_initial"),
    ]

    operations = [migrations.RunPython(add, remove)]
