"""The week of every decision case keeps its distances: between runs, and before fast running."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from cases_loading import decision_cases, load_decision_case
from hamstride.advise import Advice, advise
from hamstride.casefile import case_from
from hamstride.plan.model import PlannedDay
from hamstride.protocols.library import Library
from hamstride.protocols.loading import load

# protocols.md: B3.11 48 h between runs and 3 of them a week (S4-34); at most 4 exercises a day;
# B8 eccentrics not within 24 h and the full Nordic not within 48 h before a speed step; low hops
# from day 5 after the onset.
RUN_GAP_DAYS = 2
RUNS_IN_7_DAYS = 3
MOST_EXERCISES = 4
ECCENTRIC_GAP_DAYS = 1
NORDIC_GAP_DAYS = 2
SPEED_GAP_DAYS = 2
HOPS_FROM_DAY = 5
HOPS = {"low_hops_single_leg", "pogo_hops"}


@dataclass(frozen=True, slots=True)
class Planned:
    """The week of one case, with the days of its runs so far."""

    id: str
    advice: Advice
    started_on: date
    ran_on: tuple[date, ...]

    @property
    def week(self) -> tuple[PlannedDay, ...]:
        return self.advice.week

    @property
    def runs_on(self) -> list[date]:
        return [day.on for day in self.week if day.session.run]

    @property
    def speed_on(self) -> list[date]:
        return [d.on for d in self.week if d.session.run and d.session.run.effort_pct]

    def is_in(self, *phases: str) -> bool:
        protocol, phase = self.advice.protocol, self.advice.phase
        return bool(protocol and phase and f"{protocol.id}/{phase.id}" in phases)


@pytest.fixture(scope="module")
def library() -> Library:
    return load()


@pytest.fixture(scope="module")
def weeks(library: Library) -> list[Planned]:
    return list(_weeks(library))


def _weeks(library: Library) -> Iterator[Planned]:
    for file in decision_cases():
        told = load_decision_case(file)
        case = case_from(told.tables, file.name)
        days = {run.start.date() for run in case.runs if run.start.date() <= told.on}
        advice = advise(case, told.on, library)
        yield Planned(told.id, advice, case.episode.started_on, tuple(sorted(days)))


def _close(days: list[date], later: list[date], below: int) -> bool:
    return any(0 < (b - a).days < below for a in days for b in later)


def test_a_week_is_the_day_and_the_six_after_it(weeks: list[Planned]) -> None:
    wrong = [
        each.id
        for each in weeks
        if each.week
        and [day.on for day in each.week]
        != [each.advice.as_of + timedelta(days=ahead) for ahead in range(7)]
    ]

    assert not wrong


def test_a_day_that_rests_or_refers_has_no_run(weeks: list[Planned]) -> None:
    wrong = [
        each.id
        for each in weeks
        if each.advice.today.action.word in ("rest", "refer") and each.advice.as_of in each.runs_on
    ]

    assert not wrong


def test_walk_runs_are_two_days_apart_from_the_last_one_on(weeks: list[Planned]) -> None:
    wrong = [
        each.id
        for each in weeks
        if each.is_in("strain/return_to_running")
        and _close([*each.ran_on, *each.runs_on], each.runs_on, RUN_GAP_DAYS)
    ]

    assert not wrong


def test_seven_days_hold_three_walk_runs_at_most(weeks: list[Planned]) -> None:
    wrong = [
        (each.id, last)
        for each in weeks
        if each.is_in("strain/return_to_running", "strain/speed_and_hills")
        for last in each.runs_on
        if sum(0 <= (last - day).days < 7 for day in {*each.ran_on, *each.runs_on}) > RUNS_IN_7_DAYS
    ]

    assert not wrong


def test_speed_steps_are_two_days_apart(weeks: list[Planned]) -> None:
    wrong = [each.id for each in weeks if _close(each.speed_on, each.speed_on, SPEED_GAP_DAYS)]

    assert any(each.speed_on for each in weeks)
    assert not wrong


def test_no_eccentric_exercise_comes_the_day_before_a_speed_step(
    weeks: list[Planned],
) -> None:
    wrong = [
        (each.id, day.on, item.exercise.id)
        for each in weeks
        for day in each.week
        for item in day.session.items
        if "eccentric" in item.exercise.work
        and _close([day.on], each.speed_on, ECCENTRIC_GAP_DAYS + 1)
    ]

    assert not wrong


def test_no_full_nordic_comes_within_two_days_before_a_speed_step(weeks: list[Planned]) -> None:
    wrong = [
        (each.id, day.on)
        for each in weeks
        for day in each.week
        if any(item.exercise.id == "nordic_full" for item in day.session.items)
        and _close([day.on], each.speed_on, NORDIC_GAP_DAYS + 1)
    ]

    assert not wrong


def test_a_day_of_our_own_protocols_has_four_exercises_at_most(weeks: list[Planned]) -> None:
    wrong = [
        (each.id, day.on)
        for each in weeks
        if each.advice.protocol and each.advice.protocol.ours
        for day in each.week
        if len(day.session.items) > MOST_EXERCISES
    ]

    assert not wrong


def test_no_hops_are_planned_in_the_first_five_days(weeks: list[Planned]) -> None:
    wrong = [
        (each.id, day.on)
        for each in weeks
        for day in each.week
        if (day.on - each.started_on).days < HOPS_FROM_DAY
        and HOPS & {item.exercise.id for item in day.session.items}
    ]

    assert not wrong
