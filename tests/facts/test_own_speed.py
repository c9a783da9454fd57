"""The runs of a case against its runner's own top speed, and what hiding a file never does.

Ana was hurt 24 days ago. Before that she sprinted at 8.4, 8.0 and 7.8 m/s, unless a test says
otherwise: her top speed is 8.0 m/s, between 7.8 and 8.4.
"""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamstride.facts import Log
from hamstride.facts.own_speed import fast_m, frozen_top, measured_pct, own_top
from hamstride.records import Measured, Run, Speeds
from made_up_logs import ONSET, days_ago, ends, fact, log, run

FELT: dict[str, Any] = {"pain_during": 0, "hesitated": False}
COUNT = "pain_free_runs_at_95_pct"


def fast(ago: int, mps: float | None, kind: str | None = "sprints", **rest: Any) -> Run:
    """A run with its fastest 3 s, from a file that can be trusted."""
    made = Measured(quality="good", best_3s_mps=mps, speeds=Speeds(metres=(10.0,) * 80))
    return run(ago, kind=kind, measured=made, **FELT, **rest)


BEFORE = (fast(40, 8.4), fast(45, 8.0), fast(50, 7.8))


def _pct(of: Run, *others: Run) -> tuple[int, int] | None:
    return measured_pct(log(*others, of), of)


# Frozen and raised


def test_top_speed_is_frozen_at_the_injury_and_raised_by_the_sprints_since() -> None:
    of = log(*BEFORE, fast(10, 9.0), fast(9, 8.8), fast(8, 8.6), fast(7, 5.0))

    frozen, own = frozen_top(of), own_top(of)

    assert frozen is not None
    assert (frozen.mps, frozen.low_mps, frozen.high_mps, frozen.on) == (8.0, 7.8, 8.4, ONSET)
    assert own is not None
    assert (own.mps, own.low_mps, own.high_mps, own.on) == (8.8, 8.6, 9.0, ONSET)


def test_without_a_file_before_the_injury_there_is_no_top_speed() -> None:
    of = log(run(40, kind="sprints"), fast(10, 9.0))

    assert frozen_top(of) is own_top(of) is None
    assert measured_pct(of, of.runs[-1]) is None
    assert fast_m(of, of.runs[-1]) is None


def test_a_log_that_begins_with_a_step_back_still_knows_the_top_speed() -> None:
    of = log(*BEFORE, fast(5, 7.9))

    later = of.since(days_ago(10))

    assert len(later.runs) == 1
    assert own_top(later) == own_top(of)


# A run against it


@pytest.mark.parametrize(
    ("mps", "share"),
    [
        (7.98, (95, 103)),  # of 8.4 and of 7.8
        (7.97, (94, 103)),
        (7.4, (88, 95)),
        (7.41, (88, 95)),
        (7.42, (88, 96)),
        (3.9, (46, 50)),
    ],
)
def test_a_run_lies_between_its_share_of_either_end_of_top_speed(
    mps: float, share: tuple[int, int]
) -> None:
    assert _pct(fast(5, mps, "strides"), *BEFORE) == share


@pytest.mark.parametrize("told", [None, "strides"])
def test_without_a_sprint_that_was_seen_nothing_is_known_to_be_near_top_speed(
    told: str | None,
) -> None:
    # Of 5.0 m/s, which she can do or more: 4.8 are 96 % at the most.
    assert _pct(fast(5, 4.8, told), fast(40, 5.0, told)) == (0, 96)


@pytest.mark.parametrize(
    "doubtful",
    [
        run(5, kind="sprints"),
        run(5, kind="sprints", measured=Measured(quality="poor", best_3s_mps=8.0)),
        run(5, kind="sprints", measured=Measured(quality="good")),
        run(5, kind="easy", measured=Measured(quality="fair", best_3s_mps=8.0, doubts=("sparse",))),
    ],
)
def test_without_speeds_to_trust_a_run_has_no_share(doubtful: Run) -> None:
    assert _pct(doubtful, *BEFORE) is None


def test_fast_metres_are_those_from_80_pct_of_the_frozen_top_speed() -> None:
    # 80 % of 8.0 m/s are 6.4: of the 80 bands the last 16, with 10 m each.
    of = log(*BEFORE, fast(30, 7.0, "easy"), fast(29, None, "easy"))

    assert [fast_m(of, each) for each in of.runs[-2:]] == [160.0, 160.0]


