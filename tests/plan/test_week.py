"""Seven days: runs with their gaps, hamstring days, lighter days and rest."""

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from hamstride.decisions.judge import Action
from hamstride.plan.amounts import item
from hamstride.plan.ladder import easy_run
from hamstride.plan.model import Basis, PlannedDay
from hamstride.plan.week import estimated_min, week
from hamstride.protocols.loading import load
from hamstride.vocabulary import Done, ExerciseDone
from made_up_plans import ON, basis, day, dose, on, ran, reason

# 25 November 2026 is a Wednesday.
TRUNK = ("dead_bug", "side_plank")
RETURN, SPEED, STRENGTH = "strain/return_to_running", "strain/speed_and_hills", "strain/strength"


def _runs(plan: tuple[PlannedDay, ...]) -> list[int]:
    """The days ahead on which there is a run."""
    return [ahead for ahead, planned in enumerate(plan) if planned.session.run]


def _kinds(plan: tuple[PlannedDay, ...]) -> list[str]:
    return [planned.session.kind for planned in plan]


def test_a_week_is_today_and_the_six_days_after_it() -> None:
    assert [planned.on for planned in week(basis(RETURN))] == [on(ahead) for ahead in range(7)]


# Runs


def test_three_runs_a_week_stand_two_days_apart() -> None:
    assert _runs(week(basis(RETURN))) == [0, 2, 4]


@pytest.mark.parametrize(
    ("ran_on", "ahead"),
    [
        ([], [0, 2, 4]),
        ([-1], [1, 3, 6]),  # the day after a run has none, and yesterday's counts for this week
        ([-2], [0, 2, 5]),
        ([-4, -2], [0, 3, 5]),
        ([-3, -3], [0, 2, 4]),  # two on one day are one
    ],
)
def test_runs_of_the_days_before_count(ran_on: list[int], ahead: list[int]) -> None:
    done = Done(run_days=tuple(on(each) for each in ran_on))

    found = _runs(week(basis(RETURN, done=done)))

    assert found == ahead
    days = [*set(ran_on), *found]
    assert all(sum(0 <= last - each < 7 for each in days) <= 3 for last in found)


def test_a_phase_without_running_has_no_run_even_where_no_week_is_given() -> None:
    plan = basis(STRENGTH)
    phase = plan.standing.phase.model_copy(update={"week": None})

    found = week(replace(plan, standing=replace(plan.standing, phase=phase)))

    assert _runs(found) == []
    assert "strength" in _kinds(found)


def test_speed_sessions_stand_three_days_apart_with_easy_runs_between() -> None:
    # With the run of two days ago, days 0 and 2 make three in a week; the next is on day 5.
    plan = week(basis(SPEED, done=ran("R13")))

    runs = {ahead: plan[ahead].session.run for ahead in _runs(plan)}
    fast = [ahead for ahead, run in runs.items() if run and run.effort_pct]
    assert fast == [0, 5]
    assert [run.change for run in runs.values() if run and not run.effort_pct] == ["after_speed"]


# Days that hold nothing


def test_a_day_that_rests_has_no_run_and_the_days_after_it_may() -> None:
    today = day(Action.REST, reason(phase=True))

    assert _runs(week(basis(RETURN, today=today))) == [1, 3, 5]


def test_after_a_rest_for_pain_the_next_run_waits_for_the_gap() -> None:
    today = day(Action.REST, reason(pain=True))

    plan = week(basis(RETURN, today=today))

    assert plan[0].session.kind == "rest"
    assert plan[0].session.items == ()
    assert _runs(plan) == [2, 4, 6]


def test_a_day_that_asks_holds_nothing_until_it_is_answered() -> None:
    plan = week(basis(RETURN, today=day(Action.REST, asks=("check_ins.limp",))))

    assert plan[0].session.kind == "rest"
    assert _runs(plan) == [1, 3, 5]


