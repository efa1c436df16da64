"""The figures: how many reports came in and went out per month, wijk, team and category, kept by the database.

Triggers write what a change of a report adds to the figures and takes from them, in the transaction of the change. A
job folds those lines into the cells now and then. Whoever reads, reads cells and lines together (the two views at the
end): so the figures are those of this moment, and counting a year does not touch the reports themselves.
"""

from __future__ import annotations

import pgtrigger
from django.db import models

# What a report adds to the figures of a month; `meldingen_cijferdelen` in the migration says when.
MEASURES = ("binnen", "ooit_dicht", "heropend", "uit", "gehouden", "verzet", "gebroken", "beoordeeld", "tevreden")

_COLUMNS = ", ".join(MEASURES)
# What those depend on, in the order in which the function takes it.
ARGUMENTS = (
    "ontvangen_op", "afgesloten_op", "oplossing_uiterlijk", "keren_heropend", "keren_verzet", "keren_gebroken",
    "beoordeeld_op", "tevreden",
)  # fmt: skip


def parts_of(row: str) -> str:
    """The call that gives what the report in `row` adds."""
    return f"meldingen_cijferdelen({', '.join(f'{row}.{name}' for name in ARGUMENTS)})"


def _parts(row: str, sign: str) -> str:
    """What one version of the report adds, or (with a minus) what it no longer adds."""
    values = ", ".join(f"{sign}d.{name} AS {name}" for name in MEASURES)
    dims = f"{row}.wijk_id, {row}.team_id, {row}.categorie_id"
    return f"SELECT {dims}, d.maand, d.dagen, {values} FROM {parts_of(row)} d"  # noqa: S608


def _write(*parts: str) -> str:
    sums = ", ".join(f"sum({name})" for name in MEASURES)
    some = " OR ".join(f"sum({name}) <> 0" for name in MEASURES)
    return (
        f"INSERT INTO meldingen_cijferwijziging (wijk_id, team_id, categorie_id, maand, dagen, {_COLUMNS}) "  # noqa: S608
        f"SELECT wijk_id, team_id, categorie_id, maand, dagen, {sums} FROM ({' UNION ALL '.join(parts)}) delen "
        f"GROUP BY wijk_id, team_id, categorie_id, maand, dagen HAVING {some}; RETURN NULL;"
    )


def triggers() -> list[pgtrigger.Trigger]:
    """What a report must do with the figures when it is written, changed or removed."""
    changed = " OR ".join(
        f'OLD."{name}" IS DISTINCT FROM NEW."{name}"' for name in ("wijk_id", "team_id", "categorie_id", *ARGUMENTS)
    )
    return [
        pgtrigger.Trigger(
            name="cijfers_insert", when=pgtrigger.After, operation=pgtrigger.Insert, func=_write(_parts("NEW", ""))
        ),
        pgtrigger.Trigger(
            name="cijfers_update",
            when=pgtrigger.After,
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition(changed),
            func=_write(_parts("OLD", "-"), _parts("NEW", "")),
        ),
        pgtrigger.Trigger(
            name="cijfers_delete", when=pgtrigger.After, operation=pgtrigger.Delete, func=_write(_parts("OLD", "-"))
        ),
    ]


class Cel(models.Model):
    """Where a number belongs. The keys have no constraint: removing a wijk changes its reports, and so the figures."""

    maand = models.DateField("maand")
    wijk = models.ForeignKey(
        "wijken.Wijk", models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    team = models.ForeignKey(
        "wijken.Team", models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    categorie = models.ForeignKey(
        "meldingen.Categorie", models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )

    class Meta:
        abstract = True


class Maten(models.Model):
    """The measures of `MEASURES`."""

    binnen = models.IntegerField("binnengekomen", default=0)
    ooit_dicht = models.IntegerField("binnengekomen en ooit afgesloten", default=0)
    heropend = models.IntegerField("binnengekomen en ooit heropend", default=0)
    uit = models.IntegerField("afgesloten", default=0)
    gehouden = models.IntegerField("belofte gehouden", default=0)
    verzet = models.IntegerField("belofte op tijd verzet", default=0)
    gebroken = models.IntegerField("belofte gebroken", default=0)
    beoordeeld = models.IntegerField("beoordeeld", default=0)
    tevreden = models.IntegerField("tevreden", default=0)

    class Meta:
        abstract = True


class Cijferwijziging(Cel, Maten):
    """What a change of a report added and took away, until the job folds it into the cells."""

    dagen = models.IntegerField("doorlooptijd in dagen", null=True)

    class Meta:
        verbose_name = "wijziging van de cijfers"
        verbose_name_plural = "wijzigingen van de cijfers"
        indexes = [models.Index(fields=["maand"], name="cijferwijziging_maand")]

    def __str__(self) -> str:
        return f"{self.maand:%m-%Y}"


class Maandcijfer(Cel, Maten):
    """The figures of a month, for one wijk, team and category."""

    class Meta:
        verbose_name = "maandcijfer"
        verbose_name_plural = "maandcijfers"
        constraints = [
            models.UniqueConstraint(
                fields=["maand", "wijk", "team", "categorie"], name="maandcijfer_cel", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.maand:%m-%Y}"


class Doorlooptijd(Cel):
    """How many reports that were closed in a month took so many days, for one wijk, team and category."""

    dagen = models.IntegerField("dagen van ontvangst tot afsluiten")
    aantal = models.IntegerField("aantal", default=0)

    class Meta:
        verbose_name = "doorlooptijd"
        verbose_name_plural = "doorlooptijden"
        constraints = [
            models.UniqueConstraint(
                fields=["maand", "wijk", "team", "categorie", "dagen"], name="doorlooptijd_cel", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.maand:%m-%Y}: {self.dagen} dagen"


class Cijfer(Cel, Maten):
    """The figures of this moment: a view over the cells and the changes that are not in them yet."""

    class Meta:
        managed = False
        db_table = "meldingen_cijfer"
        verbose_name = "cijfer"
        verbose_name_plural = "cijfers"

    def __str__(self) -> str:
        return f"{self.maand:%m-%Y}"


class Doorloop(Cel):
    """The times of this moment: a view like `Cijfer`."""

    dagen = models.IntegerField("dagen van ontvangst tot afsluiten")
    aantal = models.IntegerField("aantal")

    class Meta:
        managed = False
        db_table = "meldingen_doorloop"
        verbose_name = "doorloop"
        verbose_name_plural = "doorlopen"

    def __str__(self) -> str:
        return f"{self.maand:%m-%Y}: {self.dagen} dagen"
