"""What people say in the demo: all of it invented."""

from __future__ import annotations

from ..models import Signaal

S, K, E = Signaal.Soort.STRUIKELBLOK, Signaal.Soort.SLEUTEL, Signaal.Soort.EIGEN_ACTIE

SIGNALEN: dict[str, list[tuple[str, str]]] = {
    "Taal": [
        (S, "Wie nog Nederlands leert, durft op een vergadering niets zeggen."),
        (K, "Een praatgroep waar fouten maken mag, helpt meer dan nog een les."),
        (E, "We spreken elke dinsdag een uur Nederlands met twee nieuwe buren."),
    ],
    "Buren": [
        (S, "We zeggen goeiendag, maar weten niet hoe de buren heten."),
        (K, "Een bank voor de deur: je raakt vanzelf aan de praat."),
        (E, "Wij vegen samen de stoep, elke eerste zaterdag van de maand."),
    ],
    "School": [
        (S, "Ouders staan aan de poort in groepjes die niet met elkaar praten."),
        (K, "Een koffiekamer in de school maakt dat ouders binnenkomen."),
        (E, "Ik lees op woensdag voor in twee talen."),
    ],
    "Ouders en opvoeding": [
        (S, "Wie alleen een kind opvoedt, kent niemand om op terug te vallen."),
        (K, "Een oudere buur die op de kinderen let, is goud waard."),
    ],
    "Werk": [
        (S, "Met een buitenlandse naam hoor je vaak niets na een sollicitatie."),
        (K, "Een stage bij de stad opent andere deuren."),
        (E, "Ons bedrijf nodigt elk jaar een klas uit de wijk uit."),
    ],
    "Loket en informatie": [
        (S, "Brieven van de stad zijn moeilijk, ook voor wie hier geboren is."),
        (K, "Iemand aan het loket die rustig uitlegt, scheelt drie brieven."),
    ],
    "Verenigingen en sport": [
        (S, "Iedere groep heeft zijn eigen club, en die komen elkaar niet tegen."),
        (K, "Een gezamenlijk toernooi brengt clubs aan dezelfde tafel."),
        (E, "Onze club zet één avond per maand de deur open voor wie wil meedoen."),
    ],
    "Feest en cultuur": [
        (S, "Op het buurtfeest komen telkens dezelfde mensen."),
        (K, "Samen koken lukt altijd: iedereen heeft een recept."),
        (E, "Wij koken op het volgende feest in gemengde ploegen."),
    ],
    "Pleinen en straten": [
        (S, "Na vier uur is het plein van de jongeren en durft niemand anders er zitten."),
        (K, "Een plein met een kraan, schaduw en banken is van iedereen."),
        (E, "Wij planten samen de bloembakken en geven ze water."),
    ],
    "Vooroordelen": [
        (S, "Als er iets stuk is, weet iedereen meteen wie het was."),
        (K, "Wie één keer bij iemand thuis at, praat anders over die buurt."),
    ],
    "Jongeren": [
        (S, "Jongeren worden weggestuurd en niemand vraagt wat ze willen."),
        (K, "Geef jongeren de sleutel van het lokaal en ze zorgen ervoor."),
        (E, "Wij trainen op vrijdag de kleinsten van de straat."),
    ],
    "Ouder worden": [
        (S, "Wie slecht te been is, komt de winter door zonder bezoek."),
        (K, "Een belronde van buren kost niets en helpt veel."),
    ],
}
CITATEN: list[tuple[str, str]] = [
    ("Buren", "Sinds ik de naam van mijn buurvrouw ken, slaap ik beter."),
    ("Taal", "Mijn kleinzoon vertaalt. Maar ik wil zelf kunnen lachen om een mop."),
    ("Feest en cultuur", "Aan mijn tafel eet niemand voor het eerst. Je bent er al geweest of je komt terug."),
    ("Pleinen en straten", "Dat bankje heeft meer gedaan dan tien vergaderingen."),
    ("Jongeren", "Vraag ons iets vóór je een bord zet met wat niet mag."),
    ("School", "Aan de poort ben ik altijd de mama van. Ik heb ook een naam."),
    ("Werk", "Ik wil niet de uitzondering zijn die het gehaald heeft."),
    ("Vooroordelen", "Je kunt niet bang zijn van iemand die je soep brengt."),
    ("Ouder worden", "Ik heb hier in de mijn gewerkt. Nu ken ik de straat van achter het gordijn."),
    ("Verenigingen en sport", "Op het veld vraagt niemand waar je vandaan komt, wel of je kunt verdedigen."),
    ("Loket en informatie", "Die mevrouw legde het twee keer uit en zuchtte niet."),
    ("Ouders en opvoeding", "Als ik ziek ben, weet ik nu wie ik mag bellen."),
]
TITELS = [
    "Buren worden", "Samen op het plein", "Praten aan de schoolpoort", "Feest voor iedereen", "Werk vinden in Genk",
    "De club van ons", "Wie helpt wie", "Thuis in twee talen", "Jong in Genk", "Oud worden in je straat",
    "Aan tafel", "Wat deelt onze straat",
]  # fmt: skip
PLAATSEN = [
    "buurthuis",
    "school",
    "parochiezaal",
    "moskee",
    "sportkantine",
    "bij iemand thuis",
    "bibliotheek",
    "wijkcentrum",
]
VOORNAMEN = [
    "Anke", "Bart", "Cemile", "Davide", "Emine", "Fatima", "Greta", "Hakan", "Ilse", "Jamal", "Katrien", "Luca",
    "Malika", "Nico", "Oya", "Pietro",
]  # fmt: skip
VERHAAL = (
    "In een straat in het noorden van de stad begon het met een lekke fietsband. Een jongen vroeg de overbuur om "
    "een pomp, en die had er een. De week erna stonden er vier fietsen. Nu is er elke woensdag een herstelhoek op "
    "de oprit, met koffie en met thee. ‘We hebben nooit vergaderd,’ zegt de overbuur. ‘We hebben gewoon de poort "
    "laten openstaan.’\n\nDit verhaal is verzonnen voor de demo."
)
