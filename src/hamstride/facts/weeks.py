"""Weeks of an injury, as they are looked back on: mornings, running, and the longest run."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from hamstride.facts.log import Log, days_before
from hamstride.records import Run

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """A week from its Monday, as far as its days are looked at.

    `pain_nrs` is the median of the mornings that were answered, None without one. Of running,
    None says that there were runs and none could tell; without a run it is 0.
    """

    first: date
    pain_nrs: float | None
    mornings: int
    runs: int
    running_s: float | None
    longest_s: float | None
    longest_m: float | None


def weeks(log: Log, first: date, last: date) -> tuple[Week, ...]:
    """The weeks that hold `first` to `last`, oldest first.

    Notes
    -----
    Whole from the Monday of the first, up to and with `last`.
    """
    monday = first - timedelta(days=first.weekday())
    found = []
    while monday <= last:
        found.append(_week(log, monday, min(monday + _WEEK - timedelta(days=1), last)))
        monday += _WEEK
    return tuple(found)


def _week(log: Log, first: date, last: date) -> Week:
    days = [days_before(last, back) for back in range((last - first).days + 1)]
    pains = [pain for on in days if (pain := log.pain_morning(on)) is not None]
    runs = log.runs_in(first, last)
    lengths = [length_s(run) for run in runs]
    return Week(
        first=first,
        pain_nrs=float(median(pains)) if pains else None,
        mornings=len(pains),
        runs=len(runs),
        running_s=total(lengths),
        longest_s=most(lengths),
        longest_m=most([run.distance_m for run in runs]),
    )


def length_s(run: Run) -> float | None:
    """How long was run: the running that was found, else how long it lasted as a whole."""
    return run.duration_s if run.running_s is None else run.running_s


def total(values: Sequence[float | None]) -> float | None:
    """The known values together: 0 without a value at all, None where none is known."""
    known = _known(values)
    return sum(known) if known or not values else None


def most(values: Sequence[float | None]) -> float | None:
    """The greatest known value: 0 without a value at all, None where none is known."""
    known = _known(values)
    return max(known) if known else None if values else 0


def _known(values: Iterable[float | None]) -> list[float]:
    return [value for value in values if value is not None]
