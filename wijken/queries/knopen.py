"""How the things of this room stand in a thread: for staff, for everybody, and for who took part."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, time

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kern.gebruikers.models import Gebruiker
from kern.prive import link_token
from kern.termijnen import local_date

from ..models import Actie, Actiepartner, Actievoorstel, Advies, Behoefte, Contactmoment, Gehoord, Opdehoogte
from ..registry import Deelnemer, Knoop, PubliekeStap, Stand
from ..rules import Bereik
from ..states.draad import ACCEPTED, ENDED, Actiestatus, Behoeftestatus, Voorstelstatus

INFORMED_SALT = "wijken.opdehoogte"
MARKS = {"bevestigd": "goed", "aanvaard": "goed", "bijgestuurd": "goed", "afgerond": "goed", "gaand": "bezig"}


def heard(nummers: Collection[int], user: Gebruiker, reach: Bereik) -> list[Knoop]:
    """Of what was heard, that of the moments this person may see (one query)."""
    mine = Contactmoment.objects.visible_to(user, reach)
    rows = Gehoord.objects.filter(pk__in=nummers, contactmoment__in=mine).select_related("contactmoment__wijk")
    return [
        Knoop(
            nummer=row.pk,
            titel=f"{row.contactmoment.get_soort_display().capitalize()}: “{row}”",
            url=row.get_absolute_url(),
            dag=row.contactmoment.datum,
            waar=row.contactmoment.wijk.naam,
            punt=row.contactmoment.plaats,
        )
        for row in rows
    ]


def needs(nummers: Collection[int], user: Gebruiker, reach: Bereik) -> list[Knoop]:
    """Of these needs, those that this person may see (one query)."""
    rows = Behoefte.objects.visible_to(user, reach).filter(pk__in=nummers).select_related("wijk")
    return [_knot(row, local_date(row.gemaakt_op), row.wijk.naam, row.status, row.get_status_display()) for row in rows]


def proposals(nummers: Collection[int], user: Gebruiker, reach: Bereik) -> list[Knoop]:
    """Of these proposals, those that this person may see (one query)."""
    rows = Actievoorstel.objects.visible_to(user, reach).filter(pk__in=nummers).select_related("wijk")
    return [_knot(row, local_date(row.gemaakt_op), row.wijk.naam, row.status, row.get_status_display()) for row in rows]


def actions(nummers: Collection[int], user: Gebruiker, reach: Bereik) -> list[Knoop]:
    """Of these actions, those that this person may see (one query)."""
    rows = Actie.objects.visible_to(user, reach).filter(pk__in=nummers).select_related("wijk")
    return [_knot(row, row.start, row.wijk.naam, row.status, row.get_status_display()) for row in rows]


def _knot(row: Behoefte | Actievoorstel | Actie, dag: object, waar: str, status: str, words: str) -> Knoop:
    return Knoop(
        nummer=row.pk,
        titel=row.titel,
        url=row.get_absolute_url(),
        dag=dag,  # type: ignore[arg-type]
        waar=waar,
        status=words,
        toon=MARKS.get(status, ""),
    )


def need_states(nummers: Collection[int]) -> Mapping[int, Stand]:
    """A need that nobody answered yet goes on; a draft of the portal itself, which nobody asked for, does not count."""
    rows = Behoefte.objects.filter(pk__in=nummers).values_list("pk", "status", "gemaakt_door")
    return {pk: _need_state(status, by_portal=door is None) for pk, status, door in rows}


def _need_state(status: str, *, by_portal: bool) -> Stand:
    if status == Behoeftestatus.CONCEPT:
        return Stand.TELT_NIET if by_portal else Stand.BEZIG
    return Stand.DOOR if status == Behoeftestatus.BEVESTIGD else Stand.KLAAR


def proposal_states(nummers: Collection[int]) -> Mapping[int, Stand]:
    """A proposal goes on until it is decided, and when it is accepted until there is an action."""
    rows = Actievoorstel.objects.filter(pk__in=nummers).values_list("pk", "status")
    states = {Voorstelstatus.AFGEWEZEN: Stand.KLAAR, **dict.fromkeys(ACCEPTED, Stand.DOOR)}
    return {pk: states.get(Voorstelstatus(status), Stand.BEZIG) for pk, status in rows}


def action_states(nummers: Collection[int]) -> Mapping[int, Stand]:
    """An action goes on until it is finished or stopped."""
    rows = Actie.objects.filter(pk__in=nummers).values_list("pk", "status")
    return {pk: Stand.KLAAR if status in ENDED else Stand.BEZIG for pk, status in rows}


def need_public(nummers: Collection[int]) -> Iterator[PubliekeStap]:
    """What residents read of needs: never of a draft that the portal proposed (one query)."""
    for row in Behoefte.objects.filter(pk__in=nummers).select_related("wijk"):
        if row.status == Behoeftestatus.VERWORPEN:
            if row.uitkomst:
                yield PubliekeStap(_("De wijkmanager bekeek het"), _at(row.besloten_op), "geweest", row.uitkomst)
        elif row.status == Behoeftestatus.BEVESTIGD:
            titel = _("Dit is iets wat %(wijk)s nodig heeft. De wijkmanager zoekt een oplossing.")
            yield PubliekeStap(titel % {"wijk": row.wijk.naam}, _at(row.besloten_op), "geweest")
        elif row.gemaakt_door_id:
            titel = _("De wijkmanager bekijkt wat %(wijk)s hier nodig heeft")
            yield PubliekeStap(titel % {"wijk": row.wijk.naam}, row.gemaakt_op, "nu")


def proposal_public(nummers: Collection[int]) -> Iterator[PubliekeStap]:
    """What residents read of proposals: that there is one, and how it was decided (one query)."""
    for row in Actievoorstel.objects.filter(pk__in=nummers):
        match row.status:
            case Voorstelstatus.OVERLEG:
                titel = _("Er is een voorstel. We vragen organisaties en diensten wat ze ervan vinden.")
                yield PubliekeStap(titel, row.gemaakt_op, "nu")
            case Voorstelstatus.AANVAARD | Voorstelstatus.BIJGESTUURD:
                titel = _("Er is beslist om er iets aan te doen")
                yield PubliekeStap(titel, _at(row.beslist_op), "geweest", row.uitkomst)
            case Voorstelstatus.AFGEWEZEN:
                titel = _("Er is beslist om dit voorstel niet uit te voeren")
                yield PubliekeStap(titel, _at(row.beslist_op), "geweest", row.uitkomst)


def action_public(nummers: Collection[int]) -> Iterator[PubliekeStap]:
    """What residents read of actions: those that are public, with a link to their page (one query)."""
    for row in Actie.objects.public().filter(pk__in=nummers).select_related("wijk"):
        url, knop = row.publiek_adres, _("Lees meer over deze actie")
        name = {"actie": row.titel}
        match row.status:
            case Actiestatus.GEPLAND:
                yield PubliekeStap(_("Binnenkort: %(actie)s") % name, _midnight(row), "beloofd", "", url, knop)
            case Actiestatus.GAAND:
                yield PubliekeStap(_("Dit loopt nu: %(actie)s") % name, _midnight(row), "nu", "", url, knop)
            case Actiestatus.AFGEROND:
                titel = _("Afgerond: %(actie)s") % name
                yield PubliekeStap(titel, _at(row.beeindigd_op), "geweest", row.uitkomst, url, knop)
            case Actiestatus.STOPGEZET:
                titel = _("Gestopt: %(actie)s") % name
                yield PubliekeStap(titel, _at(row.beeindigd_op), "geweest", row.uitkomst, url, knop)


def _at(moment: datetime | None) -> datetime:
    assert moment is not None  # noqa: S101 (a constraint of the database)
    return moment


def _midnight(actie: Actie) -> datetime:
    return timezone.make_aware(datetime.combine(actie.start, time.min))


def informed(nummers: Collection[int]) -> Iterator[Deelnemer]:
    """Who asked to hear what comes of it at the moments where this was heard; each once a moment (one query)."""
    moments = Gehoord.objects.filter(pk__in=nummers).values("contactmoment")
    rows = Opdehoogte.objects.wants_news().filter(contactmoment__in=moments)
    for row in rows.select_related("contactmoment__wijk").order_by("pk"):
        link = settings.PORTAL_URL.rstrip("/") + informed_path(row)
        moment = row.contactmoment
        yield Deelnemer(
            row.email,
            row.taal,
            lambda moment=moment: _("ons gesprek in %(wijk)s") % {"wijk": moment.wijk.naam},  # type: ignore[misc]
            link,
            {"List-Unsubscribe": f"<{link}>"},
        )


def informed_path(row: Opdehoogte) -> str:
    """The page on which somebody takes their consent back."""
    return reverse("wijken:informed", args=[link_token(row.sleutel, INFORMED_SALT)])


def advisers(nummers: Collection[int]) -> Iterator[Deelnemer]:
    """The partners whose opinion counted in proposals that were accepted; a refusal they hear by itself (one query)."""
    rows = Advies.objects.filter(
        voorstel__in=nummers, voorstel__status__in=ACCEPTED, gegeven_op__isnull=False, partner__is_actief=True
    )
    for row in rows.select_related("partner", "voorstel__wijk").order_by("pk"):
        if row.partner and row.partner.email:
            titel = row.voorstel.titel
            yield Deelnemer(
                row.partner.email,
                row.partner.taal,
                lambda titel=titel: _("het voorstel “%(titel)s”") % {"titel": titel},  # type: ignore[misc]
                settings.PORTAL_URL.rstrip("/") + row.voorstel.wijk.get_absolute_url(),
            )


def partners(nummers: Collection[int]) -> Iterator[Deelnemer]:
    """The partners that take part in these actions (one query)."""
    rows = Actiepartner.objects.filter(actie__in=nummers, partner__is_actief=True).exclude(partner__email="")
    for row in rows.select_related("partner", "actie__wijk").order_by("pk"):
        titel = row.actie.titel
        yield Deelnemer(
            row.partner.email,
            row.partner.taal,
            lambda titel=titel: _("de actie “%(titel)s”") % {"titel": titel},  # type: ignore[misc]
            settings.PORTAL_URL.rstrip("/")
            + (row.actie.publiek_adres if row.actie.is_openbaar else row.actie.wijk.get_absolute_url()),
        )
