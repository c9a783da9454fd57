"""How it began, what came before it, and what has been recorded since."""

from datetime import date
from typing import Any

import pytest

from hamstride.facts import Log
from hamstride.vocabulary import Place
from made_up_logs import (
    MOST,
    ON,
    ONSET,
    asked,
    cleared,
    days_ago,
    fact,
    log,
    morning,
    run,
)


def _value(fact_id: str, of: Log, *, within: int | None = None) -> Any:
    return fact(fact_id, of, within=within).value


@pytest.mark.parametrize(
    ("fact_id", "value"),
    [
        ("side", "right"),
        ("onset", "gradual"),
        ("site", "sit_bone"),
        ("mechanism", "sprinting"),
        ("quality", "sharp"),
        ("bruise", "none"),
        ("popped", False),
        ("had_to_stop", True),
        ("sitting_hurts", True),
        ("days_to_pain_free_walk", 0),
        ("previous_strain_reached_speed", False),
    ],
)
def test_what_the_episode_says_is_the_fact(fact_id: str, value: Any) -> None:
    found = fact(fact_id, log(**{fact_id: value}))

    assert (found.value, found.as_of, found.basis) == (value, ONSET, ("episode",))
    if fact_id != "side":  # without a side there is no episode
        missing = fact(fact_id, log(**{fact_id: None}))
        assert missing.value is None
        assert missing.asks == (f"episode.{fact_id}",)


@pytest.mark.parametrize(("grade", "value"), [(None, 0), (2, 2)])
def test_no_grade_is_0_and_known(grade: int | None, value: int) -> None:
    assert _value("clinician_grade", log(clinician_grade=grade)) == value


@pytest.mark.parametrize(
    ("began", "days"), [(ON, 0), (ONSET, 24), (days_ago(401), MOST), (date(2026, 12, 1), 0)]
)
def test_days_since_the_onset_are_the_difference_of_the_dates(began: date, days: int) -> None:
    assert _value("days_since_onset", log(started_on=began)) == days


@pytest.mark.parametrize(
    ("records", "walk_days", "value"),
    [
        ([morning(22, limp=True)], None, True),
        ([morning(22, limp=True)], 1, True),  # what that morning said wins
        ([morning(22, limp=False)], 9, False),
        ([morning(21, limp=True)], None, None),  # the third morning says nothing of the second
        ([morning(22)], 2, False),  # who walked without pain after two days did not limp
        ([], 3, None),
        ([], None, None),
    ],
)
def test_the_second_morning_is_two_days_after_the_onset(
    records: list[Any], walk_days: int | None, value: bool | None
) -> None:
    of = log(*records, days_to_pain_free_walk=walk_days)

    assert _value("limped_second_morning", of) is value


def test_a_second_morning_that_is_to_come_is_unknown() -> None:
    assert _value("limped_second_morning", log(started_on=days_ago(1))) is None


@pytest.mark.parametrize(
    ("ever", "in_12_months", "strains"), [(1, 1, 2), (None, 0, 1), (0, None, 1), (2, None, None)]
)
def test_strains_of_12_months_count_this_one(
    ever: int | None, in_12_months: int | None, strains: int | None
) -> None:
    of = log(previous_strains=ever, previous_strains_12_months=in_12_months)

    assert _value("strains_12_months", of) == strains


@pytest.mark.parametrize(
    ("ended_on", "ever", "days"),
    [
        (date(2026, 9, 2), 1, 60),  # 28 days of September, 31 of October, and one
        (date(2025, 1, 1), 1, MOST),
        (date(2026, 11, 20), 1, 0),  # after the onset of this one
        (None, 0, MOST),
        (None, 1, None),
        (None, None, None),
    ],
)
def test_days_since_the_strain_before_are_counted_to_the_onset(
    ended_on: date | None, ever: int | None, days: int | None
) -> None:
    of = log(previous_strain_ended_on=ended_on, previous_strains=ever)

    assert _value("days_since_previous_strain", of) == days


