"""From a measured value to a verdict: which norms hold here, does the value meet them, how far off is it, how bad is
that and for whom. Fetches nothing; every number comes in.

The tiers and caps of `severity` are the city's own choice (docs/normen.md tells them), the limits are those of the norm
book.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from .woorden import Dimensie, Ernst, Formule, Kracht, Oordeel, Operator

# How far off, as a part of the limit, still is this severity; further is ONMOGELIJK.
TIERS = ((Decimal("0.10"), Ernst.HINDER), (Decimal("0.25"), Ernst.MOEILIJK), (Decimal("0.50"), Ernst.ERNSTIG))
# Only a passage or a threshold can make a way impossible.
BLOCKING = frozenset({Dimensie.DOORGANG, Dimensie.DREMPEL})
# What nobody in Flanders prescribes is not called impossible on its own.
SOFT: Mapping[str, Ernst] = {
    Kracht.BUITENLAND: Ernst.ERNSTIG,
    Kracht.AANBEVELING: Ernst.MOEILIJK,
    Kracht.GEHEUGEN: Ernst.MOEILIJK,
}
STRENGTH: Mapping[str, int] = {
    Kracht.BEBOUWDE_KOM: 5,
    Kracht.GEBOUW: 4,
    Kracht.RICHTLIJN: 3,
    Kracht.AANBEVELING: 2,
    Kracht.BUITENLAND: 1,
    Kracht.GEHEUGEN: 0,
}


@dataclass(frozen=True)
class Voorwaarde:
    """A norm holds only while another value lies between these bounds."""

    criterium: str
    vanaf: Decimal | None = None
    vanaf_inbegrepen: bool = False
    tot: Decimal | None = None
    tot_inbegrepen: bool = True

    def holds(self, values: Mapping[str, Decimal]) -> bool | None:
        """Whether it does; None as long as the other value is not known."""
        value = values.get(self.criterium)
        if value is None:
            return None
        if self.vanaf is not None and not (value > self.vanaf or (self.vanaf_inbegrepen and value == self.vanaf)):
            return False
        return self.tot is None or value < self.tot or (self.tot_inbegrepen and value == self.tot)


@dataclass(frozen=True)
class Grens:
    """One norm: its limit, the target if there is one, and where it holds."""

    code: str
    operator: str
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    streef_minimum: Decimal | None = None
    streef_maximum: Decimal | None = None
    niveau: int = 1
    kracht: str = Kracht.RICHTLIJN
    context: str = ""
    voorwaarde: Voorwaarde | None = None
    ernst_minstens: int = Ernst.HINDER
    pk: int | None = None

    def met_by(self, value: Decimal) -> bool:
        """Whether the value meets the limit."""
        match self.operator:
            case Operator.MINSTENS:
                return value >= _known(self.minimum)
            case Operator.HOOGSTENS:
                return value <= _known(self.maximum)
            case Operator.MINDER_DAN:
                return value < _known(self.maximum)
            case Operator.TUSSEN:
                return _known(self.minimum) <= value <= _known(self.maximum)
            case Operator.JA:
                return value == _known(self.minimum)
        raise ValueError(f"unknown operator {self.operator!r}")

    def target_met_by(self, value: Decimal) -> bool:
        """Whether the value is as good as it should be; without a target every allowed value is."""
        return (self.streef_minimum is None or value >= self.streef_minimum) and (
            self.streef_maximum is None or value <= self.streef_maximum
        )

    def off_by(self, value: Decimal) -> Decimal | None:
        """How far outside the limit, in the unit: below is negative. None when met, and for yes or no."""
        if self.operator == Operator.JA or self.met_by(value):
            return None
        if self.minimum is not None and value < self.minimum:
            return value - self.minimum
        return value - _known(self.maximum)

    def beyond_target_by(self, value: Decimal) -> Decimal | None:
        """How far outside the target, in the unit."""
        if self.streef_minimum is not None and value < self.streef_minimum:
            return value - self.streef_minimum
        if self.streef_maximum is not None and value > self.streef_maximum:
            return value - self.streef_maximum
        return None


@dataclass(frozen=True)
class Maat:
    """One criterium with the norms that judge it."""

    code: str
    dimensie: str = Dimensie.DOORGANG
    groepen: tuple[str, ...] = ()
    ernst_bij_nee: int = Ernst.MOEILIJK
    standaard: Decimal | None = None
    formule: str = ""
    uit: tuple[str, ...] = ()
    grenzen: tuple[Grens, ...] = ()
    pk: int | None = None


@dataclass(frozen=True)
class Plek:
    """What of an object decides which norms hold: the order of its level, where it lies, and the built-up area."""

    niveau: int = 1
    context: str = "openbaar"
    in_bebouwde_kom: bool = True


@dataclass(frozen=True)
class Uitspraak:
    """The verdict on one value: by which norm, how far off, how bad and for whom."""

    oordeel: Oordeel
    grens: Grens | None = None
    afwijking: Decimal | None = None
    ernst: Ernst | None = None
    groepen: tuple[str, ...] = field(default=())


def compute(formule: str, inputs: Sequence[Decimal | None]) -> Decimal | None:
    """The value of a computed criterium; None as long as an input is missing.

    2R+T: twice the riser plus the tread (BVR of 5 June 2009, art. 20 §3). Share: a part of a whole, in percent.
    """
    known = [value for value in inputs if value is not None]
    if len(known) != len(inputs) or len(known) != 2:
        return None
    first, second = known
    if formule == Formule.TWEE_R_PLUS_T:
        return 2 * first + second
    if formule == Formule.AANDEEL:
        return (100 * first / second).quantize(Decimal("0.001")) if second else None
    raise ValueError(f"unknown formula {formule!r}")


def is_binding(grens: Grens, plek: Plek) -> bool:
    """Whether the law asks it of this place."""
    if grens.kracht == Kracht.BEBOUWDE_KOM:
        return plek.in_bebouwde_kom
    return grens.kracht == Kracht.GEBOUW and plek.context == "gebouw"


def severity(maat: Maat, grens: Grens, value: Decimal, plek: Plek) -> Ernst:
    """How bad it is that the value does not meet the limit.

    By how far it is off as a part of the limit; not above what the kind of norm and of criterium can say; at least
    'ernstig' where the law is broken, and what the norm itself says at least.
    """
    found = Ernst(maat.ernst_bij_nee) if grens.operator == Operator.JA else _tier(grens, value)
    cap = SOFT.get(grens.kracht, Ernst.ONMOGELIJK)
    if maat.dimensie not in BLOCKING:
        cap = min(cap, Ernst.ERNSTIG)
    if grens.niveau > 1:
        # The basic level is met: others can pass.
        cap = min(cap, Ernst.MOEILIJK)
    floor = Ernst.ERNSTIG if is_binding(grens, plek) and grens.niveau == 1 else Ernst.HINDER
    return Ernst(max(min(found, cap), floor, grens.ernst_minstens))


def judge(maat: Maat, value: Decimal, values: Mapping[str, Decimal], plek: Plek) -> Uitspraak:
    """The verdict on a value, given the other values of the same object.

    One norm that is not met decides, the worst first. A norm of which nobody knows whether it holds leaves it open,
    unless the value meets it anyway.
    """
    here = [g for g in maat.grenzen if g.niveau <= plek.niveau and g.context in ("", plek.context)]
    known: list[Grens] = []
    is_open = False
    for grens in here:
        holds = True if grens.voorwaarde is None else grens.voorwaarde.holds(values)
        if holds:
            known.append(grens)
        is_open |= holds is None and not (grens.met_by(value) and grens.target_met_by(value))
    failed = [g for g in known if not g.met_by(value)]
    if failed:
        worst = max(failed, key=lambda g: _weight(maat, g, value, plek))
        return Uitspraak(
            Oordeel.VOLDOET_NIET, worst, worst.off_by(value), severity(maat, worst, value, plek), maat.groepen
        )
    if is_open:
        return Uitspraak(Oordeel.ONVOLLEDIG)
    if not known:
        # Nobody knows which of them holds, or none does.
        is_open = any(g.voorwaarde and g.voorwaarde.holds(values) is None for g in here)
        return Uitspraak(Oordeel.ONVOLLEDIG if is_open else Oordeel.GEEN_NORM)
    below = [g for g in known if not g.target_met_by(value)]
    if below:
        grens = max(below, key=lambda g: STRENGTH[g.kracht])
        return Uitspraak(Oordeel.AANDACHTSPUNT, grens, grens.beyond_target_by(value), Ernst.HINDER, maat.groepen)
    return Uitspraak(Oordeel.VOLDOET, max(known, key=lambda g: (g.niveau, STRENGTH[g.kracht])))


def judge_all(maten: Iterable[Maat], values: Mapping[str, Decimal], plek: Plek) -> dict[str, Uitspraak]:
    """The verdicts on all values of an object at once, by code; values that are computed come with them."""
    rows = {maat.code: maat for maat in maten}
    full = with_computed(rows.values(), values)
    context = {code: m.standaard for code, m in rows.items() if m.standaard is not None} | full
    return {code: judge(rows[code], value, context, plek) for code, value in full.items() if code in rows}


def with_computed(maten: Iterable[Maat], values: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """The values, with those that follow from them."""
    full = dict(values)
    for maat in maten:
        if maat.formule:
            value = compute(maat.formule, [values.get(code) for code in maat.uit])
            if value is not None:
                full[maat.code] = value
    return full


def overall(oordelen: Iterable[str]) -> Oordeel:
    """The verdict on an object: the worst part of it, never a mean. Without any, it was not screened."""
    found = set(oordelen)
    if not found:
        return Oordeel.NIET_GESCREEND
    if found == {Oordeel.NIET_MEETBAAR}:
        return Oordeel.NIET_MEETBAAR
    if Oordeel.NIET_MEETBAAR in found:
        found.add(Oordeel.ONVOLLEDIG)
    for oordeel in (Oordeel.VOLDOET_NIET, Oordeel.ONVOLLEDIG, Oordeel.AANDACHTSPUNT, Oordeel.VOLDOET):
        if oordeel in found:
            return oordeel
    return Oordeel.GEEN_NORM


def _tier(grens: Grens, value: Decimal) -> Ernst:
    off = grens.off_by(value)
    if off is None:
        return Ernst.HINDER
    limit = _known(grens.minimum) if off < 0 else _known(grens.maximum)
    if not limit:
        return Ernst.ONMOGELIJK
    share = abs(off / limit)
    return next((ernst for most, ernst in TIERS if share <= most), Ernst.ONMOGELIJK)


def _weight(maat: Maat, grens: Grens, value: Decimal, plek: Plek) -> tuple[int, bool, int, Decimal]:
    """Which of several norms that are not met is told: the worst, the law first, then what is furthest off."""
    off = grens.off_by(value) or Decimal(0)
    return severity(maat, grens, value, plek), is_binding(grens, plek), STRENGTH[grens.kracht], abs(off)


def _known(value: Decimal | None) -> Decimal:
    if value is None:
        raise ValueError("the limit of this norm is not filled in")
    return value
