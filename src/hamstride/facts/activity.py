"""What an activity measured: durations, distance, ascent, stretches, and the run it makes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from hamstride.facts.samples import FASTEST_MPS, Track, bridged, total_m, track
from hamstride.facts.segments import (
    GAP_S,
    MOVING_MPS,
    Pieces,
    Samples,
    Stretch,
    pieces,
    stretches,
    without_walk_break,
)
from hamstride.records import Activity, Run
from hamstride.vocabulary import RunTerms

BEST_OVER_S = 10.0
"""A speed held for this long is a best speed; shorter peaks are mostly noise."""

_SWING_M = 2.0  # smaller ups and downs are the barometer's noise
_LOWEST_M, _HIGHEST_M = -500.0, 9000.0
_BEST_KNOWN_FRAC = 0.9  # of the ten seconds; one dropped spike does not hide a sprint
_UNCONFIRMED = "No run is compared with this one until you type its numbers into your file."
_UNNAMED = frozenset({"", "unknown"})
# A reader's findings after which "the file cannot tell how long it took" would be said twice.
_TIMELESS = frozenset({"no_times", "no_duration"})
_BROKEN_OFF_S = 60.0  # by which the timer outlasts the samples where a file is damaged
# In a file without a sport: the running that makes it a run, and the speed that makes it a ride.
_LEAST_RUNNING_S, _LEAST_RUNNING_FRAC = 60.0, 0.1
_RIDE_MPS = 5.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What one activity says, in numbers; None where the file cannot tell.

    `duration_s` is the last sample minus the first, `timer_s` the time on the watch, `moving_s`
    the time at 0.5 m/s and more, `distance_m` the device's total, else along the path.
    `ascent_m` and `descent_m` count swings of 2 m and more. `running_s`, `longest_continuous_s`
    and `walk_breaks` come from `stretches`, which are empty for other sports and where the file
    cannot tell them. `cadence_spm` is the median while running; `best_speed_mps` was held for
    10 s. `warnings` are whole sentences about what was left out.
    """

    start: datetime | None
    duration_s: float | None = None
    timer_s: float | None = None
    moving_s: float | None = None
    distance_m: float | None = None
    ascent_m: float | None = None
    descent_m: float | None = None
    running_s: float | None = None
    longest_continuous_s: float | None = None
    walk_breaks: int | None = None
    cadence_spm: float | None = None
    best_speed_mps: float | None = None
    stretches: tuple[Stretch, ...] = ()
    warnings: tuple[str, ...] = ()


def reading(activity: Activity, terms: RunTerms) -> Reading:
    """What an activity says, in numbers; from the device's totals and laps without samples."""
    found = track(activity, terms)
    measured = (_with_samples if len(found.time_s) > 1 else _without)(activity, found, terms)
    if is_unsure(activity) and (is_run(activity) or is_unnamed(activity)):
        measured = replace(measured, warnings=(*measured.warnings, _UNCONFIRMED))
    if not is_unnamed(activity):
        return measured
    verdict = (
        "it moves like a run, so it counts as one."
        if looks_like_a_run(measured, terms)
        else "it does not move like a run, so it counts as none."
    )
    said = (*measured.warnings, f"The file does not name its sport; {verdict}")
    return replace(measured, warnings=said)


def run_of(
    activity: Activity, terms: RunTerms, timezone: str, read: Reading | None = None
) -> Run | None:
    """The run that an activity is, its start in the runner's time zone; None for other sports.

    An activity without a start is none either: nothing can be said about its day. A file that
    leaves its sport open is a run when it moves like one. `kind` and `top_speed_pct` stay open.
    Of a file that may be wrong the day alone counts: a run too long by a broken byte would make
    every later one look short. `read` is what `reading` said of it, where that is known already.
    """
    if activity.start is None or not (is_run(activity) or is_unnamed(activity)):
        return None
    measured = reading(activity, terms) if read is None else read
    start = measured.start
    if start is None or not (is_run(activity) or looks_like_a_run(measured, terms)):
        return None
    if is_unsure(activity):
        measured = Reading(start)
    best_mps, duration_s = measured.best_speed_mps, measured.duration_s
    if _broke_off(measured.timer_s, duration_s):
        duration_s = measured.timer_s
    return Run(
        start=_aware(start).astimezone(ZoneInfo(timezone)),
        file=activity.file or None,
        treadmill=_treadmill(activity),
        duration_s=_whole(duration_s),
        distance_m=_whole(measured.distance_m),
        ascent_m=_whole(measured.ascent_m),
        longest_continuous_s=_whole(measured.longest_continuous_s),
        timer_s=_whole(measured.timer_s),
        moving_s=_whole(measured.moving_s),
        running_s=_whole(measured.running_s),
        walk_breaks=measured.walk_breaks,
        cadence_spm=_whole(measured.cadence_spm),
        best_speed_mps=None if best_mps is None else round(best_mps, 2),
    )


