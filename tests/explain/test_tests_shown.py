"""Which tests the gate ahead names, which wait, and what is said of too much."""

from datetime import date
from typing import Any

import pytest

from hamstride.explain.tests_shown import as_shown, named_tests, too_much_words, waits_words
from made_up_days import library

TESTS = library().tests
STRENGTH = library().protocols["strain"].phase("strength")
BEGAN = date(2026, 11, 1)


def _answer(
    reasons: list[dict[str, Any]], recommended: list[dict[str, Any]], *asks: str
) -> dict[str, Any]:
    return {
        "today": {"answer_first": list(asks)},
        "gate": {"reasons": reasons, "recommended": recommended},
    }


def _reason(criterion: str, verdict: str, *facts: str) -> dict[str, Any]:
    return {"criterion": criterion, "verdict": verdict, "say": f"Say {criterion}.",
            "facts": [{"fact": fact} for fact in facts]}  # fmt: skip


def test_tests_that_the_gate_needs_come_first_and_those_due_before_them() -> None:
    opens = [criterion.id for criterion in STRENGTH.advance_when][:3]
    reasons = [
        _reason(opens[0], "met", "single_leg_bridge_hold_injured_s"),
        _reason(opens[1], "unmet", "hop_in_place_pain_worst_nrs", "hop_in_place_injured_s"),
        _reason(opens[2], "unknown", "single_leg_squat_steady", "not a fact"),
        _reason("leads back", "unmet", "front_plank_s"),
    ]
    recommended = [_reason("nice", "unknown", "tender_length_worse_side_cm")]

    named = named_tests(
        _answer(reasons, recommended, "tests.load_test", "check_ins.limp"), STRENGTH, library()
    )

    assert [(each.test.id, each.standing, each.needed) for each in named] == [
        ("load_test", "due", True),
        ("single_leg_squat", "due", True),
        ("hop_in_place", "open", True),
        ("single_leg_bridge_hold", "met", True),
        ("tender_length", "due", False),
    ]
    assert named[0].checks == ()
    assert named[2].checks == (f"Say {opens[1]}.",)


def test_without_a_phase_only_open_questions_name_a_test() -> None:
    reasons = [_reason("any", "unmet", "hop_in_place_injured_s")]

    assert named_tests(_answer(reasons, []), None, library()) == ()


@pytest.mark.parametrize(
    ("onset", "today", "waits"),
    [
        ("sudden", date(2026, 11, 5), True),
        (None, date(2026, 11, 5), True),
        ("sudden", date(2026, 11, 6), False),
        ("gradual", date(2026, 11, 1), False),
    ],
)
def test_a_hard_test_waits_five_days_after_a_sudden_onset(
    onset: str | None, today: date, waits: bool
) -> None:
    # tests.toml: hop_in_place, not_before_day = 5; days 0 to 4 do not count.
    said = waits_words(TESTS["hop_in_place"], BEGAN, onset, today)

    assert said == (
        "Not yet: it asks much of the leg, and it began less than 5 days ago. "
        "From 6 November on it counts."
        if waits
        else ""
    )


def test_an_easy_test_never_waits() -> None:
    assert waits_words(TESTS["brisk_walk"], BEGAN, "sudden", BEGAN) == ""


def test_a_value_above_all_that_is_plausible_is_asked_again() -> None:
    # tests.toml: hop_in_place, highest = 300; fast_leg_raise, highest = 100 of 100
    assert too_much_words(TESTS["hop_in_place"], 300) == ""
    assert too_much_words(TESTS["hop_in_place"], 900) == (
        "900 s is more than anybody is known to reach; up to 300 s is taken. "
        "Have another look at it."
    )
    assert too_much_words(TESTS["fast_leg_raise"], 101).startswith("101 of 100 is more")


def test_a_test_is_told_with_its_unit_its_kit_and_when_to_stop() -> None:
    hop = as_shown(TESTS["hop_in_place"], library())
    stretch = as_shown(TESTS["puranen_orava"], library())
    force = as_shown(TESTS["isometric_knee_flexion"], library())

    assert (hop.unit, hop.kit) == ("seconds", "")
    assert hop.stop.startswith("A pop, a new bruise")
    assert (stretch.unit, stretch.kit) == ("", "Needs one of these: bench or chair.")
    assert force.unit == "newton"
