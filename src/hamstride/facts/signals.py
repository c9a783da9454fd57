"""From samples to signals: speed, grade and cadence that a load may be computed from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from hamstride.facts.activity import is_unsure
from hamstride.facts.outliers import beat_kept, without_spikes
from hamstride.facts.samples import FASTEST_MPS, Track, bridged, track
from hamstride.facts.segments import GAP_S, MOVING_MPS, Samples, pieces
from hamstride.records import Activity
from hamstride.vocabulary import RunTerms, SignalTerms

Mask = NDArray[np.bool_]
Indices = NDArray[np.intp]

_GRID_S = 1.5  # samples further apart than this get others between them, a second apart
_SLACK_S = 1e-6  # sums of decimal seconds miss a whole second by less than this
_POOR_ALONE = frozenset({"no_speed", "speed_unknown", "unsure_file"})
_INDOORS = ("treadmill", "indoor", "virtual")


@dataclass(frozen=True, slots=True)
class Quality:
    """How far the signals of a run can be trusted, and the codes of the reasons for doubt.

    `no_speed`, `speed_unknown` and `unsure_file` make it poor alone. The others are `sparse`,
    `gaps`, `spikes`, `speed_by_distance`, `no_cadence`, `cadence_unknown`, `cadence_corrected`,
    `cadence_at_odds` and `no_grade`.
    """

    grade: Literal["good", "fair", "poor"]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Signal:
    """The signals of one activity, about a second apart.

    Parameters
    ----------
    time_s : (n,) array
        Seconds since the start, strictly increasing.
    dt_s : (n,) array
        Seconds that each sample stands for: until the next one; 0 for the last, in pauses, and
        across gaps that no distance bridges.
    speed_mps : (n,) array
        Smoothed, without spikes; NaN where it is not known.
    grade : (n,) array
        Rise over distance, uphill positive; 0 where it is not known.
    cadence_spm : (n,) array
        Steps a minute; NaN where it is not known.
    running : (n,) array of bool
        Cadence decides, and speed where it is missing.
    has_grade : bool
        Whether there is an altitude to take a grade from.
    median_dt_s : float
        The usual time between the samples of the file.
    """

    time_s: Samples
    dt_s: Samples
    speed_mps: Samples
    grade: Samples
    cadence_spm: Samples
    running: Mask
    quality: Quality
    has_grade: bool
    median_dt_s: float


@dataclass(frozen=True, slots=True, eq=False)
class _Grid:
    """Times a second apart, and for each the sample before it; `part` counts breaks so far."""

    time_s: Samples
    sample: Indices
    dt_s: Samples
    part: Indices


@dataclass(frozen=True, slots=True, eq=False)
class _Written:
    """Speed and cadence as the file has them, at the times of the grid."""

    speed_mps: Samples
    cadence_spm: Samples


def signal(activity: Activity, runs: RunTerms, terms: SignalTerms) -> Signal | None:
    """The signals of an activity; None without two samples that have a time.

    Notes
    -----
    In this order: clock and gaps, pauses, outliers, speed, cadence, elevation and grade,
    quality. Order and figures are our own choice; they are in signals.toml. A sprint that falls
    between two samples is lost, so that the load of sprints is a lower bound.
    """
    found = track(activity, runs)
    if len(found.time_s) < 2:
        return None
    even = bridged(found)
    grid = _grid(even.time_s, activity)
    raw_mps, written_spm = _or_nan(even.speed_mps, even), _or_nan(even.cadence_spm, even)
    clean_mps = without_spikes(even.time_s, raw_mps, terms)
    filled_mps = _filled(grid, even.time_s, clean_mps, found, terms)
    cadence_spm = beat_kept(clean_mps, written_spm, runs, terms)[grid.sample]
    dt_s = np.where(_still(grid, filled_mps, cadence_spm, terms), 0.0, grid.dt_s)
    speed_mps = _smoothed(grid, filled_mps, terms)
    altitude_m = None if _is_indoors(activity) else _altitude(grid, found, terms)
    made = Signal(
        time_s=grid.time_s,
        dt_s=dt_s,
        speed_mps=speed_mps,
        grade=_grade(grid, speed_mps, altitude_m, terms),
        cadence_spm=cadence_spm,
        running=_running(speed_mps, cadence_spm, runs),
        quality=Quality("good", ()),
        has_grade=altitude_m is not None,
        median_dt_s=float(np.median(np.diff(found.time_s))),
    )
    written = _Written(raw_mps[grid.sample], written_spm[grid.sample])
    dropped_frac = float((np.isfinite(raw_mps) & np.isnan(clean_mps)).mean())
    doubts = _doubts(activity, made, written, terms) | {
        "spikes": dropped_frac > terms.spikes_from_frac
    }
    return replace(made, quality=_quality(doubts, terms))


def _or_nan(values: Samples | None, found: Track) -> Samples:
    return np.full(len(found.time_s), np.nan) if values is None else values


def _share(which: Mask, dt_s: Samples) -> float:
    """Which part of the time that counts; 0 where no time counts."""
    return float(dt_s[which].sum() / max(dt_s.sum(), _SLACK_S))


# Clock, gaps and pauses


def _grid(time_s: Samples, activity: Activity) -> _Grid:
    """A time each second, those of the samples among them, with no new ones in pauses or gaps."""
    gap_s = np.diff(time_s)
    cut = pieces(time_s, activity.pauses)
    broken = np.zeros(len(time_s), dtype=bool)
    broken[cut.sample[cut.idle]] = True
    added = np.where((gap_s > _GRID_S) & ~broken[:-1], np.ceil(gap_s - _SLACK_S) - 1, 0).astype(int)
    sample = np.repeat(np.arange(len(time_s)), np.append(added + 1, 1))
    nth = np.arange(len(sample)) - np.searchsorted(sample, sample)
    step_s = np.append(gap_s / (added + 1), 0.0)[sample]
    dt_s = np.append(gap_s / (added + 1), 0.0)
    if broken.any():  # what is left of the seconds in which the timer stopped
        told_s = np.bincount(cut.sample, np.where(cut.idle, 0.0, cut.lengths_s), len(time_s))
        dt_s = np.where(broken, told_s, dt_s)
    part = np.concatenate(([0], np.cumsum(broken[:-1])))
    return _Grid(time_s[sample] + nth * step_s, sample, dt_s[sample], part[sample])


def _still(grid: _Grid, speed_mps: Samples, cadence_spm: Samples, terms: SignalTerms) -> Mask:
    """Where the runner stood without a step for more than a moment; unknown agrees with both."""
    slow, no_step = speed_mps < MOVING_MPS, cadence_spm == 0
    stands = (slow | no_step) & ~(speed_mps >= MOVING_MPS) & ~(cadence_spm > 0)
    turns = np.flatnonzero(np.diff(stands)) + 1
    begins = np.concatenate(([0], turns))
    lasts_s = np.add.reduceat(grid.dt_s, begins)
    long = np.repeat(lasts_s > terms.still_from_s, np.diff(np.append(begins, len(stands))))
    return np.asarray(stands & long, dtype=bool)


# Speed


def _filled(
    grid: _Grid, time_s: Samples, speed_mps: Samples, found: Track, terms: SignalTerms
) -> Samples:
    """Speed at each time of the grid: across holes linear, or by the distance, never in pauses."""
    known = np.flatnonzero(np.isfinite(speed_mps))
    if not len(known):
        return np.full(len(grid.time_s), np.nan)
    at_s = time_s[known]
    after = np.searchsorted(at_s, grid.time_s - _SLACK_S)
    before = np.searchsorted(at_s, grid.time_s + _SLACK_S) - 1
    inside = (before >= 0) & (after < len(known))
    before, after = np.maximum(before, 0), np.minimum(after, len(known) - 1)
    hole_s = np.where(inside, at_s[after] - at_s[before], np.inf)
    first = np.searchsorted(grid.sample, known)
    inside &= grid.part[first[before]] == grid.part[first[after]]
    speed = np.interp(grid.time_s, at_s, speed_mps[known])
    if found.odometer_m is not None:
        told = np.isfinite(found.odometer_m)
        odometer_m = np.interp(at_s, found.time_s[told], found.odometer_m[told])
        mean_mps = (odometer_m[after] - odometer_m[before]) / np.maximum(hole_s, _SLACK_S)
        by_distance = (hole_s > terms.linear_within_s) & (mean_mps >= 0)
        speed = np.where(by_distance & (mean_mps <= FASTEST_MPS), mean_mps, speed)
    return np.where(inside & (hole_s <= GAP_S + _SLACK_S), speed, np.nan)


def _smoothed(grid: _Grid, speed_mps: Samples, terms: SignalTerms) -> Samples:
    """Savitzky-Golay of order 1: the mean of an odd window, which leaves straight lines alone.

    Where the window would reach past a pause or an unknown speed, a sample stays as it is.
    """
    reach = int(terms.smoothed_s) // 2
    if len(speed_mps) <= 2 * reach:
        return speed_mps
    window = 2 * reach + 1
    mean = sliding_window_view(speed_mps, window).mean(axis=1)
    whole = np.isfinite(mean) & (grid.part[2 * reach :] == grid.part[: len(mean)])
    smooth = speed_mps.copy()
    inner = slice(reach, reach + len(mean))
    smooth[inner] = np.where(whole, mean, smooth[inner])
    return smooth


def _running(speed_mps: Samples, cadence_spm: Samples, runs: RunTerms) -> Mask:
    """Whether each sample is running, as in `segments`: a lost foot pod leaves it to speed."""
    fast = speed_mps >= runs.running_mps
    stepping = (cadence_spm > 0) | ((cadence_spm == 0) & ~fast)
    return np.asarray(np.where(stepping, cadence_spm >= runs.running_spm, fast), dtype=bool)


# Elevation and grade


def _is_indoors(activity: Activity) -> bool:
    """Whether its altitude is the weather's or made up: a treadmill, a hall, a virtual run."""
    named = f"{activity.sport} {activity.sub_sport or ''}".lower()
    return any(word in named for word in _INDOORS)


