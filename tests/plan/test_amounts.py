"""How much of an exercise, from what was logged: one lever at a time, and never a false word."""

from typing import Any

import pytest

from hamstride.plan.amounts import allowed, item
from hamstride.plan.model import Item
from hamstride.protocols.loading import load
from made_up_plans import basis, dose, logged

# The library's figures: up after 2 quiet sessions by 5 % of the load, 5 s or 1 repetition; down
# by 25 % (plan.toml, adaptation).
STRENGTH = "strain/strength"


def _item(amount: dict[str, Any], *pains: int | None, exercise: str = "bridge_hold",
          morning: float | None = 0, **facts: Any) -> Item:  # fmt: skip
    done = logged(exercise, *pains, morning=morning)
    return item(basis(STRENGTH, done=done, facts=facts), dose(exercise, **amount))


@pytest.mark.parametrize(
    ("pains", "morning", "change", "reps"),
    [
        ((), 0, "first", 8),
        ((0,), 0, "same", 8),
        ((0, 2), 0, "up", 9),
        ((0, 2, 1), 0, "same", 9),  # what was reached stays
        ((0, 0, 0, 0), 0, "up", 10),
        ((0, 0), -1, "up", 9),  # a morning below the usual is quiet
        ((0, 0), 0.5, "same", 8),  # it had not settled
        ((0, 0), None, "same", 8),  # nobody answered for the morning after
        ((0, None), 0, "same", 8),
        ((0, None, 0), 0, "same", 8),  # a silence begins the count anew
        ((0, 3), 0, "at_limit", 8),
        ((0, 3, 0), 0, "same", 8),
        ((4,), 0, "down", 6),
        ((0, 0, 4), 0, "down", 6),  # 75 % of 9 is 6.75
        ((4, 3, 4), 0, "down", 4),  # not twice in a row; 75 % of 75 % of 8 is 4.5
    ],
)
def test_repetitions_go_up_after_two_quiet_sessions_and_down_after_a_sore_one(
    pains: tuple[int | None, ...], morning: float | None, change: str, reps: int
) -> None:
    found = _item({"sets": 3, "reps": 8}, *pains, morning=morning)

    assert (found.change, found.reps, found.sets) == (change, reps, 3)


@pytest.mark.parametrize(
    ("amount", "pains", "change", "shown"),
    [
        # The load before the hold before the repetitions, and nothing else with it.
        ({"load_kg": 20.0, "reps": 8}, (0, 0), "up", (None, 8, None, 21.0, None)),
        ({"load_kg": 20.0, "reps": 8}, (4,), "down", (None, 8, None, 15.0, None)),
        ({"hold_s": 20, "reps": 5}, (0, 0), "up", (None, 5, 25, None, None)),
        ({"hold_s": 20, "reps": 5}, (4,), "down", (None, 5, 15, None, None)),
        # 5 % of 4 kg is less than the half kilogram that is shown: nothing went up, yet.
        ({"load_kg": 4.0, "reps": 8}, (0, 0), "same", (None, 8, None, 4.0, None)),
        ({"load_kg": 4.0, "reps": 8}, (0, 0, 0, 0), "up", (None, 8, None, 4.5, None)),
        # One repetition is the least.
        ({"reps": 1}, (4,), "same", (None, 1, None, None, None)),
        # Minutes and sets never grow.
        ({"minutes": 20}, (), "first", (None, None, None, None, 20)),
        ({"minutes": 20}, (0, 0), "same", (None, None, None, None, 20)),
        ({"minutes": 20}, (0, 0, 0, 0, 0), "same", (None, None, None, None, 20)),
        ({"minutes": 20}, (4,), "down", (None, None, None, None, 15)),
        ({"sets": 3, "distance_m": 20}, (0, 0), "same", (3, None, None, None, None)),
        ({"sets": 3, "distance_m": 20}, (4,), "down", (2, None, None, None, None)),
        # With nothing to lessen nobody reads of less.
        ({"distance_m": 20}, (4,), "same", (None, None, None, None, None)),
    ],
)
def test_one_lever_moves_and_the_word_says_what_is_shown(
    amount: dict[str, Any], pains: tuple[int, ...], change: str, shown: tuple[Any, ...]
) -> None:
    found = _item(amount, *pains)

    assert found.change == change
    assert (found.sets, found.reps, found.hold_s, found.load_kg, found.minutes) == shown


def test_a_limit_of_0_has_no_session_right_at_it() -> None:
    quiet = _item({"reps": 8, "pain_limit_nrs": 0}, 0, 0)
    sore = _item({"reps": 8, "pain_limit_nrs": 0}, 1)

    assert (quiet.change, quiet.reps) == ("up", 9)
    assert (sore.change, sore.reps) == ("down", 6)


# rdl: easier are the exercises that the library names; the first that may be done today.


def test_after_two_sore_sessions_in_a_row_an_easier_exercise_takes_its_place() -> None:
    exercise = load().exercises["single_leg_rdl"]
    assert exercise.easier[0] == "rdl"

    found = _item({"reps": 8, "load_kg": 8.0}, 4, 5, exercise="single_leg_rdl")

    assert (found.change, found.exercise.id, found.instead_of) == ("easier", "rdl", exercise.name)
    assert (found.reps, found.load_kg) == (8, None)  # as prescribed, and without the weight


def test_where_no_easier_one_may_be_done_it_is_less_of_the_same() -> None:
    assert load().exercises["bike_easy"].easier == ()

    found = _item({"minutes": 20}, 4, 5, exercise="bike_easy")

    assert (found.change, found.exercise.id, found.instead_of) == ("down", "bike_easy", None)
    assert found.minutes == 11  # 75 % of 75 % of 20 is 11.25


def test_where_neither_is_possible_nothing_changes() -> None:
    assert _item({"distance_m": 20}, 4, 5, exercise="bike_easy").change == "same"


# Which exercises may be done at all


@pytest.mark.parametrize(
    ("kit", "offered"),
    [(None, True), ((), False), (("weights",), True), (("band",), False)],
)
def test_an_exercise_needs_what_the_runner_has(kit: tuple[str, ...] | None, offered: bool) -> None:
    rdl = load().exercises["rdl"]
    assert "none" not in rdl.kit

    assert allowed(basis(STRENGTH, kit=kit), rdl) is offered


def test_an_exercise_without_kit_needs_none() -> None:
    assert allowed(basis(STRENGTH, kit=()), load().exercises["dead_bug"])


# x4: the first five days after a sudden onset (B2.5).
@pytest.mark.parametrize(
    ("onset", "day", "offered"),
    [("sudden", 4, False), ("sudden", 5, True), ("gradual", 4, True), (None, 4, False)],
)
def test_what_is_not_known_speaks_against_an_exercise(
    onset: str | None, day: int, offered: bool
) -> None:
    slider = load().exercises["hamstring_slider"]
    assert "x4" in slider.avoid

    facts = {"onset": onset, "days_since_onset": day}

    assert allowed(basis(STRENGTH, facts=facts), slider) is offered