@pytest.mark.parametrize(
    "doubtful", [run(30), run(30, measured=Measured(quality="fair", doubts=("sparse",)))]
)
def test_fast_metres_without_speeds_to_trust_are_not_known(doubtful: Run) -> None:
    assert fast_m(log(*BEFORE, doubtful), doubtful) is None


def test_fast_metres_against_a_lower_bound_are_not_known() -> None:
    of = log(fast(40, 5.0, "easy"))

    assert fast_m(of, of.runs[0]) is None


# In what is counted


@pytest.mark.parametrize(
    ("of", "count"),
    [
        (fast(5, 7.98), (1, 1)),
        (fast(5, 7.97), (0, 1)),  # 94 % of the upper end, 103 % of the lower: open
        (fast(5, 7.41), (0, 1)),
        (fast(5, 7.40), (0, 1)),  # 94.9 %, rounded up
        (fast(5, 7.33), (0, 0)),  # 94 % at the most
        (fast(5, 7.98, top_speed_pct=94), (0, 0)),  # what was typed wins
        (fast(5, 3.0, top_speed_pct=95), (1, 1)),
        (fast(5, 7.98, None), (0, 1)),  # a file alone makes no speed session
        (fast(5, 3.0, None), (0, 0)),  # and an easy run is told from its file
        (fast(5, 7.97, "easy"), (0, 0)),  # easy, and nothing surely says otherwise
        (fast(5, 7.98, "easy"), (0, 1)),  # easy, and its file surely says otherwise
        (run(5, kind=None, **FELT), (0, 1)),
        (run(5, kind="easy", **FELT), (0, 0)),
    ],
)
def test_a_run_counts_as_near_top_speed_when_every_value_it_may_have_does(
    of: Run, count: tuple[int, int]
) -> None:
    assert ends(fact(COUNT, log(*BEFORE, of), within=21)) == count


def test_full_speed_that_lies_within_the_range_of_top_speed_stays_open() -> None:
    full = "pain_free_full_speed_runs"

    assert ends(fact(full, log(*BEFORE, fast(5, 8.4)), within=21)) == (1, 1)
    assert ends(fact(full, log(*BEFORE, fast(5, 8.39)), within=21)) == (0, 1)
    assert ends(fact(full, log(*BEFORE, fast(5, 7.7)), within=21)) == (0, 0)


# Hiding a file

speeds_mps = st.sampled_from([None, 5.0, 7.4, 7.8, 7.98, 8.4, 9.0])
kinds = st.sampled_from([None, "easy", "strides", "intervals", "sprints"])
rated = st.sampled_from([None, 80, 96, 100, 105])
runs_after = st.lists(st.tuples(speeds_mps, kinds, rated, st.sampled_from([None, 9])), max_size=4)
sprints_before = st.lists(speeds_mps, min_size=1, max_size=4)


def _hidden(of: Run) -> Run:
    return replace(of, measured=None)


def _least(of: Log) -> float:
    low, _ = ends(fact(COUNT, of, within=21))
    assert low is not None
    return low


@given(sprints_before, runs_after, st.data())
def test_hiding_a_file_never_makes_more_runs_count_as_near_top_speed(
    before: list[float | None], after: list[tuple[Any, ...]], data: st.DataObject
) -> None:
    runs = [fast(30 + back, mps) for back, mps in enumerate(before)]
    runs += [
        fast(1 + back, mps, kind, top_speed_pct=pct, rpe=rpe)
        for back, (mps, kind, pct, rpe) in enumerate(after)
    ]
    which = data.draw(st.integers(0, len(runs) - 1))

    told = _least(log(*runs))
    hidden = _least(log(*(_hidden(each) if i == which else each for i, each in enumerate(runs))))

    assert hidden <= told


@given(sprints_before, runs_after, st.integers(0, 3))
def test_a_doubtful_file_of_a_run_is_no_better_than_none(
    before: list[float | None], after: list[tuple[Any, ...]], which: int
) -> None:
    runs = [fast(30 + back, mps) for back, mps in enumerate(before)]
    runs += [fast(1 + back, mps, kind) for back, (mps, kind, *_) in enumerate(after)]
    doubted = runs[which % len(runs)]
    assert doubted.measured is not None
    poor = replace(doubted, measured=replace(doubted.measured, quality="poor"))

    with_poor = _least(log(*(poor if each is doubted else each for each in runs)))
    without = _least(log(*(_hidden(each) if each is doubted else each for each in runs)))

    assert with_poor == without
