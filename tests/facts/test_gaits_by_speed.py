"""Walking told from running by speed alone; times and speeds are counted by hand."""

import numpy as np
import pytest

from hamstride.facts.gaits_by_speed import Samples, runs_by_speed
from hamstride.protocols.loading import load

# 2.0 m/s, and changes under 10 s are ignored.
TERMS = load().declared.runs


def runs(*spans: tuple[int, float], every_s: float = 1.0) -> list[tuple[bool, int]]:
    """What was running and for how many samples in turn, of spans of samples at one speed."""
    parts = [np.full(samples, mps, dtype=np.float64) for samples, mps in spans]
    speed: Samples = np.concatenate(parts)
    time_s: Samples = np.arange(len(speed), dtype=np.float64) * every_s
    found = runs_by_speed(time_s, speed, TERMS)
    turns = np.flatnonzero(np.diff(found)) + 1
    return [(bool(each[0]), len(each)) for each in np.split(found, turns)]


def test_clear_speeds_are_told_apart_to_the_second() -> None:
    assert runs((100, 1.3), (60, 2.8), (100, 1.3)) == [(False, 100), (True, 60), (False, 100)]


@pytest.mark.parametrize(("walk_s", "parts"), [(9, 1), (10, 3)])
def test_a_clear_walk_counts_from_10_s_on(walk_s: int, parts: int) -> None:
    assert len(runs((100, 3.0), (walk_s, 1.0), (100, 3.0))) == parts


def test_a_jog_that_dips_a_little_below_stays_a_jog() -> None:
    # 15 s at 1.9 m/s are a quarter as clear as a walk, and so worth less than 10 s of one.
    assert runs((100, 2.3), (15, 1.9), (100, 2.3)) == [(True, 215)]


def test_the_dividing_speed_is_half_way_between_the_walk_and_the_run_of_the_file() -> None:
    # Half way between 1.3 and 2.1 is 1.75 at the least: 1.9 m/s is nearer to this runner's jog.
    assert runs((300, 1.3), (120, 2.1), (60, 1.9), (300, 1.3))[1] == (True, 180)
    # Between 1.7 and 3.0 it is 2.3 at the most, and 2.15 m/s is a fast walk.
    assert runs((300, 1.7), (60, 2.15), (300, 3.0))[0] == (False, 360)


@pytest.mark.parametrize(
    "spans",
    [
        ((600, 2.1), (40, 1.3), (600, 2.1)),  # 40 s of walking are no usual walk
        ((300, 1.95), (300, 2.6), (60, 2.0)),  # 1.95 m/s is no usual walk
        ((300, 1.7), (300, 2.1), (60, 2.0)),  # 0.4 m/s apart are one gait with noise
    ],
)
def test_a_file_that_does_not_show_both_is_divided_at_2_mps(
    spans: tuple[tuple[int, float], ...],
) -> None:
    found = runs(*spans)

    expected = [(mps >= 2.0, samples) for samples, mps in spans]
    merged: list[tuple[bool, int]] = []
    for is_run, samples in expected:
        if merged and merged[-1][0] is is_run:
            merged[-1] = (is_run, merged[-1][1] + samples)
        else:
            merged.append((is_run, samples))
    assert found == merged


def test_a_sample_speaks_for_10_s_at_most() -> None:
    # Two samples a minute apart hold 20 s of walking between them, and three of them 30 s.
    assert len(runs((10, 3.0), (2, 1.0), (10, 3.0), every_s=60)) == 3


def test_unknown_speeds_change_nothing() -> None:
    assert runs((50, 3.0), (50, float("nan")), (50, 3.0)) == [(True, 150)]
