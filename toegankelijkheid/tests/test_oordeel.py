"""Every norm of the book with values just below, at and just above its limit; and what holds for any number."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toegankelijkheid.rules.oordeel import (
    Grens,
    Maat,
    Plek,
    Voorwaarde,
    compute,
    judge,
    judge_all,
    overall,
    severity,
)
from toegankelijkheid.rules.woorden import Dimensie, Ernst, Kracht, Oordeel, Operator

from .boek import BOOK, limit_of, measures

MEASURES = measures()
STEP = Decimal("0.1")
D = Decimal
JA, NEE = D(1), D(0)

# (code, below, at, above): does each meet the norm? By hand from the source, so that a slip in the file shows.
LIMITS = {
    "LR-D01": (">=", 150), "LR-D01K": (">=", 150), "LR-D02": (">=", 180), "LR-D03": (">=", 100), "LR-D04": ("<=", 50),
    "LR-D05": ("<", 900), "LR-D06": (">=", 120), "LR-D07": ("<=", 1000), "LR-D08": (">=", 100), "LR-D09": (">=", 150),
    "LR-D10": (">=", 210), "LR-D11": (">=", 230), "LR-D12": (">=", 250), "LR-D13": (">=", 120), "LR-D14": (">=", 180),
    "LR-D15": "ja", "LR-D16": ("<=", 10), "LR-D17": "ja", "LR-O01": ("<=", "0.5"), "LR-O02": ("<=", 2),
    "LR-O02C": ("<=", 1), "LR-O03": "ja", "LR-O04": "ja", "LR-O05": "ja", "LR-O06": ("<=", 2), "LR-O07": ("<=", 4),
    "LR-R01": ("<=", 2), "LR-R02": "ja", "LR-R03": "ja",
    "OV-R01": ("<=", 2), "OV-R01C": ("<=", "0.5"), "OV-R02": ("<=", 12), "OV-R03": ("<=", 10), "OV-R04": ("<=", 8),
    "OV-R05": ("<=", 10), "OV-D01": (">=", 120), "OV-D02": (">=", 150), "OV-D03": (">=", 200), "OV-O01": (">=", 60),
    "OV-O02": (">=", 180), "OV-O03": (">=", 60), "OV-O04": (">=", 60), "OV-O05": "ja", "OV-O06": (">=", 300),
    "OV-M01": (90, 120), "OV-M02": "ja",
    "HB-01": ("<=", 10), "HB-02": ("<=", "8.3"), "HB-03": ("<=", "6.25"), "HB-01P": ("<=", 12), "HB-02P": ("<=", 10),
    "HB-03P": ("<=", 8), "HB-04": ("<=", 5), "HB-05": ("<=", 1000), "HB-06": (">=", 120), "HB-07": (">=", 150),
    "HB-08": (">=", 150), "HB-09": "ja", "HB-10": (">=", 40), "HB-11": (95, 105), "HB-12": (70, 75),
    "HB-13": (40, 50), "HB-14": (">=", 5), "HB-15": ("<=", 2), "HB-16": (">=", 60),
    "TR-01": ("<=", 18), "TR-02": (">=", 23), "TR-02C": (">=", 28), "TR-03": (57, 63), "TR-04": ("<=", 17),
    "TR-05": ("<=", 12), "TR-06": (">=", 100), "TR-06C": (">=", 120), "TR-07": (">=", 230), "TR-08": "ja",
    "TR-09": (">=", 40), "TR-10": (85, 95), "TR-11": "ja", "TR-12": (">=", 60), "TR-13": ("<=", 15), "TR-14": "ja",
    "TR-15": "ja",
    "HA-01": (">=", 15), "HA-02": (17, 18), "HA-03": ("<=", 16), "HA-04": "ja", "HA-05": "ja", "HA-06": (">=", 180),
    "HA-07": (">=", 90), "HA-08": (">=", 90), "HA-09": "ja", "HA-10": "ja", "HA-11": ("<=", 2), "HA-12": "ja",
    "HA-13": (">=", 90),
    "PP-01": (">=", 350), "PP-02": (">=", 500), "PP-03": (">=", 600), "PP-04": "ja", "PP-05": ("<=", 2), "PP-06": "ja",
    "PP-07": "ja", "PP-08": (">=", 210), "PP-09": "ja", "PP-10": ("<=", 2500), "PP-11": ("<=", 2), "PP-12": (">=", 6),
    "PP-12A": (">=", 1), "PP-13": (">=", 2),
    "SM-01": ("<=", 5000), "SM-02": ("<=", 20000), "SM-03": (45, 50), "SM-04": (40, 45), "SM-05": "ja",
    "SM-06": (">=", 90), "SM-07": (">=", 150), "SM-08": (">=", 70), "SM-09": "ja", "SM-10": (90, 120),
    "SM-11": (140, 160), "SM-12": ("<=", 80),
}  # fmt: skip
EXTRA = {"LR-D01K", "LR-O02C", "OV-R01C", "HB-01P", "HB-02P", "HB-03P", "TR-02C", "TR-06C", "PP-12A"}


def cases():
    for code, limit in LIMITS.items():
        if limit == "ja":
            yield code, JA, True
            yield code, NEE, False
        elif isinstance(limit[0], str):
            operator, at = limit[0], D(limit[1])
            yield code, at - STEP, operator != ">="
            yield code, at, operator != "<"
            yield code, at + STEP, operator == ">="
        else:
            low, high = map(D, limit)
            yield from (
                (code, v, ok) for v, ok in ((low - STEP, False), (low, True), (high, True), (high + STEP, False))
            )


def where(row):
    """A place at the norm's own level and context, and values for which it holds."""
    grens = limit_of(row)
    values = {}
    if grens.voorwaarde:
        v = grens.voorwaarde
        low = None if v.vanaf is None else v.vanaf + (0 if v.vanaf_inbegrepen else STEP)
        high = None if v.tot is None else v.tot - (0 if v.tot_inbegrepen else STEP)
        values[v.criterium] = low if low is not None else high
    return Plek(niveau=grens.niveau, context=grens.context or "openbaar"), values


