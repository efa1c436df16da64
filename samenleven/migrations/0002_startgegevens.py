"""The two trajects of the city, the five domains it chose, and the lists that conversations are sorted and counted by.

All of it is edited under Beheer afterwards. Sources: "Instrumenten lokaal woonbeleid Genk, 8. Leefbaarheid"
(Kenniscentrum Vlaamse Steden) for trajects, phases and domains; the city's own figures for the shares.
"""

from datetime import date

from django.db import migrations

DOMEINEN = [
    ("personeelsbeleid", "Divers personeelsbeleid", "Wie bij de stad en andere werkgevers kan werken."),
    ("onderwijs", "Onderwijs", "Hoe kinderen, jongeren en volwassenen leren, en met wie."),
    ("dienstverlening", "Dienstverlening", "Hoe de stad en haar diensten iedereen helpen."),
    ("vrijetijdsaanbod", "Vrijetijdsaanbod", "Sport, cultuur en verenigingen voor iedereen."),
    ("samenleven", "Samenleven in de wijken", "Hoe buren elkaar ontmoeten en met elkaar omgaan."),
]
THEMAS = [
    ("Taal", None),
    ("Werk", "personeelsbeleid"),
    ("School", "onderwijs"),
    ("Ouders en opvoeding", "onderwijs"),
    ("Loket en informatie", "dienstverlening"),
    ("Verenigingen en sport", "vrijetijdsaanbod"),
    ("Feest en cultuur", "vrijetijdsaanbod"),
    ("Buren", "samenleven"),
    ("Pleinen en straten", "samenleven"),
    ("Vooroordelen", None),
    ("Jongeren", None),
    ("Ouder worden", None),
]
INWONERS = "Stad Genk, inwoners op 1 januari 2012"
HERKOMST = "Stad Genk, omstreeks 2012, afgerond"
KENMERKEN = [
    ("leeftijd", "leeftijd", "Hoe oud ben je?", [
        ("tot17", "jonger dan 18", None, ""),
        ("18-29", "18 tot 29", None, ""),
        ("30-49", "30 tot 49", None, ""),
        ("50-64", "50 tot 64", None, ""),
        ("65plus", "65 of ouder", None, ""),
    ]),
    ("gender", "gender", "Wat ben je?", [
        ("vrouw", "vrouw", "50.6", INWONERS),
        ("man", "man", "49.3", INWONERS),
        ("anders", "anders", None, ""),
    ]),
    ("taal", "taal thuis", "Welke taal spreek je thuis het meest?", [
        ("nl", "Nederlands", None, ""),
        ("tr", "Turks", None, ""),
        ("it", "Italiaans", None, ""),
        ("ar", "Arabisch of Berbers", None, ""),
        ("andere", "een andere taal", None, ""),
    ]),
    ("herkomst", "herkomst", "Waar ligt je herkomst, die van je ouders of grootouders?", [
        ("be", "België", "45.0", HERKOMST),
        ("tr", "Turkije", "16.9", HERKOMST),
        ("it", "Italië", "13.4", HERKOMST),
        ("ma", "Marokko", "5.0", HERKOMST),
        ("elders", "een ander land", "19.7", HERKOMST),
    ]),
    ("werk", "wat je doet", "Wat doe je overdag het meest?", [
        ("werkt", "werken", None, ""),
        ("zoekt", "werk zoeken", None, ""),
        ("studie", "leren of studeren", None, ""),
        ("thuis", "zorgen voor gezin of familie", None, ""),
        ("pensioen", "op pensioen", None, ""),
    ]),
]  # fmt: skip
TEKSTEN = [
    (
        "woorden",
        "Ik vind het goed dat de stad Genk mijn woorden gebruikt, zonder mijn naam, op deze site en in De Genksenaar. "
        "Ik mag dat op elk moment intrekken met de code op mijn strook. Dan verdwijnen mijn woorden.",
    ),
    (
        "beeld",
        "Ik vind het goed dat de stad Genk deze foto van mij toont op deze site en in haar drukwerk. "
        "Ik mag dat op elk moment intrekken. Dan verdwijnt de foto.",
    ),
]
TRAJECTEN = [
    {
        "naam": "De Genks",
        "slug": "de-genks",
        "ondertitel": "Genkenaren praten met elkaar over samenleven in hun stad.",
        "inleiding": "In De Genks praatten inwoners en stadsbestuur met elkaar. Vrijwilligers, de uitdagers, brachten "
        "mensen samen voor een goed gesprek. Telkens kwamen dezelfde vier vragen op tafel: hoe leven we vandaag "
        "samen, wat kan ik zelf doen, wat kunnen we als groep doen en wat kan het stadsbestuur doen?\n\n"
        "Wat ze vertelden, kwam in een krant: De Genksenaar. Daarna werkten vijf denktafels aan 28 aanbevelingen. "
        "Het project won in 2010 de Thuis in de Stad-prijs.",
        "van": date(2009, 1, 1),
        "tot": date(2012, 6, 30),
        "fasen": [
            ("Gesprekken", "43 uitdagers brachten mensen uit heel de stad samen.", (2009, 1, 1), (2010, 6, 30), 3200),
            (
                "De Genksenaar en nieuwe uitdagers",
                "De krant bundelde struikelblokken en sleutels. Een tweede groep uitdagers praatte verder.",
                (2010, 7, 1),
                (2011, 6, 30),
                None,
            ),
            (
                "Denktafels",
                "Vijf denktafels maakten van wat er gezegd was 28 aanbevelingen voor het stadsbestuur.",
                (2011, 7, 1),
                (2012, 6, 30),
                None,
            ),
        ],
    },
    {
        "naam": "100% Genks",
        "slug": "100-genks",
        "ondertitel": "Ontmoetingen, activiteiten en gesprekken tussen Genkenaren van verschillende herkomst.",
        "inleiding": "100% Genks is het vervolg op De Genks. Er komen meer ontmoetingen, activiteiten en gesprekken, "
        "samen met Genkenaren. Wie het goede voorbeeld geeft, noemen we een bruggenbouwer. "
        "Bruggenbouwers krijgen het label 100% Genks.",
        "van": date(2013, 1, 1),
        "tot": None,
        "fasen": [],
    },
]


