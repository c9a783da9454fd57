"""Every rule of the articles has its place, and a runner is told nothing in clinic words."""

import re
from collections.abc import Iterator

import pytest

from hamstride.protocols.library import Library
from hamstride.protocols.loading import load
from hamstride.protocols.model import Phase, Protocol, Sourced

ARTICLES = {
    "steady_state": "S0",
    "recurring": "S1",
    "three_questions": "S2",
    "run_with_strain": "S3",
    "without_reinjury": "S4",
}
EIGHT = (*ARTICLES, "tendon", "niggle", "maintenance")

# Every rule, criterion, milestone, phase, table row, amount, trigger, adjustment, class and
# referral of the articles (requirements A0 to A4), by the two digits of its id.
ASKED = {
    "S0": "01 02 03 04 05 06 07 08 09 11 17 18 19 24 25 30 32 41 42 43 44 45 46 47",
    "S1": "01 02 03 04 07 08 09 10 11 14 15 16 17 21 22 23 30 31 32 33 37 39 40 41 42 43 44 47 51 "
    "56 57 59",
    "S2": "01 02 03 04 05 06 07 08 09 10 11 12 13 14 21 22 26 29",
    "S3": "02 03 04 06 08 09 10 11 12 13 14 26 27 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 52 "
    "57 58 64 65 66 67 68 69 70",
    "S4": "01 03 04 05 06 07 09 12 13 14 15 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 "
    "38 39 40 41 42 43 44 45 46",
}

# Words that a runner's plan does without: it names no illness, promises nothing, orders nothing.
NOT_SAID = re.compile(
    r"diagnos|treat|\bcure|heal|patient\b|\bdose|protocol|cleared|\bsafe to|risk|prescri|therap|"
    r"validat|\babnormal|\bnormal|rehab|invalid|illegal|\bmust\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def library() -> Library:
    return load()


def asked_in(protocol: Protocol) -> set[str]:
    rows: list[Sourced | Protocol | Phase | None] = [protocol, protocol.ladder, protocol.adaptation]
    rows += protocol.advice
    for lists in (protocol, *protocol.phases):
        rows += [*lists.refer_if, *lists.rest_if, *lists.modify_if, *lists.mention_if]
    for phase in protocol.phases:
        rows += [phase, phase.week, *phase.advance_when, *phase.recommend, *phase.step_back_if]
        rows += [*phase.steps, *phase.doses, *phase.advice]
    return {asked for each in rows if each is not None for asked in each.asks}


def shown_texts(protocol: Protocol) -> Iterator[str]:
    yield from (protocol.title, protocol.for_whom, protocol.not_for)
    yield from (each.say for each in protocol.advice)
    for lists in (protocol, *protocol.phases):
        for each in (*lists.rest_if, *lists.modify_if, *lists.mention_if):
            yield each.say
    for phase in protocol.phases:
        yield from (phase.title, phase.goal)
        yield from (each.say for each in (*phase.advance_when, *phase.recommend))
        yield from (each.say for each in phase.advice)
        yield from (each.title for each in phase.steps)


@pytest.mark.parametrize(("protocol_id", "seed"), ARTICLES.items())
def test_every_rule_of_an_article_has_a_place_in_its_protocol(
    library: Library, protocol_id: str, seed: str
) -> None:
    asked = asked_in(library.protocols[protocol_id])

    assert {f"{seed}-{number}" for number in ASKED[seed].split()} <= asked


@pytest.mark.parametrize(("protocol_id", "seed"), ARTICLES.items())
def test_an_article_s_protocol_answers_that_article_alone(
    library: Library, protocol_id: str, seed: str
) -> None:
    asked = asked_in(library.protocols[protocol_id])

    assert {each[:2] for each in asked} == {seed}


@pytest.mark.parametrize("protocol_id", ARTICLES)
def test_an_article_s_criteria_and_exercises_come_from_that_article(
    library: Library, protocol_id: str
) -> None:
    protocol = library.protocols[protocol_id]
    rows = [*protocol.rest_if, *protocol.modify_if]
    rows += [each for phase in protocol.phases for each in (*phase.advance_when, *phase.recommend)]
    amounts = [each for phase in protocol.phases for each in phase.doses]

    assert {each.source for each in (*rows, *amounts)} == {protocol.source}


@pytest.mark.parametrize("protocol_id", EIGHT)
def test_every_row_that_rests_is_about_pain_a_limp_or_form(
    library: Library, protocol_id: str
) -> None:
    protocol = library.protocols[protocol_id]
    rows = [each for lists in (protocol, *protocol.phases) for each in lists.rest_if]

    assert [each.id for each in rows if not each.pain] == []


@pytest.mark.parametrize("protocol_id", EIGHT)
def test_a_runner_is_told_nothing_in_the_words_of_a_clinic(
    library: Library, protocol_id: str
) -> None:
    said = [text for text in shown_texts(library.protocols[protocol_id]) if NOT_SAID.search(text)]

    assert said == []
