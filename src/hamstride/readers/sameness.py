"""When two files hold the same run, and which of them tells more: on plain values.

Whoever keeps runs asks the same of what is stored, where there are no activities at hand.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from hamstride.readers.outcome import Outcome

SAME_START_S = 15 * 60
"""Starts no further apart than this are of one run, where one has no duration."""

LONGEST_S = 7 * 86_400
"""A longer one has a broken clock somewhere, and would swallow every run within it."""

_SAME_RUN_OVERLAP = 0.8
_RICHEST_FIRST = ("fit", "tcx", "gpx")

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Span:
    """When an activity was, in seconds since 1970, and its kind of sport; 0 s where not known."""

    start_s: float
    length_s: float
    family: str | None

    @property
    def end_s(self) -> float:
        """When it ended."""
        return self.start_s + self.length_s


def span(start_s: float, duration_s: float | None, family: str | None) -> Span:
    """A span; a duration that cannot be true counts as not known."""
    length_s = duration_s or 0.0
    return Span(start_s, length_s if 0 < length_s <= LONGEST_S else 0.0, family)


def is_same(one: Span, other: Span) -> bool:
    """Whether two recordings are of one run: they overlap by over 80 % of the shorter."""
    if one.family != other.family and one.family is not None and other.family is not None:
        return False
    shorter_s = min(one.length_s, other.length_s)
    if shorter_s == 0:
        return abs(one.start_s - other.start_s) <= SAME_START_S
    overlap_s = min(one.end_s, other.end_s) - max(one.start_s, other.start_s)
    return overlap_s > _SAME_RUN_OVERLAP * shorter_s


@dataclass(frozen=True, slots=True)
class Richness:
    """How much a file tells."""

    whole: bool
    format: str
    channels: int
    samples: int
    file: str
    sha256: str

    @property
    def key(self) -> tuple[bool, int, int, int, str, str]:
        """Sorts the richest first, and no two alike: whole before in part, FIT, TCX, GPX."""
        rank = _RICHEST_FIRST.index(self.format)
        return not self.whole, rank, -self.channels, -self.samples, self.file, self.sha256


def richness(outcome: Outcome) -> Richness:
    """How much a file tells that holds an activity."""
    return Richness(
        whole=outcome.status != "in_part",
        format=outcome.activities[0].format,
        channels=max(len(activity.channels) for activity in outcome.activities),
        samples=sum(activity.samples for activity in outcome.activities),
        file=outcome.file,
        sha256=outcome.sha256 or "",
    )


def elected(ranked: Iterable[K], near: Mapping[K, Collection[K]]) -> dict[K, K]:
    """For each that does not count, the one that counts in its stead.

    Parameters
    ----------
    ranked
        All of them, the richest first.
    near
        Those that are the same as each. Being the same does not carry over: with A like B and
        B like C, but not A like C, both A and C count where A is richer than B.
    """
    rank = {key: place for place, key in enumerate(ranked)}
    stead: dict[K, K] = {}
    for key, place in rank.items():
        counting = [
            other for other in near.get(key, ()) if rank[other] < place and other not in stead
        ]
        if counting:
            stead[key] = min(counting, key=rank.__getitem__)
    return stead
