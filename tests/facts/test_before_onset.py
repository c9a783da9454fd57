"""What came before the onset, against what this runner was used to."""

from dataclasses import replace
from typing import Any

import pytest

from hamstride.facts import Log
from hamstride.records import Measured, Run, Speeds
from made_up_logs import ends, fact, log, run, session

# The onset, 1 November, is 24 days ago. The week before it is 25 October to 1 November (31 to 24
# days ago), and the four weeks before that begin on 27 September: 38-32, 45-39, 52-46, 59-53.
ONSET_AGO = 24


def _value(fact_id: str, of: Log) -> Any:
    return fact(fact_id, of).value


@pytest.mark.parametrize(
    ("kinds", "over"),
    [
        # Three fast runs in the week, four in the four weeks before: 3 - 1.
        ({26: "strides", 27: "hills", 28: "race", 33: "strides", 34: "strides", 40: "hills",
          54: "sprints"}, 2),
        ({26: "strides", 33: "easy"}, 1),
        ({33: "strides"}, -0.25),
        ({26: "strides"}, None),  # nothing was recorded before: no usual
        ({26: "strides", 60: "easy"}, None),  # nor in the four weeks
    ],
)  # fmt: skip
def test_speed_sessions_are_held_against_the_weekly_usual(
    kinds: dict[int, str], over: float | None
) -> None:
    of = log(*(run(ago, kind=kind) for ago, kind in kinds.items()))

    assert _value("speed_runs_over_usual", of) == over


# Fast metres: the week is 30 to 24 days ago, and eight weeks before it reach back to 86 days ago.

TOP = Measured(quality="good", best_3s_mps=8.0)


def sprint(ago: int) -> Run:
    """Sprints at 8 m/s, so that 6.4 m/s and more are fast; none of their metres are told."""
    return run(ago, kind="sprints", measured=TOP)


def fast(ago: int, metres: float, **rest: Any) -> Run:
    """A run with so many metres at 7 m/s, and a thousand at 3 m/s."""
    rows = tuple({30: 1000.0, 70: metres}.get(place, 0.0) for place in range(71))
    made = Measured(quality="good", best_3s_mps=7.0, speeds=Speeds(metres=rows, seconds=rows))
    return run(ago, kind="intervals", measured=made, **rest)


def weeks(*metres: float) -> list[Run]:
    """Eight weeks before the onset's, latest first, the last of them with the sprints."""
    return [sprint(86), *(fast(31 + 7 * back, each) for back, each in enumerate(metres))]


USUAL = weeks(100, 100, 100, 100, 100, 100, 100, 100)
UNEVEN = weeks(0, 50, 100, 100, 150, 200, 100, 100)


@pytest.mark.parametrize(
    ("runs", "over_m", "spreads"),
    [
        # The same every week: the spread is its floor, 20 m.
        ([*USUAL, fast(30, 80), fast(24, 50)], 30, 1.5),
        ([*USUAL, fast(30, 81), fast(24, 50)], 31, 1.75),  # 1.55, rounded up to a quarter
        ([*USUAL, fast(24, 100.4)], 1, 0.25),  # over it by a hair
        ([*USUAL, fast(24, 100)], 0, 0),
        ([*USUAL, fast(31, 900), fast(24, 100)], 0, 0),  # the week before counts for the usual
        (USUAL, -100, -5),
        # The median is 100 and lies 25 from the weeks: 1.48 x 25 + 20 = 57; 100 over are 1.75.
        ([*UNEVEN, fast(24, 200)], 100, 2),
    ],
)
def test_fast_metres_are_held_against_the_usual_week_and_how_far_weeks_lie_apart(
    runs: list[Run], over_m: int, spreads: float
) -> None:
    assert _value("fast_m_over_usual", log(*runs)) == over_m
    assert _value("fast_spreads_over_usual", log(*runs)) == spreads


@pytest.mark.parametrize(
    "runs",
    [
        [],
        [*USUAL[1:], fast(24, 500)],  # nobody sprinted, so nobody knows what is fast
        [sprint(86), *USUAL[2:], run(31), fast(24, 500)],  # seven weeks are known
        [sprint(85), *USUAL[1:], fast(24, 500)],  # and the eighth is not whole
        [replace(each, measured=None) for each in (*USUAL, fast(24, 500))],  # without files
    ],
)
def test_without_a_top_speed_or_eight_known_weeks_fast_metres_have_no_usual(
    runs: list[Run],
) -> None:
    for fact_id in ("fast_m_over_usual", "fast_spreads_over_usual"):
        found = fact(fact_id, log(*runs))

        assert (found.value, found.low, found.high) == (None, None, None)


def test_a_run_of_the_week_without_a_file_may_have_held_more_and_never_less() -> None:
    of = log(*USUAL, fast(30, 150), run(25, kind="strides"))

    assert ends(fact("fast_m_over_usual", of)) == (50, 50_000)
    assert ends(fact("fast_spreads_over_usual", of)) == (2.5, 1000)


