"""What a watch would have recorded of a run that nobody ran: one sample a second.

A run is given as efforts, stretches at one speed; the streams follow from them with a little
seeded noise. Nothing here is a rule about runners: the figures only make a picture that a
reader of activity files finds believable.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float64]

RUNS_FROM_MPS = 2.0
TURNS_OVER_S = 3  # seconds between one speed and the next
LOOP_M = 2_400.0
LOOP_CENTRE_DEG = (38.725, -9.185)
LOOP_HEIGHT_M, LOOP_CLIMB_M = 96.0, 4.0
M_PER_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class Effort:
    """So many seconds at one speed."""

    duration_s: int
    speed_mps: float


@dataclass(frozen=True, slots=True, eq=False)
class Streams:
    """One value a second from the start, as a watch shows them.

    `strides_per_min` counts one leg. A treadmill has no `latitude_deg`, `longitude_deg` and
    `altitude_m`.
    """

    efforts: tuple[Effort, ...]
    speed_mps: Samples
    distance_m: Samples
    strides_per_min: Samples
    heart_rate_bpm: Samples
    latitude_deg: Samples | None = None
    longitude_deg: Samples | None = None
    altitude_m: Samples | None = None

    @property
    def duration_s(self) -> int:
        """Seconds from the first sample to the last."""
        return len(self.speed_mps) - 1


def recorded(efforts: Sequence[Effort], *, seed: int, treadmill: bool = False) -> Streams:
    """The streams of a run made of these efforts; the same seed gives the same run.

    Each effort begins at the sample of its second; one more sample ends the last.
    """
    rng = np.random.default_rng(seed)
    wanted = np.concatenate([np.full(each.duration_s, each.speed_mps) for each in efforts])
    wanted = np.append(wanted, wanted[-1])
    speed = np.maximum(_smooth(wanted, TURNS_OVER_S) + 0.05 * _drift(rng, len(wanted), 9), 0.0)
    # The watch adds up what it shows: each speed counts until the next sample.
    distance = np.concatenate([[0.0], np.cumsum(speed[:-1])])
    streams = Streams(
        efforts=tuple(efforts),
        speed_mps=speed,
        distance_m=distance,
        strides_per_min=_strides(wanted) + 0.5 * _drift(rng, len(wanted), 5),
        heart_rate_bpm=_heart_rate(wanted) + 1.0 * _drift(rng, len(wanted), 15),
    )
    return streams if treadmill else _outdoors(streams, rng)


def _smooth(values: Samples, width_s: int) -> Samples:
    ends = np.pad(values, width_s // 2, mode="edge")
    means: Samples = np.convolve(ends, np.full(width_s, 1 / width_s), mode="valid")
    return means


def _drift(rng: np.random.Generator, samples: int, width_s: int) -> Samples:
    """Slow noise of about unit size."""
    return _smooth(rng.standard_normal(samples), width_s) * math.sqrt(width_s)


def _strides(speed_mps: Samples) -> Samples:
    """Strides a minute of one leg; walking and running have each their own line."""
    running = 84.0 + 5.0 * (speed_mps - 2.7)
    walking = 55.0 + 14.0 * (speed_mps - 1.4)
    return np.where(speed_mps >= RUNS_FROM_MPS, running, walking)


def _heart_rate(speed_mps: Samples) -> Samples:
    """Heart rate that follows the speed half a minute late and creeps up over an hour."""
    aimed_at = 62.0 + 30.0 * np.minimum(speed_mps, 3.8)
    rate, rates = 78.0, []
    for aim in aimed_at.tolist():
        rate += (aim - rate) / 30.0
        rates.append(rate)
    return np.array(rates) + np.arange(len(rates)) / 600.0


def _outdoors(streams: Streams, rng: np.random.Generator) -> Streams:
    """The same run on the loop, with its places and its heights."""
    around = np.linspace(0.0, 2 * np.pi, 721)
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(_bean(around))))])
    unit_m = LOOP_M / along[-1]
    # Looked up by length, so that a metre run is a metre on the map.
    angle = np.interp(streams.distance_m / unit_m % along[-1], along, around)
    east_m, north_m = unit_m * _bean(angle) + [
        _drift(rng, len(angle), 61),
        _drift(rng, len(angle), 61),
    ]
    latitude, longitude = LOOP_CENTRE_DEG
    return replace(
        streams,
        latitude_deg=latitude + north_m / M_PER_DEGREE,
        longitude_deg=longitude + east_m / (M_PER_DEGREE * np.cos(np.radians(latitude))),
        altitude_m=LOOP_HEIGHT_M - LOOP_CLIMB_M * np.cos(angle),
    )


def _bean(angle: Samples) -> Samples:
    """A round shape of about unit size, uneven enough not to look drawn with a compass."""
    radius = 1.0 + 0.18 * np.cos(2 * angle + 0.6) + 0.07 * np.sin(3 * angle)
    east_north: Samples = radius * np.array([np.cos(angle), np.sin(angle)])
    return east_north
