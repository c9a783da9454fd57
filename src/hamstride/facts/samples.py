"""The samples of an activity put in order: clock, path, speed and cadence to compute on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hamstride.facts.segments import GAP_S, MOVING_MPS, Samples
from hamstride.records import Activity
from hamstride.vocabulary import RunTerms

FASTEST_MPS = 12.5  # the world's fastest sprinters touch 12.4
_JUMP_MPS, _JUMP_M = 100.0, 1000.0  # faster than a train and farther than a GPS slip: plainly wrong
_BRIDGED_S = 30.0  # a longer gap says nothing about what happened in it
_SMOOTHED_S = 5.0  # for speeds from positions, whose noise is as large as a walk
_WEEK_S = 7 * 86_400.0
_EARTH_M = 6_371_008.8  # mean radius
_BAD_SHARE = 0.05  # of positions, beyond which the path between the others proves nothing

_NAMES = ("latitude", "longitude", "altitude", "distance", "speed", "cadence")

CHANNELS = ("time", *_NAMES)
"""What of an activity is computed on."""


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """The samples of one activity, in order, one a second at most; None where a stream is missing.

    `odometer_m` is the distance so far, by the device or along the positions, with NaN where
    it is not known. `cadence_spm` is in steps. `said` are sentences about what was left out.
    """

    time_s: Samples
    odometer_m: Samples | None
    speed_mps: Samples | None
    cadence_spm: Samples | None
    altitude_m: Samples | None
    said: tuple[str, ...] = ()


def track(activity: Activity, terms: RunTerms) -> Track:
    """The samples of an activity, put in order and ready to compute on.

    Samples without a time are left out, unless no sample has a time of its own: then there is a
    path and an altitude, and `time_s` is empty.
    """
    columns = {name: activity.channels[name].si() for name in _NAMES if name in activity.channels}
    time_s = activity.channels["time"].si() if "time" in activity.channels else np.empty(0)
    timed_s = time_s[np.isfinite(time_s)]
    if not len(timed_s) or (len(timed_s) > 1 and np.ptp(timed_s) == 0):
        path_m, said = _path(columns)
        return Track(np.empty(0), path_m, None, None, columns.get("altitude"), said)
    time_s, columns, said = _in_order(time_s, columns)
    odometer_m, about_path = _odometer(time_s, columns)
    speed_mps = _speed(time_s, columns.get("speed"), odometer_m)
    cadence_spm, about_cadence = _cadence(activity, columns, speed_mps, terms)
    altitude_m = columns.get("altitude")
    return Track(
        time_s, odometer_m, speed_mps, cadence_spm, altitude_m, said + about_path + about_cadence
    )


def bridged(found: Track) -> Track:
    """The same track with samples in gaps of up to 30 s that the distance tells about.

    Some devices skip samples on an even stretch. The mean speed across such a gap stands for
    it; the cadence in it is not known.
    """
    gap_s = np.diff(found.time_s)
    at = np.flatnonzero((gap_s > GAP_S) & (gap_s <= _BRIDGED_S))
    if not len(at) or found.odometer_m is None:
        return found
    mean_mps = (found.odometer_m[at + 1] - found.odometer_m[at]) / gap_s[at]
    told = mean_mps >= 0
    at, mean_mps = at[told], mean_mps[told]
    added = np.ceil(gap_s[at] / GAP_S).astype(int) - 1
    step_s = np.repeat(gap_s[at] / (added + 1), added)
    nth = np.arange(added.sum()) - np.repeat(np.cumsum(added) - added, added) + 1
    where = np.repeat(at + 1, added)
    speed = np.full(len(found.time_s), np.nan) if found.speed_mps is None else found.speed_mps
    return replace(
        found,
        time_s=np.insert(found.time_s, where, np.repeat(found.time_s[at], added) + nth * step_s),
        speed_mps=np.insert(_put(speed, at, mean_mps), where, np.repeat(mean_mps, added)),
        cadence_spm=None
        if found.cadence_spm is None
        else np.insert(_put(found.cadence_spm, at, np.nan), where, np.nan),
    )


def total_m(odometer_m: Samples | None) -> float | None:
    """Metres from the first known place to the last, a counter that starts again included."""
    if odometer_m is None:
        return None
    known = odometer_m[np.isfinite(odometer_m)]
    return float(np.maximum(np.diff(known), 0).sum()) if len(known) > 1 else None


def _put(values: Samples, at: NDArray[np.intp], new: Samples | float) -> Samples:
    changed = values.copy()
    changed[at] = new
    return changed


def _in_order(
    time_s: Samples, columns: Mapping[str, Samples]
) -> tuple[Samples, dict[str, Samples], tuple[str, ...]]:
    """Time and columns by rising time, one sample a second; samples without a time left out."""
    said: list[str] = []
    keep = np.isfinite(time_s)
    if np.ptp(time_s[keep]) > _WEEK_S:
        keep &= np.abs(time_s - np.median(time_s[keep])) <= _WEEK_S
        said.append("Some samples are dated more than a week from the others; they were left out.")
    order = np.flatnonzero(keep)
    if np.any(np.diff(time_s[order]) < 0):
        order = order[np.argsort(time_s[order], kind="stable")]
        said.append("The times run backwards in places; the samples were put in order.")
    if len(order) < len(time_s) or said:
        time_s = time_s[order]
        columns = {name: values[order] for name, values in columns.items()}
    second = np.floor(time_s)
    first = np.concatenate(([True], second[1:] != second[:-1]))
    if first.all():
        return time_s, dict(columns), tuple(said)
    group = np.cumsum(first) - 1
    merged_s = time_s[first]
    if len(merged_s) > 1:
        merged_s[-1] = time_s[-1]  # the activity ends with its last sample
    return merged_s, {n: _first_known(v, group) for n, v in columns.items()}, tuple(said)


def _first_known(values: Samples, group: NDArray[np.intp]) -> Samples:
    merged = np.full(int(group[-1]) + 1, np.nan)
    known = np.flatnonzero(np.isfinite(values))[::-1]
    merged[group[known]] = values[known]  # backwards, so that the first one stays
    return merged


def _odometer(
    time_s: Samples, columns: Mapping[str, Samples]
) -> tuple[Samples | None, tuple[str, ...]]:
    """Distance so far by the device, else along the positions; None after an impossible jump."""
    said: tuple[str, ...] = ()
    odometer_m = columns.get("distance")
    if odometer_m is None or np.isfinite(odometer_m).sum() < 2:
        odometer_m, said = _path(columns)
    if odometer_m is None:
        return None, said
    known = np.isfinite(odometer_m)
    steps_m, steps_s = np.diff(odometer_m[known]), np.diff(time_s[known])
    if np.any((steps_m > _JUMP_M) & (steps_m > _JUMP_MPS * steps_s)):
        return None, (*said, "The place jumps farther than anyone can run; distance was left out.")
    return odometer_m, said


def _path(columns: Mapping[str, Samples]) -> tuple[Samples | None, tuple[str, ...]]:
    """Distance so far along the positions, NaN where there is none."""
    if "latitude" not in columns or "longitude" not in columns:
        return None, ()
    lat_deg, lon_deg = columns["latitude"], columns["longitude"]
    given = ~(np.isnan(lat_deg) | np.isnan(lon_deg)) & ((lat_deg != 0) | (lon_deg != 0))
    good = given & (np.abs(lat_deg) <= 90) & (np.abs(lon_deg) <= 180)
    bad = int(given.sum() - good.sum())
    if bad > _BAD_SHARE * given.sum():
        return None, ("Many positions are nowhere on Earth; the distance was left out.",)
    said = ("Some positions are nowhere on Earth; they were left out.",) if bad else ()
    if good.sum() < 2:
        return None, said
    path_m = np.full(len(lat_deg), np.nan)
    steps_m = _haversine_m(np.radians(lat_deg[good]), np.radians(lon_deg[good]))
    path_m[good] = np.concatenate(([0.0], np.cumsum(steps_m)))
    return path_m, said


def _haversine_m(lat: Samples, lon: Samples) -> Samples:
    """Great-circle distance between neighbours, from radians."""
    cos_lat = np.cos(lat)
    half = np.sin(np.diff(lat) / 2) ** 2
    half += cos_lat[1:] * cos_lat[:-1] * np.sin(np.diff(lon) / 2) ** 2
    steps_m: Samples = 2 * _EARTH_M * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
    return steps_m


def _speed(
    time_s: Samples, device_mps: Samples | None, odometer_m: Samples | None
) -> Samples | None:
    """Speed at each sample: the device's own, and from the distance where that is missing."""
    speed = np.full(len(time_s), np.nan) if device_mps is None else device_mps
    speed = np.where((speed >= 0) & np.isfinite(speed), speed, np.nan)
    moved = odometer_m is not None and (total_m(odometer_m) or 0) > 0
    if moved and not np.any(speed > 0):
        speed = np.full(len(time_s), np.nan)  # no sensor was connected, and 0 was written for it
    missing = np.isnan(speed)
    if odometer_m is not None and missing[:-1].any():
        speed[missing] = _speed_by_distance(time_s, odometer_m)[missing]
    return speed if np.isfinite(speed).any() else None


