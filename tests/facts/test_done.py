"""What a plan goes on from: steps and how they went, exercises, and the days of each."""

from dataclasses import replace
from typing import Any

import pytest

from hamstride.facts.done import clean, done
from hamstride.records import Bout, Measured
from hamstride.vocabulary import StepDone, Verdict
from made_up_logs import ON, bouts, days_ago, item, log, mornings, run, session

QUIET: dict[str, Any] = {
    "kind": "easy",
    "duration_s": 1500,
    "pain_before": 0,
    "pain_during": 0,
    "pain_after": 0,
    "pain_trend": "steady",
    "limped": False,
    "form_changed": False,
    "sharp": False,
}
MET, UNMET, UNKNOWN = Verdict.MET, Verdict.UNMET, Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, MET),
        ({"pain_during": 2, "pain_before": 2, "pain_after": 2}, MET),
        ({"pain_during": 3, "pain_before": 3, "pain_after": 3}, UNMET),
        ({"kind": "strides", "pain_during": 1, "pain_before": 1, "pain_after": 1}, UNMET),
        (
            {"kind": None, "pain_during": 1, "pain_before": 1, "pain_after": 1},
            UNMET,
        ),  # the stricter
        ({"limped": True}, UNMET),
        ({"form_changed": True}, UNMET),
        ({"pain_trend": "worse"}, UNMET),
        ({"sharp": True}, UNMET),
        ({"stopped_early": True}, UNMET),
        ({"pain_after": 1}, UNMET),
        ({"limped": None}, UNKNOWN),
        ({"pain_during": 1, "pain_after": None}, UNKNOWN),
    ],
)
def test_a_run_is_clean_by_what_was_felt(changes: dict[str, Any], verdict: Verdict) -> None:
    each = run(1, **{**QUIET, **changes})

    assert clean(log(each, *mornings("0 0 0 0 0")), each) is verdict


@pytest.mark.parametrize(
    ("pains", "verdict"), [("1 1 1 1", MET), ("1 1 1 2", UNMET), ("1 1 1 -", UNKNOWN)]
)
def test_a_run_is_clean_once_the_next_morning_is_at_the_usual(pains: str, verdict: Verdict) -> None:
    each = run(1, **QUIET)

    assert clean(log(each, *mornings(pains)), each) is verdict


def test_steps_are_those_of_this_episode_oldest_first() -> None:
    of = log(
        run(30, step="R9"),  # before the injury
        run(3, **QUIET, step="R1"),
        run(2, **QUIET),
        run(1, **{**QUIET, "limped": True}, step="R3"),
        *mornings("0 0 0 0 0"),
    )

    assert done(of, ON).steps == (
        StepDone("R1", days_ago(3), MET),
        StepDone("R3", days_ago(1), UNMET),
    )
    assert done(of, days_ago(2)).steps == (StepDone("R1", days_ago(3), MET),)


def _walked_and_ran(*gaits: tuple[str, float], run_mps: float = 2.0) -> Measured:
    return Measured(quality="good", bouts=bouts(*gaits, run_mps=run_mps), steep_s=0.0)


@pytest.mark.parametrize(
    ("run_s", "share", "harder"),
    [(60, "done", ()), (40, "partly", ()), (20, "little", ()), (90, "done", ("longer",))],
)
def test_a_file_tells_how_much_of_a_step_was_done_and_what_was_harder(
    run_s: float, share: str, harder: tuple[str, ...]
) -> None:
    # R1 is 5 times walk 3 min, run 1 min.
    made = _walked_and_ran(*(("walk", 180.0), ("run", run_s)) * 5)
    of = log(replace(run(2, **QUIET, step="R1"), measured=made), protocol="strain")

    (step,) = done(of, ON).steps

    assert (step.followed, step.harder) == (share, harder)
    assert step.as_prescribed is (run_s == 60)


