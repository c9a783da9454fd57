"""What a watch wrote: columns in the file's own units, and what goes with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

MISSING = -(2**31)
"""Stands for "no value" in integer channels; in float channels it is NaN."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something odd in an activity file, and where.

    `say` is for the runner: a whole sentence about what was found, and where it helps a second
    one about what became of the rest. `offset` is a byte in FIT files and a line in XML files;
    None where neither applies. `unsure` where the numbers of the activity may be wrong: it is
    kept, and no run is compared with it until the runner has typed them.
    """

    code: str
    say: str
    offset: int | None = None
    unsure: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Channel:
    """One stream of an activity, in the file's own units.

    Parameters
    ----------
    raw : (n,) array
        Integers with MISSING, or floats with NaN, as the file wrote them.
    scale, offset : float
        Physical value = raw / scale - offset.
    unit : str
        Unit of the physical value: s, m, mps, spm, bpm, deg, watt, celsius ...
    """

    raw: NDArray[Any]
    unit: str
    scale: float = 1.0
    offset: float = 0.0

    def si(self) -> NDArray[np.float64]:
        """Physical values as float64; NaN where the file has none."""
        values = self.raw.astype(np.float64)
        if self.raw.dtype.kind in "iu":
            values[self.raw == MISSING] = np.nan
        if self.scale != 1.0:
            values /= self.scale
        if self.offset != 0.0:
            values -= self.offset
        return values


@dataclass(frozen=True, slots=True)
class Lap:
    """A lap as the device counted it; seconds from the start of the activity."""

    start_s: float | None
    duration_s: float | None
    distance_m: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Activity:
    """One activity as a watch or service wrote it. Values are as read; nothing is repaired.

    `channels` all have the same length, in file order, and may be empty (a treadmill summary
    without samples is an activity). Names in use: `time` (seconds since `start`), `latitude`,
    `longitude` (deg), `altitude` (m), `distance` (m, cumulative), `speed` (mps), `heart_rate`
    (bpm), `cadence` (spm where the vendor is known to count steps or strides, else as written,
    with unit "rpm_or_spm"), `power` (watt), `temperature` (celsius), `grade`; developer
    fields as `developer.<name>`.
    """

    file: str
    format: Literal["fit", "gpx", "tcx"]
    sport: str
    start: datetime | None
    channels: Mapping[str, Channel]
    sub_sport: str | None = None
    device: str | None = None
    laps: tuple[Lap, ...] = ()
    pauses: tuple[tuple[float, float], ...] = ()
    duration_s: float | None = None
    timer_s: float | None = None
    distance_m: float | None = None
    ascent_m: float | None = None
    sha256: str | None = None
    title: str | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def samples(self) -> int:
        """How many samples each channel holds."""
        return next((len(channel.raw) for channel in self.channels.values()), 0)
