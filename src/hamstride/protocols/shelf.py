"""What stands in the library beside the protocols, as frozen models.

Sources, exercises, tests, red-flag questions, and the definitions that `facts` counts by.
"""

from typing import Literal

from pydantic import Field

from hamstride.protocols.model import (
    Comparison,
    Model,
    Name,
    OneConstant,
    Sourced,
    Text,
    Urgency,
)

Kit = Literal[
    "none", "band", "towel", "step", "box", "chair", "bench", "weights", "barbell", "kettlebell",
    "ball", "machine", "cable", "flywheel", "anchor", "partner", "bike", "pool", "hill", "track",
    "sled", "cones", "ankle_weight", "roller", "strap", "slider",
]  # fmt: skip
Domain = Literal[
    "hip", "knee", "hip_and_knee", "trunk", "neural", "conditioning", "hops", "running", "mobility",
    "comfort",
]  # fmt: skip
Work = Literal["isometric", "isotonic", "concentric", "eccentric", "balance", "dynamic", "passive"]
TestUnit = Literal["s", "min", "reps", "deg", "cm", "newton", "of 100", "pain"]
Avoid = Literal["x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10"]


class Source(Model):
    """Who says so, and how it was read."""

    id: Name
    title: Text
    kind: Literal[
        "article", "guideline", "trial", "cohort", "review", "consensus", "practice", "our_choice"
    ]
    read: Literal["read", "secondary", "memory", "computed"]
    authors: str = ""
    year: int | None = None
    journal: str = ""
    doi: str = ""
    says: str = ""


class Amount(Model):
    """How much of an exercise, where nothing else is said."""

    sets: int | None = Field(default=None, ge=1, le=20)
    reps: int | None = Field(default=None, ge=1, le=100)
    hold_s: int | None = Field(default=None, ge=1, le=600)
    minutes: int | None = Field(default=None, ge=1, le=240)
    distance_m: int | None = Field(default=None, ge=1, le=1000)
    per_side: bool = False
    tempo: str = ""
    rest_s: int | None = Field(default=None, ge=0, le=600)
    times_per_day: int = Field(default=1, ge=1, le=5)
    days_per_week: int = Field(default=3, ge=1, le=7)


class Exercise(Sourced):
    """One exercise: what it trains, how it is done, what is easier and what is harder."""

    id: Name
    code: str = Field(pattern=r"^E\d\d$")
    name: Text
    stages: tuple[int, ...] = Field(strict=False, min_length=1)
    domain: Domain
    trains: str = ""
    work: tuple[Work, ...] = Field(strict=False, min_length=1)
    kit: tuple[Kit, ...] = Field(strict=False, min_length=1)
    amount: Amount
    easier: tuple[str, ...] = Field(default=(), strict=False)
    harder: tuple[str, ...] = Field(default=(), strict=False)
    swaps: tuple[str, ...] = Field(default=(), strict=False)
    cue: str = Field(min_length=3)
    how: str = Field(min_length=10)
    avoid: tuple[Avoid, ...] = Field(strict=False, min_length=1)
    avoid_note: str = ""
    before_speed_days: int | None = Field(default=None, ge=0, le=7)
    self_guided: bool = True


class Together(Model):
    """Comparisons that hold together."""

    all: tuple[Comparison, ...] = Field(strict=False, min_length=1)


class AvoidCode(Sourced):
    """When not to do an exercise, as comparisons; unknown is a reason not to."""

    id: Avoid
    say: Text
    any: tuple[Together, ...] = Field(default=(), strict=False)


class Test(Sourced):
    """A test of strength, range or tolerance, and how its results are read."""

    id: Name
    title: Text
    unit: TestUnit
    better: Literal["more", "less"]
    sided: bool
    measures: Literal["value", "pain_only"] = "value"
    highest: float = Field(gt=0)
    step: float = Field(default=1, gt=0)
    not_before_day: int = Field(default=0, ge=0, le=60)
    judged_steady: bool = False
    kit: tuple[Kit, ...] = Field(strict=False, min_length=1)
    how: str = Field(min_length=10)
    tells: str = Field(min_length=10)


class Question(Sourced):
    """A red-flag question, whom to see if the answer is yes, and how soon."""

    key: Name
    urgency: Urgency
    ask: Text
    help: str = ""
    say: Text
    see: Text


class Avoided(Model):
    """A phrase that no runner reads, and what is said instead; it matches as whole words."""

    phrase: str = Field(min_length=3)
    use_instead: str = Field(min_length=3)


class CountTerms(Sourced):
    """A counted fact: which records, under which conditions."""

    id: Name
    meaning: Text
    unit: Text
    highest: int = Field(ge=1, le=400)
    table: Literal["runs", "tests", "check_ins", "sessions", "items"]
    all: tuple["FieldComparison", ...] = Field(strict=False)
    asks_for: tuple[str, ...] = Field(default=(), strict=False)
    last: int | None = Field(default=None, ge=1, le=30)
    distinct_days: bool = False
    in_a_row: bool = False
    in_phase: bool = False
    only: tuple["FieldComparison", ...] = Field(default=(), strict=False)
    test: str | None = None


class FieldComparison(OneConstant):
    """One field of a record against one constant."""

    field: str


class Clean(Sourced):
    """What makes a run clean."""

    all: tuple[FieldComparison, ...] = Field(strict=False, min_length=1)


class Term(Sourced):
    """One figure that facts are computed with."""

    id: Name
    value: int | float | list[str]
    unit: Text
    meaning: Text
