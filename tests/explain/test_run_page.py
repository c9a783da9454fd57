"""A run on its own page: amounts, shares, what it is beside other days, and its table."""

from datetime import UTC, datetime

import pytest

from hamstride.explain.run_page import (
    LOAD,
    Column,
    amounts,
    beside,
    column_row,
    jumped,
    parts,
    shares,
    summary,
)
from hamstride.explain.run_shown import JumpShown, Limits, LoadShown, RunShown, StretchShown
from hamstride.explain.runs import explained

LIMITS = Limits(
    fast_pct=80, sprint_pct=90, days=30, jump_pct=110, big_pct=130, severe_pct=200, week_pct=10
)
START = datetime(2026, 10, 3, 9, 0, tzinfo=UTC)
LOAD_SHOWN = LoadShown(40.4, 36.2, 50.3, easy=30.0, hills=6.2, fast=4.2, walking=0.0)
RUN = RunShown(
    "run.fit", START, 5000.0, 1600.0, 1500.0, 24.0, 600.0, LOAD_SHOWN, "fair", ("gaps",),
    (StretchShown("run", 0, 600),), spike="amber",
)  # fmt: skip


def column(start_s: float, speed_mps: float | None, height_m: float | None = None) -> Column:
    known = speed_mps is not None
    return Column(
        start_s, start_s + 10, "run" if known else None, speed_mps, 0.004 if known else None,
        height_m, 0.17 if known else None, 1.0 if known else None,
    )  # fmt: skip


def test_the_amounts_are_those_of_the_run_and_the_speed_that_of_its_moving_time() -> None:
    found = amounts(RUN)

    assert (found.distance_m, found.time, found.ascent_m) == (5000.0, "26:40", 24.0)
    assert found.speed_mps == pytest.approx(5000 / 1500)
    assert (found.load, found.span, found.quality) == ("40", "36 to 50", "fair data")


def test_what_is_not_known_stays_empty() -> None:
    found = amounts(RunShown("run.fit"))

    assert (found.distance_m, found.time, found.speed_mps, found.load) == (None, "", None, "")
    assert found.quality == "no samples, so no load"


def test_the_shares_of_a_load_come_greatest_first_and_nothing_is_left_out_that_counts() -> None:
    found = shares(LOAD_SHOWN)

    # 30.0, 6.2 and 4.2 of 40.4.
    assert [(each.name, each.units, each.percent) for each in found] == [
        ("easy running", "30", 74), ("hills", "6.2", 15), ("fast running", "4.2", 10),
    ]  # fmt: skip


def test_a_load_of_nothing_has_no_shares() -> None:
    assert shares(LoadShown(0, 0, 0, 0, 0, 0, 0)) == ()


def test_a_day_beside_those_before_it_is_told_in_numbers() -> None:
    found = beside(
        (
            JumpShown("distance", "amber", 8900, 8000, "m"),
            JumpShown("load", "no_baseline", 40.4, None, "hlu"),
            JumpShown("fast_week", "none", 0, 0, "m"),
            JumpShown("week_distance", "amber", 20_000, 10_000, "m"),
        ),
        as_planned=(),
    )

    assert [(each.what, each.today, each.before, each.more, each.said) for each in found] == [
        # 111.25 %, rounded up as the limit is.
        ("Distance", "8.90 km", "8.00 km", "+12 %", "a jump"),
        ("Load", "40 units", "–", "", "nothing to compare with"),
        ("Fast metres in 7 days", "0 m", "0 m", "", "usual"),
    ]
    assert [each.is_jump for each in found] == [True, False, False]
    assert [each.unit for each in found] == ["distance", "text", "distance"]


