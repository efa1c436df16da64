"""The words that a bruggenbouwer says yes to, and the terms of keeping that a portal starts with."""

from datetime import date

from django.db import migrations

TEKST = (
    "Ik wil meedoen voor het label 100% Genks. Wie mij steunt en de jury mogen lezen wat er over mij geschreven is; de "
    "jury leest het zonder mijn naam. Krijg ik het label, dan mag de stad Genk mijn naam, mijn wijk en het verhaal dat "
    "ik zelf schrijf tonen op deze site, en een oorkonde en een badge maken. Ik mag dat op elk moment intrekken. Dan "
    "verdwijnt alles."
)
RULES = [
    ("voordracht", "verwijder", 60, "Voorstel: wie geen ja zegt, willen we niet kennen."),
    ("bruggenbouwer", "anonimiseer", 365, "Voorstel: een jaar nadat het voorbij is, voor een volgende ronde."),
    ("activiteitvoorstel_nieuw", "verwijder", 30, "Voorstel: wie het adres niet bevestigt, willen we niet kennen."),
    ("activiteitvoorstel", "anonimiseer", 365, "Voorstel: een jaar na het besluit; het voorstel zelf blijft."),
]


def add(apps, schema_editor):
    apps.get_model("samenleven", "Toestemmingstekst").objects.get_or_create(
        waarvoor="naam", versie=1, defaults={"tekst": TEKST, "sinds": date(2026, 1, 1)}
    )
    rule = apps.get_model("bewaring", "Bewaarregel")
    for soort, wat, na_dagen, grond in RULES:
        rule.objects.get_or_create(
            soort=soort, toestand="", onderwerp="", wat=wat, defaults={"na_dagen": na_dagen, "grond": grond}
        )


def remove(apps, schema_editor):
    apps.get_model("bewaring", "Bewaarregel").objects.filter(soort__in=[row[0] for row in RULES]).delete()
    text = apps.get_model("samenleven", "Toestemmingstekst").objects.filter(waarvoor="naam", versie=1)
    if not apps.get_model("samenleven", "Toestemming").objects.filter(waarvoor="naam").exists():
        text.delete()


class Migration(migrations.Migration):
    dependencies = [("samenleven", "0004_bruggenbouwers"), ("bewaring", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]
