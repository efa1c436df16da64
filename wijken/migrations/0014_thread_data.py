"""Who hears when of an opinion, a decision, a milestone and a wijkteam; what people talk about; and how long it is kept
who asked to be kept informed.
"""

from django.db import migrations

LADDERS = {
    "advies": [(-2, "verantwoordelijke"), (0, "verantwoordelijke"), (3, "teamleider")],
    "actievoorstel": [(0, "verantwoordelijke"), (5, "verantwoordelijke"), (10, "hoofd")],
    "mijlpaal": [(-5, "verantwoordelijke"), (0, "verantwoordelijke"), (3, "wijkmanager"), (10, "hoofd")],
    "wijkteam": [(-10, "verantwoordelijke"), (0, "verantwoordelijke"), (5, "hoofd")],
}
# Two years after the moment: long enough for an action to end, and no longer.
RULE = {"na_dagen": 730, "grond": "Voorstel: twee jaar na het contactmoment; intrekken kan altijd vroeger."}
THEMAS = [
    "wonen",
    "netheid",
    "groen en spelen",
    "verkeer en parkeren",
    "veiligheid",
    "buren en samenleven",
    "werk",
    "onderwijs en opvoeding",
    "taal",
    "gezondheid en zorg",
]


def make(apps, schema_editor):
    step = apps.get_model("herinneringen", "Ladderstap")
    for bron, steps in LADDERS.items():
        for werkdagen, aan in steps:
            step.objects.get_or_create(bron=bron, onderwerp="", werkdagen=werkdagen, aan=aan)
    apps.get_model("bewaring", "Bewaarregel").objects.get_or_create(
        soort="opdehoogte", toestand="", onderwerp="", wat="anonimiseer", defaults=RULE
    )
    thema = apps.get_model("wijken", "Thema")
    for naam in THEMAS:
        thema.objects.get_or_create(naam=naam)


class Migration(migrations.Migration):
    dependencies = [("wijken", "0013_thread"), ("herinneringen", "0002_default_ladder"), ("bewaring", "0001_initial")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
