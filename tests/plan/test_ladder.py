"""The next run: up after a clean one, the same after an unclean one, down after two."""

from dataclasses import replace
from typing import Any

import pytest

from hamstride.decisions.judge import Action
from hamstride.plan.ladder import easy_run, next_run
from hamstride.plan.model import RunPlan
from hamstride.vocabulary import Done, StepDone, Verdict
from made_up_plans import ON, basis, day, on, ran, reason

RETURN, SPEED = "strain/return_to_running", "strain/speed_and_hills"
EASIER = day(Action.MODIFY, reason())
ROUTINE = day(Action.MODIFY, reason(urgency="routine"))


def _run(phase: str, *named: str, **rest: Any) -> RunPlan:
    found = next_run(basis(phase, done=ran(*named), **rest), ON)
    assert found is not None
    return found


def _step(phase: str, *named: str, **rest: Any) -> tuple[str | None, str]:
    """The step of the next run, and why this one."""
    found = _run(phase, *named, **rest)
    return found.step, found.change


# Climbing: R2, R4 and R6 are fillers (clinical.md B3.11).


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ((), ("R1", "first")),
        (("W1S1",), ("R1", "first")),  # a step of another plan
        (("R0",), ("R1", "climb")),
        (("R1",), ("R3", "climb")),
        (("R1", "R3", "R5"), ("R7", "climb")),
        (("R1 unclean",), ("R1", "repeat")),
        (("R1 unclean", "R1"), ("R2", "climb")),  # a filler after an unclean run
        (("R1 unclean", "R1", "R2"), ("R3", "climb")),
        (("R1 unknown",), ("R1", "waits")),
        (("R3 unclean", "R3 unclean"), ("R2", "down")),
        (("R3 unclean", "R3", "R3 unclean"), ("R3", "repeat")),  # not in a row
        (("R3 rested",), ("R2", "down")),  # a run that led to a rest, at once
        (("R1 rested",), ("R0", "down")),
        (("R0 rested",), ("R0", "repeat")),  # there is nothing below
        (("R12",), ("R13", "climb")),
        (("R13",), ("R13", "repeat")),  # speed waits for the gate
    ],
)
def test_a_ladder_is_climbed_step_by_step(steps: tuple[str, ...], found: tuple[str, str]) -> None:
    assert _step(RETURN, *steps) == found


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ((), ("V1", "first")),
        (("R13",), ("V1", "climb")),
        (("R13", "V1"), ("V2", "climb")),
        (("V2 rested",), ("V1", "down")),
        (("V1 rested",), ("V1", "first")),  # walk-run steps are of the phase before
        (("V11",), ("V11", "repeat")),  # the top
    ],
)
def test_the_speed_phase_begins_at_its_own_first_step(
    steps: tuple[str, ...], found: tuple[str, str]
) -> None:
    assert _step(SPEED, *steps) == found


@pytest.mark.parametrize(
    ("since", "once", "twice"),
    [
        (60, "R1", "R3"),
        (61, "R3", "R3"),
        (None, "R1", "R3"),  # not known counts as recent: the stricter
    ],
)
def test_soon_after_an_earlier_strain_every_step_is_done_twice(
    since: int | None, once: str, twice: str
) -> None:
    facts = {"days_since_previous_strain": since}

    assert _step(RETURN, "R1", facts=facts)[0] == once
    # Done twice, R1 leads to R3; where once is enough, R1 after R3 was a step down.
    assert _step(RETURN, "R1", "R1", facts=facts) == (twice, "climb")


def test_a_run_of_another_step_begins_the_count_of_clean_ones_anew() -> None:
    facts = {"days_since_previous_strain": 10}

    assert _step(RETURN, "R1", "R0", "R1", facts=facts) == ("R1", "repeat")


def test_a_speed_plan_without_a_ladder_climbs_after_one_clean_run() -> None:
    assert basis("steady_state/speed").standing.protocol.ladder is None
    first, second = (step.id for step in basis("steady_state/speed").standing.phase.steps[:2])

    assert _step("steady_state/speed") == (first, "first")
    assert _step("steady_state/speed", first) == (second, "climb")
    assert _step("steady_state/speed", f"{second} unclean", f"{second} unclean") == (
        second,
        "repeat",
    )


