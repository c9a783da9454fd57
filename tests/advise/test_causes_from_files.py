"""What files say of speed and hills reaches the causes, and the gates that ask for full speed.

Ana's hamstring was hurt on 1 November 2026. Before that she sprinted at 8 m/s, so that 6.4 m/s
and more are fast for her.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from hamstride.advise import Advice
from hamstride.decisions.assess import PossibleCause
from hamstride.records import Measured, PhaseEntry, Run, Speeds
from made_up_days import MILD, ON, case_of, on_day

ONSET = MILD.started_on
TOP = Measured(quality="good", best_3s_mps=8.0)


def ran(on: date, made: Measured | None, **rest: Any) -> Run:
    return Run(start=datetime.combine(on, time(18), UTC), measured=made, **rest)


def before(days: int, made: Measured | None, **rest: Any) -> Run:
    """A run so many days before the onset."""
    return ran(ONSET - timedelta(days=days), made, **rest)


def fast(metres: float) -> Measured:
    """So many metres at 7 m/s."""
    rows = tuple(metres if place == 70 else 0.0 for place in range(71))
    return Measured(quality="good", best_3s_mps=7.0, speeds=Speeds(metres=rows, seconds=rows))


def cause(cause_id: str, *runs: Run, **episode: Any) -> PossibleCause | None:
    day = on_day(replace(case_of(episode=replace(MILD, **episode)), runs=runs))
    return next((each for each in day.causes if each.cause.id == cause_id), None)


def _ids(found: PossibleCause | None) -> tuple[list[str], list[str]]:
    assert found is not None
    return (
        [reason.criterion.id for reason in found.speaks_for],
        [reason.criterion.id for reason in found.speaks_against],
    )


WEEKS = (
    before(62, TOP, kind="sprints"),
    *(before(7 * back, fast(100)) for back in range(1, 9)),
)


@pytest.mark.parametrize(("metres", "speaks"), [(130, False), (131, True)])
def test_clearly_more_fast_metres_than_usual_speak_for_a_jump_in_speed(
    metres: float, speaks: bool
) -> None:
    # 100 m every week: 1.5 spreads of 20 m are 30 m more. Such a week is no cause by itself.
    found = cause("speed_jump", *WEEKS, before(0, fast(metres)))

    assert (found is not None) is speaks
    if speaks:
        assert _ids(found)[0] == ["more_fast_metres_before"]


def test_no_more_fast_metres_than_usual_speak_against_it() -> None:
    of = cause("speed_jump", *WEEKS, before(0, fast(100)), mechanism="sprinting")
    more = cause("speed_jump", *WEEKS, before(0, fast(101)), mechanism="sprinting")

    assert _ids(of)[0] == _ids(more)[0] == ["began_when_sprinting"]
    assert "no_more_fast_metres_before" in _ids(of)[1]
    assert "no_more_fast_metres_before" not in _ids(more)[1]


def test_without_files_fast_metres_speak_neither_for_it_nor_against_it() -> None:
    bare = [replace(each, measured=None, kind="easy") for each in (*WEEKS, before(0, None))]

    for_it, against = _ids(cause("speed_jump", *bare, mechanism="sprinting"))

    assert for_it == ["began_when_sprinting"]
    assert against == ["no_more_speed_before"]  # by the kinds, as typed


@pytest.mark.parametrize(("seconds", "speaks"), [(160, False), (161, True)])
def test_more_running_on_steep_slopes_speaks_for_a_jump_in_hills(
    seconds: float, speaks: bool
) -> None:
    usual = [before(8 + 7 * back, Measured(steep_s=100.0)) for back in range(4)]

    found = cause("hills_jump", *usual, before(2, Measured(steep_s=seconds)))

    assert (found is not None) is speaks
    if speaks:
        assert _ids(found)[0] == ["more_steep_running_before"]


def test_a_longer_run_speaks_for_a_jump_in_distance() -> None:
    found = cause(
        "distance_jump", before(20, None, distance_m=8000), before(1, None, distance_m=8900)
    )

    assert _ids(found)[0] == ["longer_run_before"]


# The gate out of speed and hills


def _day(*runs: Run) -> Advice:
    case = case_of(episode=replace(MILD, protocol="strain"))
    entered = PhaseEntry(on=ON - timedelta(days=20), id="speed_and_hills", by="rule")
    sprints = [before(20 + back, TOP, kind="sprints") for back in range(3)]
    return on_day(replace(case, phases=(entered,), runs=(*sprints, *runs)))


def _near_top_speed(day: Advice) -> str:
    (found,) = {
        reason.verdict.value
        for reason in (*day.gate.deciding, *day.gate.examined)
        if any(used.fact == "pain_free_runs_at_95_pct" for used in reason.facts)
    }
    return str(found)


def _sprint(days: int, mps: float | None, **rest: Any) -> Run:
    """Sprints so many days ago; without a speed nothing was measured."""
    felt = {"kind": "sprints", "pain_during": 0, "hesitated": False, **rest}
    made = None if mps is None else Measured(quality="good", best_3s_mps=mps)
    return ran(ON - timedelta(days=days), made, **felt)


@pytest.mark.parametrize(
    ("runs", "verdict"),
    [
        ([_sprint(9, 7.6), _sprint(4, 7.6)], "met"),  # 95 % of 8 m/s
        ([_sprint(9, 7.6), _sprint(4, 7.52)], "unmet"),  # 94 %
        ([_sprint(9, 7.6), _sprint(4, 7.6, kind=None)], "unknown"),  # by its file alone
        ([_sprint(9, 7.6), _sprint(4, None)], "unknown"),
        ([_sprint(9, 7.6), _sprint(4, 7.6, pain_during=1)], "unmet"),
        ([_sprint(9, 7.6), _sprint(4, None, top_speed_pct=95)], "unknown"),
        ([_sprint(9, 7.6, top_speed_pct=95), _sprint(4, 7.6, top_speed_pct=95)], "met"),
        # One sprint may be a fault of the watch: 7.6 m/s are 84 to 95 % of top speed then.
        ([_sprint(9, 7.6), _sprint(4, 9.0)], "unknown"),
        ([_sprint(9, 7.5), _sprint(4, 9.0)], "unmet"),
    ],
)
def test_files_meet_the_gate_of_full_speed_only_where_they_surely_do(
    runs: list[Run], verdict: str
) -> None:
    assert _near_top_speed(_day(*runs)) == verdict
