"""The runs a runner typed and the runs a watch measured, each run once."""

from dataclasses import fields, replace
from datetime import timedelta

from hamstride.records import Run

_OVERLAP_FRAC = 0.8  # of the shorter; above it two recordings are of one run
_NEAR = timedelta(minutes=15)  # between starts, where a run has no duration

# The first is the strongest claim: file, then overlap, then nearness.
Claim = tuple[int, float, float]


def join(runs: tuple[Run, ...], measured: tuple[Run, ...]) -> tuple[Run, ...]:
    """Typed and measured runs by start, each run once whatever the order they came in.

    A typed run and a measured one are the same when the typed one names the measured one's
    file, when they overlap by over 80 % of the shorter, or, where one has no duration, when they
    start within 15 minutes. What was typed wins and what was measured fills the gaps. Each typed
    run takes at most one measured run, the best fit first; the other measured runs are added.
    """
    typed, watched = sorted(runs, key=_order), sorted(measured, key=_order)
    claims = sorted(
        (claim, t, m)
        for t, run in enumerate(typed)
        for m, other in enumerate(watched)
        if (claim := _claim(run, other)) is not None
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
    return tuple(sorted([*joined, *added], key=_order))


def _order(run: Run) -> tuple[float, str]:
    """By start; runs that start together by all they say, so that no input order shows."""
    return run.start.timestamp(), repr(run)


def _filled(typed: Run, measured: Run) -> Run:
    """The typed run, with the measured numbers where nothing was typed."""
    gaps = (f.name for f in fields(Run) if getattr(typed, f.name) is None)
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
