"""The kinds of mail about reports; the default words of each stand in the text files of this folder."""

from pathlib import Path

from django.conf import settings

from kern.berichten.registry import register_folder

FACTS = {
    "nummer": "nummer van de melding",
    "categorie": "waarover het gaat",
    "plaats": "straat of plaats",
    "team": "team dat het doet",
    "link": "adres van de volgpagina",
}
STAFF = {
    **FACTS,
    "naam": "naam van de collega",
    "status": "status van de melding",
    "wat": "wat er gebeurde",
    "door": "wie het deed",
}
EXPLANATION = {"toelichting": "wat de behandelaar schreef"}
PARTNER = {"partner": "naam van de partner"}
TASK = {**FACTS, **PARTNER, "tegen": "dag waarop de opdracht klaar is", "link": "pagina om te antwoorden"}
SOLVED_BY = {"oplossing_datum": "datum waarop het opgelost hoort te zijn"}

SOORTEN = {
    "melding_ontvangen": (
        "Melding ontvangen",
        {
            **FACTS,
            **SOLVED_BY,
            "code": "volgcode",
            "omschrijving": "tekst van de melder",
            "reactie_datum": "datum van de eerste reactie",
        },
    ),
    "melding_gestart": ("Melding in behandeling", {**FACTS, **EXPLANATION, **SOLVED_BY}),
    "melding_gepland": ("Melding gepland", {**FACTS, **EXPLANATION, "gepland_op": "dag van de uitvoering"}),
    "melding_vraag": (
        "Vraag aan de melder",
        {**FACTS, "vraag": "vraag van de behandelaar", "antwoord_tot": "dag tot wanneer we wachten"},
    ),
    "melding_vraag_herinnering": (
        "Herinnering aan de vraag",
        {**FACTS, "vraag": "vraag van de behandelaar", "antwoord_tot": "dag tot wanneer we wachten"},
    ),
    "melding_belofte": ("Nieuwe datum", {**FACTS, **SOLVED_BY, "reden": "reden van de nieuwe datum"}),
    "melding_te_laat": (
        "Belofte gebroken: nieuwe datum",
        {**FACTS, **SOLVED_BY, "beloofd": "datum die we beloofden"},
    ),
    "melding_enquete": (
        "Hoe ging het?",
        {
            **FACTS,
            "ja_link": "adres voor wie tevreden is",
            "nee_link": "adres voor wie niet tevreden is",
            "antwoord_tot": "dag tot wanneer je kan antwoorden",
        },
    ),
    "melding_gesloten_opgelost": ("Afgesloten: opgelost", {**FACTS, **EXPLANATION}),
    "melding_gesloten_dubbel": ("Afgesloten: dubbel", {**FACTS, **EXPLANATION}),
    "melding_gesloten_niet_gevonden": ("Afgesloten: niet gevonden", {**FACTS, **EXPLANATION}),
    "melding_gesloten_niet_bevoegd": ("Afgesloten: niet bevoegd", {**FACTS, **EXPLANATION}),
    "melding_gesloten_niet_uitgevoerd": ("Afgesloten: niet uitgevoerd", {**FACTS, **EXPLANATION}),
    "melding_gesloten_ingetrokken": ("Afgesloten: ingetrokken", {**FACTS, **EXPLANATION}),
    "melding_samengevoegd": (
        "Samengevoegd met een andere melding",
        {**FACTS, **EXPLANATION, **SOLVED_BY, "anders_link": "adres om te zeggen dat het iets anders is"},
    ),
    "melding_heropend": ("Melding heropend", {**FACTS, **EXPLANATION, **SOLVED_BY}),
    "melding_gevolgd": (
        "Iemand volgt een melding",
        {**FACTS, **SOLVED_BY, "stop_link": "adres om te stoppen met volgen"},
    ),
    "melding_doorgegeven": (
        "Doorgegeven aan een partner",
        {**FACTS, **EXPLANATION, **PARTNER, "partner_tegen": "dag waarop we een antwoord vragen"},
    ),
    "melding_partner_gepland": (
        "Gepland door een partner",
        {**FACTS, **PARTNER, "gepland_op": "dag van de uitvoering"},
    ),
    "partner_opdracht": ("Partner: nieuwe opdracht", {**TASK, "opdracht": "tekst van de stad voor de partner"}),
    "partner_herinnering": ("Partner: de termijn komt eraan", TASK),
    "partner_te_laat": ("Partner: de termijn is voorbij", TASK),
    "partner_teruggenomen": ("Partner: opdracht teruggenomen", {**TASK, "reden": "reden van de stad"}),
    "staf_partner": ("Collega: nieuws van een partner", {**STAFF, **PARTNER}),
    "staf_deeltaak": (
        "Collega: deeltaak gekregen",
        {
            **STAFF,
            "deeltaak": "wat er te doen is",
            "uitleg": "uitleg bij de deeltaak",
            "tegen": "dag waarop ze klaar is",
        },
    ),
    "staf_deeltaken_klaar": ("Collega: alle deeltaken zijn rond", STAFF),
    "mijn_meldingen": ("Link naar al je meldingen", {"link": "adres van de lijst"}),
    "staf_toegewezen": ("Collega: melding toegewezen", STAFF),
    "staf_toegewezen_bulk": (
        "Collega: veel meldingen tegelijk toegewezen",
        {
            "naam": "naam van de collega",
            "aantal": "hoeveel meldingen",
            "door": "wie ze toewees",
            "meldingen": "de eerste meldingen, elk op een regel",
            "link": "adres van de lijst",
        },
    ),
    "staf_genoemd": ("Collega: genoemd in een notitie", STAFF),
    "staf_melder_schreef": ("Collega: nieuws van de melder", STAFF),
    "staf_uitvoer": (
        "Collega: een lijst staat klaar als bestand",
        {
            "naam": "naam van de collega",
            "wat": "welke lijst, in woorden",
            "aantal": "hoeveel meldingen erin staan",
            "bewaard_tot": "dag tot wanneer het bestand er staat",
            "link": "adres om het op te halen",
        },
    ),
}

