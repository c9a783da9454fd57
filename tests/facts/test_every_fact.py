"""Every fact that a protocol may name is tried by name, and is what its definition says."""

import ast
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from hamstride.demo.story import case as ana
from hamstride.facts import compute, place
from hamstride.facts.compute import COMPUTED_HERE
from hamstride.facts.log import log_of
from hamstride.protocols.loading import load
from hamstride.vocabulary import COMPUTED, Fact
from made_up_logs import log

# What decisions add to the facts that records hold.
TOLD = {"severity", "pattern", "protocol_fits", "phase_running", "phase_has_running",
        "phase_is_last"}  # fmt: skip
TESTS = Path(__file__).parents[1]


@cache
def _named() -> frozenset[str]:
    """Every string that stands in the tests of facts."""
    files = [*TESTS.glob("facts/test_*.py"), *TESTS.glob("advise/test_*.py")]
    nodes = (
        node
        for file in files
        if file != Path(__file__)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    )
    return frozenset(
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


@pytest.mark.parametrize("fact_id", [*COMPUTED, *load().declared.counts])
def test_a_fact_is_tried_by_name(fact_id: str) -> None:
    assert fact_id in _named(), f"no test in tests/facts or tests/advise names {fact_id!r}"


def test_every_computed_fact_is_computed_or_told() -> None:
    assert set(COMPUTED) == set(COMPUTED_HERE) | TOLD


@pytest.mark.parametrize("fact_id", sorted(COMPUTED_HERE))
def test_a_fact_without_any_record_is_unknown_or_of_its_kind(fact_id: str) -> None:
    definitions = load().definitions

    found = compute(log(), log().case.episode.started_on, [(fact_id, None)], definitions)

    assert _is_as_defined(found[(fact_id, None)])


def _is_as_defined(fact: Fact) -> bool:
    """Whether a value, or its bounds, are of the kind and range that the definition gives."""
    definition = load().definitions[fact.id]
    if fact.value is None and fact.low is None:
        return True
    if definition.kind == "true_false":
        return isinstance(fact.value, bool)
    if definition.kind == "choice":
        return fact.value in definition.choices
    ends = (fact.low, fact.high) if fact.value is None else (fact.value, fact.value)
    return all(
        isinstance(end, int | float)
        and not isinstance(end, bool)
        and definition.lowest <= end <= definition.highest
        for end in ends
    )


def test_every_fact_of_a_whole_comeback_is_of_its_kind_and_range() -> None:
    library, case = load(), ana()
    protocol = library.protocols["strain"]
    names = [(name, None) for name in library.definitions]

    for number in range(0, 84, 7):
        day = case.episode.started_on + timedelta(days=number)
        of = log_of(case, day, library.declared_for(protocol))
        where = place(case, [phase.id for phase in protocol.phases], day)
        facts = compute(of, day, names, library.definitions)

        assert where.entered_on <= day
        assert [key for key in facts if not _is_as_defined(facts[key])] == []
        assert len(list(facts)) == len(names) - len(TOLD)
