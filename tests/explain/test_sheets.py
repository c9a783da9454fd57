"""Protocols as sheets, and two of them side by side."""

import pytest

from hamstride.explain import Topic, compare, rule_anchor, sections, sheet
from hamstride.explain.comparing import NOTHING
from hamstride.explain.sheet import LIST_WORDS
from hamstride.protocols.model import Sourced
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
        assert {f"{rule.say} {rule.note}".strip() for rule in rules} <= set(said)
        for dose in phase.doses:
            exercise = library().exercises[dose.exercise].name
            assert any(text.startswith(f"{exercise}:") for text in said)
        for step in phase.steps:
            assert any(text.startswith(f"{step.id}: {step.title}") for text in said)


@pytest.mark.parametrize("name", sorted(library().protocols))
def test_a_sheet_leaves_out_no_caveat(name: str) -> None:
    protocol = library().protocols[name]
    rows: list[Sourced] = [*protocol.advice, *([protocol.ladder] if protocol.ladder else [])]
    for phase in protocol.phases:
        rows += [*phase.advance_when, *phase.recommend, *phase.step_back_if, *phase.advice]
        rows += [*phase.steps, *phase.doses]
        rows += [library().exercises[dose.exercise] for dose in phase.doses]
        rows += [phase.week] if phase.week else []
        rows += [row for kind in LIST_WORDS for row in getattr(phase, kind)]
    rows += [row for kind in LIST_WORDS for row in getattr(protocol, kind)]

    said = " ".join(line.text for part in sheet(protocol, library()) for line in part.lines)

    notes = {row.note for row in rows if row.note}
    assert {note for note in notes if note not in said} == set()
    assert notes or name == "niggle"


def test_a_caveat_stands_in_the_line_of_its_row() -> None:
    parts = sheet(library().protocols["without_reinjury"], library())

    exercises = next(part for part in parts if part.heading.endswith("first: exercises"))
    assert exercises.lines[0].text == (
        "Bridge hold: 3 sets, 30 s held, 3 days a week, pain up to 3. About the exercise: 3 to 5 "
        "holds. The article gives the 30 seconds; the sets are our choice."
    )


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        (
            "strain",
            [
                "Runs start at step R1.",
                "Up after one run that went well, or 2 runs within 60 days of an earlier strain.",
                "Down after 2 runs in a row that did not.",
                "After more than 30 days without a run, from step R5.",
            ],
        ),
        # Nothing is said of earlier strains and of pauses where the article says nothing.
        (
            "without_reinjury",
            [
                "Runs start at step W1S1. The article names a traffic light without defining it; "
                "when a step is repeated or taken back is our choice.",
                "Up after one run that went well.",
                "Down after 2 runs in a row that did not.",
            ],
        ),
    ],
)
def test_a_ladder_says_only_what_its_plan_asks(name: str, lines: list[str]) -> None:
    parts = sheet(library().protocols[name], library())

    ladder = next(part for part in parts if part.heading == "How runs climb")
    assert [line.text for line in ladder.lines] == lines


def test_a_phase_without_a_week_of_its_own_has_none_on_its_sheet() -> None:
    protocol = library().protocols["tendon"]
    first = protocol.phases[0].model_copy(update={"week": None})
    bare = protocol.model_copy(update={"phases": (first, *protocol.phases[1:])})

    headings = [part.heading for part in sheet(bare, library())]

    assert f"Phase 1, {first.title}: a week" not in headings
    assert f"Phase 2, {protocol.phases[1].title}: a week" in headings


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


def test_a_sheet_says_how_each_source_was_read_and_nothing_of_our_own_choice() -> None:
    sources = sheet(library().protocols["strain"], library())[-1]

    # sources.toml: the articles were read whole, the others as their key `read` says.
    assert sources.heading == "Sources"
    assert {
        "How to Get Back to Running After a Hamstring Injury (Without Reinjury) (read in full).",
        "Our own choice, open to change by the runner or a clinician.",
        "Sherry MA, Best TM: A comparison of 2 rehabilitation programs in the treatment of acute "
        "hamstring strains, 2004 (known through other publications).",
        "Freckleton G, Cook J, Pizzari T: The predictive validity of a single leg bridge test for "
        "hamstring injuries in Australian Rules Football players, 2014 "
        "(read in part: its abstract, a table or a page).",
    } <= {line.text for line in sources.lines}


@pytest.mark.parametrize("name", sorted(library().protocols))
def test_every_row_of_a_sheet_has_a_name_of_its_own(name: str) -> None:
    found = sections(library().protocols[name], library())

    rows = [line.anchor for each in found for part in each.parts for line in part.lines]
    names = [*filter(None, rows), *(each.anchor for each in found)]
    assert len(names) == len(set(names)) > 50


def test_a_rule_of_a_phase_is_named_after_its_phase_and_any_other_is_not() -> None:
    calm = library().protocols["strain"].phase("calm")

    assert rule_anchor("two_days_of_calm", calm) == "calm-two_days_of_calm"
    assert rule_anchor("last_run_sharp", calm) == "last_run_sharp"
    assert rule_anchor("last_run_sharp", None) == "last_run_sharp"


def test_the_sections_of_a_sheet_are_the_sheet() -> None:
    strain = library().protocols["strain"]

    flat = [part for each in sections(strain, library()) for part in each.flat()]

    assert tuple(flat) == sheet(strain, library())
    assert "In every plan: rest when" in {part.heading for part in flat}
    assert "Phase 1, Calm it down: on when" in {part.heading for part in flat}


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


@pytest.mark.parametrize(
    ("name", "to_running", "to_speed"),
    [
        ("niggle", ("It begins with it.",), (NOTHING,)),
        ("steady_state", ("You or your clinician decide.",), ("You or your clinician decide.",)),
        ("run_with_strain", None, (NOTHING,)),
    ],
)
def test_a_plan_says_how_it_comes_to_running_and_to_speed(
    name: str, to_running: tuple[str, ...] | None, to_speed: tuple[str, ...]
) -> None:
    shelf = library().protocols

    topics = compare(shelf[name], shelf["strain"], library())

    if to_running is not None:
        assert _topic(topics, "The gate to running").left == to_running
    assert _topic(topics, "The gate to speed").left == to_speed


def test_a_protocol_compared_with_itself_says_the_same_twice() -> None:
    strain = library().protocols["strain"]

    for topic in compare(strain, strain, library()):
        assert topic.left == topic.right
        assert topic.left != (NOTHING,)
