"""The policy domains and the goals that the source page names; the city edits them in the admin."""

from django.db import migrations

DOMAINS = [
    ("wonen", "Wonen", "Wonen, huisvesting en de woonomgeving."),
    ("welzijn", "Welzijn", "Welzijn van bewoners, met het OCMW en de andere welzijnsactoren."),
    ("stadsprojecten", "Stadsprojecten", "Grote projecten in de stad die een wijk veranderen."),
]
GOALS = [
    ("fysieke-leefbaarheid", "Fysieke leefbaarheid", "Straten, pleinen, groen en gebouwen waar het goed leven is.", "programma"),
    ("sociale-leefbaarheid", "Sociale leefbaarheid", "Prettig samenleven: veilig, met respect en zonder overlast.", "programma"),
    ("sociale-cohesie", "Sociale cohesie", "Buren die elkaar kennen, ontmoeten en helpen.", "programma"),
    ("participatie", "Participatie", "Bewoners denken mee, beslissen mee en doen mee.", "programma"),
    (
        "talentontwikkeling",
        "Talentontwikkeling (brede leeromgeving)",
        "Kinderen en jongeren ontdekken wat ze kunnen: op school, thuis en in de wijk.",
        "ambitie",
    ),
    ("tewerkstelling", "Tewerkstelling", "Meer mensen uit de wijk aan het werk.", "ambitie"),
]


def load(apps, schema_editor):
    domain, goal = apps.get_model("wijken", "Beleidsdomein"), apps.get_model("wijken", "Doelstelling")
    for place, (code, naam, words) in enumerate(DOMAINS, 1):
        domain.objects.get_or_create(code=code, defaults={"naam": naam, "omschrijving": words, "volgorde": place * 10})
    for place, (code, naam, words, soort) in enumerate(GOALS, 1):
        fields = {"naam": naam, "omschrijving": words, "soort": soort, "volgorde": place * 10}
        goal.objects.get_or_create(code=code, defaults=fields)


class Migration(migrations.Migration):
    dependencies = [("wijken", "0006_programma")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
