"""Our own choices, found by who says so and told in words."""

from hamstride.explain.our_choices import Choice, our_choices
from made_up_days import library


def test_every_rule_of_our_own_stands_under_its_plan_and_phase() -> None:
    shelves = {shelf.protocol or shelf.title: shelf for shelf in our_choices(library())}

    found = {(each.phase, each.id) for each in shelves["strain"].choices}
    for phase in library().protocols["strain"].phases:
        rules = (*phase.advance_when, *phase.step_back_if, *phase.rest_if, *phase.modify_if)
        ours = {(phase.id, rule.id) for rule in rules if rule.source == "our_choice"}
        assert ours <= found


def test_what_a_source_says_is_no_choice_of_ours() -> None:
    for shelf in our_choices(library()):
        for choice in shelf.choices:
            # strain/1_calm.toml: the article's own milestone.
            assert choice.id != "walking_without_pain_or_limp"


def test_a_setting_is_told_with_its_unit_at_its_end() -> None:
    settings = (("run_gap_days", "2"), ("down_pct", "25"), ("pain_limit_nrs", "3"), ("rpe", "4"))
    week = Choice("calm", "", "week", "", (*settings, ("runs", "0")), "")
    curl = Choice("calm", "heel_dig_90", "dose", "", (("hold_s", "10"),), "")

    assert week.told == "Week: run gap 2 days, down 25 %, pain limit 3, effort 4, runs 0"
    assert curl.told == "Heel dig 90: hold 10 s"
    assert Choice("", "x", "rule", "Rest.", (), "").told == "Rest."


def test_no_choice_is_silent() -> None:
    told = [each.told for shelf in our_choices(library()) for each in shelf.choices]

    assert len(told) > 200
    assert [text for text in told if not text or text.endswith(": ")] == []
