"""How fast a run was, against the runner's own top speed.

Expected values are worked out by hand from the speeds of each test; the range of a top speed is
checked against sums over a fine grid of the distribution that the text describes.
"""

from datetime import date, timedelta
from math import exp, log, pi, sqrt

import numpy as np
import pytest

from hamstride.facts.signals import Quality, Signal
from hamstride.facts.speed import (
    Best,
    best_of,
    exposure,
    fastest_mps,
    fastest_over_mps,
    speeds,
    top_speed,
)
from hamstride.protocols.loading import load
from hamstride.records import Measured, Speeds

TERMS = load().declared.speed
ON = date(2026, 10, 1)


def signal_of(speed_mps: list[float], *, time_s: list[float] | None = None) -> Signal:
    """A signal with these speeds, a second apart where no times are given; 2 m/s on is running."""
    speed = np.asarray(speed_mps, dtype=float)
    time = np.arange(len(speed), dtype=float) if time_s is None else np.asarray(time_s)
    return Signal(
        time_s=time,
        dt_s=np.ones(len(speed)),
        speed_mps=speed,
        grade=np.zeros(len(speed)),
        cadence_spm=np.full(len(speed), np.nan),
        running=speed >= 2.0,
        quality=Quality("good", ()),
        has_grade=True,
        median_dt_s=1.0,
    )


def of(speed_mps: list[float], **rest: list[float]) -> Speeds:
    found = signal_of(speed_mps, **rest)
    return speeds(found, np.ones(len(speed_mps)), TERMS)


# The fastest of a run


def test_the_fastest_3_s_are_the_best_three_samples_in_a_row() -> None:
    assert fastest_mps(signal_of([3, 6, 7, 8, 3, 9, 3]), 3) == pytest.approx(7.0)


@pytest.mark.parametrize("between", [1.0, float("nan")])
def test_the_fastest_3_s_do_not_reach_across_walking_or_an_unknown_speed(between: float) -> None:
    assert fastest_mps(signal_of([3, 3, 3, 8, 8, between, 8, 8]), 3) == pytest.approx(19 / 3)


def test_the_fastest_3_s_do_not_reach_across_a_pause() -> None:
    times = [0.0, 1, 2, 3, 4, 60, 61]

    assert fastest_mps(signal_of([3, 3, 3, 8, 8, 8, 8], time_s=times), 3) == pytest.approx(19 / 3)


@pytest.mark.parametrize("speed_mps", [[8.0, 8.0], [1.0] * 10, []])
def test_a_run_without_3_s_of_running_has_no_fastest_3_s(speed_mps: list[float]) -> None:
    assert fastest_mps(signal_of(speed_mps), 3) is None


def test_the_fastest_distance_takes_its_pauses_with_it() -> None:
    times = [0.0, 1, 2, 3, 10, 11, 12, 13]

    # 12 m: at 3 m/s in 4 s before the pause; 4 m/s takes 3 s after it.
    found = fastest_over_mps(signal_of([3, 3, 3, 3, 4, 4, 4, 4], time_s=times), 12)

    assert found == pytest.approx(4.0)
    assert fastest_over_mps(signal_of([3.0] * 3), 12) is None


# How much at which speed


def test_every_second_and_metre_of_running_stands_at_its_speed() -> None:
    found = of([3.0, 3.04, 3.1, 1.0, 4.0])

    assert len(found.metres) == 41
    assert (found.seconds[30], found.seconds[31], found.seconds[40]) == (2.0, 1.0, 1.0)
    assert found.metres[30] == pytest.approx(6.04)
    assert sum(found.seconds) == 4.0  # the walk is left out
    assert sum(found.hlu) == 4.0


def test_efforts_last_2_s_or_longer() -> None:
    found = of([3, 6, 3, 6, 6, 3, 6, 6, 6, 3])

    assert (found.efforts[60], found.longest_s[60]) == (2, 3.0)
    assert (found.efforts[30], found.longest_s[30]) == (1, 10.0)
    assert (found.efforts[0], found.longest_s[0]) == (1, 10.0)


def test_efforts_less_than_a_second_apart_are_one() -> None:
    # The sample at 2.5 s stands for the half second between two efforts.
    near = [0.0, 1.0, 2.5, 3.5]

    assert of([6.0] * 4, time_s=near).efforts[60] == 1
    assert of([6.0] * 4, time_s=[0.0, 1.0, 3.0, 4.0]).efforts[60] == 2


def test_without_running_there_are_no_speeds() -> None:
    assert of([1.0, 1.0]) == Speeds()


# The own top speed


