"""A correction never makes a day easier by itself (S16), whatever was shown before it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from hamstride.decisions.judge import Action
from hamstride.web import bridge
from hamstride.web.bridge.deciding import holding
from hamstride.web.models import Activity, Decision, Episode, Record, Runner

WELL = {
    "pain_morning": 0, "pain_walking": 0, "pain_rest": 0, "limp": False, "bears_weight": True,
    "new_bruise": False, "new_symptoms": False,
}  # fmt: skip
SORE = {**WELL, "pain_morning": 6, "pain_walking": 5}


def check_in(episode: Episode, on: date, **answers: Any) -> Record:
    body = {"on": on.isoformat(), **answers}
    return bridge.add(episode.runner, "check_ins", body, on=on, episode=episode)


def correct(row: Record, **answers: Any) -> Record:
    body = {"on": row.on.isoformat(), **answers}
    return bridge.add(
        row.runner, row.kind, body, on=row.on, episode=row.episode, corrects=row
    )  # fmt: skip


def last_check_in(episode: Episode) -> Record:
    return bridge.rows_of(episode, "check_ins")[-1]


def action(episode: Episode) -> Action:
    return holding(episode, bridge.today_of(episode.runner)).advice.today.action


@pytest.fixture
def today(ana: Episode) -> date:
    """Ana's last day; her check-in of it says that all is well, and she may run."""
    assert action(ana) is Action.RUN
    return bridge.today_of(ana.runner)


def test_taking_back_a_sore_morning_leaves_the_day_at_rest_until_a_new_check_in(
    ana: Episode, today: date
) -> None:
    sore = check_in(ana, today, **SORE)
    assert action(ana) is Action.REST

    bridge.withdraw(ana.runner, sore.client)
    assert holding(ana, today).is_held
    assert action(ana) is Action.REST

    check_in(ana, today, **WELL)
    assert not holding(ana, today).is_held
    assert action(ana) is Action.RUN


def test_it_makes_no_difference_whether_the_strict_answer_was_looked_at(
    ana: Episode, today: date
) -> None:
    sore = check_in(ana, today, **SORE)
    correct(sore, **WELL)

    assert Decision.objects.count() == 0
    assert bridge.answer_of(ana, today).state == "rest"


def test_the_answer_says_why_it_stays(ana: Episode, today: date) -> None:
    correct(check_in(ana, today, **SORE), **WELL)

    told = bridge.answer_of(ana, today)

    assert told.parts[0]["heading"] == "What was changed"
    assert "until your next check-in" in told.parts[0]["lines"][0]["text"]
    assert bridge.advice_of(ana, today).today.action is Action.REST


def test_a_correction_that_is_stricter_holds_at_once(ana: Episode, today: date) -> None:
    correct(last_check_in(ana), **SORE)

    found = holding(ana, today)

    assert found.advice.today.action is Action.REST
    assert not found.is_held


def test_the_strictest_of_several_corrections_holds(ana: Episode, today: date) -> None:
    first = last_check_in(ana)
    second = correct(first, **SORE)
    third = correct(second, **WELL)

    assert action(ana) is Action.REST

    correct(third, **{**WELL, "fatigue": 1})
    assert action(ana) is Action.REST


def test_a_new_check_in_that_was_taken_back_is_none(ana: Episode, today: date) -> None:
    correct(check_in(ana, today, **SORE), **WELL)
    again = check_in(ana, today, **WELL)
    assert action(ana) is Action.RUN

    bridge.withdraw(ana.runner, again.client)
    assert action(ana) is Action.REST


def test_a_new_check_in_that_was_corrected_is_one_all_the_same(ana: Episode, today: date) -> None:
    correct(check_in(ana, today, **SORE), **WELL)
    again = check_in(ana, today, **WELL)

    correct(again, **{**WELL, "readiness": 9})

    assert action(ana) is Action.RUN