@pytest.mark.parametrize(
    ("step", "measured"),
    [
        ("R1", None),  # typed, without a file
        ("R1", Measured(quality="poor", bouts=(Bout("run", 0, 60),))),
        ("W1S1", Measured(quality="good", bouts=(Bout("run", 0, 60),))),  # of another ladder
    ],
)
def test_where_no_file_tells_it_nothing_is_said_of_a_step(
    step: str, measured: Measured | None
) -> None:
    of = log(replace(run(2, **QUIET, step=step), measured=measured), protocol="strain")

    (made,) = done(of, ON).steps

    assert (made.followed, made.harder, made.as_prescribed) == (None, (), True)


def test_a_run_without_a_step_that_led_to_a_rest_is_compared_with_none() -> None:
    own = replace(run(2, **QUIET), measured=_walked_and_ran(("run", 600)))
    of = replace(log(own, protocol="strain"), rested_runs=frozenset({own.start}))

    (made,) = done(of, ON).steps

    assert (made.step, made.rested, made.followed) == (None, True, None)


@pytest.mark.parametrize(("top_mps", "harder"), [(5.0, ()), (4.9, ("faster",))])
def test_the_speed_of_a_step_is_measured_by_the_runners_own_top_speed(
    top_mps: float, harder: tuple[str, ...]
) -> None:
    # Sprints before the injury; 60 % of 5 m/s is 3.
    made = _walked_and_ran(*(("walk", 180.0), ("run", 60.0)) * 5, run_mps=3.0)
    sprint = Measured(quality="good", best_3s_mps=top_mps)
    of = log(
        replace(run(40, kind="sprints"), measured=sprint),
        replace(run(2, **QUIET, step="R1"), measured=made),
        protocol="strain",
    )

    assert done(of, ON).steps[0].harder == harder


def test_exercises_are_those_of_this_episode_without_the_skipped_ones() -> None:
    lifted = item("rdl", sets=3, reps=8, load_kg=10.0, pain=2, rpe=6)
    of = log(
        session(30, item("rdl")),
        session(2, lifted, item("walk", skipped=True)),
        session(0, item("bridge_hold", hold_s=20.0)),
        *mornings("0 0 0 1 0"),
    )  # fmt: skip

    rdl, bridge = done(of, ON).exercises

    assert (rdl.exercise, rdl.on, rdl.sets, rdl.reps) == ("rdl", days_ago(2), 3, 8)
    assert (rdl.load_kg, rdl.pain_nrs, rdl.rpe) == (10.0, 2, 6)
    assert rdl.morning_over_usual_nrs == 1  # the morning after
    assert (bridge.exercise, bridge.hold_s) == ("bridge_hold", 20.0)
    assert bridge.morning_over_usual_nrs is None  # tomorrow is not known yet


def test_days_are_counted_once_and_up_to_the_day() -> None:
    of = log(
        session(5), session(5), session(3, kind="mobility"), session(2, kind="warm_up"),
        run(6, kind="hills"), run(6, kind="easy"), run(1),
    )  # fmt: skip

    found = done(of, ON)

    assert found.strength_days == (days_ago(5),)
    assert found.mobility_days == (days_ago(3),)
    assert found.run_days == (days_ago(6), days_ago(1))
    assert found.speed_days == (days_ago(6),)
    assert done(of, days_ago(2)).run_days == (days_ago(6),)


@pytest.mark.parametrize(
    ("runs", "minutes"),
    [
        ([run(3, **QUIET), run(1, **{**QUIET, "limped": True})], 25),
        ([run(3, **QUIET), run(1, **{**QUIET, "duration_s": 1800})], 30),
        ([run(1, **{**QUIET, "kind": "strides"})], None),
        ([run(1, **{**QUIET, "duration_s": None})], None),
        ([], None),
    ],
)
def test_an_easy_run_goes_on_from_the_last_clean_one(
    runs: list[Any], minutes: float | None
) -> None:
    assert done(log(*runs, *mornings("0 0 0 0 0")), ON).easy_clean_min == minutes
