"""To who follows a wijk: the question whether they want that, and the mail of the week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kern.berichten import actions as berichten
from kern.prive import link_token

from ..models import Wijkvolger, Wijkvolging

FOLLOW_SALT, FOLLOWER_SALT = "wijken.volging", "wijken.volger"
CONFIRM, WEEK = "wijk_volgen", "wijk_week"
KINDS = {
    CONFIRM: (
        "Wijk volgen: wil je dit echt",
        {"wijk": "naam van de wijk", "link": "pagina om te bevestigen"},
    ),
    WEEK: (
        "Wijk volgen: de mail van de week",
        {
            "wijken": "namen van de gevolgde wijken",
            "nieuws": "wat er nieuw is, per wijk",
            "link": "pagina met wat iemand volgt",
            "stop_link": "pagina om te stoppen",
        },
    ),
}
EXAMPLES = {
    "wijk": "Voorbeeldwijk",
    "wijken": "Voorbeeldwijk",
    "nieuws": "Voorbeeldwijk\n- Wijkvergadering, donderdag 17 september 2026 van 19.30 tot 21.30 uur",
    "link": f"{settings.PORTAL_URL}/",
    "stop_link": f"{settings.PORTAL_URL}/",
}


def confirm(volging: Wijkvolging, at: datetime) -> None:
    """Whether they want to follow the wijk; once a day at most, however often somebody fills in their address."""
    volger = volging.volger
    path = reverse("wijken:follow_confirm", args=[link_token(volging.sleutel, FOLLOW_SALT)])
    berichten.enqueue(
        sleutel=f"wijkvolging:{volging.sleutel}:{at:%Y%m%d}",
        soort=CONFIRM,
        aan=volger.email,
        taal=volger.taal,
        context={"wijk": volging.wijk.naam, "link": _absolute(path)},
        over=volger,
    )


def week(
    volger: Wijkvolger,
    edition: date,
    news: Mapping[str, Sequence[tuple[str, Sequence[tuple[str, str]]]]],
    news_nl: Mapping[str, Sequence[tuple[str, Sequence[tuple[str, str]]]]],
) -> bool:
    """The mail of a week, by wijk and subject; whether it was new. Each line has its words and its path."""
    token = link_token(volger.sleutel, FOLLOWER_SALT)
    stop = _absolute(reverse("wijken:follow_stop", args=[token]))
    links = {"link": _absolute(reverse("wijken:following", args=[token])), "stop_link": stop}
    return bool(
        berichten.enqueue(
            sleutel=f"wijkweek:{volger.sleutel}:{edition:%Y%m%d}",
            soort=WEEK,
            aan=volger.email,
            taal=volger.taal,
            context={"wijken": _names(news, volger.taal), "nieuws": _written(news), **links},
            context_nl={"wijken": _names(news_nl, "nl"), "nieuws": _written(news_nl), **links},
            over=volger,
            kopteksten={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        )
    )


def in_words(day: date, taal: str) -> str:
    """A date as people say it: donderdag 23 juli."""
    with translation.override(taal):
        return date_format(day, "l j F")


def _names(news: Mapping[str, object], taal: str) -> str:
    names = list(news)
    with translation.override(taal):
        return f" {_('en')} ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _written(news: Mapping[str, Sequence[tuple[str, Sequence[tuple[str, str]]]]]) -> str:
    parts = []
    for wijk, subjects in news.items():
        for title, lines in subjects:
            rows = [f"- {words}\n  {_absolute(path)}" if path else f"- {words}" for words, path in lines]
            parts.append("\n".join([f"{wijk}: {title}", *rows]))
    return "\n\n".join(parts)


def _absolute(path: str) -> str:
    return settings.PORTAL_URL.rstrip("/") + path