def best(mps: float | None, ago: int = 10, **rest: object) -> Best:
    return Best(ON - timedelta(days=ago), mps, **rest)  # type: ignore[arg-type]


def test_sprints_give_the_median_of_the_three_fastest_and_their_range() -> None:
    bests = [best(mps, sprinted=True) for mps in (7.0, 8.4, 8.0, 7.8)]

    found = top_speed(bests, ON, TERMS)

    assert found is not None
    assert (found.mps, found.low_mps, found.high_mps) == (8.0, 7.8, 8.4)
    assert (found.at_least, found.runs, found.on) == (False, 3, ON)


@pytest.mark.parametrize(("ago", "counts"), [(0, True), (180, True), (181, False), (-1, False)])
def test_only_runs_of_the_180_days_before_count(ago: int, counts: bool) -> None:
    assert (top_speed([best(8.0, ago)], ON, TERMS) is not None) == counts


def test_without_a_sprint_and_a_5_km_the_fastest_is_a_lower_bound() -> None:
    found = top_speed([best(5.0), best(None)], ON, TERMS)

    assert found is not None
    assert (found.mps, found.low_mps, found.high_mps, found.at_least) == (5.0, 5.0, None, True)


def test_without_a_known_speed_there_is_no_top_speed() -> None:
    assert top_speed([best(None)], ON, TERMS) is None


@pytest.mark.parametrize("seen_mps", [4.0, 6.0, 7.0])
def test_without_a_sprint_the_5_km_tell_it_and_the_fastest_bounds_it(seen_mps: float) -> None:
    found = top_speed([best(seen_mps, best_5k_mps=4.0)], ON, TERMS)

    # Lognormal around 1.55 x 4.0 m/s with 0.12, cut off below what was seen, summed up.
    logs = np.linspace(log(seen_mps), log(20), 400_001)
    density = np.exp(-(((logs - log(6.2)) / 0.12) ** 2) / 2) / (0.12 * sqrt(2 * pi))
    shares = np.cumsum(density) / density.sum()
    low, middle, high = (exp(logs[np.searchsorted(shares, part)]) for part in (0.1, 0.5, 0.9))
    assert found is not None
    assert found.at_least
    assert found.mps == pytest.approx(middle, abs=1e-3)
    assert found.low_mps == pytest.approx(low, abs=1e-3)
    assert found.high_mps == pytest.approx(high, abs=1e-3)


def test_a_speed_far_above_what_5_km_tell_stands_by_itself() -> None:
    found = top_speed([best(12.0, best_5k_mps=3.0)], ON, TERMS)

    assert found is not None
    assert found.low_mps == found.mps == found.high_mps == 12.0


def test_a_run_says_its_best_only_where_its_speeds_can_be_trusted() -> None:
    good = Measured(quality="good", best_3s_mps=7.0, best_5k_mps=4.0)

    assert best_of(good, ON) == Best(ON, 7.0, 4.0)
    assert best_of(good, ON, sprinted=True) == Best(ON, 7.0, 4.0, sprinted=True)
    assert best_of(Measured(quality="poor", best_3s_mps=7.0), ON) is None
    assert best_of(Measured(quality="fair", doubts=("sparse",), best_3s_mps=7.0), ON) is None
    assert best_of(Measured(), ON) is None
    assert best_of(None, ON) is None


# What was fast


def test_fast_is_80_pct_of_the_own_top_speed_and_sprinting_90() -> None:
    # Of 8.0 m/s: 6.4 and 7.2.
    found = exposure(of([3.0] * 9 + [6.3, 6.5, 6.5, 7.3, 7.3, 6.5, 3.0]), 8.0, TERMS)

    assert (found.fast_s, found.sprint_s) == (5.0, 2.0)
    assert found.fast_m == pytest.approx(3 * 6.5 + 2 * 7.3)
    assert found.sprint_m == pytest.approx(2 * 7.3)
    assert (found.fast_efforts, found.sprints, found.longest_fast_s) == (1, 1, 5.0)


def test_a_limit_within_a_tenth_leaves_nothing_fast_out_and_counts_the_same_running() -> None:
    # Of 8.07 m/s: 6.456, which lies between 6.4 and 6.5.
    found = exposure(of([3.0] * 9 + [6.48] * 5 + [3.0]), 8.07, TERMS)

    assert (found.fast_s, found.fast_efforts, found.longest_fast_s) == (5.0, 1, 5.0)
    assert found.fast_m == pytest.approx(5 * 6.48)


def test_an_easy_run_holds_nothing_fast() -> None:
    found = exposure(of([3.0] * 60), 8.0, TERMS)

    assert (found.fast_m, found.sprint_m, found.fast_efforts, found.sprints) == (0, 0, 0, 0)