def test_fast_metres_are_measured_by_what_was_fast_at_the_injury() -> None:
    # 10 m/s three times since then: 7 m/s would no longer be fast.
    since = [replace(sprint(ago), measured=replace(TOP, best_3s_mps=10.0)) for ago in (3, 4, 5)]

    assert _value("fast_m_over_usual", log(*USUAL, fast(24, 150), *since)) == 50


def test_fast_metres_of_a_doubtful_file_are_not_known() -> None:
    doubtful = fast(24, 500)
    assert doubtful.measured is not None
    doubtful = replace(doubtful, measured=replace(doubtful.measured, doubts=("sparse",)))

    assert ends(fact("fast_m_over_usual", log(*USUAL, doubtful))) == (-100, 50_000)


# Hills


@pytest.mark.parametrize(
    ("climbs", "over"),
    [
        ({26: 300, 31: 100, 33: 150, 34: 100, 40: 50}, 150),  # 400 against 250
        ({26: 100, 33: 250}, -150),
        ({26: 300}, None),
        ({33: 300}, None),
        ({26: 300, 33: None}, None),
    ],
)
def test_ascent_is_held_against_the_most_of_four_weeks(
    climbs: dict[int, float | None], over: float | None
) -> None:
    of = log(*(run(ago, ascent_m=metres) for ago, metres in climbs.items()))

    assert _value("ascent_over_most_m", of) == over


def steep(ago: int, seconds: float | None) -> Run:
    return run(ago, measured=Measured(steep_s=seconds))


@pytest.mark.parametrize(
    ("runs", "over_s"),
    [
        ([steep(26, 300), steep(31, 100), steep(33, 200), steep(34, 50), steep(40, 60)], 150),
        ([steep(26, 100), steep(33, 250)], -150),
        ([steep(26, 300), run(27), steep(33, 200)], 100),  # no less than what is known
        ([steep(26, 300), steep(33, 200), run(40)], None),  # may have been the steepest
        ([steep(26, 300), steep(33, 200), steep(40, None)], None),
        ([steep(26, 300)], None),
        ([steep(33, 300)], None),
        ([steep(26, None), steep(33, 300)], None),
    ],
)
def test_running_on_steep_slopes_is_held_against_the_most_of_four_weeks(
    runs: list[Run], over_s: float | None
) -> None:
    assert _value("steep_over_most_s", log(*runs)) == over_s


# Distance


@pytest.mark.parametrize(
    ("metres", "pct"),
    [
        ({62: 9000, 40: 8000, 31: 8800, 26: 6000}, 110),  # 62 days ago is no baseline for 31
        ({40: 8000, 26: 6000}, 75),
        ({40: 100, 26: 6000}, 1000),  # and no more than the fact may be
        ({26: 6000}, None),
        ({40: 8000}, None),
    ],
)
def test_the_longest_run_before_the_onset_is_held_against_its_own_30_days(
    metres: dict[int, float], pct: int | None
) -> None:
    of = log(*(run(ago, distance_m=length) for ago, length in metres.items()))

    assert _value("run_over_longest_pct_before_onset", of) == pct


@pytest.mark.parametrize(
    ("metres", "pct"),
    [
        ({24: 5000, 31: 6000, 32: 4000, 38: 6000, 39: 9000}, 110),  # 11 km after 10
        ({24: 5000, 38: 400}, 1000),  # and no more than the fact may be
        ({24: 5000}, None),
        ({38: 5000}, None),
        ({24: 5000, 38: 0}, None),
    ],
)
def test_the_week_before_the_onset_is_held_against_the_week_before_that(
    metres: dict[int, float], pct: int | None
) -> None:
    of = log(*(run(ago, distance_m=length) for ago, length in metres.items()))

    assert _value("week_over_previous_pct_before_onset", of) == pct


def _stride(ago: int, speed_mps: float | None, cadence_spm: float | None) -> Run:
    """A run of 1000 s."""
    metres = None if speed_mps is None else speed_mps * 1000
    return run(ago, duration_s=1000, distance_m=metres, cadence_spm=cadence_spm)


@pytest.mark.parametrize(
    ("strides", "cadence"),
    [
        ([_stride(26, 3.2, 158), _stride(40, 3.5, 155), _stride(53, 3.1, 150)], 155),
        ([_stride(26, 3.0, 150)], None),  # at more than 3 m/s
        ([_stride(26, 3.2, None), _stride(27, None, 150)], None),
    ],
)
def test_cadence_at_speed_is_the_lowest_of_four_weeks(
    strides: list[Run], cadence: float | None
) -> None:
    # Four weeks before the onset: up to 52 days ago.
    assert _value("fast_running_cadence_spm", log(*strides)) == cadence


