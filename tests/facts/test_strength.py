"""What tests say: the injured side, the other, side against side, and pain."""

from typing import Any

import pytest

from hamstride.facts import Log
from hamstride.facts.strength import behind, symmetry_pct
from hamstride.records import TestResult
from hamstride.vocabulary import TestTerms
from made_up_logs import days_ago, ends, fact, log, result

# The library's rows: bridges are better the more, from day 0; knee extension the less; hops and
# counts to failure are not asked for before day 5 after a sudden onset.
BRIDGE = "single_leg_bridge_reps"
KNEE = "active_knee_extension"
MORE = TestTerms(BRIDGE, "more", sided=True, suffix="reps")
LESS = TestTerms(KNEE, "less", sided=True, suffix="deg")


def _value(fact_id: str, of: Log, *, within: int | None = None) -> Any:
    return fact(fact_id, of, within=within).value


def _bridges(ago: int = 1, **values: Any) -> TestResult:
    return result(ago, BRIDGE, **values)


@pytest.mark.parametrize(
    ("side", "told"),
    [
        ("left", {"injured": 12, "other": 16, "worse_side": 12, "behind": 4}),
        ("right", {"injured": 16, "other": 12, "worse_side": 12, "behind": 0}),  # it is ahead
        # With both sides injured there is nothing to compare with.
        ("both", {"injured": 12, "other": None, "worse_side": 12, "behind": None}),
    ],
)
def test_sides_are_told_as_injured_and_other(side: str, told: dict[str, int | None]) -> None:
    of = log(_bridges(left=12, right=16), side=side)

    assert {name: _value(f"{BRIDGE}_{name}_reps", of) for name in told} == told


@pytest.mark.parametrize(("side", "pct"), [("left", 75), ("right", 133), ("both", None)])
def test_symmetry_is_the_injured_side_in_percent_of_the_other(side: str, pct: int | None) -> None:
    assert _value(f"{BRIDGE}_symmetry_pct", log(_bridges(left=12, right=16), side=side)) == pct


@pytest.mark.parametrize("side", ["left", "both"])
def test_one_side_alone_leaves_open_what_needs_both(side: str) -> None:
    of = log(_bridges(right=16), side=side)

    for name in ("injured_reps", "worse_side_reps", "symmetry_pct", "behind_reps"):
        found = fact(f"{BRIDGE}_{name}", of)
        assert found.value is None
        assert found.asks == (f"tests.{BRIDGE}",)


def test_a_test_that_was_never_done_is_unknown() -> None:
    for name in ("injured_reps", "symmetry_pct", "pain_injured_nrs", "pain_worst_nrs"):
        assert _value(f"{BRIDGE}_{name}", log()) is None


@pytest.mark.parametrize(("within", "value"), [(9, None), (10, 8)])
def test_a_result_counts_within_its_window(within: int, value: int | None) -> None:
    found = fact(f"{BRIDGE}_injured_reps", log(_bridges(10, left=8)), within=within)

    assert found.value == value
    assert found.as_of == (None if value is None else days_ago(10))


def test_the_latest_result_counts_and_of_two_on_one_day_the_worse_of_each_value() -> None:
    of = log(
        _bridges(5, left=30, pain_left=0),
        _bridges(1, left=14, right=16, pain_left=1),
        _bridges(1, left=12, pain_left=0, pain_right=2),
    )

    assert _value(f"{BRIDGE}_injured_reps", of) == 12
    assert _value(f"{BRIDGE}_other_reps", of) == 16
    assert _value(f"{BRIDGE}_pain_injured_nrs", of) == 1
    assert _value(f"{BRIDGE}_pain_worst_nrs", of) == 2


@pytest.mark.parametrize(
    ("answers", "steady"),
    [([True], True), ([True, False], False), ([None, True], True), ([None], None)],
)
def test_a_squat_is_steady_when_every_try_of_the_day_was(
    answers: list[bool | None], steady: bool | None
) -> None:
    of = log(*(result(1, "single_leg_squat", steady=each) for each in answers))

    assert _value("single_leg_squat_steady", of) is steady