# Planned against done: only a whole step, run as planned, leads up.


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        (("R3 done",), ("R5", "climb")),
        (("R3 partly",), ("R3", "partly")),
        (("R3 harder",), ("R3", "harder")),
        (("R3 little",), ("R3", "partly")),
        (("R3 little", "R3 little"), ("R2", "too_much")),
        (("R3 unclean", "R3 little"), ("R2", "too_much")),
        (("R3 little", "R3 unclean"), ("R2", "down")),
        (("R3 partly", "R3 partly"), ("R3", "partly")),  # it was managed, in part
        (("R3 harder", "R3 harder"), ("R3", "harder")),
        (("R3 little", "R3"), ("R4", "climb")),  # a filler, as after an unclean one
        (("R3 partly", "R3"), ("R5", "climb")),
        (("R3 unclean", "R3 partly", "R3 unclean"), ("R2", "down")),  # a part is no clean run
        (("R3 unclean", "R3 harder", "R3 unclean"), ("R2", "down")),
        (("R0 little", "R0 little"), ("R0", "repeat")),  # there is nothing below
        (("R13 partly",), ("R13", "partly")),
    ],
)
def test_a_step_done_in_part_or_harder_does_not_lead_up(
    steps: tuple[str, ...], found: tuple[str, str]
) -> None:
    assert _step(RETURN, *steps) == found


@pytest.mark.parametrize("how", ["partly", "little", "harder"])
@pytest.mark.parametrize("after", ["R3", "R3 unclean", "R3 unknown", "R3 rested", "R5"])
def test_no_verdict_on_a_step_ever_leads_higher_than_none(how: str, after: str) -> None:
    names = [step.id for step in basis(RETURN).standing.protocol.steps()]

    for steps in ((f"R3 {how}", after), (after, f"R3 {how}"), (after, f"R3 {how}", after)):
        plain = tuple(step.removesuffix(f" {how}") for step in steps)
        told, untold = _step(RETURN, *steps)[0], _step(RETURN, *plain)[0]
        assert names.index(told or "") <= names.index(untold or "")


@pytest.mark.parametrize("how", ["partly", "little", "harder"])
def test_soon_after_a_strain_only_whole_steps_are_counted(how: str) -> None:
    facts = {"days_since_previous_strain": 10}

    assert _step(RETURN, "R1", f"R1 {how}", facts=facts)[0] == "R1"


@pytest.mark.parametrize("how", ["partly", "little", "harder"])
def test_a_day_that_goes_easier_goes_back_to_a_whole_step(how: str) -> None:
    assert _step(RETURN, "R1", "R3", f"R5 {how}", today=EASIER) == ("R3", "last_clean")


def test_a_speed_plan_without_a_ladder_repeats_what_was_little() -> None:
    first = basis("steady_state/speed").standing.phase.steps[0].id

    assert _step("steady_state/speed", f"{first} little", f"{first} little") == (first, "partly")


def test_a_plan_tells_how_the_last_step_was_done() -> None:
    run = _run(RETURN, "R1", "R3 harder")

    assert (run.last_followed, run.last_harder) == ("done", ("longer", "hills"))
    assert (_run(RETURN).last_followed, _run(RETURN).last_harder) == (None, ())


# A long pause


def _after_pause(days: int, *since: StepDone) -> Done:
    """R9 was run so many days before today, or before the steps since."""
    last = since[0].on if since else ON
    r9 = StepDone("R9", on((last - ON).days - days), Verdict.MET)
    made = (r9, *since)
    return Done(steps=made, run_days=tuple(each.on for each in made))


@pytest.mark.parametrize(("days", "found"), [(30, ("R10", "climb")), (31, ("R5", "restart"))])
def test_after_more_than_30_days_the_ladder_starts_at_r5(days: int, found: tuple[str, str]) -> None:
    run = next_run(basis(RETURN, done=_after_pause(days)), ON)

    assert run is not None
    assert (run.step, run.change) == found


def test_from_there_it_is_climbed_again() -> None:
    done = _after_pause(40, StepDone("R5", on(-2), Verdict.MET))

    run = next_run(basis(RETURN, done=done), ON)

    assert run is not None
    assert (run.step, run.change) == ("R7", "climb")


def test_a_pause_below_r5_changes_nothing() -> None:
    done = Done(steps=(StepDone("R1", on(-40), Verdict.MET),), run_days=(on(-40),))

    run = next_run(basis(RETURN, done=done), ON)

    assert run is not None
    assert (run.step, run.change) == ("R3", "climb")


@pytest.mark.parametrize(
    ("days_in_phase", "found"), [(20, ("V1", "first")), (60, ("R5", "restart"))]
)
def test_a_pause_in_the_speed_phase_starts_below_it_and_one_before_it_does_not(
    days_in_phase: int, found: tuple[str, str]
) -> None:
    # The pause ended 39 days ago with a run of no step.
    done = Done(steps=(StepDone("R13", on(-80), Verdict.MET),), run_days=(on(-80), on(-39), on(-9)))

    run = next_run(basis(SPEED, done=done, facts={"days_in_phase": days_in_phase}), ON)

    assert run is not None
    assert (run.step, run.change) == found


