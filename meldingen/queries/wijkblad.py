"""What the staff pages of a wijk show of reports: how many stand open, what is most late, and who reports at all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from kern.gebruikers.models import Gebruiker
from wijken.models import Wijk
from wijken.queries import Bereik
from wijken.werkbronnen import Getal, Regel, Stiltebron, Wijkwerk

from ..models import Melding

LATE_SHOWN = 6
Bron = Melding.Bron
# What people tell themselves, whoever writes it down; and what a colleague saw in the street.
BY_RESIDENTS = (Bron.FORMULIER, Bron.TELEFOON, Bron.BALIE, Bron.BIJEENKOMST, Bron.MAIL, Bron.OPEN311)
IN_THE_STREET = (Bron.STRAAT,)


def _list(wijk: Wijk, **filters: str | list[str]) -> str:
    query = {"lijst": "alle", "wijk": str(wijk.pk), **filters}
    return f"{reverse('meldingen:staff_list')}?{urlencode(query, doseq=True)}"


def in_wijk(wijk: Wijk, user: Gebruiker, reach: Bereik, on: date) -> Wijkwerk:
    """The open reports of a wijk in numbers, and those whose term passed longest ago (two queries).

    Of a report about something sensitive only the number and the kind are told, as in every list.
    """
    rows = Melding.objects.visible_to(user, reach).open().filter(wijk=wijk)
    late = Q(volgende_termijn__lt=on)
    soon = Q(volgende_termijn__gte=on, volgende_termijn__lte=on + timedelta(days=6 - on.weekday()))
    counts = rows.aggregate(open=Count("pk"), laat=Count("pk", filter=late), week=Count("pk", filter=soon))
    worst = rows.filter(late).select_related("categorie", "team").order_by("volgende_termijn", "pk")[:LATE_SHOWN]
    return Wijkwerk(
        naam="Meldingen",
        getallen=[
            Getal("open", counts["open"], _list(wijk, toestand=["open"])),
            Getal("voorbij de termijn", counts["laat"], _list(wijk, termijn=["laat"]), laat=True),
            Getal("met termijn deze week", counts["week"], _list(wijk, termijn=["week"])),
        ],
        regels=[
            Regel(
                soort="melding",
                titel=f"Melding {row.pk}: {row.categorie.naam}",
                url=reverse("meldingen:detail", args=[row.pk]),
                tegen=row.volgende_termijn,
                wie=row.team.naam if row.team else "",
                laat=True,
            )
            for row in worst
        ],
    )


def _counted(sources: Collection[str]) -> Callable[..., Mapping[int, int]]:
    def per_wijk(
        wijken: Collection[int], user: Gebruiker, reach: Bereik, since: date, until: date
    ) -> Mapping[int, int]:
        rows = Melding.objects.visible_to(user, reach).filter(
            wijk__in=wijken,
            bron__in=sources,
            ontvangen_op__gte=_midnight(since),
            ontvangen_op__lt=_midnight(until + timedelta(days=1)),
        )
        return dict(rows.order_by().values_list("wijk_id").annotate(n=Count("pk")))

    return per_wijk


def _linked(sources: Collection[str]) -> Callable[[Wijk, date, date], str]:
    def url(wijk: Wijk, since: date, until: date) -> str:
        return _list(wijk, bron=[str(code) for code in sources], van=since.isoformat(), tot=until.isoformat())

    return url


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


SILENCE = (
    Stiltebron("meldingen", "Gemeld door bewoners", True, _counted(BY_RESIDENTS), _linked(BY_RESIDENTS), volgorde=10),
    Stiltebron(
        "straat", "Door het team op straat gezien", False, _counted(IN_THE_STREET), _linked(IN_THE_STREET), volgorde=20
    ),
)
