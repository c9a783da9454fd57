"""The next run: which step of the ladder, or how many easy minutes."""

from dataclasses import dataclass
from datetime import date

from hamstride.decisions.judge import Action
from hamstride.plan.model import Basis, RunPlan, StepChange
from hamstride.protocols.model import Ladder, Step
from hamstride.vocabulary import StepDone, Verdict

NO_RUN_DAYS = 400


def number(basis: Basis, fact_id: str) -> float | None:
    """A numeric fact, or None when it is not known."""
    key = (fact_id, None)
    value = basis.facts[key].value if key in basis.facts else None
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
    Longer only after a run that was silent during, right after and on the next morning, and in
    a week that is not yet longer than the one before; never over the cap on the longest of 30
    days. A day that goes easier takes a share of the last clean run. After a long gap, half of
    what was usual.
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
    this_week = number(basis, "week_distance_m") or 0
    before = number(basis, "previous_week_distance_m") or 0
    return silent and basis.done.easy_clean_min is not None and this_week <= before


# The ladder


@dataclass(frozen=True, slots=True)
class Rung:
    """Where the runner stands on a ladder, and how he got there."""

    index: int
    change: StepChange


def _of_ladder(basis: Basis) -> RunPlan:
    """A step of the ladder; on a day that goes easier the last clean one, and flat."""
    phase, ladder = basis.standing.phase, basis.standing.protocol.ladder
    steps = phase.steps
    rung = climb(steps, ladder, basis)
    step = steps[rung.index]
    if ladder is not None and _long_gap(basis, ladder):
        restart = _step_named(basis, ladder.restart_at)
        if restart is not None and not (restart in steps and steps.index(restart) > rung.index):
            return _run_plan(restart, "restart", basis)
    if basis.day.action is not Action.MODIFY:
        return _run_plan(step, rung.change, basis)
    if _words_only(basis):
        # A word to see a clinician, and nothing else: walk-run steps go on, speed waits.
        fast = step.effort_pct is not None
        return easy_run(basis, "easy") if fast else _run_plan(step, rung.change, basis)
    clean = last_clean(steps, basis.done.steps)
    step = steps[min(rung.index, _start(steps, ladder) if clean is None else clean)]
    return easy_run(basis, "easy") if step.uphill else _run_plan(step, "last_clean", basis)


def _words_only(basis: Basis) -> bool:
    return all(reason.criterion.urgency == "routine" for reason in basis.day.deciding)


def _long_gap(basis: Basis, ladder: Ladder) -> bool:
    days = number(basis, "days_since_last_run")
    return days is not None and ladder.restart_after_days < days < NO_RUN_DAYS


def _step_named(basis: Basis, step_id: str) -> Step | None:
    return next((s for s in basis.standing.protocol.steps() if s.id == step_id), None)


def _start(steps: tuple[Step, ...], ladder: Ladder | None) -> int:
    names = [step.id for step in steps]
    return names.index(ladder.start_at) if ladder and ladder.start_at in names else 0


def last_clean(steps: tuple[Step, ...], done: tuple[StepDone, ...]) -> int | None:
    """The step of the latest clean run; None when there was none."""
    names = [step.id for step in steps]
    for each in reversed(done):
        if each.step in names and each.clean is Verdict.MET and not each.rested:
            return names.index(each.step)
    return None


def climb(steps: tuple[Step, ...], ladder: Ladder | None, basis: Basis) -> Rung:
    """The step to do next, from every step that was run.

    Notes
    -----
    Up after enough clean runs of a step; the same after an unclean one or while the next
    morning is not known; down after two unclean in a row, or at once after a run that led to a
    rest for pain. Fillers are stepped on only after an unclean run.
    """
    names = [step.id for step in steps]
    rung = Rung(_start(steps, ladder), "first")
    clean = unclean = 0
    stumbled = False
    for each in basis.done.steps:
        if each.step not in names:
            continue
        at = names.index(each.step)
        if at != rung.index:
            clean = 0
        if each.clean is Verdict.MET and not each.rested:
            unclean, clean = 0, clean + 1
            if clean >= _needed(ladder, basis) and at + 1 < len(steps):
                rung, clean = Rung(_up(steps, at, stumbled), "climb"), 0
                stumbled = False
            else:
                rung = Rung(at, "repeat")
        elif each.clean is Verdict.UNMET or each.rested:
            clean, unclean, stumbled = 0, unclean + 1, True
            if each.rested or (ladder and unclean >= ladder.unclean_to_step_down):
                rung, unclean = Rung(max(0, at - 1), "down"), 0
            else:
                rung = Rung(at, "repeat")
        else:
            rung = Rung(at, "waits")
    return rung


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
    )
