"""Which files hold the same run: one counts, the others are kept and do not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hamstride.readers.outcome import Outcome
from hamstride.readers.sports import family
from hamstride.records import Finding

_SAME_RUN_OVERLAP = 0.8
_SAME_START_S = 15 * 60
# A longer one has a broken clock somewhere, and would swallow every run within it.
_LONGEST_S = 7 * 86_400
_RICHEST_FIRST = ("fit", "tcx", "gpx")


@dataclass(frozen=True, slots=True)
class _Span:
    """When an activity was, in seconds since 1970; `rank` 0 is the richest file of all."""

    rank: int
    activity: int
    start_s: float
    length_s: float
    family: str | None

    @property
    def key(self) -> tuple[int, int]:
        return self.rank, self.activity

    @property
    def end_s(self) -> float:
        return self.start_s + self.length_s


def mark_duplicates(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The same outcomes in the same order, with copies marked as duplicates.

    Copies are files with the same bytes, and activities of one kind of sport that overlap by
    more than 80 % of the shorter (where one has no duration: that start within 15 minutes).
    The richest source counts: whole before in part, then FIT, TCX, GPX, then the one with more
    channels, then with more samples, then by name. Which counts does not depend on the order
    of the outcomes.

    Notes
    -----
    A file of several activities of which only some are copies keeps its status and the rest; a
    finding names the file that has the others.
    """
    marked = list(outcomes)
    ranked: list[int] = []
    first_with: dict[str, int] = {}
    holders = [index for index, outcome in enumerate(marked) if outcome.activities]
    for index in sorted(holders, key=lambda index: _richness(marked[index])):
        sha256 = marked[index].sha256
        if sha256 is not None and sha256 in first_with:
            marked[index] = _copy(marked[index], marked[first_with[sha256]].file)
            continue
        if sha256 is not None:
            first_with[sha256] = index
        ranked.append(index)
    found = list(_copies([marked[index] for index in ranked]))
    for copies, index in zip(found, ranked, strict=True):
        if copies:
            files = {activity: marked[ranked[other]].file for activity, other in copies.items()}
            marked[index] = _without(marked[index], files)
    return marked


def _richness(outcome: Outcome) -> tuple[object, ...]:
    """Sorts the richest first, and no two files alike."""
    return (
        outcome.status == "in_part",
        _RICHEST_FIRST.index(outcome.activities[0].format),
        -max(len(activity.channels) for activity in outcome.activities),
        -sum(activity.samples for activity in outcome.activities),
        outcome.file,
        outcome.sha256 or "",
    )


def _copies(ranked: list[Outcome]) -> Iterator[dict[int, int]]:
    """For each outcome, from the richest on: its activities that a richer one has too."""
    near = _near([span for rank, outcome in enumerate(ranked) for span in _spans(outcome, rank)])
    copies: set[tuple[int, int]] = set()
    for rank, outcome in enumerate(ranked):
        found: dict[int, int] = {}
        for activity in range(len(outcome.activities)):
            richer = [key for key in near.get((rank, activity), ()) if key[0] < rank]
            counting = [key for key in richer if key not in copies]
            if counting:
                found[activity] = min(counting)[0]
        copies.update((rank, activity) for activity in found)
        yield found


def _spans(outcome: Outcome, rank: int) -> Iterator[_Span]:
    for index, activity in enumerate(outcome.activities):
        if activity.start is not None:
            length_s = activity.duration_s or 0.0
            yield _Span(
                rank,
                index,
                activity.start.timestamp(),
                length_s if 0 < length_s <= _LONGEST_S else 0.0,
                family(activity.sport, activity.sub_sport),
            )


def _near(spans: list[_Span]) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """Which activities of other files are the same as each; swept in order of time."""
    near: dict[tuple[int, int], list[tuple[int, int]]] = {}
    open_spans: list[_Span] = []
    for span in sorted(spans, key=lambda span: (span.start_s, span.key)):
        open_spans = [
            other
            for other in open_spans
            if max(other.end_s, other.start_s + _SAME_START_S) >= span.start_s
        ]
        for other in open_spans:
            if _is_same(other, span):
                near.setdefault(span.key, []).append(other.key)
                near.setdefault(other.key, []).append(span.key)
        open_spans.append(span)
    return near


def _is_same(one: _Span, other: _Span) -> bool:
    if one.rank == other.rank:
        return False
    if one.family != other.family and one.family is not None and other.family is not None:
        return False
    shorter_s = min(one.length_s, other.length_s)
    if shorter_s == 0:
        return abs(one.start_s - other.start_s) <= _SAME_START_S
    overlap_s = min(one.end_s, other.end_s) - max(one.start_s, other.start_s)
    return overlap_s > _SAME_RUN_OVERLAP * shorter_s


def _copy(outcome: Outcome, same_as: str) -> Outcome:
    message = f"{outcome.file}: the same as {same_as}, which counts."
    return replace(outcome, status="duplicate", same_as=same_as, message=message)


def _without(outcome: Outcome, copies: dict[int, str]) -> Outcome:
    """The outcome without the activities that another file has."""
    if len(copies) == len(outcome.activities):
        return _copy(outcome, copies[0])
    said = Finding(
        "duplicate_activity",
        f"{len(copies)} of the {len(outcome.activities)} activities are counted from "
        f"{' and '.join(sorted(set(copies.values())))}.",
    )
    rest = [each for index, each in enumerate(outcome.activities) if index not in copies]
    return replace(outcome, activities=tuple(rest), findings=(*outcome.findings, said))