def test_the_book_holds_every_norm_and_the_table_here_knows_each():
    codes = [row["code"] for row in BOOK["normen"]]
    assert len(codes) == len(set(codes))
    assert set(codes) == set(LIMITS)
    assert len(set(codes) - EXTRA) == 112


@pytest.mark.parametrize(("code", "value", "passes"), list(cases()))
def test_a_value_just_below_at_and_just_above_the_limit(code, value, passes):
    row = next(row for row in BOOK["normen"] if row["code"] == code)
    plek, values = where(row)
    # The norm by itself: others of the same criterium may ask more at this level.
    maat = replace(MEASURES[row["criterium"]], grenzen=(limit_of(row),))
    verdict = judge(maat, value, values, plek)
    if passes:
        assert verdict.oordeel in (Oordeel.VOLDOET, Oordeel.AANDACHTSPUNT)
        assert verdict.oordeel == Oordeel.VOLDOET or verdict.ernst == Ernst.HINDER
    else:
        assert verdict.oordeel == Oordeel.VOLDOET_NIET
        assert verdict.grens.code == code
        assert verdict.ernst in Ernst
        assert verdict.groepen == maat.groepen
        assert (verdict.afwijking is None) == (LIMITS[code] == "ja")


@pytest.mark.parametrize("row", [row for row in BOOK["normen"] if row["voorwaarde"]], ids=lambda row: row["code"])
def test_a_norm_with_a_condition_holds_inside_its_bounds_only(row):
    grens = limit_of(row)
    v = grens.voorwaarde
    for bound, inside, side in ((v.vanaf, v.vanaf_inbegrepen, 1), (v.tot, v.tot_inbegrepen, -1)):
        if bound is not None:
            assert v.holds({v.criterium: bound}) is inside
            assert v.holds({v.criterium: bound - side * STEP}) is False
            assert v.holds({v.criterium: bound + side * D("0.001")}) is True or v.vanaf == v.tot
    assert v.holds({}) is None


