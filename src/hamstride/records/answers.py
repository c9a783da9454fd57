"""What the runner, or a clinician, said: one injury of one runner, record by record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal

from annotated_types import Ge, Le, MaxLen, MinLen

from hamstride.records.measured import Measured

Side = Literal["left", "right", "both"]
Site = Literal["sit_bone", "upper_thigh", "mid_thigh", "lower_thigh", "buttock", "below_knee"]
Onset = Literal["sudden", "gradual"]
Mechanism = Literal["sprinting", "stretch", "blow", "overuse", "unknown"]
Bruise = Literal["none", "small", "large"]
Quality = Literal["sharp", "dull", "tight", "burning"]
RunKind = Literal["easy", "walk_run", "strides", "hills", "intervals", "sprints", "race", "drills"]
Trend = Literal["eased", "steady", "worse"]
SessionKind = Literal["strength", "mobility", "warm_up", "cross_training"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

# Pain and other ratings are whole numbers from 0 to 10; 3.5 or "3" is refused, never rounded.
Rating = Annotated[int, Ge(0), Le(10)]
Count = Annotated[int, Ge(0), Le(10_000)]
Measure = Annotated[float, Ge(0), Le(1_000_000)]
Text = Annotated[str, MaxLen(10_000)]
Name = Annotated[str, MinLen(1), MaxLen(200)]

RED_FLAG_KEYS: tuple[str, ...] = (
    "saddle_numbness",
    "bladder_or_bowel_change",
    "both_legs_worsening",
    "breathless_or_chest_pain",
    "thigh_tense_and_worsening",
    "dark_urine",
    "leg_swollen_and_warm",
    "foot_drop_or_leg_weakness",
    "spreading_numbness",
    "fever_or_unwell",
    "blood_thinners_or_bleeding_disorder",
    "cannot_bear_weight",
    "gap_or_bunched_muscle",
    "marked_weakness",
    "hamstring_surgery_or_avulsion",
    "groin_pain_on_impact",
    "bone_pain_at_night_or_on_hopping",
    "lump_or_weight_loss",
    "hard_lump_after_blow",
    "effort_cramp_and_cold_foot",
    "low_energy_or_missed_periods",
    "pain_below_knee_or_tingling",
    "back_pain_with_it",
    "antibiotic_or_steroid",
    "stiff_back_over_30_min",
    "pelvic_or_urinary_symptoms",
    "pregnant_or_postpartum",
)
"""The red-flag questions by name, the most urgent first."""

NOT_IN_FILE: Mapping[str, bool] = {"in_file": False}
"""Marks a field that a runner's file has no key for: it is found anew from an activity."""

