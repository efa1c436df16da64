"""What an invented report looks like, in SQL: one table per kind of row, with columns named as those of the model.

The reports are numbered 1 to `totaal` in time. The last `open` are open, and the first `laat` of those are late.
"""

MELDINGEN = """
CREATE TEMP TABLE meet_melding ON COMMIT DROP AS
WITH dobbel AS MATERIALIZED (
  SELECT n, random() AS a, random() AS b, random() AS c, random() AS d, random() AS e, random() AS f, random() AS g,
    random() AS h, random() AS i, random() AS j, random() AS k, random() AS m,
    n > %(totaal)s - %(open)s AS is_open,
    n > %(totaal)s - %(open)s AND n <= %(totaal)s - %(open)s + %(laat)s AS is_laat,
    (%(totaal)s - %(open)s - n)::float8 / greatest(%(totaal)s - %(open)s, 1) AS ouderdom
  FROM generate_series(%(van)s::bigint, %(tot)s::bigint) AS n
), toestand AS MATERIALIZED (
  SELECT *, CASE
      WHEN NOT is_open THEN 'afgesloten'
      WHEN d < 0.18 THEN 'nieuw' WHEN d < 0.36 THEN 'toegewezen' WHEN d < 0.64 THEN 'in_behandeling'
      WHEN d < 0.86 THEN 'ingepland' WHEN d < 0.95 AND NOT is_laat THEN 'wacht_op_melder'
      WHEN d < 0.97 THEN 'in_behandeling' ELSE 'heropend' END AS status
  FROM dobbel
), gereageerd AS MATERIALIZED (
  SELECT *, status NOT IN ('nieuw', 'toegewezen') AS heeft_reactie, CASE
      WHEN is_laat THEN %(vandaag)s::date - 1 - floor(c * 60)::int
      WHEN status IN ('nieuw', 'toegewezen') THEN %(vandaag)s::date + floor(c * 7)::int
      ELSE %(vandaag)s::date + floor(c * 30)::int END AS termijn
  FROM toestand
), moment AS MATERIALIZED (
  SELECT *, least(%(nu)s::timestamptz - interval '5 minutes', CASE
      WHEN NOT is_open THEN %(nu)s::timestamptz - interval '1 day' * (2 + 2190 * power(ouderdom, 0.85))
      ELSE termijn - CASE WHEN heeft_reactie THEN 42 ELSE 7 END + interval '1 hour' * (7 + 14 * e) END) AS ontvangen_op
  FROM gereageerd
)
SELECT
  nextval(pg_get_serial_sequence('meldingen_melding', 'id')) AS id,
  (SELECT string_agg(
      substr('23456789ABCDEFGHJKLMNPQRSTUVWXYZ', 1 + (((n * 549755813881 + 12345) >> (5 * p)) & 31)::int, 1), '')
    FROM generate_series(0, 9) AS p) AS code,
  gen_random_uuid() AS inzending,
  (ARRAY['formulier','formulier','formulier','formulier','formulier','formulier','formulier','mail','telefoon','balie',
    'straat','bijeenkomst'])[1 + floor(12 * power(f, 1.4))::int] AS bron,
  CASE WHEN g < 0.9 THEN 'nl' WHEN g < 0.94 THEN 'fr' ELSE 'en' END AS taal,
  soort.categorie_id, soort.gevoelig,
  soort.teksten[1 + floor(h * cardinality(soort.teksten))::int] || ' '
    || (%(details)s::text[])[1 + floor(i * %(aantal_details)s)::int] AS omschrijving,
  h < 0.04 AS let_op_gegevens,
  CASE WHEN j < 0.98 THEN point(straat.lon + (i - 0.5) * 0.0012, straat.lat + (k - 0.5) * 0.0008) END AS plaats,
  CASE WHEN j < 0.98 THEN straat.naam || ' ' || (1 + floor(k * 160)::int) ELSE '' END AS adres,
  CASE WHEN j < 0.98 THEN '' ELSE 'aan de ' || straat.naam || ', niet ver van het plein' END AS plaats_in_woorden,
  CASE WHEN j < 0.98 THEN straat.wijk_id END AS wijk_id,
  status,
  CASE WHEN is_open THEN '' WHEN d < 0.8 THEN 'opgelost' WHEN d < 0.85 THEN 'dubbel' WHEN d < 0.9 THEN 'niet_gevonden'
    WHEN d < 0.94 THEN 'niet_bevoegd' WHEN d < 0.99 THEN 'niet_uitgevoerd' ELSE 'ingetrokken' END AS sluitreden,
  CASE WHEN e < 0.04 THEN 'hoog' WHEN e > 0.93 THEN 'laag' ELSE 'normaal' END AS prioriteit,
  route.team_id,
  CASE WHEN heeft_reactie OR e < 0.2 THEN route.leden[1 + floor(m * cardinality(route.leden))::int] END
    AS behandelaar_id,
  CASE WHEN m < 0.07 THEN 1 ELSE 0 END AS keren_doorgestuurd,
  ontvangen_op,
  CASE WHEN heeft_reactie THEN least(ontvangen_op + interval '1 day' * (0.1 + 4 * f), %(nu)s) END AS gereageerd_op,
  ontvangen_op::date + 7 AS reactie_beloofd,
  CASE WHEN is_open AND NOT heeft_reactie THEN termijn ELSE ontvangen_op::date + 7 END AS reactie_uiterlijk,
  ontvangen_op::date + 42 AS oplossing_beloofd,
  CASE WHEN is_open AND heeft_reactie THEN termijn ELSE ontvangen_op::date + 42 END AS oplossing_uiterlijk,
  CASE WHEN is_open AND status <> 'wacht_op_melder' THEN termijn END AS volgende_termijn,
  CASE WHEN status = 'ingepland' THEN termijn - floor(g * 3)::int END AS gepland_op,
  CASE WHEN NOT is_open THEN
      least(ontvangen_op + interval '1 day' * (0.2 + 40 * power(b, 3)), %(nu)s::timestamptz - interval '1 hour') END
    AS afgesloten_op,
  NOT soort.gevoelig AND f < 0.6 AS openbaar,
  CASE WHEN NOT soort.gevoelig AND f < 0.6 THEN soort.teksten[1] ELSE '' END AS openbare_tekst,
  CASE WHEN k < 0.05 THEN 1 + floor(m * 4)::int ELSE 0 END AS aantal_volgers,
  1 + CASE WHEN is_open THEN 1 ELSE 3 END AS versie,
  %(nu)s::timestamptz AS gewijzigd_op,
  n, a, c, g, h, k, m
FROM moment
JOIN meet_straat AS straat ON straat.nr = 1 + floor(%(straten)s * power(a, 2.2))::int
JOIN meet_soort AS soort ON soort.nr = 1 + floor(%(soorten)s * power(b, 1.7))::int
JOIN meet_route AS route ON route.categorie_id = soort.categorie_id AND route.wijk_id = straat.wijk_id
ORDER BY n
"""

