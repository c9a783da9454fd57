"""A runner's own top speed, frozen at the injury and raised after it.

Expected values are worked out by hand from the speeds of each test; the range of a top speed is
checked against sums over a fine grid of the distribution that the text describes.
"""

from datetime import date, timedelta
from math import exp, log, pi, sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hamstride.facts.log import run_day
from hamstride.facts.measured import measured_run
from hamstride.facts.top_speed import (
    Best,
    TopSpeed,
    best_of,
    best_of_run,
    raised,
    says_sprinted,
    top_speed,
)
from hamstride.protocols.loading import load
from hamstride.readers import read_all
from hamstride.records import Measured, Run, Speeds
from made_up_logs import days_ago, run

DECLARED = load().declared
TERMS = DECLARED.speed
ON = date(2026, 10, 1)


def best(mps: float | None, ago: int = 10, **rest: object) -> Best:
    return Best(ON - timedelta(days=ago), mps, **rest)  # type: ignore[arg-type]


def test_sprints_give_the_median_of_the_three_fastest_and_their_range() -> None:
    bests = [best(mps, sprinted=True) for mps in (7.0, 8.4, 8.0, 7.8)]

    found = top_speed(bests, ON, TERMS)

    assert found is not None
    assert (found.mps, found.low_mps, found.high_mps) == (8.0, 7.8, 8.4)
    assert (found.at_least, found.runs, found.on) == (False, 3, ON)
    assert found.seen_mps == (8.4, 8.0, 7.8)


def test_once_a_sprint_is_among_them_slower_runs_that_were_none_say_nothing() -> None:
    one = top_speed([best(8.0, sprinted=True), best(5.0), best(4.9)], ON, TERMS)
    faster = top_speed([best(8.0, sprinted=True), best(8.6), best(4.9)], ON, TERMS)

    assert one == TopSpeed(8.0, 8.0, 8.0, False, 1, ON, (8.0,), sprinted=True)
    assert faster == TopSpeed(8.3, 8.0, 8.6, False, 2, ON, (8.6, 8.0), sprinted=True)


def test_what_she_can_surely_do_is_the_slowest_sprint_or_the_median_of_other_runs() -> None:
    sprints = top_speed([best(mps, sprinted=True) for mps in (8.4, 8.0, 7.8)], ON, TERMS)
    others = top_speed([best(mps) for mps in (6.9, 5.9, 3.0)], ON, TERMS)

    assert sprints is not None
    assert others is not None
    assert (sprints.surely_mps, others.surely_mps) == (7.8, 5.9)


def test_a_sprint_that_was_not_among_the_fastest_was_held_back() -> None:
    found = top_speed([best(6.0, sprinted=True), best(7.0), best(7.1), best(7.2)], ON, TERMS)

    assert found is not None
    assert (found.mps, found.high_mps, found.at_least) == (7.1, None, True)


def test_a_sprint_whose_speed_nobody_knows_leaves_a_lower_bound() -> None:
    known = [best(mps, sprinted=True) for mps in (8.4, 8.0, 7.8)]

    found = top_speed([*known, best(None, sprinted=True)], ON, TERMS)
    long_ago = top_speed([*known, best(None, 181, sprinted=True)], ON, TERMS)

    assert found is not None
    assert (found.mps, found.low_mps, found.high_mps, found.at_least) == (8.0, 8.0, None, True)
    assert long_ago is not None
    assert not long_ago.at_least


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
    assert best_of(Measured(quality="poor", best_3s_mps=7.0), ON) is None
    assert best_of(Measured(quality="fair", doubts=("sparse",), best_3s_mps=7.0), ON) is None
    assert best_of(Measured(), ON) is None
    assert best_of(None, ON) is None


SAID = {"kind": "sprints"}


@pytest.mark.parametrize(
    ("words", "sprinted"),
    [
        ({"kind": "sprints"}, True),
        ({"kind": "sprints", "rpe": 3}, True),
        ({"kind": "intervals", "rpe": 9}, True),
        ({"kind": "intervals", "rpe": 8}, False),
        ({"kind": "strides"}, False),
        ({"kind": "easy", "rpe": 10}, False),  # a hard day is no sprint
        ({"rpe": 10}, False),
        ({}, False),
    ],
)
def test_a_sprint_is_told_by_the_runner_and_never_by_the_file(
    words: dict[str, Any], sprinted: bool
) -> None:
    fast = Measured(quality="good", best_3s_mps=9.0)

    assert says_sprinted(run(1, measured=fast, **words), DECLARED) is sprinted


def _lasting(seconds: float, mps: float = 8.0) -> Measured:
    """A run whose longest effort at its fastest speeds was so long."""
    rows = int(mps * 10) + 1
    return Measured(
        quality="good", best_3s_mps=mps, best_5k_mps=4.0, speeds=Speeds(longest_s=(seconds,) * rows)
    )


@pytest.mark.parametrize(("seconds", "sprinted"), [(29.0, True), (30.0, True), (31.0, False)])
def test_what_was_held_for_longer_than_30_s_was_no_sprint(seconds: float, sprinted: bool) -> None:
    found = best_of_run(run(1, measured=_lasting(seconds), **SAID), DECLARED)

    assert found == Best(days_ago(1), 8.0, 4.0, sprinted=sprinted)