@pytest.mark.parametrize(
    "today", [day(Action.REFER, reason(urgency="urgent")), day(Action.REST, reason(ask=True))]
)
def test_while_a_flag_is_open_or_not_asked_about_nothing_is_planned(today: Any) -> None:
    assert _kinds(week(basis(RETURN, today=today))) == ["rest"] * 7


def test_only_free_days_hold_anything() -> None:
    plan = week(basis(RETURN, free_days=("thu", "sun")))

    assert _runs(plan) == [1, 4]
    assert [ahead for ahead, kind in enumerate(_kinds(plan)) if kind != "rest"] == [1, 4]


# Strength and lighter days


def test_hamstring_days_have_a_day_between_them_and_lighter_days_fill_it() -> None:
    plan = week(basis(STRENGTH))

    assert _kinds(plan) == [
        "strength", "mobility", "strength", "mobility", "strength", "mobility", "rest",
    ]  # fmt: skip


def test_gentle_holds_of_every_day_may_follow_each_other() -> None:
    # tendon, stage 1: isometric holds on seven days a week.
    plan = week(basis("tendon/isometric"))

    assert all(
        any(each.dose.group == "hamstring" for each in planned.session.items) for planned in plan
    )


@pytest.mark.parametrize(("ago", "kind"), [(1, "mobility"), (2, "strength")])
def test_the_strength_of_yesterday_counts(ago: int, kind: str) -> None:
    plan = week(basis(STRENGTH, done=Done(strength_days=(on(-ago),))))

    assert plan[0].session.kind == kind


def test_no_day_has_more_than_four_exercises_and_what_was_not_done_for_longest_comes_first() -> (
    None
):
    plan = week(basis(STRENGTH))

    chosen = [
        {each.exercise.id for each in planned.session.items}
        for planned in plan
        if planned.session.kind == "strength"
    ]
    assert max(map(len, chosen)) <= 4
    # The phase has five exercises for the hamstrings, two a day: the third day ends the round.
    hamstring = {each.exercise for each in basis(STRENGTH).standing.phase.doses
                 if each.group == "hamstring"}  # fmt: skip
    assert hamstring <= set().union(*chosen)


@pytest.mark.parametrize(("since", "offered"), [(0, []), (1, [4]), (3, [2, 4]), (5, [0, 2])])
def test_an_exercise_is_offered_from_its_day_after_the_onset(
    since: int, offered: list[int]
) -> None:
    # Hops from the fifth day (protocols.md, doses), on the strength days 0, 2 and 4 of the week;
    # the march, which may be done from the first day on, takes its turn with them.
    plan = week(basis(STRENGTH, facts={"days_since_onset": since, "onset": "gradual"}))

    hops = [
        ahead
        for ahead, planned in enumerate(plan)
        for each in planned.session.items
        if each.exercise.id in ("low_hops_single_leg", "pogo_hops")
    ]
    assert hops == offered


def _nordics(plan: Basis) -> list[date]:
    return [
        planned.on
        for planned in week(plan)
        for each in planned.session.items
        if each.exercise.id == "nordic_full"
    ]


def test_a_full_nordic_waits_until_no_speed_session_follows_within_two_days() -> None:
    plan = basis(SPEED, done=ran("R13"))

    fast = [p.on for p in week(plan) if p.session.run and p.session.run.effort_pct]

    assert fast
    assert not any(0 < (run - on_).days <= 2 for on_ in _nordics(plan) for run in fast)


# No more days than an exercise is given


@pytest.mark.parametrize(
    "where",
    [f"{name}/{phase.id}" for name, of in load().protocols.items() for phase in of.phases],
)
def test_no_exercise_stands_on_more_days_of_a_week_than_its_dose_says(where: str) -> None:
    plan = basis(where)
    given = Counter(each.exercise.id for of in week(plan) for each in of.session.items)

    most = {each.exercise: each.days_per_week for each in plan.standing.phase.doses}
    over = {name: days for name, days in given.items() if days > most.get(name, days)}
    assert given
    assert over == {}


