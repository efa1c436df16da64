"""The steps of campaigns, knelpunten, plans and recommendations: what forms offer and the database enforces."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Campagnestatus(TextChoices):
    """Where a screening campaign stands."""

    GEPLAND = "gepland", "gepland"
    LOPEND = "lopend", "lopend"
    ONDERBROKEN = "onderbroken", "onderbroken"
    AFGEROND = "afgerond", "afgerond"
    GEANNULEERD = "geannuleerd", "geannuleerd"


CAMPAGNE_STEPS: dict[Campagnestatus, frozenset[Campagnestatus]] = {
    Campagnestatus.GEPLAND: frozenset({Campagnestatus.LOPEND, Campagnestatus.GEANNULEERD}),
    Campagnestatus.LOPEND: frozenset({Campagnestatus.ONDERBROKEN, Campagnestatus.AFGEROND, Campagnestatus.GEANNULEERD}),
    Campagnestatus.ONDERBROKEN: frozenset({Campagnestatus.LOPEND, Campagnestatus.AFGEROND, Campagnestatus.GEANNULEERD}),
    Campagnestatus.AFGEROND: frozenset({Campagnestatus.LOPEND}),
    Campagnestatus.GEANNULEERD: frozenset(),
}


class Knelpuntstatus(TextChoices):
    """Where a knelpunt stands."""

    VASTGESTELD = "vastgesteld", _("vastgesteld")
    BEOORDEELD = "beoordeeld", _("beoordeeld")
    AANVAARD = "aanvaard", _("aanvaard")
    DOORVERWEZEN = "doorverwezen", _("doorverwezen")
    NIET_UITVOEREN = "niet_uitvoeren", _("niet uitvoeren")
    GEPLAND = "gepland", _("gepland")
    IN_UITVOERING = "in_uitvoering", _("in uitvoering")
    UITGEVOERD = "uitgevoerd", _("uitgevoerd")
    GECONTROLEERD = "gecontroleerd", _("gecontroleerd")
    HEROPEND = "heropend", _("heropend")
    # Never was one by the norm of today: a norm changed, or a new measurement is good while nothing was done.
    VERVALLEN = "vervallen", _("vervallen")


_S = Knelpuntstatus
STEPS: dict[Knelpuntstatus, frozenset[Knelpuntstatus]] = {
    _S.VASTGESTELD: frozenset({_S.BEOORDEELD, _S.VERVALLEN}),
    _S.BEOORDEELD: frozenset({_S.AANVAARD, _S.DOORVERWEZEN, _S.NIET_UITVOEREN, _S.VERVALLEN}),
    _S.AANVAARD: frozenset({_S.GEPLAND, _S.DOORVERWEZEN, _S.NIET_UITVOEREN, _S.VERVALLEN}),
    _S.DOORVERWEZEN: frozenset({_S.AANVAARD, _S.GEPLAND, _S.UITGEVOERD, _S.NIET_UITVOEREN, _S.VERVALLEN}),
    _S.NIET_UITVOEREN: frozenset({_S.BEOORDEELD, _S.VERVALLEN}),
    _S.GEPLAND: frozenset({_S.AANVAARD, _S.DOORVERWEZEN, _S.IN_UITVOERING, _S.UITGEVOERD, _S.VERVALLEN}),
    _S.IN_UITVOERING: frozenset({_S.GEPLAND, _S.UITGEVOERD}),
    _S.UITGEVOERD: frozenset({_S.GECONTROLEERD, _S.HEROPEND}),
    _S.GECONTROLEERD: frozenset({_S.HEROPEND}),
    _S.HEROPEND: frozenset({_S.BEOORDEELD, _S.AANVAARD, _S.GEPLAND, _S.VERVALLEN}),
    _S.VERVALLEN: frozenset({_S.HEROPEND}),
}
CLOSED = frozenset({_S.NIET_UITVOEREN, _S.GECONTROLEERD, _S.VERVALLEN})


class Planstatus(TextChoices):
    """Where a version of an action plan stands."""

    CONCEPT = "concept", "concept"
    VASTGESTELD = "vastgesteld", "vastgesteld"
    VERVANGEN = "vervangen", "vervangen"


PLAN_STEPS: dict[Planstatus, frozenset[Planstatus]] = {
    Planstatus.CONCEPT: frozenset({Planstatus.VASTGESTELD}),
    Planstatus.VASTGESTELD: frozenset({Planstatus.VERVANGEN}),
    Planstatus.VERVANGEN: frozenset(),
}


class Mening(TextChoices):
    """What a second person thinks of a finding."""

    BEVESTIGD = "bevestigd", "bevestigd"
    BETWIST = "betwist", "betwist"
    ONZEKER = "onzeker", "onzeker"


def pairs() -> list[tuple[str, str]]:
    """Every allowed step of a knelpunt as (from, to), for the database trigger."""
    return [(van.value, naar.value) for van, targets in STEPS.items() for naar in sorted(targets)]


def campaign_pairs() -> list[tuple[str, str]]:
    """The same for a campaign."""
    return [(van.value, naar.value) for van, targets in CAMPAGNE_STEPS.items() for naar in sorted(targets)]


def plan_pairs() -> list[tuple[str, str]]:
    """The same for an action plan."""
    return [(van.value, naar.value) for van, targets in PLAN_STEPS.items() for naar in sorted(targets)]


class Adviesstatus(TextChoices):
    """Where a recommendation to a service or partner stands."""

    CONCEPT = "concept", "concept"
    VERZONDEN = "verzonden", "wacht op antwoord"
    BEANTWOORD = "beantwoord", "beantwoord"
    INGETROKKEN = "ingetrokken", "ingetrokken"


ADVIES_STEPS: dict[Adviesstatus, frozenset[Adviesstatus]] = {
    Adviesstatus.CONCEPT: frozenset({Adviesstatus.VERZONDEN}),
    Adviesstatus.VERZONDEN: frozenset({Adviesstatus.BEANTWOORD, Adviesstatus.INGETROKKEN}),
    Adviesstatus.BEANTWOORD: frozenset(),
    Adviesstatus.INGETROKKEN: frozenset(),
}


def advice_pairs() -> list[tuple[str, str]]:
    """The same for a recommendation."""
    return [(van.value, naar.value) for van, targets in ADVIES_STEPS.items() for naar in sorted(targets)]
