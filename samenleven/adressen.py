"""What samenleven keeps on a mail address: uitdagers, bruggenbouwers and who names or supports them, followers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kern.adressen import Adresbron, Vondst, register
from kern.templatetags.kern import datum

from .actions import aanbevelingen, activiteiten, bruggenbouwers, denktafels, uitdagers, vergeten
from .models import Aanbevelingsvolger, Activiteitvoorstel, Bruggenbouwer, Denktafellid, Steun, Uitdager
from .states import activiteit as activiteitstand
from .states import bruggenbouwer as brugstand
from .states import uitdager as uitdagerstand


def _uitdagers(email: str) -> Sequence[Vondst]:
    return [
        Vondst(
            _("Meldde zich als uitdager van %(traject)s op %(dag)s")
            % {"traject": row.traject.naam, "dag": datum(row.aangemeld_op)},
            {
                "traject": row.traject.naam,
                "naam": row.naam,
                "e-mailadres": row.email,
                "telefoon": row.telefoon,
                "taal": row.taal,
                "motivatie": row.motivatie,
                "stand": row.get_status_display(),
                "aangemeld op": row.aangemeld_op,
            },
        )
        for row in Uitdager.objects.filter(email__iexact=email).select_related("traject").order_by("pk")
    ]


def _forget_uitdagers(email: str, at: datetime) -> int:
    rows = list(Uitdager.objects.filter(email__iexact=email))
    uitdagers.delete_unconfirmed(pks=[row.pk for row in rows if row.status == uitdagerstand.Status.AANGEMELD])
    over = [row.pk for row in rows if row.status in uitdagerstand.VOORBIJ]
    for row in rows:
        if row.status != uitdagerstand.Status.AANGEMELD and row.pk not in over:
            uitdagers.withdraw(uitdager=row, at=at)
    uitdagers.forget(pks=over, at=at)
    return len(rows)


def _proposals(email: str) -> Sequence[Vondst]:
    return [
        Vondst(
            _("Stelde de activiteit %(wat)s voor op %(dag)s") % {"wat": row.titel, "dag": datum(row.gedaan_op)},
            {
                "activiteit": row.titel,
                "beschrijving": row.beschrijving,
                "naam": row.naam,
                "organisatie": row.organisatie,
                "e-mailadres": row.email,
                "telefoon": row.telefoon,
                "taal": row.taal,
                "stand": row.get_status_display(),
                "voorgesteld op": row.gedaan_op,
            },
        )
        for row in Activiteitvoorstel.objects.filter(email__iexact=email).order_by("pk")
    ]


def _forget_proposals(email: str, at: datetime) -> int:
    rows = list(Activiteitvoorstel.objects.filter(email__iexact=email))
    new = [row.pk for row in rows if row.status == activiteitstand.Status.AANGEMELD]
    activiteiten.delete_unconfirmed(pks=new)
    activiteiten.forget(pks=[row.pk for row in rows if row.pk not in new], at=at)
    return len(rows)


def _bridges(email: str) -> Sequence[Vondst]:
    rows = Bruggenbouwer.objects.filter(Q(email__iexact=email) | Q(door_email__iexact=email)).order_by("pk")
    found = []
    for row in rows:
        day = {"dag": datum(row.voorgedragen_op)}
        if row.email.lower() == email.lower():
            words = {
                "naam": row.naam, "e-mailadres": row.email, "taal": row.taal, "waarom": row.waarom,
                "werelden": row.werelden, "verhaal": row.verhaal, "stand": row.get_status_display(),
            }  # fmt: skip
            found.append(Vondst(_("Voorgedragen als bruggenbouwer op %(dag)s") % day, words))
        if row.door_email.lower() == email.lower():
            # Not who was nominated: that is somebody else's.
            words = {"naam": row.door_naam, "e-mailadres": row.door_email, "waarom": row.waarom}
            found.append(Vondst(_("Droeg iemand voor als bruggenbouwer op %(dag)s") % day, words))
    return found


def _forget_bridges(email: str, at: datetime) -> int:
    own = list(Bruggenbouwer.objects.filter(email__iexact=email))
    bruggenbouwers.delete_unanswered(pks=[row.pk for row in own if row.status == brugstand.Status.VOORGEDRAGEN])
    others = [row for row in own if row.status != brugstand.Status.VOORGEDRAGEN]
    for row in others:
        bruggenbouwers.withdraw(bruggenbouwer=row, at=at)
    bruggenbouwers.forget(pks=[row.pk for row in others], at=at)
    return len(own) + vergeten.forget_nominator(email)


def _support(email: str) -> Sequence[Vondst]:
    return [
        Vondst(
            _("Steunt een bruggenbouwer, sinds %(dag)s") % {"dag": datum(row.gegeven_op)},
            {"naam": row.naam, "e-mailadres": row.email, "waarom": row.waarom, "gegeven op": row.gegeven_op},
        )
        for row in Steun.objects.filter(email__iexact=email).order_by("pk")
    ]


def _forget_support(email: str, at: datetime) -> int:
    return vergeten.forget_supporter(email)


def _followed(email: str) -> Sequence[Vondst]:
    rows = Aanbevelingsvolger.objects.filter(email__iexact=email).select_related("aanbeveling", "denktafel")
    return [
        Vondst(
            _("Volgt %(wat)s, sinds %(dag)s")
            % {"wat": str(row.aanbeveling or row.denktafel), "dag": datum(row.gevraagd_op)},
            {
                "aanbeveling of denktafel": str(row.aanbeveling or row.denktafel),
                "e-mailadres": row.email,
                "taal": row.taal,
                "gevraagd op": row.gevraagd_op,
                "bevestigd op": row.bevestigd_op,
            },
        )
        for row in rows.order_by("pk")
    ]


def _forget_followed(email: str, at: datetime) -> int:
    rows = Aanbevelingsvolger.objects.filter(email__iexact=email)
    return aanbevelingen.forget_followers(rows.values_list("pk", flat=True))["volgers"]


def _members(email: str) -> Sequence[Vondst]:
    rows = Denktafellid.objects.filter(email__iexact=email).select_related("denktafel").order_by("pk")
    return [
        Vondst(
            _("Lid van %(wat)s, sinds %(dag)s") % {"wat": row.denktafel.naam, "dag": datum(row.van)},
            {
                "denktafel": row.denktafel.naam,
                "naam": row.naam,
                "e-mailadres": row.email,
                "organisatie": row.organisatie,
                "rol": row.get_rol_display(),
                "mandaat van": row.van,
                "mandaat tot": row.tot,
                "taal": row.taal,
                "reacties": [reactie.tekst for reactie in row.reacties.all()],
            },
        )
        for row in rows.prefetch_related("reacties")
    ]


def _forget_members(email: str, at: datetime) -> int:
    keys = list(Denktafellid.objects.filter(email__iexact=email).values_list("pk", flat=True))
    return denktafels.forget_members(pks=keys, at=at)["leden"]


def register_all() -> None:
    """Make them known to who answers a question about data; called once, when the app is ready."""
    for bron in (
        Adresbron("uitdager", gettext_lazy("uitdagers"), _uitdagers, _forget_uitdagers),
        Adresbron("denktafellid", gettext_lazy("leden van denktafels"), _members, _forget_members),
        Adresbron("activiteitvoorstel", gettext_lazy("voorgestelde activiteiten"), _proposals, _forget_proposals),
        Adresbron("bruggenbouwer", gettext_lazy("voordrachten"), _bridges, _forget_bridges),
        Adresbron("steun", gettext_lazy("steun aan bruggenbouwers"), _support, _forget_support),
        Adresbron("aanbevelingsvolger", gettext_lazy("gevolgde aanbevelingen"), _followed, _forget_followed),
    ):
        register(bron)
