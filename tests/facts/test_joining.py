"""Ana types what she felt; her watch writes what it measured."""

import itertools
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from hamstride.facts.joining import join
from hamstride.records import Run

SIX = datetime(2026, 10, 19, 18, 0, tzinfo=UTC)


def typed(minute: float = 0.0, duration_s: float | None = 1800.0, **rest: Any) -> Run:
    return Run(start=SIX + timedelta(minutes=minute), duration_s=duration_s, **rest)


def watched(
    minute: float = 0.0, duration_s: float | None = 1800.0, file: str = "a.fit", **rest: Any
) -> Run:
    return Run(start=SIX + timedelta(minutes=minute), duration_s=duration_s, file=file, **rest)


def test_typed_numbers_win_answers_stay_and_measured_numbers_fill_the_gaps() -> None:
    hers = typed(1, duration_s=1500, pain_during=1, step="R3", walk_breaks=0)
    its = watched(0, 1540, distance_m=3100, cadence_spm=168, walk_breaks=4, treadmill=False)

    (run,) = join((hers,), (its,))

    assert run == Run(
        start=SIX + timedelta(minutes=1),
        duration_s=1500,
        distance_m=3100,
        cadence_spm=168,
        walk_breaks=0,
        treadmill=False,
        pain_during=1,
        step="R3",
        file="a.fit",
    )


# Two runs of 1000 s that share 799, 800 and 801 s: over 80 % is more than 800.
@pytest.mark.parametrize(("late_s", "runs"), [(201, 2), (200, 2), (199, 1)])
def test_over_four_fifths_of_the_shorter_make_one_run(late_s: int, runs: int) -> None:
    joined = join((typed(0, 1000),), (watched(late_s / 60, 1000),))

    assert len(joined) == runs


def test_the_shorter_run_is_the_measure() -> None:
    assert len(join((typed(0, 600),), (watched(-20, 7200),))) == 1


@pytest.mark.parametrize(("minute", "runs"), [(14.9, 1), (15, 1), (15.1, 2), (-15, 1), (-15.1, 2)])
def test_without_a_duration_runs_that_start_within_a_quarter_of_an_hour_are_one(
    minute: float, runs: int
) -> None:
    assert len(join((typed(0, None),), (watched(minute),))) == runs
    assert len(join((typed(0),), (watched(minute, None),))) == runs


def test_offsets_are_other_ways_to_write_one_instant() -> None:
    in_lisbon = Run(
        start=datetime(2026, 10, 19, 19, 0, tzinfo=timezone(timedelta(hours=1))), duration_s=1800
    )

    (run,) = join((in_lisbon,), (watched(distance_m=5000),))

    assert run.distance_m == 5000
    assert run.start.isoformat() == "2026-10-19T19:00:00+01:00"


@pytest.mark.parametrize(
    ("named", "path", "same"),
    [
        ("18237.fit", "/home/ana/activities/18237.fit", True),
        ("activities/18237.fit", "/home/ana/activities/18237.fit", True),
        ("./../activities/18237.fit", "activities/18237.fit", True),
        ("activities\\18237.fit", "activities/18237.fit.gz", True),
        ("/phone/activities/18237.fit", "18237.fit", True),
        ("old/18237.fit", "activities/18237.fit", False),
        ("237.fit", "18237.fit", False),
        ("18237.gpx", "18237.fit", False),
    ],
)
def test_a_run_that_names_the_file_is_the_run_of_that_file_at_any_time(
    named: str, path: str, same: bool
) -> None:
    joined = join((typed(-600, file=named),), (watched(0, file=path),))

    assert len(joined) == (1 if same else 2)


def test_the_longer_common_path_is_the_better_claim() -> None:
    hers = typed(0, file="b/run.fit", pain_during=2)
    near = watched(0, file="run.fit", distance_m=1)
    far = watched(60, file="x/b/run.fit", distance_m=2)

    joined = join((hers,), (near, far))

    assert [(r.pain_during, r.distance_m) for r in joined] == [(2, 2), (None, 1)]


def test_a_named_file_beats_an_overlap() -> None:
    named = typed(-600, file="a.fit", pain_during=3)
    near = typed(0, pain_during=1)

    joined = join((near, named), (watched(0, distance_m=5000),))

    assert [(r.pain_during, r.distance_m) for r in joined] == [(3, 5000), (1, None)]


def test_each_measured_run_joins_one_typed_run_and_the_best_overlap_comes_first() -> None:
    short, long = typed(0, 1800, pain_during=1), typed(0, 3600, pain_during=2)

    by_short = join((long, short), (watched(0, 1800, distance_m=5000),))
    by_long = join((long, short), (watched(0, 3600, distance_m=9000),))

    assert {r.pain_during: r.distance_m for r in by_short} == {1: 5000, 2: None}
    assert {r.pain_during: r.distance_m for r in by_long} == {1: None, 2: 9000}


def test_measured_runs_without_a_typed_one_are_added() -> None:
    morning, evening = watched(-720, file="m.fit"), watched(0, file="e.fit")

    joined = join((typed(0, rpe=3),), (evening, morning))

    assert [(r.file, r.rpe) for r in joined] == [("m.fit", None), ("e.fit", 3)]


def test_nothing_joined_with_nothing_is_nothing() -> None:
    assert join((), ()) == ()
    assert join((typed(),), ()) == (typed(),)
    assert join((), (watched(),)) == (watched(),)


def test_the_order_of_what_comes_in_does_not_matter() -> None:
    hers = (typed(0, 1800, rpe=2), typed(2, 1800, rpe=3), typed(5, None, rpe=4))
    its = (watched(0, file="a.fit"), watched(1, file="b.fit"), watched(6, file="c.fit"))

    results = {
        join(runs, measured)
        for runs in itertools.permutations(hers)
        for measured in itertools.permutations(its)
    }

    assert len(results) == 1


def test_the_result_is_sorted_by_start() -> None:
    joined = join((typed(900), typed(-900)), (watched(300), watched(-300)))

    assert [r.start for r in joined] == sorted(r.start for r in joined)
