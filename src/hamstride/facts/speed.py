"""How fast a run was, from its samples: the fastest of it, and how much was run at which speed."""

import numpy as np

from hamstride.facts.segments import Samples
from hamstride.facts.signals import Signal
from hamstride.records import Speeds
from hamstride.vocabulary import SpeedTerms

STEP_MPS = 0.1
"""How finely speeds are told apart: far finer than any watch measures them."""

_SLACK = 1e-6


def fastest_mps(signal: Signal, over_s: float) -> float | None:
    """The fastest mean over so many seconds of running; never across a pause or a gap."""
    known = signal.running & np.isfinite(signal.speed_mps) & (signal.dt_s > 0)
    ends_s = signal.time_s + signal.dt_s
    seconds, metres = _so_far(signal.dt_s), _so_far(_moved_m(signal))
    unknown = _so_far((~known).astype(float))
    first = np.arange(len(signal.dt_s))
    last = np.searchsorted(seconds, seconds[:-1] + over_s - _SLACK)
    inside = last < len(seconds)
    first, last = first[inside], last[inside]
    lasted_s = seconds[last] - seconds[first]
    whole = (unknown[last] == unknown[first]) & (
        ends_s[last - 1] - signal.time_s[first] <= lasted_s + _SLACK
    )
    return _most((metres[last] - metres[first])[whole], lasted_s[whole])


def fastest_over_mps(signal: Signal, over_m: float) -> float | None:
    """The fastest mean over a distance, with whatever pauses are in it; None for a shorter run."""
    metres, ends_s = _so_far(_moved_m(signal)), signal.time_s + signal.dt_s
    first = np.arange(len(signal.dt_s))
    last = np.searchsorted(metres, metres[:-1] + over_m - _SLACK)
    inside = last < len(metres)
    first, last = first[inside], last[inside]
    return _most(metres[last] - metres[first], ends_s[last - 1] - signal.time_s[first])


def _so_far(values: Samples) -> Samples:
    return np.concatenate(([0.0], np.cumsum(values)))


def _moved_m(signal: Signal) -> Samples:
    return np.nan_to_num(signal.speed_mps) * signal.dt_s


def _most(metres: Samples, seconds: Samples) -> float | None:
    return float((metres / seconds).max()) if len(metres) else None


def speeds(signal: Signal, hlu: Samples, terms: SpeedTerms) -> Speeds:
    """How much of a run was run at which speed, a tenth of a metre a second apart.

    Parameters
    ----------
    hlu : (n,) array
        Load units of each sample; NaN where not known.
    """
    known = signal.running & np.isfinite(signal.speed_mps) & (signal.dt_s > 0)
    speed_mps, dt_s = signal.speed_mps[known], signal.dt_s[known]
    band = (speed_mps / STEP_MPS + _SLACK).astype(int)

    def by_band(values: Samples) -> tuple[float, ...]:
        return tuple(np.bincount(band, weights=values).round(3).tolist())

    begin_s = signal.time_s[known]
    found = [
        _efforts(begin_s[band >= each], dt_s[band >= each], terms)
        for each in range(int(band.max()) + 1 if len(band) else 0)
    ]
    return Speeds(
        step_mps=STEP_MPS,
        metres=by_band(speed_mps * dt_s),
        seconds=by_band(dt_s),
        hlu=by_band(np.nan_to_num(hlu[known])),
        efforts=tuple(count for count, _ in found),
        longest_s=tuple(longest_s for _, longest_s in found),
    )


def _efforts(begin_s: Samples, dt_s: Samples, terms: SpeedTerms) -> tuple[int, float]:
    """How many efforts some samples make, and how long the longest is; 0 without any."""
    ends_s = begin_s + dt_s
    apart = begin_s[1:] - ends_s[:-1] >= terms.effort_gap_s - _SLACK
    first = np.concatenate(([0], np.flatnonzero(apart) + 1))
    last = np.concatenate((first[1:] - 1, [len(begin_s) - 1]))
    lasted_s = ends_s[last] - begin_s[first]
    lasted_s = lasted_s[lasted_s >= terms.effort_least_s - _SLACK]
    return len(lasted_s), round(float(lasted_s.max()), 3) if len(lasted_s) else 0.0
