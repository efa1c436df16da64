"""What other programs can be told of reports: the events, and the trigger that writes a delivery with what happened.

A trigger, so that nothing can happen to a report without its webhooks hearing of it, whichever action or script
did it; and so that a portal without webhooks pays nothing for them. It imports nothing of ours.
"""

import pgtrigger

EVENTS = {
    "melding.ontvangen": "een melding kwam binnen",
    "melding.toegewezen": "een melding kreeg een team of behandelaar",
    "melding.stap": "een melding ging een stap verder (in behandeling, ingepland, vraag en antwoord)",
    "melding.belofte": "de beloofde datum veranderde",
    "melding.afgesloten": "een melding werd afgesloten",
    "melding.heropend": "een melding ging weer open",
}

_FUNCTION = """
IF NOT EXISTS (SELECT 1 FROM koppelingen_webhook WHERE is_actief) THEN RETURN NULL; END IF;
INSERT INTO koppelingen_levering
  (webhook_id, gebeurtenis, sleutel, herhaling, status, pogingen, aangemaakt_op, volgende_poging_op, antwoord, fout)
SELECT w.id, e.code, NEW.id::text, 0, 'wacht', 0, NEW.op, NOW(), '', ''
FROM (SELECT CASE
    WHEN NEW.soort = 'ontvangen' THEN 'melding.ontvangen'
    WHEN NEW.soort IN ('toewijzing', 'niet_voor_ons') THEN 'melding.toegewezen'
    WHEN NEW.soort = 'belofte' THEN 'melding.belofte'
    WHEN NEW.naar_status = 'afgesloten' THEN 'melding.afgesloten'
    WHEN NEW.naar_status = 'heropend' THEN 'melding.heropend'
    ELSE 'melding.stap' END AS code) e
JOIN koppelingen_webhook w ON w.is_actief AND e.code = ANY(w.gebeurtenissen)
JOIN meldingen_melding m ON m.id = NEW.melding_id
JOIN meldingen_categorie c ON c.id = m.categorie_id AND NOT c.is_gevoelig
LEFT JOIN wijken_wijk k ON k.id = m.wijk_id
WHERE (NOT w.filters ? 'categorie' OR w.filters->'categorie' ? c.code)
  AND (NOT w.filters ? 'wijk' OR w.filters->'wijk' ? k.code)
ON CONFLICT DO NOTHING;
RETURN NULL;
"""

TELL_WEBHOOKS = pgtrigger.Trigger(
    name="tell_webhooks",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    condition=pgtrigger.Condition(
        "NEW.soort IN ('ontvangen', 'toewijzing', 'niet_voor_ons', 'belofte', 'stap', 'vraag', 'antwoord')"
    ),
    func=_FUNCTION,
)