MELDERS = """
CREATE TEMP TABLE meet_melder ON COMMIT DROP AS
SELECT id AS melding_id, voornaam || ' ' || naam AS naam,
  CASE WHEN c < 0.45 OR status = 'wacht_op_melder'
    THEN lower(voornaam || '.' || replace(naam, ' ', '') || (n %% 200000) || '@bewoner.example') ELSE '' END AS email,
  CASE WHEN g > 0.7 THEN '04' || lpad((70000000 + (n * 7919) %% 29999999)::text, 8, '0') ELSE '' END AS telefoon,
  true AS wil_bericht
FROM (
  SELECT *, (%(voornamen)s::text[])[1 + floor(a * cardinality(%(voornamen)s::text[]))::int] AS voornaam,
    (%(namen)s::text[])[1 + floor(m * cardinality(%(namen)s::text[]))::int] AS naam
  FROM meet_melding
) AS rij
"""

GEBEURTENISSEN = """
CREATE TEMP TABLE meet_gebeurtenis ON COMMIT DROP AS
SELECT id AS melding_id, 'ontvangen' AS soort, ontvangen_op AS op, NULL::bigint AS door_id, '' AS van_status,
  'nieuw' AS naar_status, '' AS sluitreden, NULL::date AS datum, '' AS tekst, true AS voor_melder
FROM meet_melding
UNION ALL
SELECT id, 'toewijzing', ontvangen_op + interval '2 hours', behandelaar_id, 'nieuw', 'toegewezen', '', NULL,
  'Voor het team', false
FROM meet_melding WHERE behandelaar_id IS NOT NULL AND h < 0.5
UNION ALL
SELECT id, 'stap', gereageerd_op, behandelaar_id, 'nieuw', 'in_behandeling', '', NULL, '', true
FROM meet_melding WHERE gereageerd_op IS NOT NULL AND k < 0.5
UNION ALL
SELECT id, 'stap', gereageerd_op, behandelaar_id, 'in_behandeling', 'ingepland', '', gepland_op, 'We komen langs.', true
FROM meet_melding WHERE status = 'ingepland'
UNION ALL
SELECT id, 'vraag', gereageerd_op, behandelaar_id, 'in_behandeling', status, '', NULL,
  'Aan welke kant van de straat is het?', true
FROM meet_melding WHERE status = 'wacht_op_melder'
UNION ALL
SELECT id, 'notitie', ontvangen_op + interval '1 day', behandelaar_id, '', '', '', NULL,
  'Ik ga kijken op mijn ronde.', false
FROM meet_melding WHERE behandelaar_id IS NOT NULL AND h > 0.93
UNION ALL
SELECT id, 'stap', afgesloten_op, behandelaar_id, 'in_behandeling', 'afgesloten', sluitreden, NULL,
  'We zijn langs geweest en hebben het in orde gebracht.', true
FROM meet_melding WHERE status = 'afgesloten'
"""