def is_run(activity: Activity) -> bool:
    """Whether the file names running, of any kind, as its sport."""
    named = _named(activity)
    return "run" in named or "jog" in named


def is_unsure(activity: Activity) -> bool:
    """Whether its reader found that its numbers may be wrong."""
    return any(finding.unsure for finding in activity.findings)


def is_unnamed(activity: Activity) -> bool:
    """Whether the file leaves it open: no sport, as in most GPX files, or just a treadmill."""
    return activity.sport in _UNNAMED or ("treadmill" in _named(activity) and not is_run(activity))


def looks_like_a_run(measured: Reading, terms: RunTerms) -> bool:
    """Whether it moves like a run: faster than a walk for a good part, and slower than a ride.

    Notes
    -----
    Our own definition: a minute of running and a tenth of the time in motion, and less than
    5 m/s on average. Without stretches the average decides alone.
    """
    moved_s = measured.moving_s or measured.timer_s or measured.duration_s
    mean_mps = measured.distance_m / moved_s if measured.distance_m and moved_s else None
    if mean_mps is not None and mean_mps >= _RIDE_MPS:
        return False
    running_s = measured.running_s
    if running_s is None and mean_mps is not None and mean_mps >= terms.running_mps:
        running_s = moved_s
    least_s = max(_LEAST_RUNNING_S, _LEAST_RUNNING_FRAC * (moved_s or 0.0))
    return running_s is not None and running_s >= least_s


def _without(activity: Activity, found: Track, _: RunTerms) -> Reading:
    """What the device's totals and laps say, and the path of a file without times."""
    distance_m, about_distance = _distance(activity, found)
    up_m, down_m = _climbed(activity, found)
    laps_s = [lap.duration_s for lap in activity.laps if lap.duration_s is not None]
    duration_s = activity.duration_s or sum(laps_s) or activity.timer_s or None
    said_before = any(finding.code in _TIMELESS for finding in activity.findings)
    unknown = () if said_before else ("The file has no times that tell how long it took.",)
    return Reading(
        start=activity.start,
        duration_s=duration_s,
        timer_s=activity.timer_s,
        distance_m=distance_m,
        ascent_m=up_m,
        descent_m=down_m,
        warnings=found.said + about_distance + (unknown if duration_s is None else ()),
    )


def _with_samples(activity: Activity, found: Track, terms: RunTerms) -> Reading:
    distance_m, about_distance = _distance(activity, found)
    up_m, down_m = _climbed(activity, found)
    even = bridged(found)
    cut = pieces(even.time_s, activity.pauses)
    duration_s = float(found.time_s[-1] - found.time_s[0])
    on_foot = is_run(activity) or is_unnamed(activity)
    gaits, said = _gaits(activity, found, even, terms) if on_foot else ((), ())
    if _broke_off(activity.timer_s, duration_s):
        said += ("The samples end before the timer did; the rest of the running is not known.",)
    whole = without_walk_break(gaits, terms.walk_break_s)
    longest_s = max((end_s - start_s for start_s, end_s in whole), default=0.0)
    return Reading(
        start=_start(activity, found.time_s),
        duration_s=duration_s,
        timer_s=_timer_s(activity, found.time_s),
        moving_s=_moving_s(found, even, cut),
        distance_m=distance_m,
        ascent_m=up_m,
        descent_m=down_m,
        running_s=sum((s.duration_s for s in gaits if s.kind == "run"), 0.0) if gaits else None,
        longest_continuous_s=longest_s if gaits else None,
        walk_breaks=max(len(whole) - 1, 0) if gaits else None,
        cadence_spm=_cadence_spm(found, gaits),
        best_speed_mps=_best_speed_mps(even, cut) if on_foot else None,
        stretches=gaits,
        warnings=found.said + about_distance + said,
    )


