"""What of a run was fast for this runner: against her own top speed, and band by band."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeVar

from hamstride.facts.top_speed import TopSpeed, band_of, best_of
from hamstride.records import Measured, Speeds
from hamstride.vocabulary import SpeedTerms

N = TypeVar("N", int, float)


@dataclass(frozen=True, slots=True)
class Band:
    """How far and how long a run was at some shares of top speed; `to_pct` None is all above."""

    from_pct: float
    to_pct: float | None
    metres: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Exposure:
    """What of a run was fast for this runner: metres, seconds, efforts, the longest one.

    `bands` hold all of its running, slowest first.
    """

    fast_m: float
    fast_s: float
    sprint_m: float
    sprint_s: float
    fast_efforts: int
    sprints: int
    longest_fast_s: float
    bands: tuple[Band, ...] = ()


def exposure_to(
    top: TopSpeed | None, measured: Measured | None, terms: SpeedTerms
) -> Exposure | None:
    """What of a run was fast; None without a top speed with a range, or speeds to trust.

    A lower bound with nothing above it would make every jog a sprint.
    """
    if top is None or top.high_mps is None:
        return None
    if measured is None or best_of(measured, top.on) is None:
        return None
    return exposure(measured.speeds, top.mps, terms)


def exposure(found: Speeds, top_mps: float, terms: SpeedTerms) -> Exposure:
    """What of a run was fast against a top speed.

    Notes
    -----
    A limit that falls between two tenths of a metre a second is taken down to the lower one, so
    that nothing fast is left out and metres, seconds and efforts are of the same running. The
    limits of the bands are taken in the same way.
    """
    fast, sprint = (_place(found, top_mps, pct) for pct in (terms.fast_pct, terms.sprint_pct))
    return Exposure(
        fast_m=sum(found.metres[fast:]),
        fast_s=sum(found.seconds[fast:]),
        sprint_m=sum(found.metres[sprint:]),
        sprint_s=sum(found.seconds[sprint:]),
        fast_efforts=_at(found.efforts, fast),
        sprints=_at(found.efforts, sprint),
        longest_fast_s=_at(found.longest_s, fast),
        bands=_bands(found, top_mps, terms),
    )


def _bands(found: Speeds, top_mps: float, terms: SpeedTerms) -> tuple[Band, ...]:
    starts = [0.0, *_limits_pct(terms)]
    ends = [*starts[1:], None]
    places = [*(_place(found, top_mps, pct) for pct in starts), None]
    return tuple(
        Band(start, end, sum(found.metres[first:last]), sum(found.seconds[first:last]))
        for start, end, (first, last) in zip(starts, ends, pairwise(places), strict=True)
    )


def _limits_pct(terms: SpeedTerms) -> Iterator[float]:
    """Where one band ends and the next begins, slowest first."""
    pct = terms.band_first_pct
    while pct < terms.band_last_pct:
        yield pct
        pct += terms.band_width_pct
    yield terms.band_last_pct


def _place(found: Speeds, top_mps: float, pct: float) -> int:
    return band_of(top_mps * pct / 100, found)


def _at(entries: tuple[N, ...], place: int) -> N | Literal[0]:
    """The entry at a place; 0 above all of them."""
    return entries[place] if place < len(entries) else 0
