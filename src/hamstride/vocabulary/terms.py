"""What the library declares and `facts` computes with: handed over as values, never looked up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from hamstride.vocabulary.fact import Operator, Value, Verdict
from hamstride.vocabulary.following_terms import FollowingTerms
from hamstride.vocabulary.speed_terms import SpeedTerms
from hamstride.vocabulary.spikes_terms import SpikeTerms

ShareDone = Literal["done", "partly", "little"]
"""How much of a prescribed step was done."""

Harder = Literal["longer", "more_repeats", "shorter_walks", "faster", "hills"]
"""In what way a run was harder than the step that was prescribed."""

Table = Literal["runs", "tests", "check_ins", "sessions", "items"]


@dataclass(frozen=True, slots=True)
class Condition:
    """A comparison of one field of a record with a constant."""

    field: str
    operator: Operator
    constant: Value


@dataclass(frozen=True, slots=True)
class Count:
    """A counted fact: how many records of a table satisfy every condition.

    `last` looks at that many of the latest records only, `distinct_days` counts a day once,
    `test` keeps to the results of one test, `in_a_row` counts back from the latest record and
    stops at the first that does not satisfy the conditions, and `in_phase` looks no further
    back than the day on which the phase was entered. Records that fail `only` are no part of it:
    they neither count nor end a row. `asks` are the answers that would make an
    uncertain count certain.
    """

    id: str
    table: Table
    conditions: tuple[Condition, ...]
    asks: tuple[str, ...] = ()
    last: int | None = None
    distinct_days: bool = False
    in_a_row: bool = False
    in_phase: bool = False
    test: str | None = None
    only: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class TestTerms:
    """What `facts` has to know of a test to read its results."""

    __test__ = False  # not a pytest class

    id: str
    better: Literal["more", "less"]
    sided: bool
    suffix: str
    not_before_day: int = 0


@dataclass(frozen=True, slots=True)
class RunTerms:
    """The figures that tell walking from running and one long run from the usual ones.

    All are data of the library, with their sources; none stands in code. Spans of days count
    the day itself and so many days before it.
    """

    running_spm: float
    running_mps: float
    ignore_change_s: float
    walk_break_s: float
    longest_of_days: int
    spike_from_running_min: float
    step_slack_pct: float
    speed_kinds: tuple[str, ...]
    hill_kinds: tuple[str, ...]
    clean_easy: tuple[Condition, ...]
    clean_speed: tuple[Condition, ...]
    sprint_kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SymptomTerms:
    """The figures behind "usual", "settled", "second morning" and "at onset"."""

    usual_of_days: int
    usual_needs: int
    trend_of_days: int
    trend_needs: int
    unsettled_from_nrs: float
    unsettled_twice_from_nrs: float
    settled_mornings: int
    three_mornings: int
    second_morning_day: int
    ask_again_day: int
    second_morning_walk_days: int
    before_onset_days: int
    usual_weeks: int
    shoes_of_days: int
    sleep_of_days: int
    striding_from_mps: float
    same_speed_pct: float
    same_speed_least_s: float


@dataclass(frozen=True, slots=True)
class SignalTerms:
    """The figures by which samples become a signal worth computing on, and how far to trust it."""

    hardest_change_mps2: float
    spike_within_s: float
    spike_from_mad: float
    sprint_within_s: float
    sprint_borne_out_frac: float
    linear_within_s: float
    smoothed_s: float
    still_from_s: float
    altitude_median_s: float
    grade_over_m: float
    grade_over_s: float
    steepest_frac: float
    locked_within_frac: float
    shortest_stride_m: float
    longest_stride_m: float
    sparse_from_s: float
    unknown_from_frac: float
    spikes_from_frac: float
    poor_from_reasons: float
    half_known_frac: float


@dataclass(frozen=True, slots=True)
class LoadTerms:
    """The figures of the load model; what each means and where it is from stands in load.toml."""

    reference_mps: float
    swing_bw: float
    swing_per_mps2: float
    swing_uphill: float
    swing_uphill_from_mps: float
    swing_uphill_width_mps: float
    stance_bw: float
    stance_at_mps: float
    stance_per_mps: float
    stance_least_bw: float
    stance_per_grade: float
    stance_per_grade2: float
    stance_steepest_grade: float
    stance_least_downhill: float
    stride_hz: float
    stride_per_mps: float
    stride_per_mps2: float
    walking_bw: float
    walking_spm: float
    exponent: float
    exponent_low: float
    exponent_high: float
    fast_mps: float
    hill_grade: float
    hill_effort_s: float
    burst_s: float
    burst_share: float


@dataclass(frozen=True, slots=True)
class StepTerms:
    """A rung of a running ladder, as far as facts need it.

    `walk_s` and `run_s` are those of one repeat; a step that is run over a distance has `run_m`.
    """

    id: str
    running_s: float
    total_s: float
    is_speed: bool
    is_hill: bool
    effort_pct: int | None
    repeats: int = 1
    walk_s: float = 0.0
    run_s: float = 0.0
    run_m: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Declared:
    """Everything the library hands to `facts`. `flags` maps each question to its urgency."""

    counts: Mapping[str, Count]
    tests: Mapping[str, TestTerms]
    flags: Mapping[str, str]
    runs: RunTerms
    symptoms: SymptomTerms
    signals: SignalTerms
    load: LoadTerms
    speed: SpeedTerms
    spikes: SpikeTerms
    following: FollowingTerms
    steps: Mapping[str, StepTerms] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the runner stands in a protocol on a day.

    `back_on` is the day of the last step back, if there was one.
    `check_in_reach` is how many days old a check-in may be and still do for today.
    """

    phase: str
    entered_on: date
    back_on: date | None = None
    check_in_reach: int = 0
    by_clinician: bool = False


@dataclass(frozen=True, slots=True)
class StepDone:
    """A run of a prescribed step, and how it went: for the ladder.

    A run of one's own has no step; it stands here only where it led to a rest for pain.
    `followed` says how much of the step was done, None where no file tells it, and `harder`
    in what ways more was done than prescribed.
    """

    step: str | None
    on: date
    clean: Verdict
    rested: bool = False
    followed: ShareDone | None = None
    harder: tuple[Harder, ...] = ()

    @property
    def as_prescribed(self) -> bool:
        """Whether nothing tells that it was less than the step, or harder."""
        return self.followed in (None, "done") and not self.harder


@dataclass(frozen=True, slots=True)
class ExerciseDone:
    """An exercise as logged on a day, and how the next morning was."""

    exercise: str
    on: date
    sets: int | None
    reps: int | None
    hold_s: float | None
    load_kg: float | None
    pain_nrs: int | None
    rpe: int | None
    morning_over_usual_nrs: float | None


@dataclass(frozen=True, slots=True)
class Done:
    """What was done up to a day, oldest first: what a plan goes on from."""

    steps: tuple[StepDone, ...] = ()
    exercises: tuple[ExerciseDone, ...] = ()
    strength_days: tuple[date, ...] = ()
    mobility_days: tuple[date, ...] = ()
    run_days: tuple[date, ...] = ()
    speed_days: tuple[date, ...] = ()
    easy_clean_min: float | None = None
