"""Walk-run sessions of known truth, as watches and phones record them, noise and all.

Nothing here is a rule about runners. The noise is of the size that is seen: a watch's own speed
wanders by about 0.15 m/s over some seconds and lags by a second or two; the places of a phone
wander by 3 m over some minutes, smoothly, and jitter by a decimetre; a wrist counts steps to about
2 a minute.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from hamstride.records import Activity, Channel

Samples = NDArray[np.float64]
Gait = Literal["run", "walk", "stand"]
Recorder = Literal["watch", "watch_without_steps", "phone", "phone_with_steps"]

START = datetime(2026, 10, 19, 17, 0, tzinfo=UTC)
M_PER_DEGREE = 111_195.0


@dataclass(frozen=True, slots=True)
class Piece:
    """So many seconds of one gait at one speed, up a slope where it has one."""

    kind: Gait
    duration_s: int
    speed_mps: float
    rise: float = 0.0


def walked(seconds: int, speed_mps: float = 1.5) -> Piece:
    """A walk."""
    return Piece("walk", seconds, speed_mps)


def ran(seconds: int, speed_mps: float = 2.6, rise: float = 0.0) -> Piece:
    """A run."""
    return Piece("run", seconds, speed_mps, rise)


def stood(seconds: int) -> Piece:
    """A traffic light."""
    return Piece("stand", seconds, 0.0)


def recorded(pieces: Sequence[Piece], recorder: Recorder, *, seed: int) -> Activity:
    """The activity that a recorder makes of these pieces; the same seed gives the same one."""
    rng = np.random.default_rng(seed)
    truth = np.concatenate([np.full(each.duration_s, each.speed_mps) for each in pieces])
    rise = np.concatenate([np.full(each.duration_s, each.rise) for each in pieces])
    truth = np.append(_eased(truth), truth[-1])
    n = len(truth)
    moved_m = np.concatenate([[0.0], np.cumsum(truth[:-1])])
    columns: dict[str, tuple[Samples, str]] = {"time": (np.arange(float(n)), "s")}
    if recorder in ("watch", "watch_without_steps"):
        shown = np.maximum(_lagged(truth) + 0.15 * _wander(rng, n, 4.0), 0.0)
        shown[truth == 0] *= 0.3
        columns["speed"] = (shown, "mps")
        columns["distance"] = (np.concatenate([[0.0], np.cumsum(shown[:-1])]), "m")
    else:
        north_m = moved_m + 3.0 * _drift(rng, n) + 0.1 * rng.standard_normal(n)
        east_m = 3.0 * _drift(rng, n) + 0.1 * rng.standard_normal(n)
        columns["latitude"] = (38.7 + north_m / M_PER_DEGREE, "deg")
        columns["longitude"] = (
            -9.1 + east_m / (M_PER_DEGREE * np.cos(np.radians(38.7))),
            "deg",
        )
    climbed_m = np.concatenate([[0.0], np.cumsum(rise * truth[:-1])])
    columns["altitude"] = (100 + climbed_m + 0.2 * _wander(rng, n, 20.0), "m")
    if recorder in ("watch", "phone_with_steps"):
        columns["cadence"] = (_steps_spm(pieces, rng), "spm")
    return Activity(
        file="walk_run.fit", format="fit", sport="running", start=START,
        channels={name: Channel(values, unit) for name, (values, unit) in columns.items()},
    )  # fmt: skip


def edges_s(pieces: Sequence[Piece]) -> tuple[float, ...]:
    """Where each piece ends, in seconds from the start, the last one left out."""
    return tuple(np.cumsum([each.duration_s for each in pieces])[:-1].tolist())


def _eased(speed_mps: Samples) -> Samples:
    """Nobody changes speed in no time: about 2 s from one to the other."""
    padded = np.pad(speed_mps, 1, mode="edge")
    return np.asarray(np.convolve(padded, np.full(3, 1 / 3), mode="valid"))


def _lagged(speed_mps: Samples) -> Samples:
    """What a watch shows, which follows over about two seconds."""
    shown, out = speed_mps[0], []
    for each in speed_mps.tolist():
        shown += (each - shown) / 2.0
        out.append(shown)
    return np.array(out)


def _wander(rng: np.random.Generator, n: int, over_s: float) -> Samples:
    """Slow noise of unit size that forgets itself over so many seconds."""
    keep = float(np.exp(-1 / over_s))
    steps = rng.standard_normal(n) * np.sqrt(1 - keep**2)
    now, out = float(rng.standard_normal()), []
    for each in steps.tolist():
        now = keep * now + each
        out.append(now)
    return np.array(out)


def _drift(rng: np.random.Generator, n: int) -> Samples:
    """The error of a filtered place: about unit size, forgotten in minutes, and without jumps."""
    return np.asarray(np.convolve(_wander(rng, n + 6, 180.0), np.full(7, 1 / 7), mode="valid"))


def _steps_spm(pieces: Sequence[Piece], rng: np.random.Generator) -> Samples:
    """Steps a minute, walking and running each on their own line; none while standing."""
    line = {"run": (162.0, 8.0, 2.5), "walk": (110.0, 20.0, 1.4), "stand": (0.0, 0.0, 0.0)}
    found = []
    for each in pieces:
        base, slope, at = line[each.kind]
        found.append(np.full(each.duration_s, base + slope * (each.speed_mps - at)))
    steps = np.concatenate([*found, found[-1][-1:]])
    noisy = np.rint(steps + 2.0 * rng.standard_normal(len(steps)))
    return np.where(steps > 0, noisy, 0.0)