# A day that goes easier


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        (("R1", "R3"), ("R3", "last_clean")),
        (("R3", "R5 unclean"), ("R3", "last_clean")),
        (("R3 unclean",), ("R1", "last_clean")),  # none was clean: where the ladder starts
        (("R3", "R5 rested", "R5 rested"), ("R3", "last_clean")),
        (("R5", "R3 rested"), ("R2", "last_clean")),  # never above where she stands
    ],
)
def test_an_easier_day_goes_back_to_the_last_clean_step_and_stays_flat(
    steps: tuple[str, ...], found: tuple[str, str]
) -> None:
    run = _run(RETURN, *steps, today=EASIER)

    assert (run.step, run.change, run.flat) == (*found, True)


def test_hills_are_not_repeated_on_an_easier_day() -> None:
    run = _run(SPEED, "V5", today=EASIER)

    assert (run.step, run.change, run.flat) == (None, "last_clean", True)


def test_a_word_to_see_a_clinician_lets_walk_runs_climb_and_speed_wait() -> None:
    assert _step(RETURN, "R1", today=ROUTINE) == ("R3", "climb")
    assert _run(SPEED, "V1", today=ROUTINE).step is None


def test_a_restart_is_no_harder_than_the_easier_day() -> None:
    run = next_run(basis(RETURN, done=_after_pause(31), today=EASIER), ON)

    assert run is not None
    assert (run.step, run.change) == ("R5", "restart")


# Speed and its distance


@pytest.mark.parametrize(("ago", "step"), [(0, None), (2, None), (3, "V2")])
def test_two_days_after_speed_a_run_is_easy(ago: int, step: str | None) -> None:
    made = StepDone("V1", on(-ago), Verdict.MET)
    done = Done(steps=(made,), run_days=(made.on,), speed_days=(made.on,))

    run = next_run(basis(SPEED, done=done), ON)

    assert run is not None
    assert run.step == step
    assert (run.change == "after_speed") is (step is None)
    assert run.flat is (step is None)


# Easy runs


def test_a_phase_without_running_has_no_run() -> None:
    assert next_run(basis("strain/calm"), ON) is None


@pytest.mark.parametrize("phase", ["tendon/isotonic", "strain/maintenance"])
def test_a_phase_without_steps_runs_easily(phase: str) -> None:
    run = _run(phase)

    assert (run.step, run.change, run.minutes, run.flat) == (None, "easy", 30, False)


@pytest.mark.parametrize(
    ("clean_min", "facts", "minutes"),
    [
        (20, {}, 22),  # a tenth more after a silent run
        (30, {}, 33),
        (40, {}, 33),  # and no more than that over the longest of 30 days
        (None, {}, 30),  # no run was clean: no longer
        (20, {"last_run_not_silent": True}, 20),
        (20, {"last_run_not_silent": None}, 20),  # unknown is no silence
        (20, {"last_run_jumped": True}, 20),
        (20, {"last_run_jumped": None}, 20),  # without a baseline it may have been a jump
        (20, {"week_distance_m": 10000}, 22),
        (20, {"week_distance_m": 10001}, 20),  # the week is longer than the one before
        (20, {"week_distance_m": None, "previous_week_distance_m": None}, 22),
        (None, {"longest_run_min": None}, 20),  # nothing is known: 20 minutes
        (20, {"days_since_last_run": 30}, 22),
        (20, {"days_since_last_run": 31}, 10),  # half after a long gap
        (20, {"days_since_last_run": 399}, 10),
        (20, {"days_since_last_run": 400}, 22),  # no run at all is no gap
    ],
)
def test_an_easy_run_is_as_long_as_the_last_clean_one_or_a_little_longer(
    clean_min: float | None, facts: dict[str, Any], minutes: int
) -> None:
    plain = basis("tendon/isotonic", facts=facts)

    run = easy_run(replace(plain, done=Done(easy_clean_min=clean_min)), "easy")

    assert (run.minutes, run.run_min) == (minutes, minutes)


@pytest.mark.parametrize(
    ("jumped", "change"), [(True, "after_jump"), (False, "easy"), (None, "easy")]
)
def test_a_run_that_does_not_grow_after_a_jump_says_so(jumped: bool | None, change: str) -> None:
    plain = basis("tendon/isotonic", facts={"last_run_jumped": jumped})

    assert easy_run(replace(plain, done=Done(easy_clean_min=20)), "easy").change == change


def test_an_easier_day_takes_a_share_of_the_last_clean_run() -> None:
    plain = basis("tendon/isotonic", today=EASIER, done=Done(easy_clean_min=20))

    run = easy_run(plain, "easy")

    assert (run.minutes, run.change, run.flat) == (14, "last_clean", True)


def test_a_run_after_speed_is_no_longer_than_the_last() -> None:
    run = easy_run(basis(SPEED, done=Done(easy_clean_min=20)), "after_speed")

    assert (run.minutes, run.flat) == (20, True)
