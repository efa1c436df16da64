"""Reports as map layers: the released ones for everybody, as on the public map; all that they may see for staff."""

from __future__ import annotations

from django.db.models import Case, Value, When

from kern.ogc.registry import GEEN_HERGEBRUIK, Beller, Collectie, Eigenschap, register
from kern.ogc.vormen import Plaats, Soort
from wijken.models import Wijk
from wijken.queries import reach

from .models import Categorie, Melding
from .models.categorie import Prioriteit
from .models.melding import MeldingQuerySet
from .publiek import PLACE_DECIMALS
from .queries.public import shown
from .states import Sluitreden, Status

# What the public reads of a status: no word about which team has it, or that nobody has it yet.
STATES = (
    ("ontvangen", "ontvangen"),
    ("in_behandeling", "een team werkt eraan"),
    ("ingepland", "er is een dag gepland"),
    ("wacht_op_melder", "we vroegen de melder iets"),
    ("bij_partner", "een andere organisatie werkt eraan"),
    ("heropend", "weer open"),
    ("opgelost", "opgelost"),
)
_PUBLIC_STATUS = Case(
    When(status__in=[Status.NIEUW, Status.TOEGEWEZEN], then=Value("ontvangen")),
    # Of what was closed only what was solved is shown at all.
    When(status=Status.AFGESLOTEN, then=Value("opgelost")),
    default="status",
)
_SUBJECT = Case(When(categorie__is_onbekend=True, then=Value("Andere melding")), default="categorie__naam")


def _public(beller: Beller) -> MeldingQuerySet:
    """What the public map shows on this day; for staff too, for this is the public layer."""
    return shown(beller.op)


def _of_staff(beller: Beller) -> MeldingQuerySet:
    if beller.gebruiker is None:
        return Melding.objects.none()
    return Melding.objects.visible_to(beller.gebruiker, reach(beller.gebruiker, beller.op))


OPENBAAR = Collectie(
    id="meldingen",
    titel="Openbare meldingen",
    omschrijving=(
        "Wat bewoners meldden en wat de stad openbaar maakte: wat loopt, en wat de laatste vier weken opgelost is. "
        "De plaats is afgerond tot op een tiental meter; wie meldde, staat er niet bij."
    ),
    model=Melding,
    rijen=_public,
    geometrie=Plaats(decimalen=PLACE_DECIMALS),
    opschrift="categorie",
    tijd="ontvangen_op",
    volgorde=20,
    tabellen=(Melding, Categorie, Wijk),
    eigenschappen=(
        Eigenschap("nummer", Soort.GEHEEL, "Nummer", bron="pk", filterbaar=True),
        Eigenschap("categorie", Soort.TEKST, "Waarover het gaat", bron=_SUBJECT, filterbaar=True),
        Eigenschap("groep", Soort.TEKST, "Hoofdcategorie", bron="categorie__hoofdcategorie__naam", filterbaar=True),
        Eigenschap("status", Soort.TEKST, "Status", bron=_PUBLIC_STATUS, keuzes=STATES, filterbaar=True),
        Eigenschap("wijk", Soort.TEKST, "Wijk", bron="wijk__naam", filterbaar=True),
        Eigenschap(
            "tekst", Soort.TEKST, "Tekst", "Wat de stad erbij schreef, zonder persoonsgegevens.", bron="openbare_tekst"
        ),
        Eigenschap("ontvangen_op", Soort.MOMENT, "Ontvangen op"),
        Eigenschap("afgesloten_op", Soort.MOMENT, "Opgelost op"),
        Eigenschap("gepland_op", Soort.DAG, "Gepland op", filterbaar=True),
        Eigenschap("aantal_volgers", Soort.GEHEEL, "Hoeveel mensen volgen", filterbaar=True),
    ),
)

WERK = Collectie(
    id="meldingen-werk",
    titel="Meldingen voor het werk",
    omschrijving=(
        "De meldingen die jij in het portaal ook ziet, met hun juiste plaats. Zonder wat de melder schreef en zonder "
        "wie het was: dat staat alleen in het portaal."
    ),
    model=Melding,
    rijen=_of_staff,
    geometrie=Plaats(),
    opschrift="categorie",
    tijd="ontvangen_op",
    voor_staf=True,
    licentie=GEEN_HERGEBRUIK,
    volgorde=80,
    tabellen=(Melding, Categorie, Wijk),
    eigenschappen=(
        Eigenschap("nummer", Soort.GEHEEL, "Nummer", bron="pk", filterbaar=True),
        Eigenschap("categorie", Soort.TEKST, "Categorie", bron="categorie__naam", filterbaar=True),
        Eigenschap("groep", Soort.TEKST, "Hoofdcategorie", bron="categorie__hoofdcategorie__naam", filterbaar=True),
        Eigenschap("status", Soort.TEKST, "Status", keuzes=tuple(Status.choices), filterbaar=True),
        Eigenschap("sluitreden", Soort.TEKST, "Reden van afsluiten", keuzes=(("", "loopt"), *Sluitreden.choices)),
        Eigenschap("prioriteit", Soort.TEKST, "Prioriteit", keuzes=tuple(Prioriteit.choices), filterbaar=True),
        Eigenschap("bron", Soort.TEKST, "Bron", keuzes=tuple(Melding.Bron.choices), filterbaar=True),
        Eigenschap("team", Soort.TEKST, "Team", bron="team__naam", filterbaar=True),
        Eigenschap("wijk", Soort.TEKST, "Wijk", bron="wijk__naam", filterbaar=True),
        Eigenschap("adres", Soort.TEKST, "Adres", filterbaar=True),
        Eigenschap("openbaar", Soort.JANEE, "Openbaar", filterbaar=True),
        Eigenschap("ontvangen_op", Soort.MOMENT, "Ontvangen op"),
        Eigenschap("gepland_op", Soort.DAG, "Gepland op", filterbaar=True),
        Eigenschap("oplossing_uiterlijk", Soort.DAG, "Oplossing uiterlijk", filterbaar=True),
        Eigenschap("afgesloten_op", Soort.MOMENT, "Afgesloten op"),
    ),
)


def register_all() -> None:
    """Make them known; called once, when the app is ready."""
    register(OPENBAAR)
    register(WERK)
