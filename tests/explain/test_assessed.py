"""The end of the assessment: the plan that fits, what opens its gates, and which tests."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hamstride.advise import Advice
from hamstride.explain.assessed import assessed, first_tests
from hamstride.records import Runner
from made_up_days import MILD, ON, all_days, case_of, library, on_day


def _suggested(day: Advice, plan: str) -> Advice:
    """A day to which another plan is suggested."""
    return replace(day, suggested=day.suggested.model_copy(update={"protocol": plan}))


def test_a_mild_strain_is_offered_the_plan_for_one_and_told_how_it_begins() -> None:
    found = assessed(on_day(case_of()))

    assert found.offer is not None
    assert found.offer.id == "strain"
    parts = {part.heading: part for part in found.parts}
    first = found.offer.phases[0]
    begins = parts[f"It begins with “{first.title}”"]
    assert begins.lines[0].text.endswith("It is over when:")
    assert len(begins.lines) == 1 + len(first.advance_when)
    assert "What your answers look like" in parts


def test_a_plan_that_is_left_by_hand_tells_its_goal_alone() -> None:
    by_hand = [each for each in library().protocols.values() if not each.phases[0].advance_when]
    assert by_hand

    for plan in by_hand:
        found = assessed(_suggested(on_day(case_of()), plan.id))

        assert found.offer == plan
        (begins,) = [part for part in found.parts if part.heading.startswith("It begins with")]
        assert [line.text for line in begins.lines] == [plan.phases[0].goal]


def test_where_a_clinician_comes_first_no_plan_is_offered_and_no_test_asked() -> None:
    young = on_day(case_of(runner=Runner(born=2010)))

    found = assessed(young)

    assert found.offer is None
    assert "Why" in [part.heading for part in found.parts]
    assert first_tests(young) == ()


@pytest.mark.parametrize(("days", "may_hop"), [(4, False), (5, True), (6, True)])
def test_a_test_waits_for_its_day(days: int, may_hop: bool) -> None:
    early = replace(MILD, started_on=ON - timedelta(days=days))

    names = [test.id for test in first_tests(on_day(case_of(episode=early)))]

    assert ("hop_in_place" in names) is may_hop  # tests.toml: not_before_day = 5
    assert "single_leg_bridge_hold" in names


def test_every_made_up_day_can_be_told() -> None:
    for day in all_days():
        found = assessed(day)
        assert found.parts
        assert (found.offer is None) or found.offer.id == day.suggested.protocol