@pytest.mark.parametrize(("pct", "sprinted"), [(None, True), (99, False), (100, True)])
def test_a_sprint_rated_below_top_speed_was_held_back(pct: int | None, sprinted: bool) -> None:
    fast = Measured(quality="good", best_3s_mps=8.0)

    found = best_of_run(run(1, measured=fast, top_speed_pct=pct, **SAID), DECLARED)

    assert found == Best(days_ago(1), 8.0, sprinted=sprinted)


def test_a_run_without_such_an_effort_may_be_a_sprint() -> None:
    # 90 % of 8 m/s lie beyond what the run has entries for.
    short = Measured(quality="good", best_3s_mps=8.0, speeds=Speeds(longest_s=(40.0,) * 60))

    assert best_of_run(run(1, measured=short, **SAID), DECLARED) == Best(
        days_ago(1), 8.0, sprinted=True
    )


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({"kind": "sprints"}, Best(days_ago(1), None, sprinted=True)),
        ({"kind": "sprints", "top_speed_pct": 80}, Best(days_ago(1), None, sprinted=True)),
        ({"kind": "strides"}, None),
        ({"kind": "easy", "measured": Measured(quality="good")}, Best(days_ago(1), None)),
        (
            {"kind": "sprints", "measured": Measured(quality="poor", best_3s_mps=9.0)},
            Best(days_ago(1), None, sprinted=True),
        ),
        (
            {"kind": "sprints", "measured": Measured(quality="good")},
            Best(days_ago(1), None, sprinted=True),
        ),
    ],
)
def test_a_sprint_that_no_file_can_tell_the_speed_of_is_one_that_nobody_knows(
    told: dict[str, Any], found: Best | None
) -> None:
    assert best_of_run(Run(**{"start": run(1).start, **told}), DECLARED) == found


# Raised after the injury

FROZEN = TopSpeed(8.0, 7.8, 8.4, at_least=False, runs=3, on=ON, seen_mps=(8.4, 8.0, 7.8))


def after(mps: float | None, days: int = 30, *, sprinted: bool = True) -> Best:
    return Best(ON + timedelta(days=days), mps, sprinted=sprinted)


@pytest.mark.parametrize(
    ("bests", "ends"),
    [
        ([], (8.0, 7.8, 8.4)),
        ([after(7.0)], (8.0, 7.8, 8.4)),  # never down
        ([after(9.0)], (8.4, 8.0, 9.0)),
        ([after(9.0), after(8.8), after(8.6)], (8.8, 8.6, 9.0)),
        ([after(9.0, sprinted=False)], (8.0, 7.8, 8.4)),  # may be a fault of the watch
        ([after(9.0, 0)], (8.0, 7.8, 8.4)),  # on the day itself: part of what was frozen
    ],
)
def test_only_sprints_after_the_injury_raise_it(
    bests: list[Best], ends: tuple[float, float, float]
) -> None:
    found = raised(FROZEN, bests, TERMS)

    assert (found.mps, found.low_mps, found.high_mps) == ends
    assert (found.at_least, found.on) == (False, ON)


def test_a_slower_sprint_beside_a_single_one_does_not_lower_it() -> None:
    single = TopSpeed(8.0, 8.0, 8.0, at_least=False, runs=1, on=ON, seen_mps=(8.0,))

    found = raised(single, [after(6.0)], TERMS)

    assert (found.mps, found.low_mps, found.high_mps) == (8.0, 8.0, 8.0)


def test_a_sprint_on_the_way_back_raises_a_lower_bound_and_leaves_it_one() -> None:
    bound = TopSpeed(5.0, 5.0, None, at_least=True, runs=1, on=ON, seen_mps=(5.0,))

    found = raised(bound, [after(7.0), after(7.4), after(7.2)], TERMS)

    assert (found.mps, found.low_mps, found.high_mps, found.at_least) == (7.2, 7.2, None, True)


def test_a_raised_bound_cuts_off_more_of_what_5_km_tell() -> None:
    frozen = top_speed([best(5.0, best_5k_mps=4.0)], ON, TERMS)
    assert frozen is not None

    found = raised(frozen, [after(7.0), after(7.0), after(7.0)], TERMS)

    assert found == top_speed([best(7.0, best_5k_mps=4.0)] * 3, ON, TERMS)


def test_a_sprint_after_it_that_nobody_knows_the_speed_of_leaves_a_lower_bound() -> None:
    found = raised(FROZEN, [after(None)], TERMS)

    assert (found.mps, found.high_mps, found.at_least) == (8.0, None, True)


def test_real_files_tell_a_top_speed_that_people_run_and_noise_of_phones_tells_none(
    activities_folder: Path,
) -> None:
    runs = [
        each
        for outcome in read_all([activities_folder])
        if outcome.status != "duplicate"
        for activity in outcome.activities
        if (each := measured_run(activity, DECLARED, "UTC")) is not None
    ]
    alone = [
        found
        for each in runs
        if (one := best_of_run(each, DECLARED)) is not None
        and (found := top_speed([one], run_day(each), TERMS)) is not None
    ]
    seen = [each.measured.best_3s_mps or 0.0 for each in runs if each.measured is not None]

    # Looked at one by one: from 3.1 m/s in a brisk walk with some running to 6.2 m/s.
    assert len(alone) >= 5
    assert all(3.0 <= found.mps <= 6.5 and found.at_least for found in alone)
    assert sum(found.high_mps is not None for found in alone) >= 3
    # Phones that draw a path of points a second make up speeds that nobody in these files ran.
    assert max(seen) > 9
