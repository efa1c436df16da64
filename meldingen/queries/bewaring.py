"""What of reports is kept longer than its rule says. Each read leans on an index of what still holds something."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from kern.bewaring.models import Bewaarregel

from ..models import Inzage, Melder, Melding, MeldingBeeld, Volger
from ..models.melding import MeldingQuerySet
from ..states import Status

Rules = Sequence[Bewaarregel]


def closed_longer(regel: Bewaarregel, others: Rules, moment: datetime) -> MeldingQuerySet:
    """Reports that closed so long ago, and still have their words."""
    rows = Melding.objects.filter(status=Status.AFGESLOTEN, geanonimiseerd_op__isnull=True)
    return _under(rows, regel, others).filter(afgesloten_op__lte=moment - timedelta(days=regel.na_dagen))


def closed_long_ago(regel: Bewaarregel, others: Rules, moment: datetime) -> MeldingQuerySet:
    """Reports that closed so long ago, with or without their words."""
    rows = Melding.objects.filter(status=Status.AFGESLOTEN)
    return _under(rows, regel, others).filter(afgesloten_op__lte=moment - timedelta(days=regel.na_dagen))


def still_known(regel: Bewaarregel, others: Rules, moment: datetime) -> MeldingQuerySet:
    """Reports that closed so long ago and of which we still know who reported or follows."""
    known = Melder.objects.filter(~Q(naam="") | ~Q(email="") | ~Q(telefoon=""), melding=OuterRef("pk"))
    followed = Volger.objects.filter(melding=OuterRef("pk")).exclude(email="")
    return closed_longer(regel, others, moment).filter(Exists(known) | Exists(followed))


def photos(regel: Bewaarregel, others: Rules, moment: datetime) -> QuerySet[MeldingBeeld]:
    """Photos with reports that closed so long ago; the state of a rule is whether everybody may see them."""
    rows = MeldingBeeld.objects.filter(
        melding__status=Status.AFGESLOTEN, melding__afgesloten_op__lte=moment - timedelta(days=regel.na_dagen)
    )
    return rows.filter(_photo(regel)).exclude(_any(map(_photo, others)))


def originals(regel: Bewaarregel, others: Rules, moment: datetime) -> QuerySet[MeldingBeeld]:
    """Photos that were blurred so long ago and whose version from before that is still there."""
    return MeldingBeeld.objects.filter(
        oorspronkelijk__isnull=False, vervaagd_op__lte=moment - timedelta(days=regel.na_dagen)
    )


def readings(regel: Bewaarregel, others: Rules, moment: datetime) -> QuerySet[Inzage]:
    """Lines of the log of who read what, so old."""
    return Inzage.objects.filter(op__lte=moment - timedelta(days=regel.na_dagen))


def name_reports(pks: Collection[int]) -> Mapping[int, str]:
    """A report by its number, category and the day it closed."""
    rows = Melding.objects.filter(pk__in=pks).values_list("pk", "categorie__naam", "afgesloten_op")
    return {pk: f"melding {pk}: {naam}, afgesloten op {op:%d-%m-%Y}" for pk, naam, op in rows}


def name_photos(pks: Collection[int]) -> Mapping[int, str]:
    """A photo by the number of its report."""
    rows = MeldingBeeld.objects.filter(pk__in=pks).values_list("pk", "melding_id")
    return {pk: f"foto {pk} bij melding {melding}" for pk, melding in rows}


def name_readings(pks: Collection[int]) -> Mapping[int, str]:
    """A line of the log by the number of its report and its day."""
    rows = Inzage.objects.filter(pk__in=pks).values_list("pk", "melding_id", "op")
    return {pk: f"inzage in melding {melding} op {op:%d-%m-%Y}" for pk, melding, op in rows}


def _under(rows: MeldingQuerySet, regel: Bewaarregel, others: Rules) -> MeldingQuerySet:
    return rows.filter(_report(regel)).exclude(_any(map(_report, others)))


def _report(regel: Bewaarregel) -> Q:
    found = Q()
    if regel.toestand:
        found &= Q(sluitreden=regel.toestand)
    if regel.onderwerp:
        found &= Q(categorie__code=regel.onderwerp)
    return found


def _photo(regel: Bewaarregel) -> Q:
    found = Q(openbaar=regel.toestand == PUBLIC) if regel.toestand else Q()
    return found & Q(melding__categorie__code=regel.onderwerp) if regel.onderwerp else found


def _any(parts: Any) -> Q:
    found = Q(pk__in=[])
    for part in parts:
        found |= part
    return found


PUBLIC, PRIVATE = "openbaar", "niet_openbaar"