@pytest.mark.parametrize(
    ("height", "slope", "oordeel", "ernst"),
    [
        (8, "10", Oordeel.VOLDOET, None),
        (8, "10.1", Oordeel.AANDACHTSPUNT, Ernst.HINDER),
        (8, "11", Oordeel.AANDACHTSPUNT, Ernst.HINDER),
        (8, "12", Oordeel.AANDACHTSPUNT, Ernst.HINDER),
        (8, "12.1", Oordeel.VOLDOET_NIET, Ernst.ERNSTIG),
        (8, "13", Oordeel.VOLDOET_NIET, Ernst.ERNSTIG),
        (8, "20", Oordeel.VOLDOET_NIET, Ernst.ONMOGELIJK),
        (10, "11", Oordeel.AANDACHTSPUNT, Ernst.HINDER),
        ("10.1", "11", Oordeel.VOLDOET_NIET, Ernst.ERNSTIG),
        (25, "9", Oordeel.AANDACHTSPUNT, Ernst.HINDER),
        ("25.1", "9", Oordeel.VOLDOET_NIET, Ernst.ERNSTIG),
        (50, "6.25", Oordeel.VOLDOET, None),
        (51, "6", Oordeel.GEEN_NORM, None),
    ],
)
def test_the_limit_of_a_kerb_ramp_follows_from_the_height_it_bridges(height, slope, oordeel, ernst):
    verdict = judge(MEASURES["ov-helling"], D(slope), {"ov-hoogte": D(height)}, Plek())
    assert (verdict.oordeel, verdict.ernst) == (oordeel, ernst)


@pytest.mark.parametrize(
    ("context", "height", "slope", "oordeel"),
    [
        ("openbaar", 8, "11", Oordeel.AANDACHTSPUNT),
        ("gebouw", 8, "11", Oordeel.VOLDOET_NIET),
        ("gebouw", 2, "30", Oordeel.GEEN_NORM),
        ("openbaar", "49.9", "8", Oordeel.AANDACHTSPUNT),
        ("openbaar", 50, "6", Oordeel.VOLDOET_NIET),
        ("gebouw", 50, "5", Oordeel.VOLDOET),
    ],
)
def test_a_ramp_on_the_public_footway_has_other_limits_than_at_a_building(context, height, slope, oordeel):
    assert judge(MEASURES["hb-helling"], D(slope), {"hb-hoogte": D(height)}, Plek(context=context)).oordeel == oordeel


def test_a_slope_without_the_height_it_bridges_is_left_open():
    assert judge(MEASURES["ov-helling"], D(11), {}, Plek()).oordeel == Oordeel.ONVOLLEDIG
    assert judge(MEASURES["ov-helling"], D(1), {}, Plek()).oordeel == Oordeel.ONVOLLEDIG


def test_a_norm_that_may_not_hold_leaves_nothing_open_when_it_is_met_anyway():
    values = {"lr-park": NEE}
    assert judge(MEASURES["lr-breedte"], D(150), values, Plek()).grens.code == "LR-D01"
    assert judge(MEASURES["lr-breedte"], D(150), {}, Plek()).oordeel == Oordeel.ONVOLLEDIG
    assert judge_all(MEASURES.values(), {"lr-breedte": D(150)}, Plek())["lr-breedte"].oordeel == Oordeel.VOLDOET


@pytest.mark.parametrize(("riser", "tread", "total"), [(17, 29, 63), (15, 27, 57), (18, 28, 64), ("14.5", 27, 56)])
def test_twice_the_riser_plus_the_tread_is_computed_and_judged(riser, tread, total):
    found = judge_all(MEASURES.values(), {"tr-optrede": D(riser), "tr-aantrede": D(tread)}, Plek())
    assert compute("2R+T", [D(riser), D(tread)]) == total
    assert found["tr-2rt"].oordeel == (Oordeel.VOLDOET if 57 <= total <= 63 else Oordeel.VOLDOET_NIET)
    assert "tr-2rt" not in judge_all(MEASURES.values(), {"tr-optrede": D(riser)}, Plek())


def test_the_share_of_reserved_places_is_computed():
    values = {"pp-totaal": D(50), "pp-gereserveerd": D(2)}
    assert judge_all(MEASURES.values(), values, Plek(context="gebouw"))["pp-aandeel"].oordeel == Oordeel.VOLDOET_NIET
    assert judge_all(MEASURES.values(), values, Plek())["pp-aandeel"].oordeel == Oordeel.VOLDOET
    assert compute("aandeel", [D(0), D(0)]) is None


@pytest.mark.parametrize(("width", "code", "ernst"), [(140, "LR-D01", 1), (120, "LR-D01", 2), (99, "LR-D03", 4)])
def test_of_two_norms_that_are_not_met_the_worst_is_told(width, code, ernst):
    verdict = judge(MEASURES["lr-breedte"], D(width), {}, Plek())
    assert (verdict.grens.code, verdict.ernst) == (code, ernst)


