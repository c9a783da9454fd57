"""The load of weeks and days, in words."""

from dataclasses import replace
from datetime import date

from hamstride.explain.loads import (
    LoadOfDay,
    Week,
    below,
    day_row,
    narrow_day,
    narrow_week,
    week_row,
)

WEEK = Week(
    first=date(2026, 11, 9),
    runs=3,
    distance_m=12_740.0,
    ascent_m=46.4,
    hlu=78.2,
    low=75.0,
    high=81.4,
    fast_m=160.0,
    change_pct=14.0,
    over_convention=True,
)
DAY = LoadOfDay(date(2026, 11, 9), 29.0, 28.0, 30.0, 14.2, 9.8)


def test_a_week_is_a_row_of_its_sums() -> None:
    assert week_row(WEEK) == (
        "9 Nov 2026", "3", "12.7", "46", "78", "75 to 81", "160", "+14 %*",
    )  # fmt: skip


def test_what_a_week_cannot_tell_stays_empty() -> None:
    empty = Week(date(2026, 11, 9), 0, None, None, None, None, None, None, None, False)

    assert week_row(empty) == ("9 Nov 2026", "", "", "", "", "", "", "")


def test_a_day_is_a_row_with_a_bar_against_the_greatest() -> None:
    assert day_row(DAY, 58.0) == (
        "Mon  9 Nov", "29", "28 to 30", "14", "10", "████████████",
    )  # fmt: skip
    assert day_row(replace(DAY, hlu=0.0), 58.0)[1:3] == ("rest", "")
    assert day_row(replace(DAY, hlu=None), 58.0)[1] == "?"


def test_what_the_tables_rest_on_is_told_as_far_as_it_is_shown() -> None:
    said = " ".join(below([WEEK], [DAY], 10))
    assert "A * stands at more than 10 % more: a runners' rule of thumb" in said
    assert "Neither they nor their ratio tell what will happen." in said
    assert "A ? stands" not in said

    unknown = " ".join(
        below([replace(WEEK, change_pct=None, fast_m=None)], [replace(DAY, hlu=None)], 10)
    )
    assert "A ? stands on a day with a run whose load the file cannot tell." in unknown
    assert "Fast metres stay empty while no run tells your own top speed." in unknown
    assert "rule of thumb" not in unknown
    assert "running averages" not in " ".join(below([WEEK], [], 10))


def test_a_narrow_window_keeps_what_matters_most() -> None:
    assert narrow_week(week_row(WEEK)) == ("9 Nov 2026", "12.7", "78", "+14 %*")
    assert narrow_day(day_row(DAY, 58.0)) == ("Mon  9 Nov", "29", "██████")
