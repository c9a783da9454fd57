"""What a watch measured of one run, as the few numbers that everything else is computed from.

Plain numbers, so that they can be kept as columns and need no NumPy. They hold for the run by
itself: what is fast for this runner is asked later, of `speeds`.
"""

from dataclasses import dataclass, field
from typing import Literal

Gait = Literal["run", "walk", "stand"]
Grade = Literal["good", "fair", "poor"]


@dataclass(frozen=True, slots=True)
class Bout:
    """A stretch of one gait, in seconds from the start of the activity.

    `distance_m` is None where the file cannot tell it, and so are `best_3s_mps`, its fastest
    3 s, and `climb_m`, how much higher it ends than it began.
    """

    kind: Gait
    start_s: float
    end_s: float
    distance_m: float | None = None
    best_3s_mps: float | None = None
    climb_m: float | None = None

    @property
    def duration_s(self) -> float:
        """How long it lasted."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True)
class Speeds:
    """How much of a run was run at which speed.

    Entry i holds for running from `step_mps` x i up to the next; walking and standing are left
    out, and so are trailing entries without a second. `efforts[i]` counts the efforts at that
    speed or faster, `longest_s[i]` is the longest of them.
    """

    step_mps: float = 0.1
    metres: tuple[float, ...] = ()
    seconds: tuple[float, ...] = ()
    hlu: tuple[float, ...] = ()
    efforts: tuple[int, ...] = ()
    longest_s: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Load:
    """The load of one run in load units, its range, and what it is made of.

    `low` and `high` are the least and the greatest over the exponents 3, 4 and 6 of `load.toml`.
    `fast`, `hills`, `easy` and `walking` add up to `hlu`: a sample that is no running is walking,
    running at or above the fast speed is fast, on a steep enough slope hills, and else easy.
    """

    hlu: float
    low: float
    high: float
    easy: float
    hills: float
    fast: float
    walking: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The measured side of one run; None where the file cannot tell.

    Parameters
    ----------
    quality, doubts
        How far the samples can be trusted, and the codes of the reasons for doubt; None for a
        run without samples.
    load
        None without samples or without speed.
    best_3s_mps, best_20s_mps, best_5k_mps
        The fastest 3 s, the fastest 20 s, and the fastest 5 km.
    steep_s
        Seconds of running on a slope that counts as a hill, up or down.
    hill_efforts
        How often it was run uphill for a while on such a slope.
    stride_lengths
        (speed in m/s, length of a step in m, seconds) by speed, slowest first.
    bouts
        Running, walking and standing in turn.
    bursts
        The short fast or steep efforts, found without knowing what is fast for this runner.
    """

    quality: Grade | None = None
    doubts: tuple[str, ...] = ()
    load: Load | None = None
    best_3s_mps: float | None = None
    best_20s_mps: float | None = None
    best_5k_mps: float | None = None
    descent_m: float | None = None
    steep_s: float | None = None
    hill_efforts: int | None = None
    stride_lengths: tuple[tuple[float, float, float], ...] = ()
    speeds: Speeds = field(default_factory=Speeds)
    bouts: tuple[Bout, ...] = ()
    bursts: tuple[Bout, ...] = ()
