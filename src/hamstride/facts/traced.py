"""A run over time, in so few columns that it can be drawn and read as a table."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hamstride.facts.load import run_load
from hamstride.facts.samples import track
from hamstride.facts.segments import Gait, Samples
from hamstride.facts.signals import Signal, signal
from hamstride.records import Activity, Bout
from hamstride.units import S_PER_MIN
from hamstride.vocabulary import Declared, RunTerms

Places = NDArray[np.intp]

_WIDTHS_S = (1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600)
_DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Column:
    """A share of the time of a run; None for what is not known of it.

    `hlu_min` is the load for each minute, `grade` rise over distance, uphill positive.
    """

    start_s: float
    end_s: float
    gait: Gait | None
    speed_mps: float | None
    grade: float | None
    height_m: float | None
    hlu: float | None
    hlu_min: float | None


@dataclass(frozen=True, slots=True)
class Trace:
    """A run in columns, and its speed moment by moment: when, for how long, how fast."""

    columns: tuple[Column, ...] = ()
    moments: tuple[tuple[float, float, float | None], ...] = ()


def traced(activity: Activity, bouts: Sequence[Bout], declared: Declared, at_most: int) -> Trace:
    """The columns of a run, each as long as the others; empty without two samples with a time.

    Notes
    -----
    Means over the time that is known. Where the timer stood still, or nothing was recorded, a
    column knows nothing. Columns are a round number of seconds long.
    """
    found = signal(activity, declared.runs, declared.signals)
    if found is None:
        return Trace()
    return Trace(_columns(activity, found, bouts, declared, at_most), _moments(found))


def _moments(found: Signal) -> tuple[tuple[float, float, float | None], ...]:
    speeds_mps = found.speed_mps.astype(object)
    speeds_mps[np.isnan(found.speed_mps)] = None
    columns = (found.time_s.tolist(), found.dt_s.tolist(), speeds_mps.tolist())
    return tuple(zip(*columns, strict=True))


def _columns(
    activity: Activity, found: Signal, bouts: Sequence[Bout], declared: Declared, at_most: int
) -> tuple[Column, ...]:
    begin_s, end_s = float(found.time_s[0]), float(found.time_s[-1])
    width_s = _width_s(end_s - begin_s, at_most)
    # The last sample stands for no time: it opens no column of its own.
    count = max(int(np.ceil((end_s - begin_s) / width_s)), 1)
    place = np.minimum(((found.time_s - begin_s) // width_s).astype(int), count - 1)
    known = np.isfinite(found.speed_mps) & (found.dt_s > 0)
    known_s = _sums(place, np.where(known, found.dt_s, 0.0), count)
    hlu = _sums(place, np.nan_to_num(run_load(found, declared.load).by_sample), count)
    speed_mps = _mean(place, found, found.speed_mps, known, known_s)
    grade = _mean(place, found, found.grade, known & found.has_grade, known_s)
    edges_s = begin_s + width_s * np.arange(count + 1)
    height_m = _height_m(activity, found, (edges_s[:-1] + edges_s[1:]) / 2, declared.runs)
    tells = known_s > 0
    return tuple(
        Column(
            start_s=float(edges_s[i]),
            end_s=float(min(edges_s[i + 1], end_s)),
            gait=_gait(bouts, float(edges_s[i] + edges_s[i + 1]) / 2),
            speed_mps=float(speed_mps[i]) if tells[i] else None,
            grade=float(grade[i]) if tells[i] and found.has_grade else None,
            height_m=float(height_m[i]) if tells[i] and height_m is not None else None,
            hlu=float(hlu[i]) if tells[i] else None,
            hlu_min=float(hlu[i] / known_s[i] * S_PER_MIN) if tells[i] else None,
        )
        for i in range(count)
    )


def _width_s(span_s: float, at_most: int) -> float:
    """The shortest round length that needs no more columns than that."""
    for width_s in _WIDTHS_S:
        if span_s <= width_s * at_most:
            return float(width_s)
    return float(_DAY_S)


def _sums(place: Places, values: Samples, count: int) -> Samples:
    return np.asarray(np.bincount(place, values, count), dtype=np.float64)


def _mean(
    place: Places,
    found: Signal,
    values: Samples,
    known: NDArray[np.bool_],
    known_s: Samples,
) -> Samples:
    sums = _sums(place, np.where(known, values * found.dt_s, 0.0), len(known_s))
    return np.divide(sums, known_s, out=np.zeros(len(known_s)), where=known_s > 0)


def _height_m(activity: Activity, found: Signal, at_s: Samples, terms: RunTerms) -> Samples | None:
    """The height at some times; None where there is none to believe."""
    way = track(activity, terms)
    if not found.has_grade or way.altitude_m is None:
        return None
    told = np.isfinite(way.altitude_m)
    return np.interp(at_s, way.time_s[told], way.altitude_m[told])


def _gait(bouts: Sequence[Bout], at_s: float) -> Gait | None:
    return next((bout.kind for bout in bouts if bout.start_s <= at_s < bout.end_s), None)