def _exercised(*agos: int, exercises: tuple[str, ...] = TRUNK) -> Done:
    return Done(
        exercises=tuple(
            ExerciseDone(each, on(-ago), 3, 8, None, None, 0, None, 0)
            for ago in agos
            for each in exercises
        )
    )


def _days_with(exercise: str, plan: Basis) -> list[int]:
    return [
        ahead
        for ahead, planned in enumerate(week(plan))
        if any(each.exercise.id == exercise for each in planned.session.items)
    ]


@pytest.mark.parametrize(
    ("agos", "trunk"),
    [
        # Strength stands on the days 0, 2 and 4. The trunk has two exercises, each for two days
        # of seven (2_strength.toml), one a day; both were done on each of the days in `agos`.
        ((), [0, 2, 4]),
        ((2,), [0, 2]),  # after one more day each, both have had their two
        ((2, 4), [4]),  # the fourth day before has left the seven on day 3
        ((2, 7), [0, 2]),  # seven days ago is outside
        ((2, 6), [2, 4]),  # six days ago is inside, up to today
        ((2, 2), [0, 2]),  # logged twice on a day is one day
    ],
)
def test_an_exercise_that_had_its_days_waits_until_one_is_seven_days_ago(
    agos: tuple[int, ...], trunk: list[int]
) -> None:
    plan = basis(STRENGTH, done=_exercised(*agos))

    assert sorted(_days_with("dead_bug", plan) + _days_with("side_plank", plan)) == trunk


def test_exercises_that_had_their_days_leave_room_for_the_others() -> None:
    # Of the trunk only the dead bug had its two days; the side plank takes both places.
    plan = basis(STRENGTH, done=_exercised(2, 4, exercises=("dead_bug",)))

    assert _days_with("side_plank", plan) == [0, 2]
    assert _days_with("dead_bug", plan) == [4]


# Minutes


def _minutes(*amounts: dict[str, Any]) -> int:
    plan = basis(STRENGTH)
    made = [item(plan, dose("bridge_hold", **amount)) for amount in amounts]
    return estimated_min(made, None, load().plan.session)


@pytest.mark.parametrize(
    ("amounts", "minutes"),
    [
        ([], 0),
        # plan.toml, session: 4 s a repetition, 30 s of rest after a set: 3 x (32 + 30) = 186 s.
        ([{"sets": 3, "reps": 8}], 3),
        ([{"sets": 3, "reps": 8, "rest_s": 90}], 6),  # 3 x (32 + 90) = 366 s
        ([{"sets": 3, "reps": 8, "rest_s": 0}], 2),  # 96 s
        ([{"sets": 3, "hold_s": 30}], 3),  # 3 x 60 = 180 s
        ([{"sets": 2, "distance_m": 20}], 2),  # 2 x (45 + 30) = 150 s; halves go to the even
        ([{"minutes": 20}], 20),
        ([{"sets": 3, "hold_s": 30}, {"minutes": 20}], 23),
    ],
)
def test_minutes_are_estimated_from_sets_with_their_rests(
    amounts: list[dict[str, Any]], minutes: int
) -> None:
    assert _minutes(*amounts) == minutes


def test_a_run_has_a_walk_around_it_and_a_speed_step_a_time_of_its_own() -> None:
    times = load().plan.session
    easy = easy_run(basis("tendon/isotonic"), "easy")

    assert estimated_min([], easy, times) == 40  # 30 min, and 10 around it
    assert estimated_min([], replace(easy, minutes=0), times) == 30  # 20, and 10


# Where three silent windows decide (S2-12)


@pytest.mark.parametrize(("felt", "may_add"), [(False, True), (True, False), (None, False)])
def test_distance_may_be_added_only_after_a_silent_run(felt: bool | None, may_add: bool) -> None:
    plan = week(basis("three_questions/adjust", facts={"last_run_not_silent": felt}))

    assert plan[0].session.may_add_distance is may_add


def test_other_plans_say_nothing_of_distance() -> None:
    assert week(basis(RETURN))[0].session.may_add_distance is None
    assert week(basis(RETURN))[0].on == ON