def test_neither_a_note_nor_a_check_in_for_a_day_gone_by_ends_it(ana: Episode, today: date) -> None:
    correct(check_in(ana, today, **SORE), **WELL)

    check_in(ana, today, note="Only a thought.")
    check_in(ana, today - timedelta(days=3), **WELL)

    assert action(ana) is Action.REST


def test_a_note_and_an_answer_that_was_missing_are_no_corrections(
    ana: Episode, today: date
) -> None:
    unsure = check_in(ana, today, **{key: WELL[key] for key in WELL if key != "new_symptoms"})
    noted = correct(unsure, **{**(unsure.body or {}), "note": "Stairs went well."})
    correct(noted, **WELL)

    assert not holding(ana, today).is_held
    assert action(ana) is Action.RUN


def test_taking_back_a_run_that_hurt_leaves_the_day_as_strict(ana: Episode, today: date) -> None:
    start = f"{today - timedelta(days=1)}T20:00:00+00:00"
    felt = {"start": start, "duration_s": 1500, "pain_during": 7, "pain_after": 6, "limped": True}
    on = today - timedelta(days=1)
    row = bridge.add(ana.runner, "runs", felt, on=on, episode=ana)
    strict = action(ana)
    assert strict > Action.RUN

    bridge.withdraw(ana.runner, row.client)

    assert action(ana) is strict


def test_what_was_corrected_of_another_injury_holds_nothing_here(ana: Episode, today: date) -> None:
    other = bridge.open_episode(
        ana.runner, {"started_on": today.isoformat(), "side": "right"}, on=today
    )
    correct(check_in(other, today, **SORE), **WELL)

    assert not holding(ana, today).is_held


def test_the_case_that_is_held_is_what_the_records_say_by_now(ana: Episode, today: date) -> None:
    correct(check_in(ana, today, **SORE), **WELL)

    assert holding(ana, today).case == bridge.case_of(ana)


def test_a_held_answer_is_made_once(ana: Episode, today: date, runner: Runner) -> None:
    correct(check_in(ana, today, **SORE), **WELL)

    first = bridge.answer_of(ana, today)

    assert bridge.answer_of(ana, today) == first
    bridge.add(
        runner, "check_ins", {"on": today.isoformat(), **WELL}, on=today, episode=ana,
        client=uuid4(),
    )  # fmt: skip
    assert bridge.answer_of(ana, today) != first


def test_while_nothing_is_new_the_core_is_asked_once(ana: Episode, today: date) -> None:
    again = Episode.objects.get(pk=ana.pk)

    assert holding(again, today) is holding(ana, today)
    assert holding(ana, today + timedelta(days=1)) is not holding(ana, today)


def test_whatever_is_new_the_core_is_asked_anew(ana: Episode, today: date) -> None:
    def move() -> None:
        bridge.move_to(ana.runner, "Pacific/Auckland")

    def lose_a_run() -> None:
        Activity.objects.filter(runner=ana.runner, is_run=True).latest("pk").delete()

    changes: tuple[Callable[[], object], ...] = (
        lambda: check_in(ana, today, **WELL),
        lambda: bridge.withdraw(ana.runner, last_check_in(ana).client),
        lambda: bridge.add(ana.runner, "runner", {"kit": []}, on=today),
        lambda: bridge.set_injured_on(ana.runner, today - timedelta(days=300)),
        move,
        lose_a_run,
    )
    for change in changes:
        before = holding(ana, today)
        change()
        assert holding(ana, today) is not before


def test_a_store_of_before_is_not_answered_with_what_came_after(ana: Episode, today: date) -> None:
    """A backup that was put back counts its rows on from where it was."""
    check_in(ana, today, **SORE)
    assert action(ana) is Action.REST
    last = last_check_in(ana)

    Record.objects.filter(pk=last.pk).update(client=uuid4(), body={**(last.body or {}), **WELL})

    assert action(ana) is Action.RUN
