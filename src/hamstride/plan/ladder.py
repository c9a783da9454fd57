"""The next run: which step of the ladder, or how many easy minutes."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from hamstride.decisions.judge import Action
from hamstride.plan.model import Basis, RunPlan, StepChange
from hamstride.protocols.model import Ladder, Step
from hamstride.vocabulary import StepDone, Verdict

NO_RUN_DAYS = 400


def number(basis: Basis, fact_id: str) -> float | None:
    """A numeric fact, or None when it is not known."""
    value = basis.facts[(fact_id, None)].value
    return None if value is None or isinstance(value, (str, bool)) else float(value)


def next_run(basis: Basis, on: date) -> RunPlan | None:
    """The run of a day that may hold one; None in a phase without running."""
    phase = basis.standing.phase
    if phase.running == "none":
        return None
    if phase.running == "continuous" or not phase.steps:
        return easy_run(basis, "easy")
    if phase.running == "speed" and _speed_too_close(basis, on):
        return easy_run(basis, "after_speed")
    return _of_ladder(basis)


def _speed_too_close(basis: Basis, on: date) -> bool:
    week = basis.standing.phase.week or basis.library.plan.week
    return any(0 <= (on - day).days < week.speed_gap_days for day in basis.done.speed_days)


def easy_run(basis: Basis, change: StepChange) -> RunPlan:
    """So many easy minutes: as the last clean run, a little more after a silent one.

    Notes
    -----
    Longer only after a run that was silent during, right after and on the next morning and was
    no jump itself, and in a week that is not yet longer than the one before; never over the cap
    on the longest of 30 days. A day that goes easier takes a share of the last clean run. After
    a long gap, half of what was usual.
    """
    terms = basis.library.plan.easy_run
    longest = number(basis, "longest_run_min") or float(terms.start_min)
    clean = min(basis.done.easy_clean_min or longest, longest)
    gap_days = number(basis, "days_since_last_run") or 0
    if terms.after_gap_days < gap_days < NO_RUN_DAYS:
        minutes, change = clean * terms.after_gap_pct / 100, "restart"
    elif basis.day.action is Action.MODIFY:
        minutes, change = clean * terms.modify_pct / 100, "last_clean"
    elif change == "easy" and _may_grow(basis):
        minutes = min(clean * terms.at_most_pct, longest * terms.at_most_pct) / 100
    elif change == "easy" and basis.facts[("last_run_jumped", None)].value is True:
        minutes, change = clean, "after_jump"
    else:
        minutes = clean
    return RunPlan(
        step=None,
        title="",
        minutes=int(minutes),
        change=change,
        source=terms,
        run_min=int(minutes),
        flat=basis.day.action is Action.MODIFY or change == "after_speed",
    )


def _may_grow(basis: Basis) -> bool:
    silent = basis.facts[("last_run_not_silent", None)].value is False
    # A jump is taken in before the next one; without a baseline it is not known to be none.
    usual = basis.facts[("last_run_jumped", None)].value is False
    this_week = number(basis, "week_distance_m") or 0
    before = number(basis, "previous_week_distance_m") or 0
    return silent and usual and basis.done.easy_clean_min is not None and this_week <= before


# The ladder


@dataclass(slots=True)
class Rung:
    """Where the runner stands on a ladder, and how she got there.

    `last` is the step that was run last, `index` the one to do next. `paused` says that a long
    pause in this phase led below the phase's own steps.
    """

    index: int
    change: StepChange
    last: int = 0
    clean: int = 0
    unclean: int = 0
    stumbled: bool = False
    paused: bool = False


def _of_ladder(basis: Basis) -> RunPlan:
    """A step of the ladder; on a day that goes easier the last clean one, and flat."""
    steps = basis.standing.protocol.steps()
    rung = climb(basis)
    step = steps[rung.index]
    if basis.day.action is not Action.MODIFY or rung.change == "restart":
        return _run_plan(step, rung.change, basis)
    if all(reason.criterion.urgency == "routine" for reason in basis.day.deciding):
        # A word to see a clinician, and nothing else: walk-run steps go on, speed waits.
        fast = step.effort_pct is not None
        return easy_run(basis, "easy") if fast else _run_plan(step, rung.change, basis)
    clean = last_clean(steps, basis.done.steps)
    step = steps[min(rung.index, _floor(basis) if clean is None else clean)]
    return easy_run(basis, "easy") if step.uphill else _run_plan(step, "last_clean", basis)


def _floor(basis: Basis) -> int:
    """The first step of the phase, or where its ladder starts."""
    ladder, steps = basis.standing.protocol.ladder, basis.standing.phase.steps
    names = [step.id for step in steps]
    first = ladder.start_at if ladder and ladder.start_at in names else names[0]
    return [step.id for step in basis.standing.protocol.steps()].index(first)


def last_clean(steps: tuple[Step, ...], done: tuple[StepDone, ...]) -> int | None:
    """The step of the latest clean run; None when there was none."""
    names = [step.id for step in steps]
    for each in reversed(done):
        whole = each.clean is Verdict.MET and each.as_prescribed
        if each.step in names and whole and not each.rested:
            return names.index(each.step)
    return None


def climb(basis: Basis) -> Rung:
    """The step to do next, from every step that was run, within the steps of the phase.

    Notes
    -----
    Up after enough clean runs of a step; the same after an unclean one or while the next
    morning is not known; down after two unclean in a row, or at once after a run that led to a
    rest for pain. A clean run that was only a part of its step, or harder than it, does not lead
    up either, and one that was little of it counts as an unclean one. Fillers are stepped on only
    after an unclean run. A long pause starts lower down, and from there the ladder is climbed
    again, through the steps of an earlier phase too.
    """
    steps = basis.standing.protocol.steps()
    names = [step.id for step in steps]
    pauses = _pauses(basis)
    first = min(_floor(basis), _start(basis))
    rung = Rung(first, "first", last=first)
    for each in basis.done.steps:
        while pauses and pauses[0] <= each.on:
            _pause(basis, rung, pauses.pop(0))
        if each.step in names:
            _done(basis, rung, names.index(each.step), each)
        elif each.rested:
            _down(rung)
    for on in pauses:
        _pause(basis, rung, on)
    return _within_phase(basis, rung)


def _within_phase(basis: Basis, rung: Rung) -> Rung:
    """No higher than the phase goes, and no lower but after a long pause."""
    names = [step.id for step in basis.standing.protocol.steps()]
    own = basis.standing.phase.steps
    lowest, highest = names.index(own[0].id), names.index(own[-1].id)
    if rung.index > highest:
        rung.index, rung.change = highest, "repeat"
    if rung.index < lowest and not rung.paused:
        rung.index, rung.change = max(lowest, _floor(basis)), "first"
    return rung


def _start(basis: Basis) -> int:
    ladder = basis.standing.protocol.ladder
    names = [step.id for step in basis.standing.protocol.steps()]
    return names.index(ladder.start_at) if ladder else 0


def _done(basis: Basis, rung: Rung, at: int, each: StepDone) -> None:
    """One more run of a step: up, the same, or down."""
    ladder, steps = basis.standing.protocol.ladder, basis.standing.protocol.steps()
    if at != rung.index:
        rung.clean = 0
    rung.index, rung.last, rung.change = at, at, "repeat"
    if each.clean is Verdict.MET and not each.rested and not each.as_prescribed:
        _otherwise(ladder, rung, each)
    elif each.clean is Verdict.MET and not each.rested:
        rung.unclean, rung.clean = 0, rung.clean + 1
        if rung.clean >= _needed(ladder, basis) and at + 1 < len(steps):
            rung.index, rung.change = _up(steps, at, rung.stumbled), "climb"
            rung.clean, rung.stumbled = 0, False
    elif each.clean is Verdict.UNMET or each.rested:
        rung.clean, rung.unclean, rung.stumbled = 0, rung.unclean + 1, True
        if each.rested or (ladder and rung.unclean >= ladder.unclean_to_step_down):
            _down(rung)
    else:
        rung.change = "waits"


def _otherwise(ladder: Ladder | None, rung: Rung, each: StepDone) -> None:
    """A clean run that was not the step: the same again, or down after little of it in a row."""
    rung.change = "harder" if each.harder else "partly"
    if each.harder or each.followed == "partly":
        return
    rung.clean, rung.unclean, rung.stumbled = 0, rung.unclean + 1, True
    if ladder and rung.unclean >= ladder.unclean_to_step_down:
        is_lowest = rung.last == 0
        _down(rung)
        rung.change = "repeat" if is_lowest else "too_much"


def _down(rung: Rung) -> None:
    """One step below the one that was run last; the lowest is done again."""
    rung.change = "down" if rung.last > 0 else "repeat"
    rung.index = rung.last = max(0, rung.last - 1)
    rung.clean, rung.unclean, rung.stumbled = 0, 0, True


def _pauses(basis: Basis) -> list[date]:
    """The days on which a long pause from running ended, today counted."""
    ladder = basis.standing.protocol.ladder
    if ladder is None:
        return []
    days = [*basis.done.run_days, basis.as_of]
    return [
        later
        for earlier, later in pairwise(days)
        if (later - earlier).days > ladder.restart_after_days
    ]


def _pause(basis: Basis, rung: Rung, ended_on: date) -> None:
    """No higher than the step at which running starts after a long pause."""
    ladder = basis.standing.protocol.ladder
    names = [step.id for step in basis.standing.protocol.steps()]
    restart = names.index(ladder.restart_at) if ladder else rung.index
    if rung.index <= restart:
        return
    in_phase_days = number(basis, "days_in_phase") or 0
    paused = (basis.as_of - ended_on).days <= in_phase_days
    rung.index = rung.last = restart
    rung.change, rung.clean, rung.unclean = "restart", 0, 0
    rung.paused = rung.paused or paused


def _needed(ladder: Ladder | None, basis: Basis) -> int:
    if ladder is None:
        return 1
    since = number(basis, "days_since_previous_strain")
    # Not known counts as recent: the stricter.
    recent = since is None or since <= ladder.recent_days
    return ladder.clean_needed_after_recent if recent else ladder.clean_needed


def _up(steps: tuple[Step, ...], at: int, stumbled: bool) -> int:
    up = at + 1
    while not stumbled and steps[up].filler and up + 1 < len(steps):
        up += 1
    return up


def _run_plan(step: Step, change: StepChange, basis: Basis) -> RunPlan:
    last = next((each for each in reversed(basis.done.steps) if each.step), None)
    return RunPlan(
        step=step.id,
        title=step.title,
        minutes=step.total_min,
        change=change,
        source=step,
        repeats=step.repeats,
        walk_min=step.walk_min,
        run_min=step.run_min,
        run_m=step.run_m,
        run_s=step.run_s,
        effort_pct=step.effort_pct,
        uphill=step.uphill,
        flat=not step.uphill and basis.day.action is Action.MODIFY,
        last_followed=None if last is None else last.followed,
        last_harder=() if last is None else last.harder,
    )
