"""What a protocol file may say, as frozen models that refuse anything else."""

import re
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from hamstride.vocabulary import Operator, Value

Urgency = Literal["routine", "urgent", "same_day", "emergency"]
Running = Literal["none", "walk_run", "continuous", "speed"]
OPERATORS: tuple[Operator, ...] = ("at_least", "at_most", "above", "below", "equals")
NAME = re.compile(r"\w+", re.ASCII)
LISTS = ("refer_if", "rest_if", "modify_if", "mention_if")


def _text(value: str) -> str:
    if not value.strip():
        raise ValueError("this text is empty; write it, or take the row out")
    return value


def _name(value: str) -> str:
    if not NAME.fullmatch(value):
        raise ValueError(f"found {value!r}; an id is made of letters, digits and _")
    return value


Text = Annotated[str, AfterValidator(_text)]
"""What a runner or the next author reads; never empty."""
Name = Annotated[str, AfterValidator(_name)]
"""An id: it stands in files, addresses and on the command line."""


class Model(BaseModel):
    """The base of every table in the library: frozen, strict, closed."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Sourced(Model):
    """Something that says who says so, where, and which requirements it answers."""

    source: str
    where: str = ""
    asks: tuple[str, ...] = Field(default=(), strict=False)
    note: str = ""


class OneConstant(Model):
    """A comparison with exactly one constant."""

    at_least: int | float | None = None
    at_most: int | float | None = None
    above: int | float | None = None
    below: int | float | None = None
    equals: bool | int | float | str | None = None

    @model_validator(mode="after")
    def _has_one_constant(self) -> "OneConstant":
        given = [name for name in OPERATORS if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(
                f"a comparison has exactly one of {', '.join(OPERATORS)}; this one has "
                + (" and ".join(given) or "none")
            )
        return self

    @cached_property
    def operator(self) -> Operator:
        """Which comparison this is."""
        return next(name for name in OPERATORS if getattr(self, name) is not None)

    @cached_property
    def constant(self) -> Value:
        """What is compared with."""
        value: Value = getattr(self, self.operator)
        return value


class Comparison(OneConstant):
    """One fact against one constant, within a window of days."""

    fact: str
    within_days: int | None = Field(default=None, ge=0, le=400)

    @cached_property
    def key(self) -> tuple[str, int | None]:
        """The fact and its window."""
        return (self.fact, self.within_days)


class Criterion(Sourced):
    """Comparisons that all have to hold, and what it means when they do.

    `pain` marks a row of Today that counts as a day rested for pain; `phase` marks the row that
    rests only because the phase has no running yet; `ask` marks a row that holds until a
    question is answered.
    """

    id: Name
    say: Text
    all: tuple[Comparison, ...] = Field(strict=False, min_length=1)
    urgency: Urgency | None = None
    pain: bool = False
    phase: bool = False
    ask: bool = False


class Feature(Model):
    """Points that one feature adds to a pattern."""

    all: tuple[Comparison, ...] = Field(strict=False, min_length=1)
    points: int = Field(ge=1, le=5)


class Dose(Sourced):
    """How much of one exercise."""

    exercise: str
    group: Literal["hamstring", "trunk", "mobility", "conditioning", "hops", "warm_up"]
    sets: int | None = Field(default=None, ge=1, le=20)
    reps: int | None = Field(default=None, ge=1, le=100)
    hold_s: int | None = Field(default=None, ge=1, le=600)
    minutes: int | None = Field(default=None, ge=1, le=240)
    distance_m: int | None = Field(default=None, ge=1, le=1000)
    load_kg: float | None = Field(default=None, ge=0, le=300)
    tempo: str = ""
    rest_s: int | None = Field(default=None, ge=0, le=600)
    rpe: int | None = Field(default=None, ge=0, le=10)
    days_per_week: int = Field(default=3, ge=1, le=7)
    times_per_day: int = Field(default=1, ge=1, le=5)
    from_day: int = Field(default=0, ge=0, le=400)
    pain_limit_nrs: int = Field(ge=0, le=10)


class Step(Sourced):
    """One rung of a running ladder."""

    id: Name
    title: Text
    repeats: int = Field(default=1, ge=1, le=30)
    walk_min: float = Field(default=0, ge=0, le=60)
    run_min: float = Field(default=0, ge=0, le=240)
    run_m: int | None = Field(default=None, ge=1, le=2000)
    run_s: int | None = Field(default=None, ge=1, le=600)
    effort_pct: int | None = Field(default=None, ge=1, le=100)
    uphill: bool = False
    filler: bool = False

    @property
    def total_min(self) -> float:
        """Minutes of walking and running that the step prescribes; 0 for a speed step."""
        return self.repeats * (self.walk_min + self.run_min)

    @property
    def running_min(self) -> float:
        """Minutes of running that the step prescribes; 0 for a speed step."""
        return self.repeats * self.run_min


class Ladder(Sourced):
    """How runs climb and come down the steps."""

    clean_needed: int = Field(ge=1, le=5)
    clean_needed_after_recent: int = Field(ge=1, le=5)
    recent_days: int = Field(ge=0, le=400)
    unclean_to_step_down: int = Field(ge=1, le=5)
    start_at: str
    restart_after_days: int = Field(ge=1, le=400)
    restart_at: str


class Week(Sourced):
    """How a week is laid out."""

    hamstring_days: int = Field(ge=0, le=7)
    hamstring_gap_days: int = Field(ge=1, le=7)
    mobility_days: int = Field(ge=0, le=7)
    runs: int = Field(ge=0, le=7)
    run_gap_days: int = Field(ge=1, le=7)
    speed_gap_days: int = Field(default=2, ge=1, le=7)
    eccentric_gap_days: int = Field(default=1, ge=0, le=7)
    most_exercises: int = Field(default=4, ge=1, le=12)


class Adaptation(Sourced):
    """How an amount changes from what was logged."""

    sessions_to_progress: int = Field(ge=1, le=5)
    load_up_pct: int = Field(ge=1, le=20)
    reps_up: int = Field(ge=1, le=5)
    hold_up_s: int = Field(ge=1, le=30)
    down_pct: int = Field(ge=1, le=50)


class EasyRun(Sourced):
    """How long an easy run is where no step of a ladder says so."""

    start_min: int = Field(ge=5, le=120)
    at_most_pct: int = Field(ge=100, le=200)
    modify_pct: int = Field(ge=1, le=100)
    after_gap_days: int = Field(ge=1, le=400)
    after_gap_pct: int = Field(ge=1, le=100)
    clean_pain_nrs: int = Field(ge=0, le=10)


class SessionTimes(Sourced):
    """From what the minutes of a session are estimated."""

    rep_s: int = Field(ge=1, le=60)
    set_s: int = Field(ge=1, le=600)
    rest_s: int = Field(ge=0, le=600)
    run_around_min: int = Field(ge=0, le=60)
    speed_step_min: int = Field(ge=1, le=120)


class CheckInGrace(Sourced):
    """From some day on, an older check-in will do for the day."""

    from_day: int = Field(ge=0, le=400)
    within_days: int = Field(ge=0, le=30)


class Lists(Model):
    """The criteria of a protocol or a phase, by what follows when they hold."""

    refer_if: tuple[Criterion, ...] = Field(default=(), strict=False)
    rest_if: tuple[Criterion, ...] = Field(default=(), strict=False)
    modify_if: tuple[Criterion, ...] = Field(default=(), strict=False)
    mention_if: tuple[Criterion, ...] = Field(default=(), strict=False)


class Phase(Lists):
    """One phase, one file."""

    id: Name
    title: Text
    goal: Text
    running: Running
    exit: Literal["criteria", "manual"] = "criteria"
    last: bool = False
    leads_to: str | None = None
    advance_when: tuple[Criterion, ...] = Field(default=(), strict=False)
    recommend: tuple[Criterion, ...] = Field(default=(), strict=False)
    step_back_if: tuple[Criterion, ...] = Field(default=(), strict=False)
    steps: tuple[Step, ...] = Field(default=(), strict=False)
    doses: tuple[Dose, ...] = Field(default=(), strict=False)
    week: Week | None = None
    grace: CheckInGrace | None = None
    advice: tuple["Advice", ...] = Field(default=(), strict=False)
    asks: tuple[str, ...] = Field(default=(), strict=False)
    source: str
    where: str = ""


class Advice(Sourced):
    """A sentence that goes with a phase or protocol and decides nothing."""

    id: Name
    say: Text


class Protocol(Lists):
    """A whole protocol with its phases in order."""

    id: Name
    title: Text
    version: Text
    reviewed_on: date
    for_whom: Text
    not_for: Text
    ours: bool
    silent_windows: bool = False
    ladder: Ladder | None = None
    week: Week | None = None
    adaptation: Adaptation | None = None
    advice: tuple[Advice, ...] = Field(default=(), strict=False)
    phases: tuple[Phase, ...] = Field(default=(), strict=False)
    asks: tuple[str, ...] = Field(default=(), strict=False)
    source: str
    where: str = ""

    def phase(self, phase_id: str) -> Phase:
        """The phase of that id."""
        return next(phase for phase in self.phases if phase.id == phase_id)

    def index(self, phase_id: str) -> int:
        """The place of a phase, from 0."""
        return next(i for i, phase in enumerate(self.phases) if phase.id == phase_id)

    def steps(self) -> tuple[Step, ...]:
        """The rungs of every phase, in order."""
        return tuple(step for phase in self.phases for step in phase.steps)


class PlanDefaults(Model):
    """How sessions and weeks are laid out where a protocol says nothing of its own."""

    easy_run: EasyRun
    adaptation: Adaptation
    week: Week
    session: SessionTimes


class Suggestion(Sourced):
    """Which protocol fits; the first whose comparisons all hold is taken."""

    id: Name
    protocol: str
    all: tuple[Comparison, ...] = Field(default=(), strict=False)
    say: str


class Pattern(Sourced):
    """A pattern of pain, told by the points of its features."""

    id: Name
    title: Text
    features: tuple[Feature, ...] = Field(strict=False, min_length=1)


class Presentations(Model):
    """Severity, patterns, and the protocol they suggest."""

    severe_if: tuple[Criterion, ...] = Field(strict=False)
    moderate_if: tuple[Criterion, ...] = Field(strict=False)
    mild_needs: tuple[str, ...] = Field(strict=False)
    least_points: int
    least_lead: int
    source: str
    where: str = ""
    asks: tuple[str, ...] = Field(default=(), strict=False)
    patterns: tuple[Pattern, ...] = Field(strict=False)
    suggest: tuple[Suggestion, ...] = Field(strict=False)


class Cause(Sourced):
    """Something that may have led to the pain: worth looking at, never the one cause."""

    id: Name
    title: Text
    test: Text
    change: Text
    hint_only: bool = False
    urgency: Urgency | None = None
    speaks_for: tuple[Criterion, ...] = Field(strict=False, min_length=1)
    speaks_against: tuple[Criterion, ...] = Field(default=(), strict=False)