def test_where_less_is_better_the_worse_is_the_more() -> None:
    of = log(result(1, KNEE, left=22, right=10), result(1, KNEE, left=25), side="left")

    assert _value(f"{KNEE}_injured_deg", of) == 25
    assert _value(f"{KNEE}_behind_deg", of) == 15
    assert _value(f"{KNEE}_symmetry_pct", of) == 40


@pytest.mark.parametrize(
    ("pains", "injured", "worst"),
    [
        ({"pain_left": 1, "pain_right": 3}, (1, 1), (3, 3)),
        ({"pain_left": 1}, (1, 1), (1, 10)),  # the other side may hurt as much as anything
        ({"pain_right": 3}, (None, None), (3, 10)),
        ({}, (None, None), (None, None)),
    ],
)
def test_pain_is_the_injured_sides_or_the_worse_of_both(
    pains: dict[str, int], injured: tuple[Any, Any], worst: tuple[Any, Any]
) -> None:
    of = log(_bridges(left=10, **pains))

    assert ends(fact(f"{BRIDGE}_pain_injured_nrs", of)) == injured
    assert ends(fact(f"{BRIDGE}_pain_worst_nrs", of)) == worst


def test_with_both_sides_injured_the_worse_pain_is_the_injured_sides() -> None:
    of = log(_bridges(pain_left=1, pain_right=3), side="both")

    assert _value(f"{BRIDGE}_pain_injured_nrs", of) == 3


@pytest.mark.parametrize(
    ("written", "minutes", "pain"),
    [
        ({"left": 30, "pain_left": 0}, 30, 0),
        ({"right": 30, "pain_right": 1}, 30, 1),
        ({"left": 30, "pain_left": 0, "pain_right": 2}, 30, 2),
        ({"left": 30}, 30, None),
    ],
)
def test_a_test_without_sides_is_written_on_either(
    written: dict[str, int], minutes: int, pain: int | None
) -> None:
    of = log(result(1, "brisk_walk", **written))

    assert _value("brisk_walk_min", of) == minutes
    assert _value("brisk_walk_pain_nrs", of) == pain


@pytest.mark.parametrize(
    ("onset", "ago", "value"),
    [
        ("sudden", 20, None),  # 5 November, the fourth day
        ("sudden", 19, 8),
        (None, 20, None),  # it may have been sudden
        ("gradual", 20, 8),
    ],
)
def test_a_hard_test_of_the_first_days_after_a_sudden_onset_does_not_count(
    onset: str | None, ago: int, value: int | None
) -> None:
    assert _value(f"{BRIDGE}_injured_reps", log(_bridges(ago, left=8), onset=onset)) == value


# Side against side, as numbers


@pytest.mark.parametrize(
    ("injured", "other", "terms", "pct"),
    [
        (17, 20, MORE, 85),
        (16.99, 20, MORE, 84),  # rounded down: not yet 85
        (20, 17, LESS, 85),
        (8.7, 10, MORE, 87),  # whatever binary fractions say
        (5, 0, MORE, None),
        (0, 5, LESS, None),
        (200, 1, MORE, 1000),  # and no more than the fact may be
    ],
)
def test_symmetry_is_rounded_down(
    injured: float, other: float, terms: TestTerms, pct: int | None
) -> None:
    assert symmetry_pct(injured, other, terms) == pct


@pytest.mark.parametrize(
    ("injured", "other", "terms", "gap"),
    [(17, 20, MORE, 3), (20, 17, MORE, 0), (20, 10, LESS, 10), (10, 20, LESS, 0)],
)
def test_behind_is_in_the_unit_of_the_test_and_never_below_nothing(
    injured: float, other: float, terms: TestTerms, gap: float
) -> None:
    assert behind(injured, other, terms) == gap
