"""The way back, as it is looked back on: before the injury against now, and the milestones."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from hamstride.facts.counted import holds
from hamstride.facts.log import Log, days_before, run_day
from hamstride.facts.weeks import length_s, most, total
from hamstride.records import Run
from hamstride.vocabulary import Condition, Verdict

DAYS_PER_WEEK = 7
LONG = "longest_continuous_min"
"""The field of a run by which the library declares what a long run without a walk break is."""

MilestoneKind = Literal[
    "pain_free_walk", "first_run", "first_pain_free_run", "first_long_run", "phase"
]


@dataclass(frozen=True, slots=True)
class Span:
    """The running of some weeks; None where there was none, or none could tell."""

    first: date
    last: date
    longest_m: float | None
    longest_s: float | None
    week_m: float | None
    best_mps: float | None


@dataclass(frozen=True, slots=True)
class Comeback:
    """The weeks before the injury beside those up to a day; both are equally long."""

    before: Span
    now: Span


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something that was reached, and when; `value` is the phase entered, or the minutes run."""

    on: date
    kind: MilestoneKind
    value: str | float | None = None


def comeback(log: Log, day: date) -> Comeback:
    """The running before the injury against the running up to a day.

    Notes
    -----
    As many weeks on either side as tell what is usual before an onset; `week_m` is the mean of
    them. The day of the onset itself belongs to neither: its run was cut short. Now begins no
    earlier than the day after it.
    """
    onset = log.case.episode.started_on
    weeks = log.declared.symptoms.usual_weeks
    days = DAYS_PER_WEEK * weeks - 1
    before = _span(log, days_before(onset, days + 1), days_before(onset, 1), weeks)
    first = max(days_before(day, days), onset + timedelta(days=1))
    return Comeback(before, _span(log, first, day, weeks))


def share_pct(before: float | None, now: float | None) -> int | None:
    """What there is now in percent of before, rounded down; None where either is not known."""
    return None if not before or now is None else int(100 * now / before + 1e-9)


def _span(log: Log, first: date, last: date, weeks: int) -> Span:
    runs = log.runs_in(first, last)
    run_m = total([run.distance_m for run in runs])
    return Span(
        first=first,
        last=last,
        longest_m=most([run.distance_m for run in runs]) or None,
        longest_s=most([length_s(run) for run in runs]) or None,
        week_m=run_m / weeks if run_m else None,
        best_mps=most([run.best_speed_mps for run in runs]) or None,
    )


def milestones(log: Log, day: date) -> tuple[Milestone, ...]:
    """What was reached in this episode up to a day, oldest first."""
    found = [each for each in _reached(log) if each.on <= day]
    return tuple(sorted(found, key=lambda each: each.on))


def _reached(log: Log) -> Iterator[Milestone]:
    walked = _walked_free(log)
    if walked is not None:
        yield Milestone(walked, "pain_free_walk")
    since = log.runs_in(log.case.episode.started_on + timedelta(days=1), date.max)
    yield from _first(since, "first_run", lambda _: True)
    yield from _first(since, "first_pain_free_run", lambda run: run.pain_during == 0)
    long = long_run(log)
    if long is not None:
        is_long = (long,)
        yield from _first(
            since,
            "first_long_run",
            lambda run: holds(log, "runs", run, is_long) is Verdict.MET,
            float(long.constant),
        )
    for entry in log.case.phases:
        yield Milestone(entry.on, "phase", entry.id)


def long_run(log: Log) -> Condition | None:
    """What the library calls a long run without a walk break, in minutes; None if it says none."""
    said = (
        condition
        for count in log.declared.counts.values()
        if count.table == "runs"
        for condition in count.conditions
        if condition.field == LONG
    )
    return next(said, None)


def _walked_free(log: Log) -> date | None:
    """The first morning on which walking did not hurt, else what the episode says of it."""
    episode = log.case.episode
    quiet = [
        on
        for on, row in sorted(log.check_ins.items())
        if on > episode.started_on and row.pain_walking == 0
    ]
    if quiet:
        return quiet[0]
    days = episode.days_to_pain_free_walk
    return None if days is None else episode.started_on + timedelta(days=days)


def _first(
    runs: tuple[Run, ...],
    kind: MilestoneKind,
    is_it: Callable[[Run], bool],
    value: float | None = None,
) -> Iterator[Milestone]:
    first = next((run for run in runs if is_it(run)), None)
    if first is not None:
        yield Milestone(run_day(first), kind, value)
