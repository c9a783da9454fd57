"""Runs as days: the sums that jumps are judged by."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Literal

from hamstride.facts.log import run_day
from hamstride.facts.spikes import Day
from hamstride.records import Run

Counted = tuple[Run, float | None]
"""A run, and its metres that were fast for this runner; None where that is not known."""


def days_of(
    runs: Iterable[Counted], prescribed: Callable[[Run], bool] = lambda _: False
) -> tuple[Day, ...]:
    """The days with a run, oldest first.

    Notes
    -----
    Metres and minutes are what is known of a day. A load or fast metres that one of its runs
    cannot tell are not known for the day at all, and neither is a load that a fault of the
    watch may have made.
    """
    days: dict[date, list[Counted]] = {}
    for run, fast_m in runs:
        days.setdefault(run_day(run), []).append((run, fast_m))
    return tuple(_day(on, days[on], prescribed) for on in sorted(days))


def _day(on: date, counted: list[Counted], prescribed: Callable[[Run], bool]) -> Day:
    runs = [run for run, _ in counted]
    return Day(
        on,
        distance_m=_known([run.distance_m for run in runs]),
        duration_s=_known([run.duration_s for run in runs]),
        load_hlu=_whole([_load(run, "hlu") for run in runs]),
        load_low_hlu=_whole([_load(run, "low") for run in runs]),
        load_high_hlu=_whole([_load(run, "high") for run in runs]),
        ascent_m=_known([run.ascent_m for run in runs]),
        steep_s=_known([run.measured.steep_s if run.measured else None for run in runs]),
        fast_m=_whole([fast_m for _, fast_m in counted]),
        prescribed=all(prescribed(run) for run in runs),
    )


def _load(run: Run, name: Literal["hlu", "low", "high"]) -> float | None:
    found = run.measured
    if found is None or found.load is None or "load_in_seconds" in found.doubts:
        return None
    hlu: float = getattr(found.load, name)
    return hlu


def _known(values: list[float | None]) -> float | None:
    """The known ones together; None where none is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _whole(values: list[float | None]) -> float | None:
    """All together; None where one is not known."""
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
