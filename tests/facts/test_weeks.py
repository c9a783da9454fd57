"""Weeks looked back on. The day asked about is Wednesday 25 November 2026."""

from datetime import date

from hamstride.facts.weeks import Week, most, total, weeks
from made_up_logs import ON, log, mornings, run


def test_a_week_tells_the_median_of_its_mornings_and_what_was_run() -> None:
    of = log(
        *mornings("4 1 -", last=0),  # Monday 4, Tuesday 1, none on Wednesday
        run(1, running_s=600.0, duration_s=1500.0, distance_m=3000.0),
        run(2, duration_s=1200.0, distance_m=2500.0),
    )

    (week,) = weeks(of, date(2026, 11, 23), ON)

    # The running that was found where it is known, else the whole run: 600 + 1200.
    assert week == Week(date(2026, 11, 23), 2.5, 2, 2, 1800.0, 1200.0, 3000.0)


def test_weeks_begin_on_mondays_and_end_with_the_last_day() -> None:
    of = log(*mornings("6 0 0", last=0), run(0, duration_s=60.0))

    found = weeks(of, date(2026, 11, 15), date(2026, 11, 24))

    # The Sunday asked from stands in the week of Monday 9; Wednesday's run lies ahead.
    assert [week.first.day for week in found] == [9, 16, 23]
    assert [week.mornings for week in found] == [0, 0, 2]
    assert [week.pain_nrs for week in found] == [None, None, 3.0]
    assert found[-1].runs == 0
    assert found[-1].running_s == 0


def test_a_week_of_runs_that_tell_nothing_is_unknown_and_not_nothing() -> None:
    (week,) = weeks(log(run(0), run(1)), ON, ON)

    assert week.runs == 2
    assert week.running_s is week.longest_s is week.longest_m is None


def test_nothing_adds_up_to_nothing_and_the_unknown_to_the_unknown() -> None:
    assert total([]) == most([]) == 0
    assert total([None]) is most([None]) is None
    assert total([None, 2.0, 3.0]) == 5.0
    assert most([None, 2.0, 3.0]) == 3.0
