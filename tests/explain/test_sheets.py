"""Protocols as sheets, and two of them side by side."""

import pytest

from hamstride.explain import Topic, compare, sheet
from hamstride.explain.comparing import NOTHING
from made_up_days import library


def _topic(topics: tuple[Topic, ...], title: str) -> Topic:
    return next(topic for topic in topics if topic.title == title)


@pytest.mark.parametrize("name", sorted(library().protocols))
def test_a_sheet_holds_every_rule_step_and_exercise(name: str) -> None:
    protocol = library().protocols[name]

    parts = sheet(protocol, library())

    said = [line.text for part in parts for line in part.lines]
    for phase in protocol.phases:
        rules = [*phase.rest_if, *phase.modify_if, *phase.advance_when, *phase.step_back_if]
        assert {rule.say for rule in rules} <= set(said)
        for dose in phase.doses:
            exercise = library().exercises[dose.exercise].name
            assert any(text.startswith(f"{exercise}:") for text in said)
        for step in phase.steps:
            assert any(text.startswith(f"{step.id}: {step.title}") for text in said)


def test_a_sheet_opens_with_whom_it_is_for() -> None:
    first = sheet(library().protocols["strain"], library())[0]

    assert first.heading == "A sudden strain (strain, version 1.0.0)"
    assert first.lines[0].text.startswith("For: A sudden strain in the back of the thigh")
    assert first.lines[1].text.startswith("Not for: ")


def test_every_rule_of_a_sheet_says_who_says_so() -> None:
    parts = sheet(library().protocols["strain"], library())

    rules = [part for part in parts if "when" in part.heading]
    lines = [line for part in rules for line in part.lines if line.mark == "point"]
    assert len(lines) > 40
    assert [line.text for line in lines if line.source is None] == []


def test_two_protocols_differ_where_their_articles_do() -> None:
    shelf = library().protocols

    topics = compare(shelf["strain"], shelf["steady_state"], library())

    phases = _topic(topics, "Phases")
    assert len(phases.left) == 5
    assert len(phases.right) == 3
    ladder = _topic(topics, "The ladder of runs")
    assert ladder.left[1] == "R1: 5 times: walk 3 min, run 1 min"
    gate = _topic(topics, "The gate to running")
    assert "Walk briskly for 30 minutes without pain." in gate.left


def test_a_protocol_compared_with_itself_says_the_same_twice() -> None:
    strain = library().protocols["strain"]

    for topic in compare(strain, strain, library()):
        assert topic.left == topic.right
        assert topic.left != (NOTHING,)
