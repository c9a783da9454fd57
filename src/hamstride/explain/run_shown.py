"""A run as it is told: plain values, filled in by who asks for the words."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Grade = Literal["good", "fair", "poor"]
Spike = Literal["no_baseline", "none", "amber", "red", "severe"]


@dataclass(frozen=True, slots=True)
class LoadShown:
    """The load of a run in load units: the estimate, its range, and what it is made of."""

    hlu: float
    low: float
    high: float
    easy: float
    hills: float
    fast: float
    walking: float


@dataclass(frozen=True, slots=True)
class FastShown:
    """What of a run was fast against the runner's own top speed."""

    fast_m: float
    sprint_m: float
    efforts: int
    sprints: int


@dataclass(frozen=True, slots=True)
class BandShown:
    """How far and how long a run was at some shares of top speed; `to_pct` None is all above."""

    from_pct: int
    to_pct: int | None
    distance_m: float
    duration_s: float


@dataclass(frozen=True, slots=True)
class JumpShown:
    """What one detector of jumps saw: the value of the day, and what it was compared with."""

    id: str
    level: Spike
    value: float | None
    against: float | None
    unit: str


@dataclass(frozen=True, slots=True)
class Top:
    """A runner's own top speed with its range; `at_least` where nobody sprinted.

    `frozen_on` is the day of the injury, where it was told.
    """

    mps: float
    low_mps: float
    high_mps: float | None
    at_least: bool
    frozen_on: date | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What counts as fast and as a jump, to be told with them; percents and days."""

    fast_pct: int
    sprint_pct: int
    days: int
    jump_pct: int
    big_pct: int
    severe_pct: int
    week_pct: int


@dataclass(frozen=True, slots=True)
class StretchShown:
    """A stretch of running, walking or standing, in seconds from the start."""

    kind: Literal["run", "walk", "stand"]
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class RunShown:
    """One run as it is told; None where the file cannot tell.

    `reasons` are the codes of what limits the quality. A run without samples has neither load
    nor quality, and one without speed has no load.
    """

    file: str
    start: datetime | None = None
    distance_m: float | None = None
    duration_s: float | None = None
    moving_s: float | None = None
    ascent_m: float | None = None
    longest_continuous_s: float | None = None
    load: LoadShown | None = None
    quality: Grade | None = None
    reasons: tuple[str, ...] = ()
    stretches: tuple[StretchShown, ...] = ()
    steep_s: float | None = None
    fast: FastShown | None = None
    spike: Spike | None = None
    bands: tuple[BandShown, ...] = ()
    jumps: tuple[JumpShown, ...] = ()
