"""Who hears when of an agreement that ends, a report that is late and an agreed task; and how long people are kept."""

from django.db import migrations

LADDERS = {
    "overeenkomst": [(-60, "verantwoordelijke"), (-20, "verantwoordelijke"), (0, "verantwoordelijke")],
    "halfjaarverslag": [(0, "verantwoordelijke"), (10, "verantwoordelijke"), (10, "wijkmanager")],
    "afspraak": [(-2, "verantwoordelijke"), (3, "verantwoordelijke")],
}


def make(apps, schema_editor):
    step = apps.get_model("herinneringen", "Ladderstap")
    for bron, steps in LADDERS.items():
        for werkdagen, aan in steps:
            step.objects.get_or_create(bron=bron, onderwerp="", werkdagen=werkdagen, aan=aan)
    apps.get_model("bewaring", "Bewaarregel").objects.get_or_create(
        soort="contactpersoon",
        toestand="",
        onderwerp="",
        wat="anonimiseer",
        defaults={"na_dagen": 180, "grond": "Voorstel: een half jaar om iets na te vragen aan wie stopte."},
    )


def unmake(apps, schema_editor):
    apps.get_model("herinneringen", "Ladderstap").objects.filter(bron__in=LADDERS).delete()
    apps.get_model("bewaring", "Bewaarregel").objects.filter(soort="contactpersoon").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("wijken", "0015_netwerk"),
        ("herinneringen", "0002_default_ladder"),
        ("bewaring", "0001_initial"),
    ]

    operations = [migrations.RunPython(make, unmake)]
