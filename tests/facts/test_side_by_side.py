"""Tests looked back on, side against side."""

from hamstride.facts.side_by_side import Sides, side_by_side
from hamstride.protocols.loading import load
from made_up_logs import days_ago, log, result

TERMS = load().declared.tests


def test_each_day_of_a_test_tells_the_injured_side_in_percent_of_the_other() -> None:
    of = log(
        result(2, "single_leg_bridge_hold", left=34, right=43, pain_left=0, pain_right=1),
        result(9, "single_leg_bridge_hold", left=18, right=41),
    )

    found = side_by_side(of, TERMS["single_leg_bridge_hold"])

    # 18 / 41 = 43.9 %, 34 / 43 = 79.07 %, both rounded down.
    assert found == (
        Sides(days_ago(9), 18, 41, 43, None, None),
        Sides(days_ago(2), 34, 43, 79, 0, 1),
    )


def test_where_less_is_better_the_other_side_stands_above_the_line() -> None:
    of = log(result(2, "active_knee_extension", left=12, right=10))

    (found,) = side_by_side(of, TERMS["active_knee_extension"])

    assert found.symmetry_pct == 83  # 10 / 12


def test_one_side_alone_and_two_hurt_sides_are_compared_with_nothing() -> None:
    alone = log(result(2, "hop_in_place", left=30))
    both = log(result(2, "hop_in_place", left=30, right=30), side="both")

    assert side_by_side(alone, TERMS["hop_in_place"])[0].symmetry_pct is None
    assert side_by_side(both, TERMS["hop_in_place"])[0].symmetry_pct is None


def test_a_test_without_sides_keeps_its_value_on_the_left() -> None:
    of = log(result(2, "brisk_walk", left=30, pain_left=1))

    assert side_by_side(of, TERMS["brisk_walk"]) == (Sides(days_ago(2), 30, None, None, 1, None),)


def test_a_hard_test_of_the_first_days_is_no_result() -> None:
    of = log(result(22, "hop_in_place", left=30, right=30))  # two days after it began

    assert side_by_side(of, TERMS["hop_in_place"]) == ()
