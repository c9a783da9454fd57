"""Where a runner ran, walked and stood: the stretches of one activity."""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from hamstride.facts.gaits_by_speed import runs_by_speed
from hamstride.vocabulary import RunTerms

Samples = NDArray[np.float64]
Gait = Literal["run", "walk", "stand"]
Span = tuple[float, float]

MOVING_MPS = 0.5
"""Slower than this is standing: a watch at rest drifts by about as much."""

GAP_S = 10.0
"""A sample speaks for this long at most; what follows it is a gap in the recording."""

_SLACK_S = 1e-6  # sums of decimal seconds miss a whole second by less than this
_STAND, _WALK, _RUN, _UNKNOWN = 0, 1, 2, -1
_GAITS: tuple[Gait, ...] = ("stand", "walk", "run")


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch of running, walking or standing, in seconds from the start of the activity."""

    kind: Gait
    start_s: float
    end_s: float

    @property
    def duration_s(self) -> float:
        """How long it lasted."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """The time between samples, cut where the timer stopped or started.

    Piece i lasts from `edges_s[i]` to `edges_s[i + 1]`. It has the values of sample `sample[i]`,
    the last one before it, unless the timer stood still or nothing was recorded (`idle`).
    """

    edges_s: Samples
    sample: NDArray[np.intp]
    idle: NDArray[np.bool_]

    @property
    def lengths_s(self) -> Samples:
        """How long each piece lasts."""
        return np.diff(self.edges_s)


def pieces(time_s: Samples, pauses: Sequence[Span] = ()) -> Pieces:
    """The time between samples in pieces that one sample speaks for.

    Parameters
    ----------
    time_s : (n,) array
        Times of the samples, rising, without NaN.
    pauses : spans
        From and until when the timer stood still; they may overlap or lie outside.
    """
    gap = np.diff(time_s) > GAP_S + _SLACK_S
    if not pauses:
        return Pieces(time_s, np.arange(len(gap)), gap)
    edges = np.union1d(time_s, np.clip(np.ravel(pauses), time_s[0], time_s[-1]))
    sample = np.searchsorted(time_s, edges[:-1], side="right") - 1
    idle = gap[sample]
    for start_s, end_s in pauses:
        idle |= (edges[:-1] >= start_s) & (edges[1:] <= end_s)
    return Pieces(edges, sample, idle)


def stretches(
    time_s: Samples,
    speed_mps: Samples | None,
    cadence_spm: Samples | None,
    terms: RunTerms,
    pauses: Sequence[Span] = (),
) -> tuple[Stretch, ...]:
    """Where the runner ran, walked and stood, from the first sample to the last.

    Parameters
    ----------
    time_s : (n,) array
        Times of the samples, rising, without NaN. They may lie any distance apart.
    speed_mps, cadence_spm : (n,) array or None
        NaN where it was not measured.
    terms : RunTerms
        What counts as running, and the shortest change that counts.
    pauses : spans
        From and until when the timer stood still.

    Returns
    -------
    tuple of Stretch
        They follow each other without a hole. Empty where neither speed nor cadence is known.

    Notes
    -----
    Our own definition. Cadence decides, and speed where it is missing; a cadence of 0 at running
    speed is a sensor that lost the foot, so speed decides there too. Without any cadence the
    noise of a slow jog may reach down to a walk: see `gaits_by_speed`. A sample counts until the
    next one. Pauses of the timer and gaps in the recording are standing: elapsed time counts,
    because auto-pause hides walk recoveries. The shortest change is taken back first, so that
    single bad samples cannot add up to a change.
    """
    if len(time_s) < 2:
        return ()
    speed, cadence = _or_missing(speed_mps, time_s), _or_missing(cadence_spm, time_s)
    fast = speed >= terms.running_mps
    if not np.any(cadence > 0):
        fast = runs_by_speed(time_s, speed, terms)
    gaits = _gaits(speed, cadence, fast, terms)
    if np.all(gaits == _UNKNOWN):
        return ()
    cut = pieces(time_s, pauses)
    codes = _carried_on(gaits, time_s)[cut.sample]
    codes[cut.idle] = _STAND
    edges, runs = _settled(codes == _RUN, cut.edges_s, terms.ignore_change_s)
    found: list[Stretch] = []
    for start_s, end_s, ran in zip(edges[:-1], edges[1:], runs, strict=True):
        if ran:
            found.append(Stretch("run", start_s, end_s))
        else:
            found.extend(_without_running(codes, cut.edges_s, (start_s, end_s), terms))
    return tuple(found)


def without_walk_break(found: Iterable[Stretch], walk_break_s: float) -> tuple[Span, ...]:
    """The stretches of running, each from its start to its end, that no walk break divides.

    Walking or standing for `walk_break_s` or longer is a walk break. Shorter ones belong to the
    stretch, as a traffic light belongs to a half-hour run.
    """
    joined: list[Span] = []
    for stretch in found:
        if stretch.kind != "run":
            continue
        if joined and stretch.start_s - joined[-1][1] < walk_break_s - _SLACK_S:
            joined[-1] = (joined[-1][0], stretch.end_s)
        else:
            joined.append((stretch.start_s, stretch.end_s))
    return tuple(joined)


def _or_missing(values: Samples | None, time_s: Samples) -> Samples:
    return np.full(len(time_s), np.nan) if values is None else values


def _gaits(
    speed_mps: Samples, cadence_spm: Samples, fast: NDArray[np.bool_], terms: RunTerms
) -> NDArray[np.int8]:
    """Stand, walk, run or unknown at each sample. Comparisons with NaN are false, as wanted."""
    stepping = (cadence_spm > 0) | ((cadence_spm == 0) & ~fast)
    known = stepping | np.isfinite(speed_mps)
    runs = np.where(stepping, cadence_spm >= terms.running_spm, fast)
    walks = np.where(np.isfinite(speed_mps), speed_mps >= MOVING_MPS, cadence_spm > 0)
    gaits = np.where(runs, _RUN, np.where(walks, _WALK, _STAND))
    return np.where(known, gaits, _UNKNOWN).astype(np.int8)


def _carried_on(gaits: NDArray[np.int8], time_s: Samples) -> NDArray[np.int8]:
    """The last known gait where there is none, for as long as a sample speaks; then standing."""
    known = gaits != _UNKNOWN
    if known.all():
        return gaits.copy()
    last = np.maximum.accumulate(np.where(known, np.arange(len(gaits)), -1))
    fresh = (last >= 0) & (time_s - time_s[last] < GAP_S)
    return np.where(fresh, gaits[last], _STAND).astype(np.int8)


def _without_running(
    codes: NDArray[np.int8], edges_s: Samples, span: Span, terms: RunTerms
) -> Iterator[Stretch]:
    """Walking and standing in a span that is no running; a short burst of running is walking."""
    first, last = np.searchsorted(edges_s, span)
    edges, moves = _settled(
        codes[first:last] != _STAND, edges_s[first : last + 1], terms.ignore_change_s
    )
    for start_s, end_s, moved in zip(edges[:-1], edges[1:], moves, strict=True):
        yield Stretch(_GAITS[_WALK if moved else _STAND], start_s, end_s)


def _settled(
    yes: NDArray[np.bool_], edges_s: Samples, ignore_s: float
) -> tuple[list[float], list[bool]]:
    """Edges and values after changes shorter than `ignore_s` were taken back, shortest first."""
    turns = np.concatenate(([0], np.flatnonzero(yes[1:] != yes[:-1]) + 1))
    edges: list[float] = [*edges_s[turns].tolist(), float(edges_s[-1])]
    values: list[bool] = yes[turns].tolist()
    kept = _kept(np.diff(edges).tolist(), ignore_s - _SLACK_S)
    return [*(edges[begin] for begin, _ in kept), edges[-1]], [values[root] for _, root in kept]


def _kept(lengths_s: list[float], ignore_s: float) -> list[tuple[int, int]]:
    """What is left of alternating stretches: where each begins, and which one it grew from.

    The shortest too short one goes over to its neighbours, which then are one, until none is too
    short or only one is left.
    """
    n = len(lengths_s)
    begin = list(range(n))
    before = list(range(-1, n - 1))
    after = list(range(1, n + 1))
    length = list(lengths_s)
    queue = [(seconds, i) for i, seconds in enumerate(length) if seconds < ignore_s]
    heapq.heapify(queue)
    while queue:
        seconds, i = heapq.heappop(queue)
        if length[i] != seconds:
            continue  # it has grown, or gone over, since it was put in the queue
        left, right = before[i], after[i]
        if left < 0 and right == n:
            break
        root = left if left >= 0 else right
        gone = (i, right) if left >= 0 and right < n else (i,)
        length[root] += sum(length[j] for j in gone)
        if left < 0:
            begin[root], before[root] = begin[i], -1
        else:
            after[root] = after[gone[-1]]
            if after[root] < n:
                before[after[root]] = root
        for j in gone:
            length[j] = -1.0
        if length[root] < ignore_s:
            heapq.heappush(queue, (length[root], root))
    return [(begin[i], i) for i in range(n) if length[i] >= 0]
