"""What was planned against what was done: a run beside the ladder step that it was meant to be."""

from collections.abc import Mapping, Sequence

from hamstride.facts.bouts import BLURRED
from hamstride.facts.log import Log
from hamstride.facts.own_speed import own_top
from hamstride.facts.speed_step_done import speed_step_done
from hamstride.facts.step_parts import Followed
from hamstride.facts.top_speed import TopSpeed
from hamstride.facts.walk_run_done import walk_run_done
from hamstride.records import Run
from hamstride.vocabulary import FollowingTerms, StepTerms


def followed(
    run: Run, step: StepTerms, top_mps: float | None, terms: FollowingTerms
) -> Followed | None:
    """How far a run was a step, part by part; None where its file cannot tell.

    Parameters
    ----------
    top_mps : float or None
        The runner's own top speed; without one the speed is left out.

    Notes
    -----
    Our own definition. Walks before the first run and after the last one are warm-up and
    cool-down and are not compared, and neither is what was run before, between and after the
    repeats of a speed step. The share done is that of the running, or for a speed step that of
    its repeats. Harder is told apart from the share: a whole step may have been too fast.
    """
    made = run.measured
    if made is None or made.quality in (None, "poor") or not made.bouts:
        return None
    if not step.is_speed:
        return walk_run_done(made, step, top_mps, terms)
    return None if BLURRED & {*made.doubts} else speed_step_done(made, step, top_mps, terms)


def followed_in(log: Log, run: Run) -> Followed | None:
    """How far a run of a case was the step that it names; None where nothing tells it."""
    step = log.declared.steps.get(run.step) if run.step else None
    if step is None or run.measured is None:
        return None
    return followed(run, step, _measure_mps(own_top(log), step), log.declared.following)


def _measure_mps(top: TopSpeed | None, step: StepTerms) -> float | None:
    """The top speed to measure a step by; None where it is not known well enough.

    Easy running may be held against an estimate. A speed step may not: where nobody sprinted,
    the runner can do that or more, and every stride would be too fast.
    """
    if top is None or top.high_mps is None or (step.is_speed and top.at_least):
        return None
    return top.mps


# What a run looks like


def recognised(
    run: Run, steps: Mapping[str, StepTerms], top_mps: float | None, terms: FollowingTerms
) -> str | None:
    """The one step that a run looks like; None where none fits or several do."""
    looks = [step.id for step in steps.values() if _looks_like(run, step, top_mps, terms)]
    return looks[0] if len(looks) == 1 else None


def _looks_like(run: Run, step: StepTerms, top_mps: float | None, terms: FollowingTerms) -> bool:
    found = followed(run, step, top_mps, terms)
    if found is None or found.verdict != "done" or found.harder:
        return False
    if step.is_speed:
        return _looks_as_fast(found, step, top_mps, terms)
    if not step.running_s or run.measured is None or run.measured.bursts:
        return False  # everybody walks half an hour, and a run with strides is no walk-run step
    runs_s = [part.done or 0.0 for part in found.parts if part.kind == "run"]
    walks_s = [part.done or 0.0 for part in found.parts if part.kind == "walk"]
    if len(runs_s) != step.repeats:
        return False
    return _near(runs_s, step.run_s, terms.looks_run_within_pct) and _near(
        walks_s, step.walk_s, terms.looks_walk_within_pct
    )


def _near(found: Sequence[float], planned: float, within_pct: float) -> bool:
    """Whether some values are as planned on average; none are as planned as none can be."""
    if not found:
        return True
    return abs(sum(found) / len(found) - planned) <= planned * within_pct / 100


def _looks_as_fast(
    found: Followed, step: StepTerms, top_mps: float | None, terms: FollowingTerms
) -> bool:
    speed = next((part.done for part in found.parts if part.kind == "speed"), None)
    if speed is None or top_mps is None or step.effort_pct is None:
        return False
    return abs(100 * speed / top_mps - step.effort_pct) <= terms.looks_effort_within_pct