def test_a_higher_level_asks_what_the_lower_ones_ask_and_more():
    maat = MEASURES["lr-breedte"]
    assert judge(maat, D(160), {"lr-park": NEE}, Plek(niveau=1)).oordeel == Oordeel.VOLDOET
    assert judge(maat, D(160), {}, Plek(niveau=2)).grens.code == "LR-D02"
    assert judge(maat, D(90), {}, Plek(niveau=2)).ernst == Ernst.ONMOGELIJK


def test_outside_the_built_up_area_the_rule_of_1997_is_a_yardstick_only():
    maat = MEASURES["ov-helling"]
    values = {"ov-hoogte": D(8)}
    assert judge(maat, D(13), values, Plek()).ernst == Ernst.ERNSTIG
    assert judge(maat, D(13), values, Plek(in_bebouwde_kom=False)).ernst == Ernst.HINDER


def test_an_object_is_as_bad_as_its_worst_part_and_without_measurements_unknown():
    assert overall([]) == Oordeel.NIET_GESCREEND
    assert overall([Oordeel.VOLDOET] * 20 + [Oordeel.VOLDOET_NIET]) == Oordeel.VOLDOET_NIET
    assert overall([Oordeel.VOLDOET, Oordeel.NIET_MEETBAAR]) == Oordeel.ONVOLLEDIG
    assert overall([Oordeel.NIET_MEETBAAR]) == Oordeel.NIET_MEETBAAR
    assert overall([Oordeel.GEEN_NORM]) == Oordeel.GEEN_NORM
    assert overall([Oordeel.VOLDOET, Oordeel.AANDACHTSPUNT]) == Oordeel.AANDACHTSPUNT


numbers = st.decimals(min_value=0, max_value=20000, places=3)
limits = st.builds(
    Grens,
    code=st.just("X"),
    operator=st.sampled_from([Operator.MINSTENS, Operator.HOOGSTENS]),
    minimum=st.decimals(min_value=1, max_value=10000, places=1),
    maximum=st.decimals(min_value=1, max_value=10000, places=1),
    niveau=st.integers(1, 3),
    kracht=st.sampled_from(Kracht.values),
    ernst_minstens=st.sampled_from(Ernst.values),
).map(lambda g: replace(g, maximum=None) if g.operator == Operator.MINSTENS else replace(g, minimum=None))
places = st.builds(Plek, st.integers(1, 3), st.sampled_from(["openbaar", "gebouw"]), st.booleans())


@given(limits, numbers, numbers, places, st.sampled_from(Dimensie.values))
def test_further_off_is_never_less_severe(grens, first, second, plek, dimensie):
    near, far = sorted((first, second), key=lambda v: abs(grens.off_by(v) or 0))
    if grens.off_by(near) is not None:
        maat = Maat("x", dimensie=dimensie)
        assert severity(maat, grens, near, plek) <= severity(maat, grens, far, plek)


@given(limits, numbers, places)
def test_what_is_off_is_off_and_what_is_not_is_met(grens, value, plek):
    verdict = judge(Maat("x", grenzen=(grens,)), value, {}, plek)
    if grens.niveau > plek.niveau:
        assert verdict.oordeel == Oordeel.GEEN_NORM
    elif grens.met_by(value):
        assert (verdict.oordeel, verdict.afwijking, verdict.ernst) == (Oordeel.VOLDOET, None, None)
    else:
        assert verdict.oordeel == Oordeel.VOLDOET_NIET
        assert verdict.afwijking != 0
        assert 1 <= verdict.ernst <= 4


@given(st.lists(limits, max_size=5), numbers, places)
def test_another_norm_never_makes_a_verdict_better(grenzen, value, plek):
    verdicts = [judge(Maat("x", grenzen=tuple(grenzen[:n])), value, {}, plek) for n in range(len(grenzen) + 1)]
    failed = [v.oordeel == Oordeel.VOLDOET_NIET for v in verdicts]
    assert failed == sorted(failed)
    assert [v.ernst or 0 for v in verdicts] == sorted(v.ernst or 0 for v in verdicts)


@given(numbers, numbers, numbers, st.booleans(), st.booleans())
def test_a_condition_and_its_neighbour_share_no_value(value, low, high, low_in, high_in):
    under = Voorwaarde("h", tot=low, tot_inbegrepen=low_in)
    above = Voorwaarde("h", vanaf=low, vanaf_inbegrepen=not low_in, tot=max(low, high), tot_inbegrepen=high_in)
    assert not (under.holds({"h": value}) and above.holds({"h": value}))