def _broke_off(timer_s: float | None, duration_s: float | None) -> bool:
    """Whether the timer ran on after the last sample that could be read."""
    return timer_s is not None and duration_s is not None and timer_s > duration_s + _BROKEN_OFF_S


def _named(activity: Activity) -> str:
    return f"{activity.sport} {activity.sub_sport or ''}".lower()


def _whole(number: float | None) -> float | None:
    return None if number is None else float(round(number))


def _aware(instant: datetime) -> datetime:
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _start(activity: Activity, time_s: Samples) -> datetime | None:
    """The start as written, or the first sample where that lies before it."""
    if activity.start is None:
        return None
    return activity.start + timedelta(seconds=min(float(time_s[0]), 0.0))


def _treadmill(activity: Activity) -> bool | None:
    """Whether it was on a treadmill, by the name of the sport; positions say that it was not."""
    named = _named(activity)
    if "treadmill" in named or "indoor" in named:
        return True
    if "virtual" in named:
        return None  # through a made-up landscape, and mostly on a treadmill
    return False if activity.sub_sport or "latitude" in activity.channels else None


def _timer_s(activity: Activity, time_s: Samples) -> float | None:
    """The device's timer, else the duration without the pauses it marked."""
    if activity.timer_s is not None or not activity.pauses:
        return activity.timer_s
    cut = pieces(time_s, activity.pauses)
    middle_s = (cut.edges_s[:-1] + cut.edges_s[1:]) / 2
    paused = np.zeros(len(middle_s), dtype=bool)
    for start_s, end_s in activity.pauses:
        paused |= (middle_s > start_s) & (middle_s < end_s)
    return float(cut.lengths_s[~paused].sum())


def _distance(activity: Activity, found: Track) -> tuple[float | None, tuple[str, ...]]:
    """The device's total, else along the path, else the sum of the laps."""
    distance_m = activity.distance_m
    if distance_m is None:
        distance_m = total_m(found.odometer_m)
    laps_m = [lap.distance_m for lap in activity.laps if lap.distance_m is not None]
    if distance_m is None and laps_m:
        distance_m = sum(laps_m)
    duration_s = max(activity.timer_s or 0.0, np.ptp(found.time_s) if len(found.time_s) else 0.0)
    if distance_m and is_run(activity) and 0 < duration_s * FASTEST_MPS < distance_m:
        return None, ("The distance is farther than anyone runs in the time; it was left out.",)
    return distance_m, ()


def _gaits(
    activity: Activity, found: Track, even: Track, terms: RunTerms
) -> tuple[tuple[Stretch, ...], tuple[str, ...]]:
    """Stretches of the activity; none where samples are too rare to tell walking from running."""
    if np.median(np.diff(found.time_s)) > GAP_S:
        return (), ("The samples are too far apart to tell walking from running.",)
    speed_mps = even.speed_mps
    if speed_mps is not None:
        speed_mps = np.where(speed_mps <= FASTEST_MPS, speed_mps, np.nan)
    gaits = stretches(even.time_s, speed_mps, even.cadence_spm, terms, activity.pauses)
    if not gaits:
        return (), ("The file has neither speed nor cadence to tell walking from running.",)
    return gaits, ()


def _moving_s(found: Track, even: Track, cut: Pieces) -> float | None:
    """Seconds at 0.5 m/s and more, with rare samples by the mean speed between them."""
    if np.median(np.diff(found.time_s)) > GAP_S:
        if found.odometer_m is None:
            return None
        length_s = np.diff(found.time_s)
        return float(length_s[np.diff(found.odometer_m) >= MOVING_MPS * length_s].sum())
    if even.speed_mps is None:
        return None
    moves = (even.speed_mps[cut.sample] >= MOVING_MPS) & ~cut.idle
    return float(cut.lengths_s[moves].sum())


