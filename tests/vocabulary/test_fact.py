"""A fact is a value, its bounds, or unknown; and a comparison knows three answers."""

import math
from datetime import date
from typing import Any

import pytest

from hamstride.vocabulary import Fact, Facts, Verdict, all_of, bounded, compare

MET, UNMET, UNKNOWN = Verdict.MET, Verdict.UNMET, Verdict.UNKNOWN


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_a_fact_refuses_what_compares_with_nothing(number: float) -> None:
    for ends in (
        {"value": number},
        {"value": None, "low": number},
        {"value": None, "high": number},
    ):
        with pytest.raises(ValueError, match="a fact is a value or unknown"):
            Fact("pain_morning_nrs", **ends)


@pytest.mark.parametrize(
    ("value", "operator", "constant", "verdict"),
    [
        (4, "at_least", 4, MET),
        (3, "at_least", 4, UNMET),
        (4, "at_most", 4, MET),
        (5, "at_most", 4, UNMET),
        (4, "above", 4, UNMET),
        (5, "above", 4, MET),
        (4, "below", 4, UNMET),
        (3, "below", 4, MET),
        (4, "equals", 4, MET),
        (4.5, "equals", 4, UNMET),
        (True, "equals", True, MET),
        ("left", "equals", "right", UNMET),
        (None, "equals", 4, UNKNOWN),
        (None, "at_least", 4, UNKNOWN),
    ],
)
def test_a_known_fact_meets_a_comparison_or_does_not(
    value: Any, operator: Any, constant: Any, verdict: Verdict
) -> None:
    assert compare(Fact("a_fact", value), operator, constant) is verdict


@pytest.mark.parametrize(
    ("low", "high", "operator", "constant", "verdict"),
    [
        (2, 5, "at_least", 2, MET),
        (2, 5, "at_least", 3, UNKNOWN),
        (2, 5, "at_least", 6, UNMET),
        (2, 5, "below", 6, MET),
        (2, 5, "equals", 6, UNMET),
        (2, 5, "equals", 1, UNMET),
        (2, 5, "equals", 5, UNKNOWN),
        (2, 5, "equals", "left", UNKNOWN),
        (2, None, "at_least", 2, UNKNOWN),
    ],
)
def test_bounds_settle_a_comparison_when_every_value_between_them_agrees(
    low: float, high: float | None, operator: Any, constant: Any, verdict: Verdict
) -> None:
    assert compare(Fact("a_count", None, low=low, high=high), operator, constant) is verdict


@pytest.mark.parametrize(("value", "constant"), [("left", 4), (4, "left")])
def test_words_have_no_order(value: Any, constant: Any) -> None:
    with pytest.raises(ValueError, match="only numbers have an order"):
        compare(Fact("side", value), "at_least", constant)


def test_a_count_is_known_when_its_bounds_meet() -> None:
    assert bounded("a_count", 2, 2).value == 2
    assert bounded("a_count", 2, 3).value is None
    assert not bounded("a_count", 2, 3).known


@pytest.mark.parametrize(
    ("verdicts", "whole"),
    [
        ([], MET),
        ([MET, MET], MET),
        ([MET, UNKNOWN], UNKNOWN),
        ([UNKNOWN, UNMET], UNMET),
    ],
)
def test_one_known_no_settles_a_conjunction(verdicts: list[Verdict], whole: Verdict) -> None:
    assert all_of(verdicts) is whole


def test_a_fact_is_looked_up_by_its_window_and_one_without_windows_in_each() -> None:
    today, ever = Fact("limp", True), Fact("severity", "mild")
    facts = Facts(date(2026, 11, 25), {("limp", 0): today}).with_(ever)

    assert facts.of(("limp", 0)) is today
    assert facts.of(("severity", 7)) is ever
    assert facts[("severity", None)] is ever
    assert ("limp", None) not in facts
    with pytest.raises(KeyError):
        facts.of(("limp", 2))  # another window is another fact
