"""The quality levels the city starts with, and the kinds of facilities that ask for more around them."""

from django.db import migrations

LEVELS = [
    ("basis", "Basis", 1, "Overal in de stad: wie met een rolstoel, een rollator of een stok op weg is, raakt er alleen door."),
    ("comfort", "Comfort", 2, "Rond winkels, haltes, scholen en zorg: er is ruimte om elkaar te kruisen en je vindt er vlot de weg."),
    ("plus", "Plus", 3, "Waar veel mensen met een beperking komen, zoals bij een woonzorgcentrum: het beste dat we kunnen maken."),
]
# The 50 m rule: within that distance of these facilities more is asked. Weight: how much a place near it matters.
KINDS = [
    ("woonzorgcentrum", "woonzorgcentrum", "plus", 4),
    ("dienstencentrum", "lokaal dienstencentrum", "plus", 4),
    ("ziekenhuis", "ziekenhuis", "plus", 4),
    ("assistentiewoningen", "assistentiewoningen", "comfort", 3),
    ("school", "school", "comfort", 3),
    ("station", "station", "comfort", 3),
    ("halte", "halte van het openbaar vervoer", "comfort", 2),
    ("winkel", "winkels", "comfort", 2),
    ("stadsdienst", "dienst van de stad", "comfort", 2),
    ("begraafplaats", "begraafplaats", "comfort", 2),
    ("parkeerplaats", "aangepaste parkeerplaats", "comfort", 1),
    ("ontmoeting", "ontmoetingsplaats", None, 1),
]


def make(apps, schema_editor):
    level = apps.get_model("toegankelijkheid", "Kwaliteitsniveau")
    kind = apps.get_model("toegankelijkheid", "Voorzieningsoort")
    levels = {}
    for code, naam, volgorde, uitleg in LEVELS:
        levels[code] = level.objects.get_or_create(
            code=code, defaults={"naam": naam, "volgorde": volgorde, "uitleg": uitleg}
        )[0]
    for code, naam, niveau, gewicht in KINDS:
        kind.objects.get_or_create(
            code=code, defaults={"naam": naam, "niveau": levels.get(niveau), "gewicht": gewicht, "afstand_m": 50}
        )


class Migration(migrations.Migration):
    dependencies = [("toegankelijkheid", "0001_initial")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
