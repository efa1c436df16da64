"""What can be reported, what is asked then, within which term it is solved, and what is not for the city."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, URLValidator
from django.db import models
from django.db.models import F, Q

from kern import geheugen, historiek
from kern.ogc.models import gevolgd
from wijken.models import Team


class Prioriteit(models.TextChoices):
    """How much haste a report has."""

    HOOG = "hoog", "hoog"
    NORMAAL = "normaal", "normaal"
    LAAG = "laag", "laag"


@geheugen.bewaakt
@historiek.track()
class Stoppagina(models.Model):
    """Tells a resident that the city cannot handle this report, and who can."""

    class Soort(models.TextChoices):
        NOOD = "nood", "noodgeval"
        EXTERN = "extern", "voor een andere organisatie"

    code = models.SlugField("code", max_length=40, unique=True)
    soort = models.CharField("soort", max_length=10, choices=Soort)
    titel = models.CharField("titel", max_length=120)
    titel_fr = models.CharField("titel (Frans)", max_length=120, blank=True)
    titel_en = models.CharField("titel (Engels)", max_length=120, blank=True)
    tekst = models.TextField("tekst", help_text="Wat er aan de hand is en wat de bewoner nu kan doen.")
    tekst_fr = models.TextField("tekst (Frans)", blank=True)
    tekst_en = models.TextField("tekst (Engels)", blank=True)
    telefoon = models.CharField("telefoon", max_length=30, blank=True)
    website = models.CharField(
        "website", max_length=200, blank=True, validators=[URLValidator(["https"])], help_text="Begint met https://."
    )

    class Meta:
        verbose_name = "stoppagina"
        verbose_name_plural = "stoppagina's"
        ordering = ["titel"]

    def __str__(self) -> str:
        return self.titel


class CategorieQuerySet(models.QuerySet["Categorie"]):
    def active(self, on: date) -> CategorieQuerySet:
        """The categories that can be chosen on this day."""
        return self.filter(Q(geldig_van__isnull=True) | Q(geldig_van__lte=on)).filter(
            Q(geldig_tot__isnull=True) | Q(geldig_tot__gte=on)
        )

    def main(self) -> CategorieQuerySet:
        return self.filter(hoofdcategorie__isnull=True)

    def sub(self) -> CategorieQuerySet:
        """The categories that a report can have: those of the second level."""
        return self.filter(hoofdcategorie__isnull=False)


@gevolgd
@geheugen.bewaakt
@historiek.track()
class Categorie(models.Model):
    """A kind of report, on two levels: a main category groups the ones that can be chosen."""

    hoofdcategorie = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="subcategorieen",
        verbose_name="hoofdcategorie",
        help_text="Leeg voor een hoofdcategorie zelf.",
    )
    code = models.SlugField("code", max_length=40, unique=True)
    naam = models.CharField("naam", max_length=80)
    naam_fr = models.CharField("naam (Frans)", max_length=80, blank=True)
    naam_en = models.CharField("naam (Engels)", max_length=80, blank=True)
    uitleg = models.CharField("uitleg", max_length=200, blank=True, help_text="Eén regel onder de naam.")
    uitleg_fr = models.CharField("uitleg (Frans)", max_length=200, blank=True)
    uitleg_en = models.CharField("uitleg (Engels)", max_length=200, blank=True)
    synoniemen = models.TextField(
        "synoniemen", blank=True, help_text="Woorden waarmee bewoners dit zoeken, ook in andere talen; met komma's."
    )
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)
    geldig_van = models.DateField("geldig van", null=True, blank=True)
    geldig_tot = models.DateField(
        "geldig tot en met", null=True, blank=True, help_text="Sluit een categorie af in plaats van ze te wissen."
    )
    is_onbekend = models.BooleanField(
        "is “ik weet het niet”",
        default=False,
        help_text="De keuze voor wie geen categorie vindt; het meldpunt kiest later.",
    )
    is_gevoelig = models.BooleanField(
        "gevoelig",
        default=False,
        help_text="Komt nooit op de openbare kaart; alleen het team dat het behandelt ziet de melding.",
    )
    mailt_te_laat = models.BooleanField(
        "mailt als het te laat is",
        default=True,
        help_text="Breekt de belofte, dan krijgt de melder vanzelf een mail met een nieuwe datum.",
    )
    vraagt_tevredenheid = models.BooleanField(
        "vraagt hoe het ging",
        default=True,
        help_text="Enkele werkdagen nadat het opgelost is, krijgt de melder een korte enquête.",
    )
    teamsoort = models.CharField(
        "gaat naar",
        max_length=20,
        choices=Team.Soort,
        default=Team.Soort.WIJKMANAGEMENT,
        help_text="Het team van deze soort dat in de wijk werkt, krijgt de melding.",
    )
    team = models.ForeignKey(
        Team,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="altijd naar dit team",
        help_text="Gaat voor op de soort hierboven, in welke wijk het ook is.",
    )
    is_snelle_lijn = models.BooleanField(
        "snelle lijn",
        default=False,
        help_text="Gaat rechtstreeks naar de buurtwerkplaats of de buurttoezichters, die het op hun ronde oplossen. "
        "De melder krijgt dat zo te lezen.",
    )
    stoppagina = models.ForeignKey(
        Stoppagina,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="categorieen",
        verbose_name="stoppagina",
        help_text="Wie deze categorie kiest, krijgt deze pagina en kan niet verder.",
    )

    objects = CategorieQuerySet.as_manager()

    class Meta:
        verbose_name = "categorie"
        verbose_name_plural = "categorieën"
        ordering = ["volgorde", "naam"]
        constraints = [
            models.CheckConstraint(
                condition=Q(geldig_van__isnull=True) | Q(geldig_tot__isnull=True) | Q(geldig_tot__gte=F("geldig_van")),
                name="categorie_period",
            ),
            models.CheckConstraint(
                condition=Q(hoofdcategorie__isnull=True) | ~Q(hoofdcategorie=F("id")), name="categorie_not_its_own_main"
            ),
            models.CheckConstraint(
                condition=Q(is_snelle_lijn=False)
                | Q(teamsoort__in=[Team.Soort.BUURTTOEZICHT, Team.Soort.BUURTWERKPLAATS]),
                name="categorie_quick_lane_has_a_crew",
                violation_error_message="De snelle lijn gaat naar een buurtwerkplaats of naar buurttoezichters: "
                "kies een van die twee bij “gaat naar”.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    def clean(self) -> None:
        if self.hoofdcategorie and self.hoofdcategorie.hoofdcategorie_id:
            raise ValidationError({"hoofdcategorie": "Kies een hoofdcategorie: er zijn maar twee niveaus."})


@geheugen.bewaakt
@historiek.track()
class Vraag(models.Model):
    """An extra question for reports of a category, asked always or only after a certain answer."""

    class Soort(models.TextChoices):
        TEKST = "tekst", "tekst"
        GETAL = "getal", "getal"
        DATUM = "datum", "datum"
        KEUZE = "keuze", "keuze uit een lijst"
        JA_NEE = "ja_nee", "ja of nee"

    categorie = models.ForeignKey(Categorie, models.CASCADE, related_name="vragen", verbose_name="categorie")
    code = models.SlugField("code", max_length=40)
    tekst = models.CharField("vraag", max_length=200)
    tekst_fr = models.CharField("vraag (Frans)", max_length=200, blank=True)
    tekst_en = models.CharField("vraag (Engels)", max_length=200, blank=True)
    hulp = models.CharField("hulptekst", max_length=200, blank=True)
    hulp_fr = models.CharField("hulptekst (Frans)", max_length=200, blank=True)
    hulp_en = models.CharField("hulptekst (Engels)", max_length=200, blank=True)
    soort = models.CharField("soort antwoord", max_length=10, choices=Soort)
    keuzes = models.TextField(
        "keuzes", blank=True, help_text="Eén keuze per regel, met vertalingen zo: Nederlands | Frans | Engels."
    )
    is_verplicht = models.BooleanField("verplicht", default=False)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)
    alleen_als = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="gevolgvragen",
        verbose_name="alleen als deze vraag",
    )
    alleen_als_antwoord = models.CharField(
        "dit antwoord heeft",
        max_length=200,
        blank=True,
        help_text="Bij ja of nee: ja of nee. Bij een keuze: de Nederlandse tekst.",
    )
    stoppagina = models.ForeignKey(
        Stoppagina, models.PROTECT, null=True, blank=True, related_name="vragen", verbose_name="stoppagina"
    )
    stop_bij_antwoord = models.CharField(
        "stop bij dit antwoord",
        max_length=200,
        blank=True,
        help_text="Bij dit antwoord krijgt de bewoner de stoppagina.",
    )

    class Meta:
        verbose_name = "vraag"
        verbose_name_plural = "vragen"
        ordering = ["volgorde", "pk"]
        constraints = [models.UniqueConstraint(fields=["categorie", "code"], name="vraag_once_per_categorie")]

    def __str__(self) -> str:
        return self.tekst

    def clean(self) -> None:
        errors = {}
        if self.soort == self.Soort.KEUZE and not self.keuzes.strip():
            errors["keuzes"] = "Geef minstens één keuze, elk op een regel."
        if self.alleen_als and self.alleen_als.categorie_id != self.categorie_id:
            errors["alleen_als"] = "Kies een vraag van dezelfde categorie."
        if self.alleen_als and not self.alleen_als_antwoord:
            errors["alleen_als_antwoord"] = "Zeg bij welk antwoord deze vraag gesteld wordt."
        if errors:
            raise ValidationError(errors)


@geheugen.bewaakt
@historiek.track()
class Termijn(models.Model):
    """Within how many working days a report gets its first reaction and its solution.

    The day of receipt does not count. The most exact row wins: category and priority, category,
    its main category, priority alone, then the row without both.
    """

    categorie = models.ForeignKey(
        Categorie,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="termijnen",
        verbose_name="categorie",
        help_text="Leeg: geldt voor elke categorie zonder eigen termijn.",
    )
    prioriteit = models.CharField(
        "prioriteit", max_length=10, choices=Prioriteit, blank=True, help_text="Leeg: geldt voor elke prioriteit."
    )
    reactie_werkdagen = models.PositiveSmallIntegerField("eerste reactie binnen (werkdagen)", default=5)
    oplossing_werkdagen = models.PositiveSmallIntegerField(
        "opgelost binnen (werkdagen)", default=30, validators=[MinValueValidator(1)]
    )
    antwoord_werkdagen = models.PositiveSmallIntegerField(
        "wachten op een antwoord (werkdagen)",
        default=10,
        validators=[MinValueValidator(2)],
        help_text="Halverwege krijgt de melder een herinnering; daarna gaat de melding terug naar de behandelaar.",
    )

    class Meta:
        verbose_name = "termijn"
        verbose_name_plural = "termijnen"
        constraints = [
            models.UniqueConstraint(fields=["categorie", "prioriteit"], name="termijn_once", nulls_distinct=False),
            models.CheckConstraint(
                condition=Q(oplossing_werkdagen__gte=F("reactie_werkdagen")), name="termijn_solution_after_reaction"
            ),
        ]

    def __str__(self) -> str:
        wat = str(self.categorie) if self.categorie else "alle categorieën"
        return f"{wat}{', ' + self.get_prioriteit_display() if self.prioriteit else ''}"