@pytest.mark.parametrize(
    ("strides", "pct"),
    [
        # 3 m/s at 150 steps a minute are steps of 1.2 m, at 180 of 1 m.
        ([_stride(26, 3.0, 150), _stride(33, 3.0, 180)], 120),
        ([_stride(26, 3.0, 150), _stride(33, 2.86, 180)], 126),  # within 5 %: 0.953 m
        ([_stride(26, 3.0, 150), _stride(33, 2.85, 180)], None),  # another speed
        ([_stride(26, 3.0, None), _stride(33, 3.0, 180)], None),
        ([_stride(26, 3.0, 150), _stride(33, 3.0, None)], None),
        ([_stride(26, 3.0, 150)], None),
        ([], None),
    ],
)
def test_steps_are_held_against_those_of_the_same_speed(
    strides: list[Run], pct: int | None
) -> None:
    assert _value("step_length_over_usual_pct", log(*strides)) == pct


def _striding(ago: int, *rows: tuple[float, float, float], **made: Any) -> Run:
    """A run with step lengths by speed; its averages alone would say 120 % of the others."""
    run_of = _stride(ago, 3.0, 150 if ago < ONSET_AGO + 8 else 180)
    return replace(run_of, measured=Measured(**{"quality": "good", "stride_lengths": rows, **made}))


@pytest.mark.parametrize(
    ("strides", "pct"),
    [
        # At 3 m/s 1.21 for 1.1 m.
        ([_striding(26, (3.0, 1.21, 600)), _striding(33, (3.0, 1.1, 600))], 110),
        ([_striding(26, (3.0, 1.2101, 600)), _striding(33, (3.0, 1.1, 600))], 111),
        # Two speeds: 1.2 over 600 s and 1.0 over 200 s, each as long as both sides were there.
        (
            [_striding(26, (3.0, 1.2, 600), (4.0, 1.5, 900)),
             _striding(33, (3.0, 1.0, 900), (4.0, 1.5, 200))],
            115,
        ),
        # The runs before together: 1.0 for 300 s and 1.2 for 100 s are 1.05.
        (
            [_striding(26, (3.0, 1.26, 600)),
             _striding(33, (3.0, 1.0, 300)), _striding(40, (3.0, 1.2, 100))],
            120,
        ),
        # The longest of the week.
        (
            [_striding(26, (3.0, 1.0, 600)), _striding(27, (3.0, 1.3, 600)),
             _striding(33, (3.0, 1.0, 600))],
            130,
        ),
        # Under a minute of shared speeds, none of them, or none to trust: by the averages.
        ([_striding(26, (3.0, 1.3, 59)), _striding(33, (3.0, 1.0, 600))], 120),
        ([_striding(26, (3.0, 1.3, 60)), _striding(33, (3.0, 1.0, 600))], 130),
        ([_striding(26, (3.0, 1.3, 600)), _striding(33, (3.5, 1.0, 600))], 120),
        ([_striding(26, (3.0, 1.3, 600)), _striding(33)], 120),
        ([_striding(26, (3.0, 1.3, 600), quality="poor"), _striding(33, (3.0, 1.0, 600))], 120),
        (
            [_striding(26, (3.0, 1.3, 600)),
             _striding(33, (3.0, 1.0, 600), doubts=("cadence_at_odds",))],
            120,
        ),
        ([_striding(26, (3.0, 30.0, 600)), _striding(33, (3.0, 1.0, 600))], 1000),
    ],
)  # fmt: skip
def test_steps_are_compared_speed_by_speed_where_both_sides_have_them(
    strides: list[Run], pct: int
) -> None:
    assert _value("step_length_over_usual_pct", log(*strides)) == pct


@pytest.mark.parametrize(
    ("shoes", "new"),
    [
        ({60: "old", 30: "new"}, True),
        ({60: "old", 30: "old"}, False),
        ({53: "old", 52: "new"}, True),  # 28 days before the onset is 52 days ago
        ({60: "old", 53: "new"}, None),
        ({30: "new"}, None),  # nothing to compare with
        ({60: "old", 30: None}, None),
    ],
)
def test_other_shoes_are_those_not_run_in_before(
    shoes: dict[int, str | None], new: bool | None
) -> None:
    of = log(*(run(ago, shoes=name) for ago, name in shoes.items()))

    assert _value("new_shoes_before_onset", of) is new


@pytest.mark.parametrize(
    ("warm_ups", "ran", "value"),
    [
        ([30, ONSET_AGO], True, True),
        ([30], True, False),
        ([30], False, None),  # no run on that day
        ([], True, None),  # who logs none did not skip it
        ([ONSET_AGO - 1], True, None),  # logged only later
    ],
)
def test_a_warm_up_is_missed_only_where_warm_ups_are_logged(
    warm_ups: list[int], ran: bool, value: bool | None
) -> None:
    records = [session(ago, kind="warm_up") for ago in warm_ups]

    of = log(*records, *([run(ONSET_AGO)] if ran else []))

    assert _value("warmed_up_before_onset_run", of) is value