def test_hills_are_told_only_where_there_are_more_than_before() -> None:
    quiet = (JumpShown("ascent", "none", 16, 50, "m"), JumpShown("steep", "none", 0, 60, "s"))
    loud = (JumpShown("ascent", "red", 80, 50, "m"), JumpShown("steep", "amber", 75, 60, "s"))

    assert beside(quiet, as_planned=()) == ()
    up, steep = beside(loud, as_planned=())
    assert (up.unit, up.value, up.said) == ("height", 80, "a big jump")
    assert (steep.today, steep.before) == ("1:15", "1:00")


def test_what_was_run_as_planned_is_no_jump_however_it_compares() -> None:
    longer = JumpShown("distance", "severe", 5000, 2000, "m")

    (guarded,) = beside((longer,), as_planned=frozenset({"distance"}))
    (other,) = beside((longer,), as_planned=frozenset({"load"}))

    assert (guarded.said, guarded.is_jump, guarded.more) == ("as planned", False, "+150 %")
    assert (other.said, other.is_jump) == ("a very big jump", True)


def test_only_the_distance_or_the_time_of_a_typed_run_is_told_before_it_is_saved() -> None:
    assert jumped((JumpShown("distance", "none", 8800, 8000, "m"),), LIMITS) == ()
    assert jumped((JumpShown("ascent", "red", 400, 50, "m"),), LIMITS) == ()

    first, then = jumped((JumpShown("time", "amber", 2040, 1800, "s"),), LIMITS)

    assert first == (
        "With it that day holds 34:00; the most in the 30 days before is 30:00 (+14 %). More than "
        "110 % of that counts as a jump."
    )
    assert then.startswith("If you ran it, save it")


def test_a_small_load_is_told_to_the_tenth() -> None:
    (found,) = beside((JumpShown("load", "none", 2.31, 4.0, "hlu"),), as_planned=())

    assert (found.today, found.before) == ("2.3 units", "4.0 units")


def test_a_column_is_a_row_of_the_table() -> None:
    # 3 m/s is 10.8 km/h, and 1,000 m take 333 s.
    assert column_row(column(60, 3.0, 96.4)) == ("1:00", "run", "10.8", "5:33", "0", "96", "0.17")
    assert column_row(column(60, None)) == ("1:00", "not recorded", "", "", "", "", "")


def test_a_column_of_standing_has_no_pace_and_one_without_a_gait_says_none() -> None:
    stood = Column(0, 10, None, 0.2, None, None, None, None)

    assert column_row(stood) == ("0:00", "", "0.7", "", "", "", "")


def test_a_slope_just_below_level_is_level() -> None:
    down = Column(0, 10, "run", 3.0, -0.003, 90.0, 0.1, 0.6)
    steep = Column(0, 10, "run", 3.0, -0.04, 90.0, 0.1, 0.6)

    assert column_row(down)[4] == "0"
    assert column_row(steep)[4] == "-4"


def test_a_chart_is_summed_up_in_a_sentence() -> None:
    whole = [column(0, 3.0, 92), column(10, 4.0, 100)]

    # 4 m/s is 14.4 km/h.
    assert summary(whole) == (
        "Speed over 0:20, up to 14.4 km/h; height from 92 to 100 m; load up to 1 units a minute."
    )
    assert summary([column(0, None)]) == "The file has no speed to draw."


def test_a_chart_says_how_often_its_line_breaks() -> None:
    once = [column(0, 3.0), column(10, None), column(20, None), column(30, 3.0)]
    twice = [*once, column(40, None)]

    assert summary(once).endswith(" The line breaks once, where nothing was recorded.")
    assert summary(twice).endswith(" The line breaks 2 times, where nothing was recorded.")


def test_the_sentences_of_a_page_are_those_of_the_run_without_its_load_and_its_jump() -> None:
    whole = [part.heading for part in explained(RUN, (), None, LIMITS)]
    found = list(parts(RUN, (), None, LIMITS))

    assert LOAD in whole
    assert [part.heading for part in found] == [each for each in whole if each != LOAD]
    said = " ".join(line.text for part in found for line in part.lines)
    assert "jump" not in said
    assert "the recording has gaps" in said
