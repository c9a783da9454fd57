"""Streams are written by hand as (seconds, value); expected values are counted by hand."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamstride.facts.segments import Samples, Span, Stretch, stretches, without_walk_break
from hamstride.vocabulary import RunTerms

# The figures of library/facts.toml: 140 steps/min, 2.0 m/s, 10 s and 20 s.
TERMS = RunTerms(140, 2.0, 10, 20, 30, 20, 10, (), (), (), ())
WALK, JOG, STILL = 1.3, 2.8, 0.0

Part = tuple[float, float]  # seconds and value
Rows = list[tuple[int, float, int]]  # seconds since the last, speed, cadence


def stream(*parts: Part, every_s: float = 1.0) -> tuple[Samples, Samples]:
    """Times and values at an even rate, and one sample at the end that closes the last part."""
    values: list[float] = []
    for seconds, value in parts:
        values += [value] * round(seconds / every_s)
    values.append(parts[-1][1])
    return np.arange(float(len(values))) * every_s, np.array(values)


def by_speed(
    *parts: Part, every_s: float = 1.0, pauses: Sequence[Span] = ()
) -> tuple[Stretch, ...]:
    time_s, speed_mps = stream(*parts, every_s=every_s)
    return stretches(time_s, speed_mps, None, TERMS, pauses)


def kinds(found: Iterable[Stretch]) -> list[tuple[str, float]]:
    return [(s.kind, s.duration_s) for s in found]


def longest_s(found: Iterable[Stretch]) -> float:
    return max(end - start for start, end in without_walk_break(found, TERMS.walk_break_s))


def running_s(found: Iterable[Stretch]) -> float:
    return sum(s.duration_s for s in found if s.kind == "run")


def test_five_times_three_minutes_of_walking_and_one_of_running() -> None:
    found = by_speed(*[(180, WALK), (60, JOG)] * 5)

    assert kinds(found) == [("walk", 180), ("run", 60)] * 5
    assert running_s(found) == 300
    assert longest_s(found) == 60


@pytest.mark.parametrize(("walked_s", "longest"), [(15, 1815), (19, 1819), (20, 900), (25, 900)])
def test_twenty_seconds_of_walking_end_a_stretch_without_a_walk_break(
    walked_s: int, longest: int
) -> None:
    found = by_speed((900, JOG), (walked_s, WALK), (900, JOG))

    assert longest_s(found) == longest


@pytest.mark.parametrize(
    ("walked_s", "expected"),
    [
        (9, [("run", 609)]),
        (10, [("run", 300), ("walk", 10), ("run", 300)]),
        (11, [("run", 300), ("walk", 11), ("run", 300)]),
    ],
)
def test_a_change_shorter_than_ten_seconds_is_ignored(
    walked_s: int, expected: list[tuple[str, float]]
) -> None:
    found = by_speed((300, JOG), (walked_s, WALK), (300, JOG))

    assert kinds(found) == expected


@pytest.mark.parametrize(("ran_s", "running"), [(9, 0), (10, 10), (11, 11)])
def test_a_burst_of_running_counts_from_ten_seconds(ran_s: int, running: int) -> None:
    found = by_speed((300, WALK), (ran_s, JOG), (300, WALK))

    assert running_s(found) == running


@pytest.mark.parametrize(("speed_mps", "kind"), [(1.99, "walk"), (2.0, "run"), (2.01, "run")])
def test_without_cadence_running_begins_at_two_metres_a_second(speed_mps: float, kind: str) -> None:
    assert kinds(by_speed((60, speed_mps))) == [(kind, 60)]


@pytest.mark.parametrize(("cadence_spm", "kind"), [(139, "walk"), (140, "run"), (141, "run")])
def test_cadence_decides_from_140_steps_a_minute_whatever_the_speed(
    cadence_spm: int, kind: str
) -> None:
    time_s, speed_mps = stream((60, 1.9 if kind == "run" else 2.1))
    cadence = np.full(len(time_s), float(cadence_spm))

    assert kinds(stretches(time_s, speed_mps, cadence, TERMS)) == [(kind, 60)]


@pytest.mark.parametrize(("speed_mps", "kind"), [(0.49, "stand"), (0.5, "walk"), (0.51, "walk")])
def test_standing_is_slower_than_half_a_metre_a_second(speed_mps: float, kind: str) -> None:
    assert kinds(by_speed((60, speed_mps))) == [(kind, 60)]


def test_a_missing_cadence_falls_back_to_speed_sample_by_sample() -> None:
    time_s, speed_mps = stream((60, JOG), (60, WALK), (60, JOG))
    cadence = np.where(time_s < 60, 165.0, np.nan)

    assert kinds(stretches(time_s, speed_mps, cadence, TERMS)) == [
        ("run", 60),
        ("walk", 60),
        ("run", 60),
    ]


def test_a_cadence_of_zero_at_running_speed_is_a_lost_sensor() -> None:
    time_s, speed_mps = stream((120, JOG))

    assert kinds(stretches(time_s, speed_mps, np.zeros(len(time_s)), TERMS)) == [("run", 120)]


def test_a_treadmill_without_speed_is_told_by_cadence_alone() -> None:
    time_s, cadence = stream((60, 110.0), (60, 160.0), (60, 0.0))

    assert kinds(stretches(time_s, None, cadence, TERMS)) == [
        ("walk", 60),
        ("run", 60),
        ("stand", 60),
    ]


def test_single_bad_samples_do_not_add_up_to_a_walk() -> None:
    found = by_speed(*[(9, JOG), (1, STILL)] * 30)

    assert running_s(found) == 300


def test_standing_and_walking_together_make_one_walk_break() -> None:
    found = by_speed((300, JOG), (12, STILL), (12, WALK), (300, JOG))

    assert kinds(found) == [("run", 300), ("stand", 12), ("walk", 12), ("run", 300)]
    assert longest_s(found) == 300


def test_short_standing_and_short_walking_that_follow_each_other_are_no_running() -> None:
    found = by_speed((300, JOG), (6, STILL), (6, WALK), (300, JOG))

    assert running_s(found) == 600


@pytest.mark.parametrize(("stopped_s", "longest"), [(19, 619), (21, 300)])
def test_a_pause_of_the_timer_is_standing_whatever_the_samples_say(
    stopped_s: int, longest: int
) -> None:
    found = by_speed((600 + stopped_s, JOG), pauses=((300.0, 300.0 + stopped_s),))

    assert longest_s(found) == longest
    assert running_s(found) == 600


def test_a_pause_may_begin_between_samples_and_outlast_them() -> None:
    found = by_speed((100, JOG), pauses=((60.5, 500.0), (-20.0, -5.0)))

    assert found == (Stretch("run", 0, 60.5), Stretch("stand", 60.5, 100))


def test_a_gap_in_the_recording_is_standing() -> None:
    time_s = np.concatenate((np.arange(0.0, 301), np.arange(360.0, 661)))

    found = stretches(time_s, np.full(len(time_s), JOG), None, TERMS)

    assert kinds(found) == [("run", 300), ("stand", 60), ("run", 300)]


@pytest.mark.parametrize("every_s", [1.0, 2.0, 4.0, 5.0])
def test_the_rate_of_recording_changes_nothing(every_s: float) -> None:
    found = by_speed((180, WALK), (60, JOG), (20, STILL), (120, JOG), every_s=every_s)

    assert kinds(found) == [("walk", 180), ("run", 60), ("stand", 20), ("run", 120)]


def test_a_sample_without_values_carries_on_for_ten_seconds_and_no_longer() -> None:
    time_s, speed_mps = stream((100, JOG), (60, np.nan), (100, JOG))

    found = stretches(time_s, speed_mps, None, TERMS)

    # The last known sample is at 99 s; it speaks until 109 s.
    assert kinds(found) == [("run", 109), ("stand", 51), ("run", 100)]


def test_nothing_is_said_without_speed_and_cadence() -> None:
    time_s = np.arange(100.0)

    assert stretches(time_s, None, None, TERMS) == ()
    assert stretches(time_s, np.full(100, np.nan), None, TERMS) == ()
    assert stretches(time_s[:1], np.ones(1), None, TERMS) == ()


values = st.one_of(st.just(np.nan), st.floats(0, 6))
streams = st.lists(
    st.tuples(st.sampled_from([1, 1, 1, 2, 4, 8, 15, 40]), values, st.integers(0, 200)),
    min_size=2,
    max_size=120,
)
pauses = st.lists(
    st.tuples(st.integers(0, 300), st.integers(0, 60)).map(lambda p: (p[0], p[0] + p[1])),
    max_size=3,
)


def arrays(samples: Rows) -> tuple[Samples, Samples, Samples]:
    steps, speed, cadence = (np.array(column, dtype=float) for column in zip(*samples, strict=True))
    return np.cumsum(steps), speed, np.where(cadence > 180, np.nan, cadence)


@given(streams, pauses)
def test_stretches_follow_each_other_and_add_up_to_the_duration(
    samples: Rows, paused: list[Span]
) -> None:
    time_s, speed, cadence = arrays(samples)

    found = stretches(time_s, speed, cadence, TERMS, paused)

    if found:
        assert found[0].start_s == time_s[0]
        assert found[-1].end_s == time_s[-1]
        assert all(a.end_s == b.start_s for a, b in pairwise(found))
        assert all(a.kind != b.kind for a, b in pairwise(found))


@given(streams, pauses)
def test_no_running_and_no_break_of_it_is_shorter_than_ten_seconds(
    samples: Rows, paused: list[Span]
) -> None:
    time_s, speed, cadence = arrays(samples)

    found = stretches(time_s, speed, cadence, TERMS, paused)

    runs = [s for s in found if s.kind == "run"]
    breaks = [b.start_s - a.end_s for a, b in pairwise(runs)]
    if len(found) > 1:
        assert all(s.duration_s >= 10 for s in runs)
    assert all(b >= 10 for b in breaks)


@given(streams, pauses, st.integers(-1000, 100_000))
def test_a_later_start_moves_the_stretches_and_changes_none(
    samples: Rows, paused: list[Span], shift_s: int
) -> None:
    time_s, speed, cadence = arrays(samples)

    found = stretches(time_s, speed, cadence, TERMS, paused)
    moved = stretches(
        time_s + shift_s, speed, cadence, TERMS, [(a + shift_s, b + shift_s) for a, b in paused]
    )

    back = tuple(Stretch(s.kind, s.start_s - shift_s, s.end_s - shift_s) for s in moved)
    assert back == found


@given(streams)
def test_the_longest_stretch_lies_within_the_activity_and_grows_with_allowed_breaks(
    samples: Rows,
) -> None:
    time_s, speed, cadence = arrays(samples)

    found = stretches(time_s, speed, cadence, TERMS)

    strict = max((b - a for a, b in without_walk_break(found, 15)), default=0.0)
    lax = max((b - a for a, b in without_walk_break(found, 60)), default=0.0)
    assert strict <= lax <= time_s[-1] - time_s[0]
