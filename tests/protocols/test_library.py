"""Which rules hold for whom: always, in our own protocols, in one protocol, in one phase."""

import pytest

from hamstride.protocols.library import Library
from hamstride.protocols.loading import load
from hamstride.protocols.model import Criterion

# The questions of screening.toml, by urgency: 20 refer, 7 are routine and ease the day.
REFERRING_QUESTIONS, ROUTINE_QUESTIONS = 20, 7


@pytest.fixture(scope="module")
def library() -> Library:
    return load()


def ids(criteria: tuple[Criterion, ...]) -> set[str]:
    return {each.id for each in criteria}


def test_without_a_protocol_only_what_holds_always_holds(library: Library) -> None:
    rules = library.rules(None, None)

    assert len(rules.refer) == REFERRING_QUESTIONS + len(library.always.refer_if)
    assert len(rules.modify) == ROUTINE_QUESTIONS + len(library.always.modify_if)
    assert rules.rest == library.always.rest_if
    assert rules.mention == library.always.mention_if
    assert rules.all == rules.refer + rules.rest + rules.modify + rules.mention


def test_a_question_that_refers_stands_alone_in_its_row(library: Library) -> None:
    rows = {row.id: row for row in library.rules(None, None).refer}

    for key, question in library.questions.items():
        if question.urgency != "routine":
            compared = [(each.fact, each.equals) for each in rows[key].all]
            assert compared == [(f"red_flag_{key}", True)]
            assert rows[key].urgency == question.urgency


def test_a_routine_question_never_refers(library: Library) -> None:
    routine = {key for key, each in library.questions.items() if each.urgency == "routine"}
    rules = library.rules(None, None)

    assert len(routine) == ROUTINE_QUESTIONS
    assert routine <= ids(rules.modify)
    assert not routine & ids(rules.refer)


def test_our_own_protocols_add_what_the_articles_do_not_have(library: Library) -> None:
    ours, article = library.protocols["strain"], library.protocols["steady_state"]

    assert ids(library.ours.rest_if) <= ids(library.rules(ours, None).rest)
    assert not ids(library.ours.rest_if) & ids(library.rules(article, None).rest)


def test_a_phase_adds_its_own_rows(library: Library) -> None:
    strain = library.protocols["strain"]

    before = ids(library.rules(strain, strain.phase("strength")).rest)
    running = ids(library.rules(strain, strain.phase("return_to_running")).rest)

    assert running - before == {"two_days_between_runs"}


def test_the_steps_of_a_ladder_are_handed_on_with_its_protocol_alone(library: Library) -> None:
    without_reinjury = library.protocols["without_reinjury"]

    assert library.declared_for(None).steps == {}
    steps = library.declared_for(without_reinjury).steps
    assert steps["W1S1"].running_s == 300  # 5 times 1 minute
    assert steps["W1S1"].total_s == 1200
    assert library.declared_for(without_reinjury) is library.declared_for(without_reinjury)