ANTWOORDEN = """
CREATE TEMP TABLE meet_antwoord ON COMMIT DROP AS
SELECT rij.id AS melding_id, vraag.id AS vraag_id,
  CASE WHEN vraag.soort = 'ja_nee' THEN 'ja' WHEN vraag.soort = 'getal' THEN '2' ELSE 'Dat weet ik niet' END AS waarde
FROM meet_melding AS rij JOIN meldingen_vraag AS vraag ON vraag.categorie_id = rij.categorie_id
WHERE vraag.alleen_als_id IS NULL AND rij.k < 0.7
"""

PAUZES = """
CREATE TEMP TABLE meet_pauze ON COMMIT DROP AS
SELECT id AS melding_id, %(vandaag)s::date - 3 AS van, NULL::date AS tot, %(vandaag)s::date + 4 AS herinner_op,
  false AS is_herinnerd, %(vandaag)s::date + 11 AS terug_op
FROM meet_melding WHERE status = 'wacht_op_melder'
"""

VOLGERS = """
CREATE TEMP TABLE meet_volger ON COMMIT DROP AS
SELECT id AS melding_id, CASE WHEN c < 0.6 THEN 'volger' || n || '.' || nr || '@bewoner.example' ELSE '' END AS email,
  'nl' AS taal, gen_random_uuid() AS sleutel, ontvangen_op + interval '1 hour' AS sinds
FROM meet_melding, generate_series(1, aantal_volgers) AS nr
"""

BERICHTEN = """
CREATE TEMP TABLE meet_bericht ON COMMIT DROP AS
SELECT 'melding:' || id || ':ontvangen:melder' AS sleutel, 'melding_ontvangen' AS soort, melder.email AS aan,
  'We kregen je melding ' || id AS onderwerp,
  'Dag ' || melder.naam || E',\n\nWe kregen je melding over ' || adres
    || E'.\nJe hoort van ons binnen vijf werkdagen.\n' AS tekst,
  '<p>Dag ' || melder.naam || ',</p><p>We kregen je melding over ' || adres || '.</p>' AS html,
  '{}'::jsonb AS kopteksten,
  (SELECT id FROM django_content_type WHERE app_label = 'meldingen' AND model = 'melding') AS over_type_id,
  id::text AS over_id, 'verzonden' AS status, 1 AS pogingen, ontvangen_op AS aangemaakt_op,
  ontvangen_op AS volgende_poging_op, ontvangen_op + interval '20 seconds' AS verzonden_op
FROM meet_melding JOIN meet_melder AS melder ON melder.melding_id = id
WHERE melder.email <> '' AND (h < 0.3 OR status <> 'afgesloten')
"""

BEELDEN = """
CREATE TEMP TABLE meet_beeld ON COMMIT DROP AS
SELECT gen_random_uuid() AS id, 'klaar' AS status, '' AS origineel,
  'meten/groot.webp' AS groot, 'meten/klein.webp' AS klein,
  1200 AS breedte, 900 AS hoogte, 'Foto van de plaats' AS alt_tekst, md5(id::text) || md5(n::text) AS sha256,
  1 AS pogingen, ontvangen_op AS aangemaakt_op, id AS melding_id
FROM meet_melding WHERE c > 0.95
"""

MELDINGBEELDEN = """
CREATE TEMP TABLE meet_meldingbeeld ON COMMIT DROP AS
SELECT melding_id, id AS beeld_id, 'melding' AS soort, false AS openbaar FROM meet_beeld
"""
