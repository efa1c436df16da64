"""Page-shaped reads of this room, a module per subject."""

from ..rules import Bereik
from . import besluiten, bijeenkomsten, volgen
from .behoeften import NEEDS_PAGE, needs, needs_page
from .draad import THREAD_LIMIT, Bronnen, thread_into
from .gebied import (
    NEARBY_M,
    Adres,
    address_at,
    city_drawing,
    drawing_of,
    moved,
    nearest_wijken,
    outlines,
    search_address,
    wijk_at,
)
from .mensen import (
    Contactpersoon,
    Wijkwerking,
    candidates,
    choose_team,
    deputies_of,
    leaders_of,
    members_of,
    people_in,
    reach,
    reaches,
    team_for,
    teams_by_wijk,
    wijkmanagers_of,
)
from .partners import contact_question, contacts_due, link_works

__all__ = [
    "NEARBY_M",
    "NEEDS_PAGE",
    "THREAD_LIMIT",
    "Adres",
    "Bereik",
    "Bronnen",
    "Contactpersoon",
    "Wijkwerking",
    "address_at",
    "besluiten",
    "bijeenkomsten",
    "candidates",
    "choose_team",
    "city_drawing",
    "contact_question",
    "contacts_due",
    "deputies_of",
    "drawing_of",
    "leaders_of",
    "link_works",
    "members_of",
    "moved",
    "nearest_wijken",
    "needs",
    "needs_page",
    "outlines",
    "people_in",
    "reach",
    "reaches",
    "search_address",
    "team_for",
    "teams_by_wijk",
    "thread_into",
    "volgen",
    "wijk_at",
    "wijkmanagers_of",
]
