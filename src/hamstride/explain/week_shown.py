"""The week to come and the way ahead: each day, the phase with its gate, and a race."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from hamstride.explain.numbers import MONTHS, amount, full_day
from hamstride.explain.sessions import session_title
from hamstride.plan.ladder import NO_RUN_DAYS
from hamstride.plan.model import PlannedDay, RunPlan
from hamstride.protocols.library import Library
from hamstride.protocols.model import Ladder, Phase, Protocol

DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class DayShown:
    """One day of the week as it is told; `place` is where its run stands on the ladder."""

    on: date
    kind: str
    title: str
    minutes: int
    place: str
    exercises: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhaseShown:
    """The phase, what it is for, and the gate ahead in one line."""

    title: str
    goal: str
    gate: str


def week_shown(week: Iterable[PlannedDay], protocol: Protocol | None) -> tuple[DayShown, ...]:
    """The days of a week, each in a few words."""
    return tuple(
        DayShown(
            on=planned.on,
            kind=planned.session.kind,
            title=session_title(planned.session),
            minutes=planned.session.minutes,
            place=_place(planned.session.run, protocol),
            exercises=tuple(item.exercise.name for item in planned.session.items),
        )
        for planned in week
    )


def _place(run: RunPlan | None, protocol: Protocol | None) -> str:
    """Which rung of the ladder a run is; empty for a run that is none."""
    names = [] if protocol is None else [step.id for step in protocol.steps()]
    if run is None or run.step not in names:
        return ""
    return f"Step {run.step}, {names.index(run.step) + 1} of {len(names)} on the ladder"


def phase_shown(
    protocol: Protocol, phase: Phase, reasons: Sequence[Mapping[str, Any]], library: Library
) -> PhaseShown:
    """Where the runner is, and how much of the gate ahead is met.

    Parameters
    ----------
    reasons : sequence of mappings
        The reasons of the gate, as the answer of the day holds them.
    """
    asked = {criterion.id for criterion in phase.advance_when}
    verdicts = [each["verdict"] for each in reasons if each["criterion"] in asked]
    if not verdicts:
        gate = "No checks are set for leaving this phase."
    else:
        met = sum(verdict == "met" for verdict in verdicts)
        then = _next_title(protocol, phase, library)
        gate = f"The gate to “{then}”: {met} of {len(verdicts)} checks met."
    return PhaseShown(phase.title, phase.goal, gate)


def _next_title(protocol: Protocol, phase: Phase, library: Library) -> str:
    place = protocol.index(phase.id) + 1
    if place < len(protocol.phases):
        return protocol.phases[place].title
    return library.protocols[phase.leads_to].title if phase.leads_to else "what follows"


def pause_words(protocol: Protocol | None) -> str:
    """What a long pause from running does; empty where the plan has no ladder."""
    ladder = None if protocol is None else protocol.ladder
    if ladder is None or ladder.restart_after_days >= NO_RUN_DAYS:
        return ""
    days = amount(ladder.restart_after_days, "days")
    then = f"the ladder goes on from step {ladder.restart_at}"
    return f"After more than {days} without a run, {then}."


def race_words(
    race_on: date, week: Sequence[PlannedDay], protocol: Protocol | None, library: Library
) -> tuple[str, ...]:
    """The weeks that are left to a race, and the fewest that the ladder takes.

    Notes
    -----
    Arithmetic on the plan and no forecast: every run is taken to be clean, every gate to open at
    once, and only steps that are never left out are counted. Nothing is said of a race that is
    over, nor of the ladder where no run of it is ahead.
    """
    today = week[0].on
    if race_on < today:
        return ()
    day = f"{race_on.day} {MONTHS[race_on.month - 1]} {race_on.year}"
    weeks = (race_on - today).days // DAYS_A_WEEK
    left = amount(weeks, "weeks") if weeks else amount((race_on - today).days, "days")
    said = f"{left} left to {day}." if race_on > today else "It is today."
    ladder = "" if protocol is None else _ladder_words(week, protocol, library)
    return (said, ladder) if ladder else (said,)


def _ladder_words(week: Sequence[PlannedDay], protocol: Protocol, library: Library) -> str:
    ahead = [each for each in week if each.session.run is not None and each.session.run.step]
    steps, ladder = protocol.steps(), protocol.ladder
    names = [step.id for step in steps]
    run = ahead[0].session.run if ahead else None
    if run is None or ladder is None or run.step not in names:
        return ""
    after = [step for step in steps[names.index(run.step) + 1 :] if not step.filler]
    if not after:
        return f"The next run, on {full_day(ahead[0].on)}, is the last step of the ladder."
    runs = _fewest_runs(len(after), ladder)
    weeks = ceil(runs / _most_a_week(protocol, library))
    return (
        f"The next run, on {full_day(ahead[0].on)}, is step {run.step}. Up to the last step, "
        f"{after[-1].id}, the ladder takes {amount(runs, 'runs')} or more: "
        f"{amount(weeks, 'weeks')} at the very least."
    )


def _fewest_runs(climbs: int, ladder: Ladder) -> int:
    """Every step clean as often as is asked of it, and the last one once."""
    return climbs * min(ladder.clean_needed, ladder.clean_needed_after_recent) + 1


def _most_a_week(protocol: Protocol, library: Library) -> int:
    """The most runs that a phase with steps has in a week."""
    weeks = [phase.week or library.plan.week for phase in protocol.phases if phase.steps]
    return max(1, *(week.runs for week in weeks))
