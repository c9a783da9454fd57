"""The way back. It began on 1 November 2026; the day asked about is 25 November."""

from dataclasses import replace
from datetime import date

from hamstride.facts.comeback import Milestone, Span, comeback, long_run, milestones, share_pct
from hamstride.records import PhaseEntry
from hamstride.vocabulary import Condition
from made_up_logs import ON, ONSET, days_ago, log, morning, run

SINCE = (ON - ONSET).days  # 24 days


def test_the_weeks_before_stand_against_the_latest_ones() -> None:
    of = log(
        run(SINCE + 1, distance_m=12000.0, duration_s=4000.0, best_speed_mps=5.0),
        run(SINCE + 28, distance_m=8000.0, duration_s=2500.0),
        run(SINCE + 29, distance_m=30000.0),  # a day too early
        run(SINCE, distance_m=50000.0),  # the run in which it happened
        run(3, distance_m=3000.0, running_s=900.0, duration_s=1500.0),
        run(0, distance_m=1000.0, best_speed_mps=3.0),
    )

    found = comeback(of, ON)

    # 20 km in 4 weeks before, 4 km in 4 weeks now.
    assert found.before == Span(date(2026, 10, 4), date(2026, 10, 31), 12000.0, 4000.0, 5000.0, 5.0)
    assert found.now == Span(date(2026, 11, 2), ON, 3000.0, 900.0, 1000.0, 3.0)


def test_without_runs_nothing_is_known_of_before() -> None:
    found = comeback(log(), ON)

    assert found.before.longest_m is found.before.week_m is found.before.best_mps is None


def test_what_is_back_is_rounded_down_and_never_made_up() -> None:
    assert share_pct(10718.0, 4820.0) == 44  # 44.97
    assert share_pct(3.0, 3.0) == 100
    assert share_pct(3.0, 0.0) == 0
    assert share_pct(None, 3.0) is None
    assert share_pct(0.0, 3.0) is None
    assert share_pct(3.0, None) is None


def test_milestones_are_found_in_what_was_recorded_oldest_first() -> None:
    of = log(
        morning(23, pain_walking=2),
        morning(20, pain_walking=0),
        morning(19, pain_walking=0),
        run(SINCE + 3, pain_during=0, longest_continuous_s=3600.0),  # before it began
        run(SINCE, pain_during=0),  # on the day
        run(12, pain_during=2),
        run(9, pain_during=0, longest_continuous_s=1799.0),
        run(2, pain_during=3, longest_continuous_s=1800.0),
    )
    phases = (PhaseEntry(on=days_ago(18), id="strength"), PhaseEntry(on=days_ago(13), id="jog"))
    of = replace(of, case=replace(of.case, phases=phases))

    assert milestones(of, ON) == (
        Milestone(days_ago(20), "pain_free_walk"),
        Milestone(days_ago(18), "phase", "strength"),
        Milestone(days_ago(13), "phase", "jog"),
        Milestone(days_ago(12), "first_run"),
        Milestone(days_ago(9), "first_pain_free_run"),
        Milestone(days_ago(2), "first_long_run", 30.0),
    )


def test_without_check_ins_the_episode_says_when_walking_was_free_of_pain() -> None:
    found = milestones(log(days_to_pain_free_walk=3), ON)

    assert found == (Milestone(date(2026, 11, 4), "pain_free_walk"),)


def test_what_is_not_known_is_no_milestone() -> None:
    of = log(run(3), morning(2))  # a run nobody said anything of, a morning without answers

    assert milestones(of, ON) == (Milestone(days_ago(3), "first_run"),)


def test_what_lies_ahead_of_the_day_is_no_milestone_yet() -> None:
    assert milestones(log(days_to_pain_free_walk=100), ON) == ()


def test_a_library_without_long_runs_has_no_such_milestone() -> None:
    of = log(run(3, pain_during=0, longest_continuous_s=3600.0))
    of = replace(of, declared=replace(of.declared, counts={}))

    assert long_run(of) is None
    assert {each.kind for each in milestones(of, ON)} == {"first_run", "first_pain_free_run"}


def test_the_library_says_what_a_long_run_is() -> None:
    assert long_run(log()) == Condition("longest_continuous_min", "at_least", 30)