def _altitude(grid: _Grid, found: Track, terms: SignalTerms) -> Samples | None:
    """Altitude at each time of the grid, a median of five; None where there is none."""
    if found.altitude_m is None:
        return None
    told = np.isfinite(found.altitude_m)
    if told.sum() < 2:
        return None
    altitude_m = np.interp(grid.time_s, found.time_s[told], found.altitude_m[told])
    reach = int(terms.altitude_median_s) // 2
    near = sliding_window_view(np.pad(altitude_m, reach, mode="edge"), 2 * reach + 1)
    return np.partition(near, reach, axis=1)[:, reach]


def _grade(
    grid: _Grid, speed_mps: Samples, altitude_m: Samples | None, terms: SignalTerms
) -> Samples:
    """Slope of the line through the altitudes around each sample, over distance.

    The line spans 40 m and at least 15 s, and no pause. Where the runner covered less than half
    that distance the altitude is mostly noise, and the grade 0.
    """
    if altitude_m is None:
        return np.zeros(len(speed_mps))
    moved_m = np.where(speed_mps >= MOVING_MPS, speed_mps, 0.0) * grid.dt_s
    along_m = np.concatenate(([0.0], np.cumsum(moved_m)[:-1]))
    half_m, half_s = terms.grade_over_m / 2, terms.grade_over_s / 2
    first, last = (np.searchsorted(grid.part, grid.part, side) for side in ("left", "right"))
    early = np.minimum(
        np.searchsorted(along_m, along_m - half_m),
        np.searchsorted(grid.time_s, grid.time_s - half_s),
    )
    late = np.maximum(
        np.searchsorted(along_m, along_m + half_m, "right"),
        np.searchsorted(grid.time_s, grid.time_s + half_s, "right"),
    )
    early, late = np.maximum(early, first), np.minimum(late, last)
    x, y = along_m - along_m.mean(), altitude_m - altitude_m.mean()

    def total(values: Samples) -> Samples:
        summed = np.concatenate(([0.0], np.cumsum(values)))
        return np.asarray(summed[late] - summed[early])

    n, sum_x = late - early, total(x)
    spread = total(x * x) - sum_x**2 / n
    shared = total(x * y) - sum_x * total(y) / n
    far = along_m[late - 1] - along_m[early] >= half_m
    slope = np.divide(shared, spread, out=np.zeros(len(x)), where=far)
    return np.asarray(np.clip(slope, -terms.steepest_frac, terms.steepest_frac))


