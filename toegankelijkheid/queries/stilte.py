"""What the screening adds to the map of silence: the open knelpunten of each wijk."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Count
from django.urls import reverse

from kern.gebruikers.models import Gebruiker
from wijken.models import Wijk
from wijken.queries import Bereik

from ..models import Knelpunt


def per_wijk(wijken: Collection[int], user: Gebruiker, reach: Bereik, since: date, until: date) -> Mapping[int, int]:
    """How many knelpunten stand open in each wijk, whenever found, as this person may see them (one query)."""
    rows = Knelpunt.objects.open().visible_to(user, reach).filter(wijk__in=wijken)
    return dict(rows.order_by().values_list("wijk_id").annotate(n=Count("pk")))


def url(wijk: Wijk, since: date, until: date) -> str:
    """The list with exactly these."""
    return f"{reverse('toegankelijkheid:findings')}?wijk={wijk.slug}"
