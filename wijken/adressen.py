"""What wijken keeps on a mail address: who comes to meetings, who follows a wijk, who speaks for a partner."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kern.adressen import Adresbron, Vondst, register
from kern.templatetags.kern import datum

from . import actions
from .models import Inschrijving, Partnerpersoon, Wijkvolger
from .rules import may_change_registration


def _registrations(email: str) -> Sequence[Vondst]:
    rows = Inschrijving.objects.filter(email__iexact=email).select_related("bijeenkomst").order_by("pk")
    return [
        Vondst(
            _("Ingeschreven voor %(wat)s op %(dag)s")
            % {"wat": row.bijeenkomst.titel, "dag": datum(row.bijeenkomst.begin)},
            {
                "bijeenkomst": row.bijeenkomst.titel,
                "begin": row.bijeenkomst.begin,
                "naam": row.naam,
                "e-mailadres": row.email,
                "telefoon": row.telefoon,
                "taal": row.taal,
                "aantal personen": row.aantal,
                "tolk nodig voor": row.tolktaal,
                "leeftijd van kinderen in de opvang": row.kinderen,
                "iemand komt met een rolstoel": row.rolstoel,
                "tolk gebarentaal nodig": row.gebarentaal,
                "wat nog nodig is": row.andere_nood,
                "stand": row.get_status_display(),
                "ingeschreven op": row.ingeschreven_op,
            },
        )
        for row in rows
    ]


def _forget_registrations(email: str, at: datetime) -> int:
    rows = list(Inschrijving.objects.filter(email__iexact=email).select_related("bijeenkomst").order_by("pk"))
    for row in rows:
        if may_change_registration(row, at):
            # A place that nobody can be reached for goes to who waits.
            actions.cancel_registration(inschrijving=row, at=at)
    actions.forget_registrations([row.pk for row in rows], at)
    return len(rows)


def _followed(email: str) -> Sequence[Vondst]:
    rows = Wijkvolger.objects.filter(email__iexact=email).prefetch_related("volgingen__wijk")
    return [
        Vondst(
            _("Volgt de wijk %(wijk)s, sinds %(dag)s") % {"wijk": volging.wijk.naam, "dag": datum(volging.gevraagd_op)},
            {
                "wijk": volging.wijk.naam,
                "e-mailadres": row.email,
                "taal": row.taal,
                "gevraagd op": volging.gevraagd_op,
                "bevestigd op": volging.bevestigd_op,
            },
        )
        for row in rows
        for volging in row.volgingen.all()
    ]


def _forget_followers(email: str, at: datetime) -> int:
    rows = Wijkvolger.objects.filter(email__iexact=email)
    return actions.forget_followers(list(rows.values_list("pk", flat=True)))["volgers"]


def _contacts(email: str) -> Sequence[Vondst]:
    rows = Partnerpersoon.objects.filter(email__iexact=email).select_related("partner").order_by("pk")
    return [
        Vondst(
            _("Contactpersoon van %(partner)s") % {"partner": row.partner.naam},
            {
                "partner": row.partner.naam,
                "naam": row.naam,
                "functie": row.functie,
                "e-mailadres": row.email,
                "telefoon": row.telefoon,
                "sinds": row.gemaakt_op,
            },
        )
        for row in rows
    ]


def _forget_contacts(email: str, at: datetime) -> int:
    rows = list(Partnerpersoon.objects.filter(email__iexact=email))
    for row in rows:
        if row.gestopt_op is None:
            actions.stop_person(persoon=row, on=timezone.localtime(at).date())
    return actions.forget_persons([row.pk for row in rows], at)["contactpersonen"]


def register_all() -> None:
    """Make them known to who answers a question about data; called once, when the app is ready."""
    for bron in (
        Adresbron("inschrijving", gettext_lazy("inschrijvingen"), _registrations, _forget_registrations),
        Adresbron("wijkvolger", gettext_lazy("gevolgde wijken"), _followed, _forget_followers),
        Adresbron("partnerpersoon", gettext_lazy("contactpersonen van partners"), _contacts, _forget_contacts),
    ):
        register(bron)