def _speed_by_distance(time_s: Samples, odometer_m: Samples) -> Samples:
    """Speed from each sample to the next, averaged over 5 s; NaN across gaps and at the end."""
    speed = np.full(len(time_s), np.nan)
    known = np.flatnonzero(np.isfinite(odometer_m))
    length_s, moved_m = np.diff(time_s[known]), np.diff(odometer_m[known])
    told = (moved_m >= 0) & (length_s <= _BRIDGED_S)
    told_s = np.concatenate(([0.0], np.cumsum(np.where(told, length_s, 0))))
    told_m = np.concatenate(([0.0], np.cumsum(np.where(told, moved_m, 0))))
    middle_s = (time_s[:-1] + time_s[1:]) / 2

    def across(along: Samples) -> Samples:
        early, late = middle_s - _SMOOTHED_S / 2, middle_s + _SMOOTHED_S / 2
        return np.interp(late, time_s[known], along) - np.interp(early, time_s[known], along)

    seconds = across(told_s)
    usable = seconds > 0
    speed[:-1][usable] = across(told_m)[usable] / seconds[usable]
    return speed


def _cadence(
    activity: Activity,
    columns: Mapping[str, Samples],
    speed_mps: Samples | None,
    terms: RunTerms,
) -> tuple[Samples | None, tuple[str, ...]]:
    """Steps a minute, whichever leg or legs the device counted; None when that stays unclear."""
    written = columns.get("cadence")
    if written is None or not np.any(written > 0):
        return None, ()
    each = (
        1 if activity.channels["cadence"].unit == "spm" else _steps_each(written, speed_mps, terms)
    )
    if each is None:
        return None, ("The cadence fits neither steps nor strides; speed was used instead.",)
    steps = written * each
    return np.where((steps >= 0) & (steps <= 300), steps, np.nan), ()


def _steps_each(written: Samples, speed_mps: Samples | None, terms: RunTerms) -> int | None:
    """Steps that one count stands for: 2 when a sensor counted strides of one leg.

    The median while running decides, 65 to 110 strides or 130 to 220 steps. Where a known speed
    shows walking alone, the same is done with the slower cadence of walking, since 100 may be
    slow steps or fast strides.
    """
    stepping = written > 0
    if speed_mps is not None:
        fast = stepping & (speed_mps >= terms.running_mps)
        if not fast.any():
            walked = stepping & (speed_mps >= MOVING_MPS)
            return None if not walked.any() else 2 if np.median(written[walked]) <= 75 else 1
        stepping = fast
    middle = np.median(written[stepping])
    if 65 <= middle <= 110:
        return 2
    return 1 if 130 <= middle <= 220 else None