# Recorded since


@pytest.mark.parametrize(
    ("records", "value"),
    [
        ([morning(20, limp=True), morning(0, limp=False)], True),
        ([morning(20, limp=False)], False),
        ([morning(20, limp=False), morning(19)], None),
        ([], None),
        ([run(9, limped=True), run(1, limped=False)], True),
        ([morning(20, limp=False), run(1, limped=True)], False),  # the last run is today's matter
    ],
)
def test_a_limp_is_remembered_but_for_the_last_run(records: list[Any], value: bool | None) -> None:
    assert _value("ever_limped", log(*records)) is value


@pytest.mark.parametrize(
    ("records", "value"),
    [
        ([morning(20, pain_morning=2, pain_walking=4, pain_rest=1)], 4),
        ([morning(20, pain_rest=3), morning(19)], 3),
        ([run(9, pain_during=6), run(1, pain_during=8)], 6),
        ([run(30, pain_during=9), morning(0, pain_morning=1)], 1),  # before the onset
        ([morning(0)], None),
    ],
)
def test_the_worst_pain_is_the_worst_that_was_recorded(
    records: list[Any], value: int | None
) -> None:
    assert _value("worst_pain_nrs", log(*records)) == value


@pytest.mark.parametrize(
    ("trends", "value"),
    [
        (["eased", "steady", "worse"], True),
        (["steady", "eased"], False),  # the last run is left out
        ([None, "steady"], None),
        (["steady"], False),
        ([], False),
    ],
)
def test_pain_that_eased_is_that_of_an_earlier_run(
    trends: list[str | None], value: bool | None
) -> None:
    runs = [run(9 - place, pain_trend=trend) for place, trend in enumerate(trends)]

    assert _value("pain_eased_in_a_run", log(*runs)) is value


def test_pain_that_eased_before_the_window_does_not_count() -> None:
    of = log(run(9, pain_trend="eased"), run(1))

    assert _value("pain_eased_in_a_run", of, within=8) is False
    assert _value("pain_eased_in_a_run", of, within=9) is True


@pytest.mark.parametrize(
    ("hours", "average"),
    [
        ({0: 7.0, 13: 8.0}, 7.5),
        ({0: 7.0, 1: 7.0, 2: 7.5}, 7.0),  # 7.17, rounded down to a quarter
        ({0: 7.0, 14: 1.0}, 7.0),  # 14 days with today
        ({0: None}, None),
        ({}, None),
    ],
)
def test_sleep_is_the_average_of_14_days(
    hours: dict[int, float | None], average: float | None
) -> None:
    of = log(*(morning(ago, sleep_h=each) for ago, each in hours.items()))

    assert _value("sleep_average_h", of) == average


# Where the runner stands


@pytest.mark.parametrize(("entered", "days"), [(0, 0), (1, 1), (500, MOST), (-1, 0)])
def test_days_in_a_phase_are_the_difference_of_the_dates(entered: int, days: int) -> None:
    place = Place("strength", days_ago(entered))

    assert _value("days_in_phase", log(place=place)) == days


def test_without_a_phase_there_are_no_days_in_it() -> None:
    assert _value("days_in_phase", log()) is None


def test_a_clinician_lets_run_by_entering_the_phase_or_by_a_word_to_go_on_to_it() -> None:
    fact_id, place = "clinician_let_run", Place("strength", days_ago(9))
    seen = Place("strength", days_ago(9), by_clinician=True)

    assert _value(fact_id, log(place=seen)) is True
    assert _value(fact_id, log(cleared(10, advance_to="strength"), place=place)) is True
    assert _value(fact_id, log(cleared(10, advance_to="calm"), place=place)) is False
    assert _value(fact_id, log(asked(1, all_clear=True), place=place)) is False
    assert _value(fact_id, log()) is False
