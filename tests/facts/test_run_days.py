"""Runs as days: what is known of each."""

from dataclasses import replace
from datetime import date

from hamstride.facts.run_days import days_of
from hamstride.facts.spikes import Day, spikes
from hamstride.protocols.loading import load
from hamstride.records import Load, Measured, Run
from made_up_logs import days_ago, run

TERMS = load().declared.spikes
TODAY = days_ago(1)


def loaded(of: Run, hlu: float, *doubts: str) -> Run:
    shares = {"easy": hlu, "hills": 0.0, "fast": 0.0, "walking": 0.0}
    made = Measured(load=Load(hlu, hlu - 1, hlu + 2, **shares), doubts=doubts, steep_s=30.0)
    return replace(of, measured=made)


def test_the_runs_of_a_day_are_added_up() -> None:
    one = loaded(run(1, distance_m=3000, duration_s=900, ascent_m=10), 15.0)
    other = loaded(run(1, distance_m=2000, duration_s=600, ascent_m=5), 10.0)

    (day,) = days_of([(one, 40.0), (other, 0.0)])

    assert day == Day(
        TODAY, distance_m=5000, duration_s=1500, load_hlu=25.0, load_low_hlu=23.0,
        load_high_hlu=29.0, ascent_m=15, steep_s=60.0, fast_m=40.0,
    )  # fmt: skip


def test_a_load_or_fast_metres_that_one_run_cannot_tell_are_not_known_for_the_day() -> None:
    (day,) = days_of([(loaded(run(1, distance_m=3000), 15.0), 40.0), (run(1), None)])

    assert (day.distance_m, day.load_hlu, day.fast_m) == (3000, None, None)


def test_days_come_oldest_first_and_are_prescribed_when_all_of_their_runs_are() -> None:
    runs = [run(1, step="R1"), run(3, step="R1"), run(1)]

    days = days_of([(each, None) for each in runs], lambda each: each.step == "R1")

    assert [(day.on, day.prescribed) for day in days] == [
        (days_ago(3), True),
        (TODAY, False),
    ]


def level(*runs: Run, on: date = TODAY) -> str:
    return spikes(days_of([(each, None) for each in runs]), on, TERMS).gate


def test_a_load_that_a_fault_of_the_watch_made_is_no_jump_and_hides_none() -> None:
    usual = loaded(run(5, distance_m=5000), 30.0)
    faulty = loaded(run(1, distance_m=5000), 300.0, "load_in_seconds")

    assert level(usual, faulty) == "none"
    # A faulty load before it is not the most either: then the distances are compared alone.
    before = loaded(run(5, distance_m=5000), 300.0, "load_in_seconds")
    assert level(before, loaded(run(1, distance_m=5000), 90.0)) == "none"
    assert level(before, loaded(run(1, distance_m=6000), 90.0)) == "amber"
