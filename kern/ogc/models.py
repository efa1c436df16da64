"""What tells that the rows behind a collection changed."""

from __future__ import annotations

from typing import TypeVar

import pgtrigger
from django.db import models

GevolgdModel = TypeVar("GevolgdModel", bound=type[models.Model])


class Tabelstand(models.Model):
    """A table changed, in the transaction that is visible when this row is. Written by triggers alone.

    The sum of `teken` (a random number) of a table is its state: it changes with every statement that changed a row,
    and never comes back. A change only adds a row, so nobody who writes waits for another; `actions.fold` puts the
    rows together again.
    """

    tabel = models.CharField("tabel", max_length=63)
    teken = models.DecimalField("teken", max_digits=60, decimal_places=0)
    is_los = models.BooleanField("nog niet samengevoegd", db_default=True, default=True)

    class Meta:
        verbose_name = "stand van een tabel"
        verbose_name_plural = "standen van tabellen"
        indexes = [models.Index(fields=["tabel"], name="tabelstand_tabel", include=["teken"])]

    def __str__(self) -> str:
        return self.tabel


def gevolgd(model: GevolgdModel) -> GevolgdModel:
    """Decorate a model whose rows are in a collection, and make a migration that depends on `ogc.0001_initial`."""
    pgtrigger.register(
        pgtrigger.Trigger(
            name="ogc_stand",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate,
            func="INSERT INTO ogc_tabelstand (tabel, teken) "
            "VALUES (TG_TABLE_NAME, floor(random() * 9007199254740992)); RETURN NULL;",
        )
    )(model)
    return model
