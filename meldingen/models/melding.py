"""A report."""

from __future__ import annotations

import secrets
import uuid
from datetime import date
from typing import TYPE_CHECKING, Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import BooleanField, Case, F, GeneratedField, Q, Value, When
from django.db.models.functions import Coalesce, Lower
from django.db.models.lookups import LessThan

from kern import historiek
from kern.geo.fields import Hoek, PuntField
from kern.koppelingen.models import Sleutel
from kern.ogc.models import gevolgd
from wijken.models import Team, Wijk
from wijken.queries import Bereik

from ..states import OPEN, Sluitreden, Status, pairs
from . import cijfers, kaartvak
from .categorie import Categorie, Prioriteit

if TYPE_CHECKING:
    from .melder import Melder

CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0/O, no 1/I
CODE_LENGTH = 10
# Released by staff, or sent by a program that publishes what it sends.
IN_OPEN311 = Q(openbaar=True) | Q(bron="open311")


def make_code() -> str:
    """A code that opens the follow page: 10 characters, 50 bits, easy to read aloud."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


NO_TERM = date(9999, 12, 31)
TERM = Coalesce("volgende_termijn", Value(NO_TERM))
"""What lists sort by: the first term that still runs, and what has none last."""


def without_index(*conditions: Q, **condition: Any) -> Case:
    """A condition that no index is used for: the database asks it of each row that it meets."""
    return Case(When(*conditions, **condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _has_sub_tasks(prefix: str = "") -> Q:
    """Said in so many words, because only then the database may use its small index of those reports."""
    return ~Q(**{f"{prefix}deeltaakteams": []})


def with_sub_tasks_of(reach: Bereik, prefix: str = "") -> Q:
    """Reports that a team of this person has a sub-task of."""
    return _has_sub_tasks(prefix) & Q(**{f"{prefix}deeltaakteams__overlap": sorted(reach.team_ids)})


def visible_where(user: Any, reach: Bereik, prefix: str = "") -> Q | None:
    """What this member of staff may see, as a condition on reports; None for nothing, an empty one for everything.

    `prefix` leads to the report from what belongs to it (“melding__”): a join, so that a list of few things need not
    begin with all reports that may be seen.
    """
    from kern.gebruikers.models import Rol

    if not user.is_active or not user.rollen:
        return None
    if user.has_role(Rol.BEHEERDER):
        return Q()

    own = Q(**{f"{prefix}behandelaar__in": reach.gebruiker_ids})
    return own | kaartvak.of_team_or_wijk(user, reach, prefix, near=with_sub_tasks_of(reach, prefix))


class MeldingQuerySet(models.QuerySet["Melding"]):
    def open(self) -> MeldingQuerySet:
        return self.exclude(status=Status.AFGESLOTEN)

    def late(self, on: date) -> MeldingQuerySet:
        """Open reports whose next term was before this day; while waiting for the resident no term runs."""
        # As the index `melding_by_term` has it: it begins with what is most late.
        return self.open().filter(LessThan(TERM, on))

    def without_owner(self) -> MeldingQuerySet:
        """Open reports that no person has taken up, whatever their team."""
        return self.open().filter(behandelaar__isnull=True)

    def public(self) -> MeldingQuerySet:
        """Released by staff, and never of a sensitive category."""
        return self.filter(openbaar=True, categorie__is_gevoelig=False)

    def in_open311(self) -> MeldingQuerySet:
        """What everybody may see through Open311: never a sensitive category."""
        return self.filter(IN_OPEN311, categorie__is_gevoelig=False)

    def visible_to(self, user: Any, reach: Bereik, *, by_index: bool = True) -> MeldingQuerySet:
        """What this member of staff may see; the twin of `rules.may_see`. Without an index for who begins elsewhere.

        Sensitive reports: the handler, the team's members and administrators only. A team with a sub-task sees the
        report, but of a sensitive one the sub-task alone.
        """
        where = visible_where(user, reach)
        if where is None:
            return self.none()
        return self.filter(where if by_index or not where else without_index(where))


@gevolgd
@historiek.track(
    exclude=[
        # What a resident wrote, and where a resident lives.
        "code",
        "inzending",
        "omschrijving",
        "plaats",
        "adres",
        "plaats_in_woorden",
        "openbare_tekst",
        "zoek",
        # Never changes.
        "via",
        # Follows from the rest.
        "versie",
        "volgende_termijn",
        "aantal_volgers",
        "keren_heropend",
        "keren_verzet",
        "keren_gebroken",
        # What a resident thinks of it.
        "tevreden",
        "beoordeeld_op",
        "deeltaakteams",
        "deeltaken_open",
        "deeltaken_aantal",
    ]
)
class Melding(models.Model):
    """What a resident reports. Contact data stand apart, in `Melder`."""

    class Bron(models.TextChoices):
        FORMULIER = "formulier", "formulier op de site"
        TELEFOON = "telefoon", "telefoon"
        BALIE = "balie", "balie"
        STRAAT = "straat", "op straat"
        BIJEENKOMST = "bijeenkomst", "bijeenkomst"
        MAIL = "mail", "e-mail"
        OPEN311 = "open311", "Open311"
        API = "api", "API"

    code = models.CharField("volgcode", max_length=CODE_LENGTH, unique=True, default=make_code, editable=False)
    inzending = models.UUIDField(
        "inzending", unique=True, default=uuid.uuid4, editable=False, help_text="Van één formulier komt één melding."
    )
    bron = models.CharField("bron", max_length=12, choices=Bron, default=Bron.FORMULIER)
    via = models.ForeignKey(
        Sleutel,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="gestuurd door",
        help_text="Het programma dat deze melding stuurde; leeg als iemand ze zelf invulde.",
    )
    taal = models.CharField("taal van de melder", max_length=2, choices=settings.LANGUAGES, default="nl")
    categorie = models.ForeignKey(Categorie, models.PROTECT, related_name="meldingen", verbose_name="categorie")
    omschrijving = models.TextField("omschrijving", max_length=4000)
    let_op_gegevens = models.BooleanField(
        "bevat misschien persoonsgegevens",
        default=False,
        help_text="In de tekst lijkt een nummer, adres of nummerplaat te staan.",
    )

    plaats = PuntField("plaats", null=True, blank=True)
    adres = models.CharField("adres", max_length=200, blank=True)
    plaats_in_woorden = models.CharField("plaats in woorden", max_length=300, blank=True)
    wijk = models.ForeignKey(
        Wijk, models.SET_NULL, null=True, blank=True, related_name="meldingen", verbose_name="wijk"
    )

    status = models.CharField("status", max_length=20, choices=Status, default=Status.NIEUW)
    sluitreden = models.CharField("reden van afsluiten", max_length=20, choices=Sluitreden, blank=True)
    prioriteit = models.CharField("prioriteit", max_length=10, choices=Prioriteit, default=Prioriteit.NORMAAL)
    team = models.ForeignKey(
        Team, models.SET_NULL, null=True, blank=True, related_name="meldingen", verbose_name="team"
    )
    behandelaar = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="meldingen",
        verbose_name="behandelaar",
    )
    is_met_hand_toegewezen = models.BooleanField(
        "met de hand toegewezen", default=False, help_text="Dan verandert geen routeregel nog wie ze behandelt."
    )
    route = models.ForeignKey(
        "meldingen.Routeregel",
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="meldingen",
        verbose_name="routeregel",
        help_text="De regel die de melding gaf aan wie ze nu heeft; leeg als de categorie dat deed, of een mens.",
    )
    keren_doorgestuurd = models.PositiveSmallIntegerField("keren doorgestuurd", default=0)

    ontvangen_op = models.DateTimeField("ontvangen op")
    gewijzigd_op = models.DateTimeField("laatst gewijzigd op", auto_now=True)
    gereageerd_op = models.DateTimeField("eerste reactie op", null=True, blank=True)
    reactie_beloofd = models.DateField("eerste belofte: reactie")
    reactie_uiterlijk = models.DateField("reactie uiterlijk")
    oplossing_beloofd = models.DateField("eerste belofte: oplossing")
    oplossing_uiterlijk = models.DateField("oplossing uiterlijk")
    volgende_termijn = models.DateField(
        "volgende termijn", null=True, blank=True, help_text="De eerste klok die nog loopt; leeg als er geen loopt."
    )
    gepland_op = models.DateField("gepland op", null=True, blank=True)
    afgesloten_op = models.DateTimeField("afgesloten op", null=True, blank=True)
    keren_heropend = models.PositiveSmallIntegerField("keren heropend", default=0)
    keren_verzet = models.PositiveSmallIntegerField("keren verzet", default=0, help_text="Belofte op tijd verzet.")
    keren_gebroken = models.PositiveSmallIntegerField(
        "keren gebroken", default=0, help_text="De beloofde dag ging voorbij; daarna kwam er een nieuwe datum."
    )
    tevreden = models.BooleanField("tevreden", null=True, blank=True, help_text="Het laatste antwoord in de enquête.")
    beoordeeld_op = models.DateTimeField("beoordeeld op", null=True, blank=True)

    hoofdmelding = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="samengevoegd",
        verbose_name="hoofdmelding",
        help_text="De melding waarmee deze is samengevoegd.",
    )

    openbaar = models.BooleanField("openbaar", default=False)
    openbare_tekst = models.TextField(
        "openbare tekst", blank=True, help_text="Wat iedereen mag lezen, zonder persoonsgegevens."
    )
    aantal_volgers = models.PositiveIntegerField("aantal volgers", default=0)
    versie = models.PositiveIntegerField("versie", default=1)
    # The database keeps these three from the sub-tasks themselves: see the triggers here and of `Deeltaak`.
    deeltaakteams = ArrayField(
        models.BigIntegerField(), default=list, editable=False, verbose_name="teams met een deeltaak"
    )
    deeltaken_open = models.IntegerField("open deeltaken", default=0, editable=False)
    deeltaken_aantal = models.IntegerField("deeltaken", default=0, editable=False)
    geanonimiseerd_op = models.DateTimeField("anoniem gemaakt op", null=True, blank=True, editable=False)

    zoek = GeneratedField(
        expression=SearchVector("omschrijving", "adres", "plaats_in_woorden", config="dutch"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = MeldingQuerySet.as_manager()

    # What the step at hand changes, while a member of staff takes it: see `actions/spoor.py`.
    spoor: Any = None

    class Meta:
        verbose_name = "melding"
        verbose_name_plural = "meldingen"
        ordering = ["-ontvangen_op", "-pk"]
        indexes = [
            GistIndex(fields=["plaats"], name="melding_plaats_gist"),
            GistIndex(fields=["plaats"], name="melding_plaats_open", condition=~Q(status=Status.AFGESLOTEN)),
            # What is near and recent: see `queries.dubbels`.
            models.Index(Hoek("plaats"), "ontvangen_op", name="melding_corner_recent"),
            GinIndex(fields=["zoek"], name="melding_zoek_gin"),
            GinIndex(fields=["deeltaakteams"], name="melding_subtask_teams", condition=_has_sub_tasks()),
            GinIndex(SearchVector("adres", "plaats_in_woorden", config="simple"), name="melding_address_words"),
            models.Index(
                fields=["team", "volgende_termijn"], name="melding_team_open", condition=~Q(status=Status.AFGESLOTEN)
            ),
            models.Index(
                fields=["wijk", "volgende_termijn"], name="melding_wijk_open", condition=~Q(status=Status.AFGESLOTEN)
            ),
            models.Index(
                fields=["behandelaar", "volgende_termijn"],
                name="melding_person_open",
                condition=~Q(status=Status.AFGESLOTEN),
            ),
            models.Index(fields=["route", "-ontvangen_op"], name="melding_route", condition=Q(route__isnull=False)),
            models.Index(fields=["volgende_termijn"], name="melding_term_open", condition=~Q(status=Status.AFGESLOTEN)),
            models.Index(TERM, "id", name="melding_by_term"),
            models.Index(fields=["-ontvangen_op", "-id"], name="melding_newest"),
            models.Index(fields=["-afgesloten_op"], name="melding_closed", condition=Q(status=Status.AFGESLOTEN)),
            models.Index(fields=["wijk", "-ontvangen_op", "-id"], name="melding_public", condition=Q(openbaar=True)),
            models.Index(
                fields=["afgesloten_op"],
                name="melding_with_words",
                condition=Q(status=Status.AFGESLOTEN, geanonimiseerd_op__isnull=True),
            ),
            models.Index(Lower("adres"), F("ontvangen_op").desc(), name="melding_address", condition=~Q(adres="")),
            # `in_open311` in its own words, for the list and for one service of it.
            models.Index(fields=["-ontvangen_op", "-id"], name="melding_open311", condition=IN_OPEN311),
            models.Index(
                fields=["categorie", "-ontvangen_op", "-id"], name="melding_open311_service", condition=IN_OPEN311
            ),
            models.Index(
                fields=["wijk", "team", "categorie"],
                name="melding_open_figures",
                include=["ontvangen_op", "oplossing_uiterlijk", "volgende_termijn", "keren_gebroken", "status"],
                condition=~Q(status=Status.AFGESLOTEN),
            ),
            models.Index(fields=["-beoordeeld_op"], name="melding_judged", condition=Q(beoordeeld_op__isnull=False)),
            models.Index(
                fields=["-ontvangen_op", "-id"],
                name="melding_public_open",
                condition=Q(openbaar=True) & ~Q(status=Status.AFGESLOTEN),
            ),
            models.Index(
                fields=["-afgesloten_op"],
                name="melding_public_solved",
                condition=Q(openbaar=True, status=Status.AFGESLOTEN, sluitreden=Sluitreden.OPGELOST),
            ),
            # What staff filter by: where it is rare, the list and the map start from it.
            models.Index(fields=["prioriteit"], name="melding_priority"),
            models.Index(fields=["bron"], name="melding_source"),
            models.Index(fields=["sluitreden"], name="melding_reason"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=Status.AFGESLOTEN, afgesloten_op__isnull=False) & ~Q(sluitreden="")
                | ~Q(status=Status.AFGESLOTEN) & Q(afgesloten_op__isnull=True, sluitreden=""),
                name="melding_closed_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.INGEPLAND) | Q(gepland_op__isnull=False), name="melding_planned_has_date"
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="melding_known_status"),
            models.CheckConstraint(condition=Q(sluitreden__in=["", *Sluitreden.values]), name="melding_known_reason"),
            models.CheckConstraint(condition=Q(prioriteit__in=Prioriteit.values), name="melding_known_priority"),
            models.CheckConstraint(
                condition=Q(plaats__isnull=False) | ~Q(adres="") | ~Q(plaats_in_woorden=""), name="melding_has_a_place"
            ),
            models.CheckConstraint(
                condition=Q(hoofdmelding__isnull=True) | Q(status=Status.AFGESLOTEN, sluitreden=Sluitreden.DUBBEL),
                name="melding_merged_is_closed",
            ),
            models.CheckConstraint(
                condition=Q(hoofdmelding__isnull=True) | ~Q(hoofdmelding=F("id")), name="melding_not_its_own_main"
            ),
            models.CheckConstraint(
                condition=Q(tevreden__isnull=True, beoordeeld_op__isnull=True)
                | Q(tevreden__isnull=False, beoordeeld_op__isnull=False),
                name="melding_judged_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.AFGESLOTEN) | Q(deeltaken_open=0), name="melding_closed_has_no_open_subtask"
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="melding_steps", field="status", transitions=pairs()),
            *cijfers.triggers(),
            *kaartvak.triggers(),
            # One level deep, so that there is no cycle: a main report is never merged itself. The lock keeps it so
            # while another transaction is busy with that report.
            pgtrigger.Trigger(
                name="melding_main_is_not_merged",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__hoofdmelding__isnull=False),
                func=pgtrigger.Func(
                    """
                    PERFORM 1 FROM {meta.db_table} WHERE id = NEW.hoofdmelding_id FOR SHARE;
                    IF EXISTS (
                        SELECT 1 FROM {meta.db_table}
                        WHERE (id = NEW.hoofdmelding_id AND hoofdmelding_id IS NOT NULL) OR hoofdmelding_id = NEW.id
                    ) THEN
                        RAISE EXCEPTION 'report % cannot be merged into %: one of them is main or merged already',
                            NEW.id, NEW.hoofdmelding_id USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN NEW;
                    """
                ),
            ),
            # Whoever writes these columns, with whatever value, gets what the sub-tasks say.
            pgtrigger.Trigger(
                name="melding_subtasks",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("deeltaakteams", "deeltaken_open", "deeltaken_aantal"),
                func="""
                    SELECT COALESCE(array_agg(DISTINCT team_id) FILTER (WHERE status <> 'vervallen'), '{}'),
                           COUNT(*) FILTER (WHERE status IN ('open', 'bezig')),
                           COUNT(*)
                    INTO NEW.deeltaakteams, NEW.deeltaken_open, NEW.deeltaken_aantal
                    FROM meldingen_deeltaak WHERE melding_id = NEW.id;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"melding {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def melder_of_niemand(self) -> Melder:
        """Who reported; an empty reporter when nothing is known."""
        from .melder import Melder

        try:
            return self.melder
        except Melder.DoesNotExist:
            return Melder(melding=self)

    def is_late(self, on: date) -> bool:
        return self.is_open and self.volgende_termijn is not None and self.volgende_termijn < on
