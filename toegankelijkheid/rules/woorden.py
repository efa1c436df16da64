"""The closed lists of the screening, with the words people read."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Onderwerp(TextChoices):
    """What is screened: the six subjects of the method, with ramp and stairs apart."""

    LOOPROUTE = "looproute", _("looproute")
    OVERSTEEKPLAATS = "oversteekplaats", _("oversteekplaats")
    HELLINGSBAAN = "hellingsbaan", _("hellingsbaan")
    BUITENTRAP = "buitentrap", _("buitentrap")
    HALTE = "halte", _("halte")
    PARKEERPLAATS = "parkeerplaats", _("aangepaste parkeerplaats")
    STRAATMEUBILAIR = "straatmeubilair", _("straatmeubilair")


class Dimensie(TextChoices):
    """DOD (doorgangen, oppervlak, drempels), with equipment and shares beside them."""

    DOORGANG = "doorgang", _("doorgang")
    OPPERVLAK = "oppervlak", _("oppervlak")
    DREMPEL = "drempel", _("drempel")
    UITRUSTING = "uitrusting", _("uitrusting")
    AANDEEL = "aandeel", _("aandeel")


class Kracht(TextChoices):
    """How strong a norm is: must, should, or only a good idea."""

    BEBOUWDE_KOM = "bindend-bebouwde-kom", _("verplicht in de bebouwde kom")
    GEBOUW = "bindend-gebouw", _("verplicht bij publieke gebouwen")
    RICHTLIJN = "richtlijn", _("richtlijn")
    AANBEVELING = "aanbeveling", _("aanbeveling")
    BUITENLAND = "buitenland", _("norm uit het buitenland")
    GEHEUGEN = "geheugen", _("uit ervaring, zonder bron")


class Zekerheid(TextChoices):
    """Whether the number was read in its source."""

    GELEZEN = "V", _("gelezen in de bron")
    GEHEUGEN = "M", _("uit het geheugen, nog na te kijken")


class Operator(TextChoices):
    """How a value is held against the limit."""

    MINSTENS = ">=", _("minstens")
    HOOGSTENS = "<=", _("hoogstens")
    MINDER_DAN = "<", _("minder dan")
    TUSSEN = "between", _("tussen")
    JA = "bool", _("ja")


class Meetwijze(TextChoices):
    """Where the value of a criterium comes from."""

    GETAL = "getal", "een getal"
    JA_NEE = "ja_nee", "ja of nee"
    BEREKEND = "berekend", "berekend uit andere metingen"


class Formule(TextChoices):
    """How a value is computed from what was measured; never asked from the surveyor."""

    TWEE_R_PLUS_T = "2R+T", "2 × optrede + aantrede"
    AANDEEL = "aandeel", "deel van het geheel, in procent"


class Context(TextChoices):
    """Where an object lies: some norms hold only there."""

    OPENBAAR = "openbaar", _("openbare weg")
    GEBOUW = "gebouw", _("toegang van een publiek gebouw")


class Oordeel(TextChoices):
    """What a measurement says. `NIET_GESCREEND` is about objects alone, and never means that there is no problem."""

    NIET_GESCREEND = "niet_gescreend", _("nog niet gescreend")
    VOLDOET = "voldoet", _("voldoet")
    AANDACHTSPUNT = "aandachtspunt", _("mag, maar onder de streefwaarde")
    VOLDOET_NIET = "voldoet_niet", _("voldoet niet")
    ONVOLLEDIG = "onvolledig", _("nog niet te beoordelen")
    NIET_MEETBAAR = "niet_meetbaar", _("niet te meten")
    GEEN_NORM = "geen_norm", _("geen norm op dit niveau")


class Ernst(IntegerChoices):
    """How bad a deviation is for who passes."""

    HINDER = 1, _("hinder")
    MOEILIJK = 2, _("moeilijk")
    ERNSTIG = 3, _("ernstig: alleen met hulp")
    ONMOGELIJK = 4, _("onmogelijk of gevaarlijk")


class Groep(TextChoices):
    """Who is hit."""

    ROLSTOEL = "rolstoel", _("rolstoelgebruikers")
    ROLLATOR = "rollator", _("mensen met een rollator")
    BLIND = "blind", _("blinde mensen")
    SLECHTZIEND = "slechtziend", _("slechtziende mensen")
    DOOF = "doof", _("dove en slechthorende mensen")
    VERSTANDELIJK = "verstandelijk", _("mensen met een verstandelijke beperking")
    KINDERWAGEN = "kinderwagen", _("mensen met een kinderwagen")
    OUDEREN = "ouderen", _("ouderen")


class Instrument(TextChoices):
    MEETLAT = "meetlat", "meetlat of rolmeter"
    WATERPAS = "waterpas", "digitale waterpas"
    LASER = "laser", "lasermeter"
    GNSS = "gnss", "gps-toestel"
    SCHATTING = "schatting", "schatting op het oog"


class Nauwkeurigheid(TextChoices):
    """Accuracy classes of the GRB (Digitaal Vlaanderen), by the standard deviation they promise."""

    A = "A", "A: 4 cm"
    B = "B", "B: 5 cm"
    C = "C", "C: 7 cm"
    D = "D", "D: 15 cm"
    E = "E", "E: 30 cm"
    F = "F", "F: zonder opgave"
    G = "G", "G: 50 cm"
    H = "H", "H: 100 cm"


class Wegbeheerder(TextChoices):
    STAD = "stad", _("stad Genk")
    AWV = "awv", _("Agentschap Wegen en Verkeer")
    DE_LIJN = "de_lijn", _("De Lijn")
    NMBS = "nmbs", _("NMBS of Infrabel")
    PRIVE = "prive", _("privé")
    ONBEKEND = "onbekend", _("nog niet bekend")


class Kant(TextChoices):
    """The side of a line, seen from its first point."""

    LINKS = "links", _("links")
    RECHTS = "rechts", _("rechts")
    BEIDE = "beide", _("beide kanten")


class Herkomst(TextChoices):
    """Where a quality level comes from."""

    HANDMATIG = "handmatig", _("met de hand gekozen")
    AFGELEID = "afgeleid", _("afgeleid uit de afstand tot een voorziening")
    ZONE = "zone", _("het niveau van de hele zone")
    CAMPAGNE = "campagne", _("het niveau van de campagne")
    STAD = "stad", _("buiten elke zone: het laagste niveau")


class Positiebron(TextChoices):
    KAART = "kaart", "op de kaart gezet"
    ADRES = "adres", "gezocht op adres"
    COORDINATEN = "coordinaten", "coördinaten getypt"
    GPS = "gps", "plaats van het toestel"
    IMPORT = "import", "ingelezen"


class Haalbaarheid(IntegerChoices):
    MOEILIJK = 1, "heel moeilijk"
    LASTIG = 2, "lastig"
    GOED = 3, "goed haalbaar"
    VLOT = 4, "vlot haalbaar"


# These ask for a reason.
HARD = frozenset({Haalbaarheid.MOEILIJK, Haalbaarheid.LASTIG})


class Haalbaarheidsreden(TextChoices):
    TECHNISCH = "technisch", "technisch"
    BUDGET = "budget", "budget"
    EIGENDOM = "eigendom", "eigendom"
    VERGUNNING = "vergunning", "vergunning"
    WEGENWERK = "wegenwerk", "gepland wegenwerk"
    WEGBEHEERDER = "wegbeheerder", "andere wegbeheerder"


class Eenheid(TextChoices):
    """By what a standard solution is priced."""

    STUK = "stuk", _("stuk")
    METER = "m", _("meter")
    VIERKANT = "m2", _("vierkante meter")
    GEHEEL = "geheel", _("geheel")


class Adviesantwoord(TextChoices):
    """What a service or partner answers to a recommendation."""

    OVERGENOMEN = "overgenomen", _("overgenomen")
    GEDEELTELIJK = "gedeeltelijk", _("gedeeltelijk overgenomen")
    NIET = "niet", _("niet overgenomen")


class Prioriteit(TextChoices):
    LAAG = "laag", "laag"
    MIDDEL = "middel", "middel"
    HOOG = "hoog", "hoog"


class Planning(TextChoices):
    """The terms of the source page: korte, middellange and lange termijn."""

    KT = "KT", _("korte termijn")
    MLT = "MLT", _("middellange termijn")
    LT = "LT", _("lange termijn")


class Fotomoment(TextChoices):
    VOOR = "voor", "voor het werk"
    NA = "na", "na het werk"


class Antwoord(TextChoices):
    """What a resident says of what was solved."""

    OPGELOST = "opgelost", _("het is opgelost")
    NIET = "niet", _("het is niet opgelost")


# Words that a surveyor can hang on a finding beside its theme.
TAGS = (
    "smal trottoir",
    "steil",
    "hoogteverschil",
    "scheuren",
    "hobbelig",
    "gras",
    "vuilnisbak",
    "paal",
    "boom",
    "verkeersbord",
    "nutskast",
    "terras",
    "reclamebord",
    "laadpaal",
    "deelstep",
    "geparkeerde auto",
    "geparkeerde fiets",
    "geen tactiele waarschuwing",
    "te weinig ruimte bovenaan",
    "verf vervaagd",
    "zeer lange oversteek",
    "knop te hoog",
    "slecht verlicht",
)