def _cadence_spm(found: Track, gaits: Sequence[Stretch]) -> float | None:
    """Median cadence of the steps taken in stretches of running."""
    if found.cadence_spm is None:
        return None
    runs = [s for s in gaits if s.kind == "run"]
    spans = [np.searchsorted(found.time_s, (s.start_s, s.end_s)) for s in runs]
    if not spans:
        return None
    cadence = np.concatenate([found.cadence_spm[first:last] for first, last in spans])
    cadence = cadence[cadence > 0]
    return float(np.median(cadence)) if len(cadence) else None


def _best_speed_mps(even: Track, cut: Pieces) -> float | None:
    """The fastest 10 s. Speeds that nobody reaches, pauses and gaps count as not measured."""
    if even.speed_mps is None or cut.edges_s[-1] - cut.edges_s[0] < BEST_OVER_S:
        return None
    speed = even.speed_mps[cut.sample]
    known = (speed <= FASTEST_MPS) & ~cut.idle
    length_s = np.where(known, cut.lengths_s, 0.0)
    told_s = np.concatenate(([0.0], np.cumsum(length_s)))
    told_m = np.concatenate(([0.0], np.cumsum(length_s * np.where(known, speed, 0.0))))
    # Speed is constant in each piece, so that the best window begins or ends at an edge.
    begin_s = np.concatenate((cut.edges_s, cut.edges_s - BEST_OVER_S))
    begin_s = begin_s[(begin_s >= cut.edges_s[0]) & (begin_s <= cut.edges_s[-1] - BEST_OVER_S)]
    seconds = _gained(cut.edges_s, told_s, begin_s)
    enough = seconds >= BEST_OVER_S * _BEST_KNOWN_FRAC - 1e-6
    if not enough.any():
        return None
    return float((_gained(cut.edges_s, told_m, begin_s)[enough] / seconds[enough]).max())


def _gained(edges_s: Samples, along: Samples, begin_s: Samples) -> Samples:
    late = np.interp(begin_s + BEST_OVER_S, edges_s, along)
    return np.asarray(late - np.interp(begin_s, edges_s, along), dtype=np.float64)


def _climbed(activity: Activity, found: Track) -> tuple[float | None, float | None]:
    """Ascent and descent from swings of 2 m and more; the device's ascent without altitudes."""
    if found.altitude_m is None:
        return activity.ascent_m, None
    sound = (found.altitude_m >= _LOWEST_M) & (found.altitude_m <= _HIGHEST_M)
    altitude = found.altitude_m[sound]
    if len(altitude) < 2:
        return activity.ascent_m, None
    spacing_s = np.median(np.diff(found.time_s)) if len(found.time_s) > 1 else np.inf
    if spacing_s <= GAP_S / 2:
        padded = np.pad(altitude, 2, mode="edge")
        windows = np.lib.stride_tricks.sliding_window_view(padded, 5)
        altitude = np.partition(windows, 2, axis=1)[:, 2]
    return _swings(altitude)


def _swings(altitude: Samples) -> tuple[float, float]:
    """Sum of the rises and of the falls between turning points that are 2 m or more apart."""
    slope = np.diff(altitude)
    level = altitude[np.concatenate(([True], slope != 0))]
    rising = np.diff(level) > 0
    turns = level[np.concatenate(([True], rising[1:] != rising[:-1], [True]))[: len(level)]]
    up = down = 0.0
    least = most = anchor = float(turns[0])
    trend = 0
    swing = _SWING_M - 1e-6
    for height in turns.tolist():
        least, most = min(least, height), max(most, height)
        if trend >= 0 and most - height >= swing:
            up += (most - anchor) if trend > 0 else 0.0
            anchor, trend, least = most, -1, height
        elif trend <= 0 and height - least >= swing:
            down += (anchor - least) if trend < 0 else 0.0
            anchor, trend, most = least, 1, height
    up += most - anchor if trend > 0 else 0.0
    down += anchor - least if trend < 0 else 0.0
    return up, down
