"""What a plan stands on, made up: a quiet runner of 25 November 2026, a Wednesday."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from hamstride.decisions.gate import Standing
from hamstride.decisions.judge import Action, Reason
from hamstride.decisions.today import Decision
from hamstride.plan.model import Basis
from hamstride.protocols.loading import load
from hamstride.protocols.model import Criterion, Dose
from hamstride.vocabulary import (
    Done,
    ExerciseDone,
    Fact,
    Facts,
    Harder,
    ShareDone,
    StepDone,
    Value,
    Verdict,
)

ON = date(2026, 11, 25)

# Nothing hurts, nothing speaks against any exercise, and the last run was two days ago.
QUIET: Mapping[tuple[str, int | None], Value | None] = {
    ("longest_run_min", None): 30,
    ("longest_run_m", None): 6000,
    ("days_since_last_run", None): 2,
    ("days_since_previous_strain", None): 400,
    ("days_since_onset", None): 60,
    ("last_run_not_silent", None): False,
    ("last_run_jumped", None): False,
    ("days_in_phase", None): 20,
    ("week_distance_m", None): 0,
    ("previous_week_distance_m", None): 10000,
    ("onset", None): "sudden",
    ("bruise", None): "none",
    ("pattern", None): "strain",
    ("age_years", None): 35,
    ("limp", 0): False,
    ("new_bruise", 2): False,
    ("last_run_sharp", 2): False,
    ("load_test_pain_worst_nrs", 14): 0,
    ("red_flag_pain_below_knee_or_tingling", None): False,
    ("red_flag_back_pain_with_it", None): False,
    ("red_flag_bone_pain_at_night_or_on_hopping", None): False,
    ("red_flag_groin_pain_on_impact", None): False,
}


# How much of a step was done and what was harder, as a file tells it.
TOLD: Mapping[str, tuple[ShareDone | None, tuple[Harder, ...]]] = {
    "done": ("done", ()),
    "partly": ("partly", ()),
    "little": ("little", ()),
    "harder": ("done", ("longer", "hills")),
}


def on(ahead: int) -> date:
    """A day so many days ahead, or ago where it is negative."""
    return ON + timedelta(days=ahead)


def reason(verdict: Verdict = Verdict.MET, **about: Any) -> Reason:
    """A reason of a criterion that says what is asked for: urgency, pain, phase, ask."""
    row = {"id": "row", "say": "A row.", "source": "our_choice", **about}
    return Reason(Criterion(**{"all": [{"fact": "limp", "equals": True}], **row}), verdict, ())


def day(action: Action = Action.RUN, *deciding: Reason, asks: tuple[str, ...] = ()) -> Decision:
    """A decision of today."""
    return Decision(action, None, deciding, deciding, (), asks)


def basis(
    phase: str,
    *,
    done: Done | None = None,
    today: Decision | None = None,
    facts: Mapping[str, Value | None] | None = None,
    free_days: tuple[str, ...] | None = None,
    kit: tuple[str, ...] | None = None,
) -> Basis:
    """The basis of a plan in a phase, as `protocol/phase`; `facts` are laid over the quiet ones."""
    library = load()
    name, _, where = phase.partition("/")
    protocol = library.protocols[name]
    laid = {key: (facts or {}).get(key[0], value) for key, value in QUIET.items()}
    return Basis(
        library=library,
        standing=Standing(protocol, protocol.phase(where), "mild"),
        day=today or day(),
        facts=Facts(ON, {key: Fact(key[0], value, ON) for key, value in laid.items()}),
        done=done or Done(),
        as_of=ON,
        free_days=free_days,
        kit=kit,
    )


def steps(*named: str, every: int = 2) -> tuple[StepDone, ...]:
    """Steps that were run, the last two days ago.

    "R1", "R1 unclean", "R1 rested", "R1 unknown", and, all of them clean, "R1 done", "R1 partly",
    "R1 little" and "R1 harder".
    """
    found = []
    for back, each in enumerate(reversed(named)):
        step, _, how = each.partition(" ")
        clean = {"unclean": Verdict.UNMET, "unknown": Verdict.UNKNOWN}.get(how, Verdict.MET)
        share, harder = TOLD.get(how, (None, ()))
        rested = how == "rested"
        found.append(StepDone(step, on(-2 - every * back), clean, rested, share, harder))
    return tuple(reversed(found))


def ran(*named: str, every: int = 2) -> Done:
    """What was done by a runner of some steps."""
    made = steps(*named, every=every)
    return Done(steps=made, run_days=tuple(each.on for each in made))


def dose(exercise: str = "bridge_hold", **amount: Any) -> Dose:
    """An amount of an exercise."""
    whole = {"group": "hamstring", "pain_limit_nrs": 3, "source": "our_choice", **amount}
    return Dose(exercise=exercise, **whole)


def logged(exercise: str, *pains: int | None, morning: float | None = 0) -> Done:
    """An exercise as it was logged on every second day, and how the mornings after were."""
    rows = tuple(
        ExerciseDone(exercise, on(-2 * back - 2), 3, 8, None, None, pain, None, morning)
        for back, pain in enumerate(reversed(pains))
    )
    return Done(exercises=tuple(reversed(rows)))
