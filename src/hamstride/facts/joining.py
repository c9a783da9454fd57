"""The runs a runner typed and the runs a watch measured, each run once."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from datetime import timedelta
from itertools import groupby

from hamstride.records import Run

_OVERLAP_FRAC = 0.8  # of the shorter; above it two recordings are of one run
_NEAR = timedelta(minutes=15)  # between starts, where a run has no duration
_SLACK_S = 1.0  # a look around is wider than what it looks for, by more than times are rounded

_SAID = tuple(each.name for each in fields(Run))

# The first is the strongest claim: file, then overlap, then nearness.
Claim = tuple[int, float, float]


def join(runs: tuple[Run, ...], measured: tuple[Run, ...]) -> tuple[Run, ...]:
    """Typed and measured runs by start, each run once whatever the order they came in.

    A typed run and a measured one are the same when the typed one names the measured one's
    file, when they overlap by over 80 % of the shorter, or, where one has no duration, when they
    start within 15 minutes. What was typed wins and what was measured fills the gaps. Each typed
    run takes at most one measured run, the best fit first; the other measured runs are added.
    """
    typed, watched = _in_order(runs), _in_order(measured)
    claims = sorted(
        (claim, t, m)
        for t, m in _may_be_same(typed, watched)
        if (claim := _claim(typed[t], watched[m])) is not None
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, t, m in claims:
        if t not in partner and m not in taken:
            partner[t] = m
            taken.add(m)
    joined = [
        _filled(run, watched[partner[t]]) if t in partner else run for t, run in enumerate(typed)
    ]
    added = [run for m, run in enumerate(watched) if m not in taken]
    return tuple(_in_order([*joined, *added]))


def _in_order(runs: Iterable[Run]) -> list[Run]:
    """By start; runs that start together by all they say, so that no input order shows."""
    found: list[Run] = []
    for _, together in groupby(sorted(runs, key=_start_s), _start_s):
        same = list(together)
        # To write a run out takes a hundred times longer than to look at its start.
        found += same if len(same) == 1 else sorted(same, key=repr)
    return found


def _start_s(run: Run) -> float:
    return run.start.timestamp()


def _may_be_same(typed: Sequence[Run], watched: Sequence[Run]) -> Iterator[tuple[int, int]]:
    """The places of pairs that one name or about one time speaks for; each pair once.

    What this leaves out makes no claim: paths that end otherwise, and times too far apart to
    overlap or to be near.
    """
    starts_s = [_start_s(run) for run in watched]
    by_name: dict[str, list[int]] = {}
    for m, run in enumerate(watched):
        by_name.setdefault(_name(run), []).append(m)
    longest_s = max((run.duration_s or 0.0 for run in watched), default=0.0)
    near_s = _NEAR.total_seconds()
    for t, run in enumerate(typed):
        start_s = _start_s(run)
        first = bisect_left(starts_s, start_s - max(longest_s, near_s) - _SLACK_S)
        end = bisect_right(starts_s, start_s + max(run.duration_s or 0.0, near_s) + _SLACK_S)
        named = by_name.get(_name(run), ()) if run.file else ()
        yield from ((t, m) for m in sorted({*range(first, end), *named}))


def _name(run: Run) -> str:
    """The name of a run's file, without the folders; empty where it has none."""
    parts = _parts(run.file or "")
    return parts[-1] if parts else ""


def _filled(typed: Run, measured: Run) -> Run:
    """The typed run, with the measured numbers where nothing was typed."""
    gaps = (name for name in _SAID if getattr(typed, name) is None)
    return replace(typed, **{name: getattr(measured, name) for name in gaps})


def _claim(typed: Run, measured: Run) -> Claim | None:
    """How well two runs fit, smallest first; None when they are two runs."""
    apart_s = abs((typed.start - measured.start).total_seconds())
    shared_parts = _shared_parts(typed.file, measured.file)
    overlap = _overlap(typed, measured)
    if shared_parts:
        return -shared_parts, -(overlap[1] if overlap else 0.0), apart_s
    if overlap is None:
        return (1, 0.0, apart_s) if apart_s <= _NEAR.total_seconds() else None
    of_shorter, of_both = overlap
    return (0, -of_both, apart_s) if of_shorter > _OVERLAP_FRAC else None


def _overlap(one: Run, other: Run) -> tuple[float, float] | None:
    """Shared time as a share of the shorter run and of both together; None without durations."""
    if not one.duration_s or not other.duration_s:
        return None
    begin_s = (other.start - one.start).total_seconds()
    shared_s = max(0.0, min(one.duration_s, begin_s + other.duration_s) - max(0.0, begin_s))
    shorter_s = min(one.duration_s, other.duration_s)
    return shared_s / shorter_s, shared_s / (one.duration_s + other.duration_s - shared_s)


def _shared_parts(typed: str | None, measured: str | None) -> int:
    """Parts in which two paths agree, from the file name back, when one is the end of the other."""
    if typed is None or measured is None:
        return 0
    one, other = _parts(typed), _parts(measured)
    count = min(len(one), len(other))
    return count if count and one[-count:] == other[-count:] else 0


def _parts(path: str) -> list[str]:
    """Folders and file name; where the path starts from and a gzip layer do not tell runs apart."""
    parts = path.replace("\\", "/").removesuffix(".gz").split("/")
    return [part for part in parts if part not in {"", ".", ".."}]
