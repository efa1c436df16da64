"""The terms of keeping that a portal starts with; the city decides on its own under Beheer, Bewaarregels."""

from django.db import migrations

RULES = [
    ("contact", "anonimiseer", 365, "Voorstel: een jaar na het afsluiten is een antwoord niet meer nodig."),
    ("foto", "verwijder", 365, "Voorstel: foto's die niet openbaar zijn, zijn na een jaar niet meer nodig."),
    ("melding", "anonimiseer", 1825, "Voorstel: vijf jaar, voor wat telkens terugkomt. Cijfers blijven."),
    ("origineel", "verwijder", 14, "Twee weken om een vergissing bij het onherkenbaar maken te herstellen."),
    ("inzage", "verwijder", 730, "Voorstel: twee jaar, om misbruik te kunnen nagaan."),
]


def add(apps, schema_editor):
    rule = apps.get_model("bewaring", "Bewaarregel")
    for soort, wat, na_dagen, grond in RULES:
        toestand = "niet_openbaar" if soort == "foto" else ""
        rule.objects.get_or_create(
            soort=soort, toestand=toestand, onderwerp="", wat=wat, defaults={"na_dagen": na_dagen, "grond": grond}
        )


def remove(apps, schema_editor):
    apps.get_model("bewaring", "Bewaarregel").objects.filter(soort__in=[row[0] for row in RULES]).delete()


class Migration(migrations.Migration):
    dependencies = [('meldingen', '0010_privacy'), ("bewaring", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]