def add(apps, schema_editor):
    def model(name):
        return apps.get_model("samenleven", name)

    domeinen = {
        code: model("Domein").objects.get_or_create(
            code=code, defaults={"naam": naam, "uitleg": uitleg, "volgorde": place}
        )[0]
        for place, (code, naam, uitleg) in enumerate(DOMEINEN, 1)
    }
    for place, (naam, code) in enumerate(THEMAS, 1):
        model("Thema").objects.get_or_create(naam=naam, defaults={"domein": domeinen.get(code), "volgorde": place})
    for place, (code, naam, vraag, groepen) in enumerate(KENMERKEN, 1):
        kenmerk, _new = model("Profielkenmerk").objects.get_or_create(
            code=code, defaults={"naam": naam, "vraag": vraag, "volgorde": place}
        )
        for spot, (groep, woord, aandeel, bron) in enumerate(groepen, 1):
            model("Profielgroep").objects.get_or_create(
                kenmerk=kenmerk,
                code=groep,
                defaults={"naam": woord, "aandeel": aandeel, "bron": bron, "volgorde": spot},
            )
    for waarvoor, tekst in TEKSTEN:
        model("Toestemmingstekst").objects.get_or_create(
            waarvoor=waarvoor, versie=1, defaults={"tekst": tekst, "sinds": date(2009, 1, 1)}
        )
    for row in TRAJECTEN:
        fields = {name: value for name, value in row.items() if name not in ("slug", "fasen")}
        traject, _new = model("Traject").objects.get_or_create(
            slug=row["slug"], defaults={**fields, "is_openbaar": True}
        )
        for nummer, (naam, wat, van, tot, doel) in enumerate(row["fasen"], 1):
            model("Fase").objects.get_or_create(
                traject=traject,
                nummer=nummer,
                defaults={
                    "naam": naam,
                    "beschrijving": wat,
                    "van": date(*van),
                    "tot": date(*tot),
                    "doel_personen": doel,
                },
            )


def remove(apps, schema_editor):
    """Take away what nothing else leans on; what is in use stays."""
    apps.get_model("samenleven", "Traject").objects.filter(
        slug__in=[row["slug"] for row in TRAJECTEN], uitdagers=None, gesprekken=None, edities=None, vormingen=None
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("samenleven", "0001_gesprekken")]

    operations = [migrations.RunPython(add, remove)]
