"""The stretches of a run with what was measured in each, and its bursts: strides, sprints, hills.

A burst is found by itself, without knowing what is fast for the runner: a short effort that is
clearly faster, or steeper, than what comes before and after it.
"""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from hamstride.facts.segments import Samples, Stretch
from hamstride.facts.signals import Signal
from hamstride.records import Bout
from hamstride.vocabulary import FollowingTerms

_BEST_SAMPLES = 3  # about three seconds, as in the best speed of a run
_MOSTLY = 0.5

BLURRED = frozenset({"sparse", "speed_by_distance"})
"""Doubts by which short efforts are lost in a file, and the noise of places looks like them."""

Span = tuple[int, int]
"""First and last sample, the latter not counted."""


def bouts(stretches: Iterable[Stretch], signal: Signal) -> tuple[Bout, ...]:
    """The stretches with their distance, fastest 3 s and climb; None where it is not known."""
    return tuple(
        _bout(each, np.searchsorted(signal.time_s, (each.start_s, each.end_s)), signal)
        for each in stretches
    )


def _bout(stretch: Stretch, ends: NDArray[np.intp], signal: Signal) -> Bout:
    within = slice(int(ends[0]), int(ends[1]))
    speed_mps = signal.speed_mps[within]
    moved_m = speed_mps * signal.dt_s[within]
    known = np.isfinite(moved_m)
    if not known.any():
        return Bout(stretch.kind, stretch.start_s, stretch.end_s)
    climb_m = float((signal.grade[within] * moved_m)[known].sum()) if signal.has_grade else None
    return Bout(
        stretch.kind,
        stretch.start_s,
        stretch.end_s,
        distance_m=round(float(moved_m[known].sum()), 3),
        best_3s_mps=round(_best_mps(speed_mps[known]), 3),
        climb_m=None if climb_m is None else round(climb_m, 2),
    )


def _best_mps(speed_mps: Samples) -> float:
    size = min(_BEST_SAMPLES, len(speed_mps))
    return float(np.convolve(speed_mps, np.full(size, 1 / size), mode="valid").max())


def bursts(signal: Signal, terms: FollowingTerms) -> tuple[Bout, ...]:
    """The short efforts of a run that stand out from the running and walking around them.

    None where the samples are rare or the speed is worked out from places.

    Notes
    -----
    Our own definition. An effort begins and ends half way between its peak and the faster of
    the two valleys beside it. Uphill, speed counts for more, so that a slow climb stands out as
    well. Pauses, gaps and unknown speeds are valleys. A run has to be faster by a fifth than the
    easy running of the same file, where there is enough of that: a jog between two traffic
    lights is no burst.
    """
    if BLURRED & {*signal.quality.reasons}:
        return ()
    known = np.isfinite(signal.speed_mps) & (signal.dt_s > 0)
    felt_mps = np.where(known, signal.speed_mps, 0.0)
    felt_mps = felt_mps * (1 + terms.burst_uphill_share * np.maximum(signal.grade, 0.0))
    found = [
        (first, last)
        for first, last in _raised(felt_mps, terms.burst_rise_mps)
        if terms.burst_least_s <= signal.dt_s[first:last].sum() <= terms.burst_most_s
        and signal.running[first:last].mean() > _MOSTLY
    ]
    easy_mps = _easy_mps(signal, found, terms)
    from_mps = easy_mps * terms.burst_over_easy_pct / 100
    return bouts(
        (
            Stretch("run", float(signal.time_s[first]), _end_s(signal, last))
            for first, last in found
            if felt_mps[first:last].max() >= from_mps
        ),
        signal,
    )


def _end_s(signal: Signal, last: int) -> float:
    return float(signal.time_s[last - 1] + signal.dt_s[last - 1])


def _easy_mps(signal: Signal, found: Iterable[Span], terms: FollowingTerms) -> float:
    """The usual speed of the running outside some spans; 0 where there is too little of it."""
    other = signal.running & np.isfinite(signal.speed_mps)
    for first, last in found:
        other[first:last] = False
    if float(signal.dt_s[other].sum()) < terms.burst_easy_needs_s:
        return 0.0
    return float(np.median(signal.speed_mps[other]))


def _raised(values: Samples, rise: float) -> Iterator[Span]:
    """Where values stand out by a rise on both sides, from half height to half height."""
    turns = _turns(values, rise)
    for before, peak, after in zip(turns[::2], turns[1::2], turns[2::2], strict=False):
        left, right = max(before, 0), min(after, len(values))
        beside = max(_at(values, before), _at(values, after))
        high = values[left:right] >= (values[peak] + beside) / 2
        low_before = np.flatnonzero(~high[: peak - left])
        low_after = np.flatnonzero(~high[peak - left :])
        first = left + int(low_before[-1]) + 1 if len(low_before) else left
        last = peak + int(low_after[0]) if len(low_after) else right
        yield first, last


def _at(values: Samples, place: int) -> float:
    """A value; before the first and after the last one there is nothing."""
    return float(values[place]) if 0 <= place < len(values) else 0.0


def _turns(values: Samples, rise: float) -> list[int]:
    """Valleys and peaks in turn that differ by a rise, with a valley before all and after all.

    The values end with a valley: the last sample of a signal stands for no time.
    """
    slope = np.sign(np.diff(values, prepend=0.0, append=0.0))
    turns, rising, best = [-1], True, -1
    for place in np.flatnonzero(slope[1:] != slope[:-1]).tolist():
        value, extreme = _at(values, place), _at(values, best)
        if (value > extreme) is rising:
            best = place
        elif abs(value - extreme) >= rise:
            turns.append(best)
            rising, best = not rising, place
    return turns if rising else [*turns, len(values)]
