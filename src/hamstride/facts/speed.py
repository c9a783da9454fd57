"""How fast a run was, against the runner's own top speed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, log
from statistics import NormalDist, median
from typing import Literal, TypeVar

import numpy as np

from hamstride.facts.segments import Samples
from hamstride.facts.signals import Signal
from hamstride.records import Measured, Speeds
from hamstride.vocabulary import SpeedTerms

N = TypeVar("N", int, float)

STEP_MPS = 0.1
"""How finely speeds are told apart: far finer than any watch measures them."""

_SLACK = 1e-6
_MOST = 1 - 1e-9  # a share of a distribution beyond which nothing is left to divide
_UNSURE = frozenset({"sparse", "load_in_seconds", "speed_by_distance"})


@dataclass(frozen=True, slots=True)
class Best:
    """The fastest 3 s and the fastest 5 km of one run; None where it cannot tell."""

    on: date
    best_3s_mps: float | None
    best_5k_mps: float | None = None
    sprinted: bool = False


@dataclass(frozen=True, slots=True)
class TopSpeed:
    """A runner's own top speed with its range, and how many runs it was taken from.

    `at_least`: nobody sprinted, so that the runner can do this or more. `high_mps` is None where
    nothing tells how much more.
    """

    mps: float
    low_mps: float
    high_mps: float | None
    at_least: bool
    runs: int
    on: date


@dataclass(frozen=True, slots=True)
class Exposure:
    """What of a run was fast for this runner: metres, seconds, efforts, the longest one."""

    fast_m: float
    fast_s: float
    sprint_m: float
    sprint_s: float
    fast_efforts: int
    sprints: int
    longest_fast_s: float


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


def best_of(measured: Measured | None, on: date, *, sprinted: bool = False) -> Best | None:
    """What a run says of a runner's top speed; None where its speeds are not to be trusted."""
    if measured is None or measured.quality in (None, "poor") or _UNSURE & {*measured.doubts}:
        return None
    return Best(on, measured.best_3s_mps, measured.best_5k_mps, sprinted)


def top_speed(bests: Iterable[Best], on: date, terms: SpeedTerms) -> TopSpeed | None:
    """A runner's own top speed on a day; None where no run of the days before tells it.

    Notes
    -----
    The median of the fastest 3 s of the three fastest runs. Where nobody sprinted that is only a
    lower bound: then top speed is taken to be 1.55 times that of the fastest 5 km, lognormal, and
    no less than the bound; the median of that is told with its range. Our own choice.
    """
    first = on - timedelta(days=terms.bests_of_days)
    lately = [best for best in bests if first <= best.on <= on and best.best_3s_mps]
    fastest = sorted(lately, key=lambda best: -(best.best_3s_mps or 0))[: int(terms.bests_taken)]
    if not fastest:
        return None
    seen = [best.best_3s_mps or 0.0 for best in fastest]
    seen_mps = median(seen)
    if any(best.sprinted for best in fastest):
        return TopSpeed(seen_mps, min(seen), max(seen), at_least=False, runs=len(seen), on=on)
    over_5k_mps = max((best.best_5k_mps or 0.0 for best in lately), default=0.0)
    if not over_5k_mps:
        return TopSpeed(seen_mps, seen_mps, None, at_least=True, runs=len(seen), on=on)
    usual = NormalDist(log(terms.top_over_5k * over_5k_mps), terms.top_over_5k_log_sd)
    below = min(usual.cdf(log(seen_mps)), _MOST)
    low, middle, high = (
        max(seen_mps, exp(usual.inv_cdf(min(below + share * (1 - below), _MOST))))
        for share in (terms.range_low_frac, 0.5, terms.range_high_frac)
    )
    return TopSpeed(middle, low, high, at_least=True, runs=len(seen), on=on)


def exposure(found: Speeds, top_mps: float, terms: SpeedTerms) -> Exposure:
    """What of a run was fast against a top speed.

    Notes
    -----
    A limit that falls between two tenths of a metre a second is taken down to the lower one, so
    that nothing fast is left out and metres, seconds and efforts are of the same running.
    """
    fast, sprint = (
        int(top_mps * pct / 100 / STEP_MPS + _SLACK) for pct in (terms.fast_pct, terms.sprint_pct)
    )
    return Exposure(
        fast_m=sum(found.metres[fast:]),
        fast_s=sum(found.seconds[fast:]),
        sprint_m=sum(found.metres[sprint:]),
        sprint_s=sum(found.seconds[sprint:]),
        fast_efforts=_at(found.efforts, fast),
        sprints=_at(found.efforts, sprint),
        longest_fast_s=_at(found.longest_s, fast),
    )


def _at(entries: tuple[N, ...], place: int) -> N | Literal[0]:
    """The entry at a place; 0 above all of them."""
    return entries[place] if place < len(entries) else 0
