"""The answer as JSON: the fixed names, on the file that documents them."""

import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from hamstride.casefile import read_case
from hamstride.explain import answer
from hamstride.records import Screening
from made_up_days import all_days, case_of, on_day

EXAMPLE = Path(__file__).parents[1] / "casefile" / "ana.toml"
ON = date(2026, 10, 20)

REASON = {"criterion", "verdict", "say", "source", "where", "asks", "facts"}
USED = {"fact", "value", "as_of", "comparison", "constant", "within_days"}


@pytest.fixture(scope="module")
def example() -> dict[str, Any]:
    """The answer of the day that the design gives, for the runner's file that it gives."""
    return answer(on_day(read_case(EXAMPLE), ON))


def _reasons(found: dict[str, Any]) -> list[dict[str, Any]]:
    causes = found["assessment"]["causes"]
    return [
        *found["today"]["reasons"],
        *found["gate"]["reasons"],
        *found["gate"]["recommended"],
        *(reason for cause in causes for reason in (*cause["for"], *cause["against"])),
    ]


def test_the_documented_day_comes_out_as_documented(example: dict[str, Any]) -> None:
    assert example["as_of"] == "2026-10-20"
    assert example["protocol"] == "strain"
    assert example["protocol_version"] == "1.0.0"
    assert example["phase"] == "strength"
    assert example["today"]["action"] == "rest"
    assert example["today"]["urgency"] is None
    assert example["today"]["answer_first"] == []
    assert (example["gate"]["action"], example["gate"]["to"]) == ("stay", None)
    assert example["assessment"]["pattern"] == "strain"
    assert example["assessment"]["severity"] == "mild"
    assert example["assessment"]["protocol"] == "strain"
    assert example["assessment"]["causes"][0]["id"] == "speed_jump"
    assert example["session"]["kind"] == "strength"
    assert example["session"]["run"] is None
    assert example["facts"]["pain_morning_nrs"] == {
        "value": 1,
        "unit": "nrs",
        "as_of": "2026-10-20",
    }


def test_the_keys_of_an_answer_are_fixed(example: dict[str, Any]) -> None:
    assert list(example) == [
        "as_of", "protocol", "protocol_version", "phase", "today", "gate", "assessment",
        "session", "week", "facts",
    ]  # fmt: skip
    assert set(example["today"]) == {"action", "urgency", "answer_first", "reasons"}
    assert {"action", "to", "reasons", "recommended"} <= set(example["gate"])
    assert set(example["assessment"]) == {"pattern", "severity", "protocol", "causes"}
    for cause in example["assessment"]["causes"]:
        assert set(cause) == {"id", "title", "for", "against", "test", "change"}
    for planned in example["week"]:
        assert set(planned) == {"on", "kind", "title", "minutes", "items", "run"}


def test_every_reason_has_every_key(example: dict[str, Any]) -> None:
    for reason in _reasons(example):
        assert set(reason) == REASON
        assert reason["verdict"] in {"met", "unmet", "unknown"}
        for used in reason["facts"]:
            assert set(used) == USED


def test_the_reasons_that_decided_come_first_and_each_stands_there_once() -> None:
    for day in all_days():
        said = answer(day)["today"]["reasons"]

        ids = [reason["criterion"] for reason in said]
        decided = [reason.criterion.id for reason in day.today.deciding]
        assert ids[: len(decided)] == decided
        counted = len(day.today.examined) + len(day.today.mentions)
        assert len(said) == counted


def test_every_week_is_seven_days_from_today_and_the_first_is_the_session() -> None:
    for day in all_days():
        found = answer(day)

        first = day.as_of
        assert [planned["on"] for planned in found["week"]] == [
            (first + timedelta(days=ahead)).isoformat() for ahead in range(7)
        ]
        if found["session"] is not None:
            assert found["session"]["items"] == found["week"][0]["items"]
            assert found["session"]["run"] == found["week"][0]["run"]


def test_a_day_that_refers_has_no_session_and_a_week_of_rest() -> None:
    flagged = Screening(on=date(2026, 11, 25), all_clear=True, answers={"dark_urine": True})

    found = answer(on_day(case_of(screening=flagged)))

    assert found["today"]["action"] == "refer"
    assert found["today"]["urgency"] == "emergency"
    assert found["gate"]["action"] == "refer"
    assert found["session"] is None
    assert Counter(planned["kind"] for planned in found["week"]) == {"rest": 7}
    assert found["today"]["reasons"][0]["criterion"] == "dark_urine"


def test_an_unknown_severity_is_called_unknown() -> None:
    found = answer(on_day(case_of(screening=None)))

    assert found["assessment"]["severity"] == "unknown"
    assert found["today"]["action"] == "rest"
    assert found["today"]["answer_first"][0] == "screenings.saddle_numbness"


def test_a_fact_that_is_not_known_is_left_out_and_never_null() -> None:
    for day in all_days():
        values = [fact["value"] for fact in answer(day)["facts"].values()]

        assert None not in values


def test_a_fact_of_several_windows_names_each() -> None:
    # Our plans look one day back, the articles' own plans at any last run.
    names = {name for day in all_days() for name in answer(day)["facts"]}

    assert "last_run_got_worse.within_1_days" in names
    assert "last_run_got_worse.within_400_days" in names
    assert {"pain_morning_nrs", "limp", "severity"} <= names


def test_an_answer_survives_being_written_as_json() -> None:
    for day in all_days():
        found = answer(day)

        assert json.loads(json.dumps(found, allow_nan=False)) == found
