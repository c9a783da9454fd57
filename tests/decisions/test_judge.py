"""A criterion against facts: met, unmet or unknown, with what was compared."""

from datetime import date
from typing import Any

import pytest

from hamstride.decisions.judge import Action, highest, judge, judge_all, keys
from hamstride.protocols.model import Criterion
from hamstride.vocabulary import Fact, Facts, Value, Verdict

ON = date(2026, 11, 25)
TWO = (
    {"fact": "last_run_pain_nrs", "at_least": 4, "within_days": 2},
    {"fact": "limp", "equals": True},
)


def _criterion(*rows: dict[str, Any], **rest: Any) -> Criterion:
    about = {"id": "row", "say": "A row.", "source": "our_choice", **rest}
    return Criterion.model_validate({**about, "all": list(rows or TWO)})


def _facts(pain: Value | None, limp: Value | None) -> Facts:
    return Facts(
        ON,
        {
            ("last_run_pain_nrs", 2): Fact(
                "last_run_pain_nrs", pain, ON, asks=("runs.pain_during",)
            ),
            ("limp", None): Fact("limp", limp, ON, asks=("check_ins.limp",)),
        },
    )


@pytest.mark.parametrize(
    ("pain", "limp", "verdict", "answers"),
    [
        (4, True, Verdict.MET, ()),
        (3, True, Verdict.UNMET, ()),
        (None, True, Verdict.UNKNOWN, ("runs.pain_during",)),
        (None, None, Verdict.UNKNOWN, ("runs.pain_during", "check_ins.limp")),
        (None, False, Verdict.UNMET, ()),  # one known "no" settles it: nothing to ask
    ],
)
def test_a_criterion_is_met_when_every_comparison_is_known_to_hold(
    pain: int | None, limp: bool | None, verdict: Verdict, answers: tuple[str, ...]
) -> None:
    found = judge(_criterion(), _facts(pain, limp))

    assert found.verdict is verdict
    assert found.answers == answers
    assert (found.met, found.unknown) == (verdict is Verdict.MET, verdict is Verdict.UNKNOWN)


def test_a_reason_holds_what_was_compared() -> None:
    pain, limp = judge(_criterion(), _facts(5, None)).facts

    assert (pain.fact, pain.value, pain.as_of) == ("last_run_pain_nrs", 5, ON)
    assert (pain.comparison, pain.constant, pain.within_days) == ("at_least", 4, 2)
    assert (pain.verdict, limp.verdict) == (Verdict.MET, Verdict.UNKNOWN)


def test_a_reason_names_the_records_its_facts_stand_on() -> None:
    run = ("runs 2026-11-24T18:00:00+00:00",)
    facts = Facts(
        ON,
        {
            ("last_run_pain_nrs", 2): Fact("last_run_pain_nrs", None, ON, run),
            ("limp", None): Fact("limp", True, ON),
        },
    )

    pain, limp = judge(_criterion(), facts).facts

    assert (pain.basis, limp.basis) == (run, ())


@pytest.mark.parametrize(
    ("limp", "answers"), [(True, ("check_ins.limp",)), (None, ("check_ins.limp",)), (False, ())]
)
def test_a_row_that_asks_waits_for_its_answer_even_when_it_is_met(
    limp: bool | None, answers: tuple[str, ...]
) -> None:
    row = _criterion({"fact": "limp", "equals": True}, ask=True)

    assert judge(row, _facts(0, limp)).answers == answers


def test_each_fact_is_named_once_and_in_order() -> None:
    rows = [_criterion(), _criterion({"fact": "limp", "equals": False})]

    assert keys(rows) == [("last_run_pain_nrs", 2), ("limp", None)]
    assert [each.met for each in judge_all(rows, _facts(4, True))] == [True, False]


def test_the_most_urgent_wins_and_the_most_restrictive_action() -> None:
    assert highest(["routine", None, "same_day", "urgent"]) == "same_day"
    assert highest([None]) is None
    assert max(Action) is Action.REFER
    assert [action.word for action in Action] == ["run", "modify", "rest", "refer"]
