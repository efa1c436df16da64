"""What a bulk change would do: which rows change, which are refused and why, and how many mails go out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from kern.gebruikers.models import Gebruiker
from kern.termijnen import load_calendar, working_days_between
from wijken.queries import Bereik

from ...models import Bulk, Melder, Melding, MeldingLabel, Pauze, Termijn, Volger
from ...queries.staff import visible
from ...rules import handles
from .soorten import ACTIES, Kennis, Velden, from_json

NOT_YOURS = "je mag deze melding niet (meer) behandelen"
CHANGED = "intussen gewijzigd"


@dataclass(frozen=True)
class Regel:
    """One report of the preview. `melding` is None when the person may not see it (any more)."""

    nummer: int
    melding: Melding | None
    wijzigt: str = ""
    weigering: str = ""


@dataclass
class Voorbeeld:
    """All that would happen. `mails` goes to residents and followers, `collega` to who gets the reports."""

    regels: list[Regel] = field(default_factory=list)
    mails: int = 0
    met_mail: int = 0
    collega: Gebruiker | None = None

    @property
    def gaat_door(self) -> list[Regel]:
        return [regel for regel in self.regels if not regel.weigering]

    @property
    def geweigerd(self) -> list[Regel]:
        return [regel for regel in self.regels if regel.weigering]

    @property
    def redenen(self) -> list[tuple[str, int]]:
        """Why rows are refused, with how many each, the most first."""
        return Counter(regel.weigering for regel in self.geweigerd).most_common()


def knowledge(pks: Iterable[int]) -> Kennis:
    """What the refusals and the mails of these reports follow from (four queries)."""
    pks, calendar = list(pks), load_calendar()
    paused: dict[int, int] = defaultdict(int)
    for melding, van, tot in Pauze.objects.filter(melding__in=pks, tot__isnull=False).values_list(
        "melding", "van", "tot"
    ):
        if tot:
            paused[melding] += working_days_between(van, tot, calendar)
    hung: dict[int, set[int]] = defaultdict(set)
    for melding, label in MeldingLabel.objects.filter(melding__in=pks).values_list("melding", "label"):
        hung[melding].add(label)
    labels = {melding: frozenset(found) for melding, found in hung.items()}
    return Kennis(list(Termijn.objects.all()), calendar, paused, labels)


def preview(*, bulk: Bulk, user: Gebruiker, reach: Bereik) -> Voorbeeld:
    """What the bulk change would do now. The number of reports makes no difference to the number of queries."""
    actie, velden = ACTIES[bulk.actie], from_json(bulk.invoer)
    rijen = list(bulk.rijen.order_by("pk").values_list("melding_id", "versie"))
    pks = [pk for pk, _versie in rijen]
    rows = visible(user, reach).filter(pk__in=pks).select_related("categorie", "team", "behandelaar", "melder", "wijk")
    found = {row.pk: row for row in rows.defer("zoek", "openbare_tekst")}
    kennis, mailing = knowledge(pks), _Addresses(pks)
    seen, may = Voorbeeld(), handles(user)
    for pk, versie in rijen:
        melding = found.get(pk) if may else None
        if melding is None:
            seen.regels.append(Regel(pk, None, weigering=_(NOT_YOURS)))
            continue
        why = _(CHANGED) if melding.versie != versie else actie.weigert(melding, velden, kennis)
        seen.regels.append(Regel(pk, melding, "" if why else actie.wijzigt(melding, velden), why))
        if not why:
            count = mailing.count(melding, actie.mailt(melding, velden, kennis), velden)
            seen.mails, seen.met_mail = seen.mails + count, seen.met_mail + bool(count)
    colleague = velden.get("behandelaar")
    if seen.gaat_door and colleague and colleague != user:
        seen.collega = colleague
    return seen


class _Addresses:
    """Who is mailed about each report: counted as `mails.basis.audience` names them (two queries)."""

    def __init__(self, pks: list[int]) -> None:
        reporters = Melder.objects.filter(melding__in=pks, wil_bericht=True).exclude(email="")
        self._reporters: dict[int, str] = {
            pk: email.lower() for pk, email in reporters.values_list("melding_id", "email")
        }
        self._followers: dict[int, list[str]] = defaultdict(list)
        for pk, email in Volger.objects.filter(melding__in=pks).exclude(email="").values_list("melding_id", "email"):
            self._followers[pk].append(email.lower())

    def count(self, melding: Melding, who: str, velden: Velden) -> int:
        if not who:
            return 0
        own = self._reporters.get(melding.pk)
        categorie = velden.get("categorie") or melding.categorie
        if who == "melder" or categorie.is_gevoelig:
            return int(own is not None)
        return int(own is not None) + sum(email != own for email in self._followers[melding.pk])