# What the preview of a text is filled with.
VOORBEELDEN = {
    "nummer": "1234",
    "code": "K7M2PQ",
    "categorie": "Put in het wegdek",
    "plaats": "Europalaan 12",
    "team": "Buurtwerkplaats",
    "omschrijving": "Er is een diepe put naast het fietspad.",
    "toelichting": "We hebben de put gevuld.",
    "vraag": "Aan welke kant van de weg is de put?",
    "reden": "Er is te veel regen voorspeld.",
    "reactie_datum": "vrijdag 24 juli",
    "oplossing_datum": "donderdag 6 augustus",
    "gepland_op": "maandag 3 augustus",
    "beloofd": "woensdag 29 juli",
    "antwoord_tot": "donderdag 30 juli",
    "aantal": "12",
    "meldingen": "1234 · Put in het wegdek\n1240 · Zwerfvuil",
    "naam": "An Peeters",
    "door": "Bert Claes",
    "status": "in behandeling",
    "wat": "Toegewezen aan jou",
    "link": f"{settings.PORTAL_URL}/",
    "bewaard_tot": "zaterdag 22 augustus 2026",
    "partner": "De Lijn",
    "partner_tegen": "maandag 10 augustus",
    "tegen": "maandag 10 augustus",
    "opdracht": "Het glas van het wachthuisje is stuk. Wil je het vervangen?",
    "deeltaak": "Zet een hek rond de put",
    "uitleg": "Het hek staat in de loods.",
    "stop_link": f"{settings.PORTAL_URL}/",
    "anders_link": f"{settings.PORTAL_URL}/",
    "ja_link": f"{settings.PORTAL_URL}/",
    "nee_link": f"{settings.PORTAL_URL}/",
}


def register() -> None:
    """Make the kinds known to the outbox; called once, when the app is ready."""
    register_folder(Path(__file__).parent, SOORTEN, VOORBEELDEN)
