"""How a jump is named: what it was, what it is held against, and what is only context."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hamstride.explain.run_jumps import UNTESTED, below_table, is_jump, told
from hamstride.explain.run_shown import JumpShown, Limits, RunShown, Spike

LIMITS = Limits(
    fast_pct=80, sprint_pct=90, days=30, jump_pct=110, big_pct=130, severe_pct=200, week_pct=10
)
START = datetime(2026, 10, 3, 9, 0, tzinfo=UTC)
DISTANCE = JumpShown("distance", "red", 8906.0, 6850.0, "m")
LOAD = JumpShown("load", "amber", 55.8, 44.3, "hlu")
QUIET = JumpShown("load", "none", 40.0, 44.3, "hlu")
WEEK = JumpShown("week_distance", "none", 24_000.0, 20_000.0, "m")


def run(spike: Spike | None, *jumps: JumpShown, days: int = 0) -> RunShown:
    return RunShown("run.fit", START + timedelta(days=days), spike=spike, jumps=jumps)


@pytest.mark.parametrize(
    ("spike", "jumped"),
    [(None, False), ("no_baseline", False), ("none", False), ("amber", True), ("severe", True)],
)
def test_a_run_jumped_when_its_gate_says_so(spike: Spike | None, jumped: bool) -> None:
    assert is_jump(run(spike)) is jumped


def test_a_jump_is_named_with_what_it_is_held_against() -> None:
    # 8.906 of 6.85 are 130.01 %, rounded up as its limits are; 55.8 of 44.3 are 125.96 %.
    assert [*told(run("red", DISTANCE, LOAD), LIMITS)] == [
        "It is a big jump over the days before it:",
        "  distance 8.91 km, 131 % of the 6.85 km before it",
        "  load 56 units, 126 % of the 44 units before it",
    ]


@pytest.mark.parametrize(
    ("jump", "said"),
    [
        (
            JumpShown("time", "amber", 2400.0, 1800.0, "s"),
            "time 40:00, 134 % of the 30:00 before it",
        ),
        (
            JumpShown("load", "severe", 9.94, 4.0, "hlu"),
            "load 9.9 units, 249 % of the 4.0 units before it",
        ),
        (
            JumpShown("fast_week", "amber", 480.4, 120.0, "m"),
            "fast metres 480 m in 7 days, where 120 m are usual",
        ),
        (
            JumpShown("fast_week", "red", 1200.0, 0.0, "m"),
            "fast metres 1.20 km in 7 days, where 0 m are usual",
        ),
    ],
)
def test_each_measure_is_named_in_its_own_unit(jump: JumpShown, said: str) -> None:
    assert [*told(run("amber", jump, QUIET), LIMITS)][1:] == [f"  {said}"]


@pytest.mark.parametrize(
    ("jump", "said"),
    [
        (
            JumpShown("ascent", "amber", 300.0, 120.0, "m"),
            "300 m up, where the days before it held no more than 120 m",
        ),
        (
            JumpShown("steep", "red", 720.0, 180.0, "s"),
            "12:00 on steep slopes, where the days before it held no more than 3:00",
        ),
        (JumpShown("fast_gap", "amber", 14.0, 10.0, "days"), "the first fast running for 14 days"),
        (
            WEEK,
            "24.00 km in 7 days after 20.00 km in the 7 before, 20 % more; to stay under 10 % is a "
            "convention of runners, which a trial did not bear out",
        ),
    ],
)
def test_hills_gaps_and_weeks_are_context_and_no_jump(jump: JumpShown, said: str) -> None:
    assert [*told(run("none", jump), LIMITS)] == [
        "It is within what the 30 days before were like.",
        UNTESTED,
        f"  {said}",
    ]


@pytest.mark.parametrize(
    "jump",
    [
        replace(WEEK, value=22_000.0),  # 10 % is within the convention
        replace(WEEK, level="no_baseline", against=None),
        replace(WEEK, level="no_baseline", value=None),
        JumpShown("ascent", "none", 40.0, 50.0, "m"),
        JumpShown("fast_gap", "no_baseline", None, 10.0, "days"),
    ],
)
def test_what_is_usual_or_not_known_is_not_told(jump: JumpShown) -> None:
    assert len([*told(run("none", jump), LIMITS)]) == 1


def test_a_run_without_a_day_has_no_jump_to_tell() -> None:
    assert [*told(run(None), LIMITS)] == []
    assert [*below_table([RunShown("run.gpx")], LIMITS)] == []


def test_below_a_table_each_day_that_jumped_is_named_once_the_latest_first() -> None:
    runs = [run("amber", LOAD), run("red", DISTANCE, LOAD, days=9), run("none", QUIET, days=10)]

    said = [*below_table([*runs, run("red", DISTANCE, LOAD, days=9)], LIMITS)]

    assert said == [
        "2026-10-12 was a big jump: distance 8.91 km, 131 % of the 6.85 km before it; load 56 "
        "units, 126 % of the 44 units before it.",
        "2026-10-03 was a jump: load 56 units, 126 % of the 44 units before it.",
    ]


@pytest.mark.parametrize(("days", "said"), [(5, None), (6, "was 1 more day"), (8, "were 3 more")])
def test_below_a_table_five_days_are_named_and_the_rest_counted(
    days: int, said: str | None
) -> None:
    found = [*below_table([run("severe", DISTANCE, days=day) for day in range(days)], LIMITS)]

    assert found[0].startswith("2026-10-")
    assert sum("was a very big jump" in line for line in found) == 5
    assert (said is None and len(found) == 5) or (said is not None and said in found[5])


def test_below_a_table_the_context_of_the_last_day_is_told() -> None:
    runs = [run("none", WEEK), run("none", JumpShown("fast_gap", "amber", 14.0, 10.0, "days"),
                                   days=2)]  # fmt: skip

    assert [*below_table(runs, LIMITS)] == [
        "2026-10-05, as context, and untested: the first fast running for 14 days."
    ]
