"""Keeping the figures: what the triggers wrote goes into the cells, and once a day all is counted anew."""

from __future__ import annotations

from django.db import connection, transaction

from ..models.cijfers import MEASURES, parts_of

# One writer of the cells at a time; any number that no other lock uses.
LOCK = 360_008

_COLUMNS = ", ".join(MEASURES)
_SUMS = ", ".join(f"sum({name}) AS {name}" for name in MEASURES)
_ADDED = ", ".join(f"{name} = cel.{name} + excluded.{name}" for name in MEASURES)
_CELL = "maand, wijk_id, team_id, categorie_id"

# The texts below are made of names in this file only.
_FOLD = f"""
WITH lijnen AS (DELETE FROM meldingen_cijferwijziging RETURNING *),
tijden AS (
  INSERT INTO meldingen_doorlooptijd AS cel ({_CELL}, dagen, aantal)
  SELECT {_CELL}, dagen, sum(uit) FROM lijnen WHERE dagen IS NOT NULL GROUP BY {_CELL}, dagen
  ON CONFLICT ({_CELL}, dagen) DO UPDATE SET aantal = cel.aantal + excluded.aantal
)
INSERT INTO meldingen_maandcijfer AS cel ({_CELL}, {_COLUMNS})
SELECT {_CELL}, {_SUMS} FROM lijnen GROUP BY {_CELL}
ON CONFLICT ({_CELL}) DO UPDATE SET {_ADDED}
"""  # noqa: S608

# One statement sees one moment: the reports as they are, and without the lines that were written up to then.
_RECOUNT = f"""
WITH weg AS (DELETE FROM meldingen_cijferwijziging)
INSERT INTO geteld
SELECT d.maand, m.wijk_id, m.team_id, m.categorie_id, d.dagen, {_SUMS.replace("sum(", "sum(d.")}
  FROM meldingen_melding m CROSS JOIN LATERAL {parts_of("m")} d
 GROUP BY d.maand, m.wijk_id, m.team_id, m.categorie_id, d.dagen
"""  # noqa: S608


@transaction.atomic
def fold() -> int:
    """Move what changed into the cells; how many cells that touched. The figures stay the same all the while."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(_FOLD)
        return int(cursor.rowcount)


@transaction.atomic
def recount() -> int:
    """Count every report anew, for reports that were there before the triggers; how many cells there are.

    Sets right what a load with the triggers off left out. Changes made meanwhile keep their lines, and are added later.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        columns = ", ".join(f"{name} bigint" for name in MEASURES)
        cursor.execute(
            "CREATE TEMPORARY TABLE geteld (maand date, wijk_id bigint, team_id bigint, categorie_id bigint, "
            f"dagen integer, {columns}) ON COMMIT DROP"
        )
        cursor.execute(_RECOUNT)
        cursor.execute("DELETE FROM meldingen_maandcijfer")
        cursor.execute("DELETE FROM meldingen_doorlooptijd")
        cursor.execute(
            f"INSERT INTO meldingen_doorlooptijd ({_CELL}, dagen, aantal) "  # noqa: S608
            f"SELECT {_CELL}, dagen, sum(uit) FROM geteld WHERE dagen IS NOT NULL GROUP BY {_CELL}, dagen"
        )
        cursor.execute(
            f"INSERT INTO meldingen_maandcijfer ({_CELL}, {_COLUMNS}) "  # noqa: S608
            f"SELECT {_CELL}, {_SUMS} FROM geteld GROUP BY {_CELL}"
        )
        cells = int(cursor.rowcount)
        cursor.execute("DROP TABLE geteld")
        return cells
