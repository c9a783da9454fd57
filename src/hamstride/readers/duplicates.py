"""Which files hold the same run: one counts, the others are kept and do not."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hamstride.readers.outcome import Outcome
from hamstride.readers.sameness import SAME_START_S, Span, elected, is_same, richness, span
from hamstride.readers.sports import family
from hamstride.records import Finding

Key = tuple[int, int]
"""The rank of a file, 0 the richest of all, and the place of an activity in it."""


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
    for index in sorted(holders, key=lambda index: richness(marked[index]).key):
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


def _copies(ranked: list[Outcome]) -> Iterator[dict[int, int]]:
    """For each outcome, from the richest on: its activities that a richer one has too."""
    spans = [each for rank, outcome in enumerate(ranked) for each in _spans(outcome, rank)]
    stead = elected(sorted(key for key, _ in spans), _near(spans))
    for rank, outcome in enumerate(ranked):
        keys = [(rank, activity) for activity in range(len(outcome.activities))]
        yield {key[1]: stead[key][0] for key in keys if key in stead}


def _spans(outcome: Outcome, rank: int) -> Iterator[tuple[Key, Span]]:
    for index, activity in enumerate(outcome.activities):
        if activity.start is not None:
            sport = family(activity.sport, activity.sub_sport)
            start_s = activity.start.timestamp()
            yield (rank, index), span(start_s, activity.duration_s, sport)


def _near(spans: list[tuple[Key, Span]]) -> dict[Key, list[Key]]:
    """Which activities of other files are the same as each; swept in order of time."""
    near: dict[Key, list[Key]] = {}
    open_spans: list[tuple[Key, Span]] = []
    for key, now in sorted(spans, key=lambda each: (each[1].start_s, each[0])):
        open_spans = [
            (other, before)
            for other, before in open_spans
            if max(before.end_s, before.start_s + SAME_START_S) >= now.start_s
        ]
        for other, before in open_spans:
            if other[0] != key[0] and is_same(before, now):
                near.setdefault(key, []).append(other)
                near.setdefault(other, []).append(key)
        open_spans.append((key, now))
    return near


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
