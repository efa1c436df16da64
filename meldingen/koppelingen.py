"""What reports offer to other programs: the rights of keys, and what webhooks can hear."""

from __future__ import annotations

from kern.koppelingen.registry import Filter, Gebeurtenis, Recht, register_events, register_filter, register_right

from .queries import webhooks
from .webhooks import EVENTS

RIGHTS = (
    Recht("open311:schrijven", "meldingen sturen met Open311"),
    Recht("meldingen:schrijven", "meldingen sturen"),
    Recht("meldingen:lezen", "een melding volgen met haar code"),
    Recht("staf:lezen", "lezen wat de eigenaar mag zien", persoonlijk=True),
    Recht("staf:schrijven", "stappen zetten in naam van de eigenaar", persoonlijk=True),
)


def register() -> None:
    """Make it known; called once, when the app is ready."""
    for right in RIGHTS:
        register_right(right)
    register_events("melding", (Gebeurtenis(code, name) for code, name in EVENTS.items()), webhooks.contents)
    register_filter(Filter("categorie", "categorieën", webhooks.category_choices))
    register_filter(Filter("wijk", "wijken", webhooks.wijk_choices))