# Quality


def _doubts(
    activity: Activity, made: Signal, written: _Written, terms: SignalTerms
) -> dict[str, bool]:
    """Which doubts there are about the signals, next to spikes."""
    device, dt_s, most = activity.channels.get("speed"), made.dt_s, terms.unknown_from_frac
    told, stepped = np.isfinite(written.speed_mps), np.isfinite(made.cadence_spm)
    changed = stepped & (made.cadence_spm != written.cadence_spm)
    stride_m = np.full(len(dt_s), np.nan)
    steps = made.running & (made.cadence_spm > 0)
    np.divide(made.speed_mps * 120, made.cadence_spm, out=stride_m, where=steps)
    odd = (stride_m < terms.shortest_stride_m) | (stride_m > terms.longest_stride_m)
    unknown_frac = _share(np.isnan(made.speed_mps), dt_s)
    some_speed, some_steps = bool(told.any()), bool(stepped.any())
    return {
        "unsure_file": is_unsure(activity),
        "no_speed": not some_speed,
        "speed_unknown": some_speed and unknown_frac > 1 - terms.half_known_frac,
        "sparse": made.median_dt_s > terms.sparse_from_s,
        "gaps": some_speed and _share(~told, dt_s) > most,
        "speed_by_distance": some_speed and not (device and np.any(device.si() > 0)),
        "no_cadence": not some_steps,
        "cadence_unknown": some_steps and _share(~stepped, dt_s) > most,
        "cadence_corrected": _share(changed, dt_s) > most,
        "cadence_at_odds": _share(odd, dt_s) > most,
        "no_grade": not made.has_grade,
    }


def _quality(doubts: Mapping[str, bool], terms: SignalTerms) -> Quality:
    reasons = tuple(code for code, holds in doubts.items() if holds)
    if not _POOR_ALONE.isdisjoint(reasons) or len(reasons) >= terms.poor_from_reasons:
        return Quality("poor", reasons)
    return Quality("fair" if reasons else "good", reasons)
