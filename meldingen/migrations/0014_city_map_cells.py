"""The cells of the map for the reports that are there already."""

from django.db import migrations

# As `kaartvak.COUNT_ALL` was then. Who writes meanwhile waits for the table, and adds to it afterwards.
COUNT_ALL = """
    INSERT INTO meldingen_kaartvak (niveau, x, y, categorie_id, wijk_id, team_id, status, openbaar, aantal, som_lon, som_lat, som_nummer, is_los)
    SELECT l.niveau, coalesce(floor(m.plaats[0] / l.zijde)::int, 0) AS x, coalesce(floor(m.plaats[1] / (l.zijde * 0.63))::int, 0) AS y, m.categorie_id, m.wijk_id, m.team_id, m.status, m.openbaar, count(*), coalesce(sum(m.plaats[0]), 0), coalesce(sum(m.plaats[1]), 0), sum(m.id), false
    FROM meldingen_melding AS m CROSS JOIN (VALUES (0, 135.0::float8), (13, 0.0164794921875::float8), (15, 0.004119873046875::float8), (17, 0.00102996826171875::float8)) AS l (niveau, zijde) WHERE (m.plaats IS NOT NULL) = (l.niveau <> 0)
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
"""


class Migration(migrations.Migration):
    dependencies = [("meldingen", "0013_city_map")]

    operations = [
        migrations.RunSQL(f"TRUNCATE meldingen_kaartvak; {COUNT_ALL}", migrations.RunSQL.noop),
    ]
