"""How steadily one trains (S1-33): planned days that were done, resting among them."""

from datetime import UTC, date, datetime

import pytest

from hamstride.facts.steadiness import Doing, Steadiness, Told, steadiness

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


def at(on: date, hour: int) -> datetime:
    return datetime(on.year, on.month, on.day, hour, tzinfo=UTC)


def told(kind: str | None, on: date = MONDAY, hour: int = 7) -> Told:
    return Told(on, at(on, hour), kind)


def done(kind: str, on: date = MONDAY, hour: int = 18) -> Doing:
    return Doing(on, at(on, hour), kind)


@pytest.mark.parametrize(
    ("planned", "doings", "is_done"),
    [
        ("run", ["run"], True),
        ("run", [], False),
        ("run", ["strength"], False),
        ("strength", ["strength", "warm_up"], True),
        ("strength", ["mobility"], False),
        ("mobility", ["mobility"], True),
        ("mobility", ["strength"], True),  # more than was asked for
        ("mobility", ["run"], False),
        ("rest", [], True),
        ("rest", ["mobility", "cross_training"], True),
        ("rest", ["run"], False),
        ("rest", ["strength"], False),
    ],
)
def test_a_planned_day_is_done_by_what_was_planned(
    planned: str, doings: list[str], is_done: bool
) -> None:
    found = steadiness([told(planned)], [done(each) for each in doings])

    assert found.planned == 1
    assert found.done == is_done
    assert found.rested == (is_done and planned == "rest")


def test_rest_counts_as_any_other_day_that_was_done() -> None:
    found = steadiness([told("rest"), told("run", TUESDAY)], [done("run", TUESDAY)])

    assert found == Steadiness(planned=2, done=2, rested=1)
    assert found.share_pct == 100


def test_a_prescribed_rest_never_lowers_the_share() -> None:
    before = steadiness([told("run", TUESDAY)], [])
    with_rest = steadiness([told("run", TUESDAY), told("rest")], [])

    assert (before.share_pct, with_rest.share_pct) == (0, 50)


def test_the_plan_of_a_day_is_what_was_said_before_it_was_done() -> None:
    # After the run the plan of the day is rest: the run is due no more.
    found = steadiness([told("run"), told("rest", hour=19)], [done("run")])

    assert found == Steadiness(1, 1, 0)


def test_the_last_word_before_counts() -> None:
    # The second check-in of the day was worse, and rest was kept.
    found = steadiness([told("rest", hour=12), told("run")], [])

    assert found == Steadiness(1, 1, 1)


def test_an_answer_that_only_asked_plans_nothing() -> None:
    assert steadiness([told(None)], []) == Steadiness(0, 0, 0)
    assert steadiness([told("run"), told(None, hour=9)], []) == Steadiness(1, 0, 0)


def test_a_day_whose_plan_was_never_seen_counts_neither_way() -> None:
    # The run was written down first, and the answer looked at afterwards.
    found = steadiness([told("rest", hour=19)], [done("run")])

    assert found == Steadiness(0, 0, 0)
    assert found.share_pct is None


def test_the_share_is_rounded_down() -> None:
    days = [date(2026, 11, day) for day in (20, 21, 22)]
    found = steadiness([told("run", on) for on in days], [done("run", on) for on in days[:2]])

    assert found.share_pct == 66