_STRICT: dict[str, Any] = {"extra": "forbid", "strict": True, "allow_inf_nan": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """Who runs."""

    __pydantic_config__: ClassVar = _STRICT

    name: Name | None = None
    born: Annotated[int, Ge(1900), Le(2100)] | None = None
    timezone: Name = "UTC"
    mass_kg: Annotated[float, Ge(20), Le(400)] | None = None
    height_m: Annotated[float, Ge(0.5), Le(2.6)] | None = None
    free_days: tuple[Weekday, ...] | None = None
    kit: tuple[Name, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """One injury, from its first day."""

    __pydantic_config__: ClassVar = _STRICT

    started_on: date
    side: Side
    site: Site | None = None
    onset: Onset | None = None
    mechanism: Mechanism | None = None
    popped: bool | None = None
    bruise: Bruise | None = None
    had_to_stop: bool | None = None
    quality: Quality | None = None
    sitting_hurts: bool | None = None
    days_to_pain_free_walk: Annotated[int, Ge(0), Le(400)] | None = None
    previous_strains: Annotated[int, Ge(0), Le(100)] | None = None
    previous_strains_12_months: Annotated[int, Ge(0), Le(50)] | None = None
    previous_strain_ended_on: date | None = None
    previous_strain_reached_speed: bool | None = None
    clinician_grade: Annotated[int, Ge(1), Le(3)] | None = None
    protocol: Name | None = None
    race_on: date | None = None
    goal: Text | None = None
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """The red-flag questions of one day, with their answers.

    `answers` holds only what was answered. `all_clear` says that every question was asked and
    every answer was no.
    """

    on: date
    all_clear: bool | None = None
    answers: Mapping[str, bool] = field(default_factory=dict)
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """The morning's answers."""

    __pydantic_config__: ClassVar = _STRICT

    on: date
    pain_morning: Rating | None = None
    pain_rest: Rating | None = None
    pain_walking: Rating | None = None
    limp: bool | None = None
    bears_weight: bool | None = None
    stiff_min: Annotated[float, Ge(0), Le(1440)] | None = None
    new_bruise: bool | None = None
    new_symptoms: bool | None = None
    sleep_h: Annotated[float, Ge(0), Le(24)] | None = None
    fatigue: Rating | None = None
    readiness: Rating | None = None
    protein: bool | None = None
    hydrated: bool | None = None
    note: Text | None = None
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run: what the watch measured and what the runner felt.

    Where `file` names an activity, the measured numbers are read from it, and those given here
    win. The ones below `shoes` are seldom typed: `timer_s` is the time on the watch, `moving_s`
    the time in motion, `running_s` the time of running that was found, `best_speed_mps` the
    fastest speed that was held.
    """

    __pydantic_config__: ClassVar = _STRICT

    start: datetime
    file: Annotated[str, MinLen(1), MaxLen(4096)] | None = None
    kind: RunKind | None = None
    treadmill: bool | None = None
    duration_s: Annotated[float, Ge(0), Le(1_000_000)] | None = None
    distance_m: Annotated[float, Ge(0), Le(2_000_000)] | None = None
    ascent_m: Annotated[float, Ge(0), Le(50_000)] | None = None
    longest_continuous_s: Annotated[float, Ge(0), Le(1_000_000)] | None = None
    top_speed_pct: Annotated[float, Ge(0), Le(120)] | None = None
    rpe: Rating | None = None
    pain_before: Rating | None = None
    pain_during: Rating | None = None
    pain_after: Rating | None = None
    pain_trend: Trend | None = None
    limped: bool | None = None
    form_changed: bool | None = None
    stopped_early: bool | None = None
    hesitated: bool | None = None
    sharp: bool | None = None
    step: Name | None = None
    shoes: Name | None = None
    timer_s: Annotated[float, Ge(0), Le(1_000_000)] | None = None
    moving_s: Annotated[float, Ge(0), Le(1_000_000)] | None = None
    running_s: Annotated[float, Ge(0), Le(1_000_000)] | None = None
    walk_breaks: Count | None = None
    cadence_spm: Measure | None = None
    best_speed_mps: Measure | None = None
    note: Text | None = None
    recorded_at: datetime | None = None
    measured: Measured | None = field(default=None, metadata=NOT_IN_FILE)


@dataclass(frozen=True, slots=True, kw_only=True)
class TestResult:
    """One test on one day, in the test's own unit."""

    __pydantic_config__: ClassVar = _STRICT
    __test__: ClassVar = False  # not a pytest class

    on: date
    test: Name
    left: Measure | None = None
    right: Measure | None = None
    pain_left: Rating | None = None
    pain_right: Rating | None = None
    steady: bool | None = None
    note: Text | None = None
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionItem:
    """What was done of one exercise."""

    __pydantic_config__: ClassVar = _STRICT

    exercise: Name
    sets: Count | None = None
    reps: Count | None = None
    hold_s: Measure | None = None
    minutes: Measure | None = None
    load_kg: Measure | None = None
    pain: Rating | None = None
    rpe: Rating | None = None
    skipped: bool | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A strength, mobility, warm-up or cross-training session that was done."""

    __pydantic_config__: ClassVar = _STRICT

    on: date
    kind: SessionKind
    items: tuple[SessionItem, ...] = ()
    minutes: Measure | None = None
    note: Text | None = None
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseEntry:
    """The day on which a phase was entered, and who said so."""

    __pydantic_config__: ClassVar = _STRICT

    on: date
    id: Name
    by: Literal["rule", "runner", "clinician"] | None = None
    reason: Text | None = None
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A clinician's word. It never beats an open red flag."""

    __pydantic_config__: ClassVar = _STRICT

    on: date
    by: Name
    reason: Annotated[str, MinLen(10), MaxLen(10_000)]
    advance_to: Name | None = None
    hold_until: date | None = None
    clear_red_flags: bool | None = None
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One injury of one runner: everything that was recorded."""

    episode: Episode
    runner: Runner = field(default_factory=Runner)
    screenings: tuple[Screening, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    runs: tuple[Run, ...] = ()
    tests: tuple[TestResult, ...] = ()
    sessions: tuple[Session, ...] = ()
    phases: tuple[PhaseEntry, ...] = ()
    overrides: tuple[Override, ...] = ()
