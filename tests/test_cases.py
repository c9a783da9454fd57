"""Every decision case gets the answer that it expects."""

import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

import hamstride.protocols
from cases_loading import decision_cases, expected_names, load_decision_case, mismatches
from hamstride.advise import advise
from hamstride.casefile import case_from
from hamstride.explain import answer
from hamstride.protocols.library import Library
from hamstride.protocols.loading import load
from hamstride.records import RED_FLAG_KEYS, CheckIn, Episode, Run, Runner

CASES = list(decision_cases())

HEAD = """
[case]
name    = "A case that is made up here"
on      = 2026-10-20
because = "the head of cases_loading.py"
"""
EXPECT = """
[expect]
today.action = "run"
"""


@pytest.fixture(scope="module")
def library() -> Library:
    """The protocols, read once."""
    return load()


@pytest.fixture(scope="module")
def known_names() -> frozenset[str]:
    """Every id in the library, and every key as the answer asks for it."""
    shelf = Path(hamstride.protocols.__file__).parent / "library"
    tables = [tomllib.loads(file.read_text(encoding="utf-8")) for file in shelf.rglob("*.toml")]
    asked: dict[str, type] = {"runner": Runner, "episode": Episode, "check_ins": CheckIn}
    keys = {f"{name}.{key.name}" for name, kind in asked.items() for key in fields(kind)}
    keys |= {f"runs.{key.name}" for key in fields(Run)}
    keys |= {f"screenings.{key}" for key in ("all_clear", *RED_FLAG_KEYS)}
    return frozenset(keys.union(*map(_ids, tables)))


def _ids(table: Any) -> Iterator[str]:
    match table:
        case dict():
            if "id" in table:
                yield table["id"]
            for value in table.values():
                yield from _ids(value)
        case list():
            for value in table:
                yield from _ids(value)


@pytest.mark.parametrize("file", CASES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_the_day_is_judged_as_the_rules_say(file: Path, library: Library) -> None:
    told = load_decision_case(file)

    found = answer(advise(case_from(told.tables, file.name), told.on, library))

    wrong = mismatches(told.expected, found)
    assert not wrong, "\n".join([told.name, *wrong, f"because: {told.because}"])


def test_every_name_that_a_case_expects_is_there_to_be_found(known_names: frozenset[str]) -> None:
    named = {
        (f"{file.parent.name}/{file.stem}", name)
        for file in CASES
        for name in expected_names(load_decision_case(file).expected)
    }

    # "not ID" would hold for ever once an id is renamed.
    assert not sorted(place for place in named if place[1] not in known_names)


def test_no_two_cases_have_one_name() -> None:
    names = [load_decision_case(file).name for file in CASES]

    assert sorted(names) == sorted(set(names))


# The loader


def _loaded(folder: Path, body: str, base: str = "niggle") -> dict[str, Any]:
    file = folder / "case.toml"
    file.write_text(f'{HEAD}base = "{base}"\n{body}\n{EXPECT}', encoding="utf-8")
    return load_decision_case(file).tables


def test_a_record_is_laid_over_the_one_of_its_day_and_a_second_stands_beside_it(
    tmp_path: Path,
) -> None:
    tables = _loaded(
        tmp_path,
        """
        [[check_ins]]
        on = 2026-10-20
        limp = true
        sleep_h = "left out"

        [[check_ins]]
        on = 2026-10-20
        limp = false
        """,
    )

    first, second = [row for row in tables["check_ins"] if row["on"].isoformat() == "2026-10-20"]
    assert first["limp"] is True
    assert first["pain_morning"] == 0  # of the base
    assert "sleep_h" not in first
    assert second == {"on": first["on"], "limp": False}


def test_a_list_of_days_is_a_record_on_each_and_a_record_can_be_left_out(tmp_path: Path) -> None:
    tables = _loaded(
        tmp_path,
        """
        [[check_ins]]
        on = [2026-10-18, 2026-10-19]
        pain_morning = 3

        [[runs]]
        start = [2026-10-04T18:00:00+01:00, 2026-10-11T18:00:00+01:00]
        left_out = true
        """,
    )

    mornings = {row["on"].day: row["pain_morning"] for row in tables["check_ins"]}
    assert [mornings[day] for day in (17, 18, 19, 20)] == [0, 3, 3, 0]
    assert [run["start"].day for run in tables["runs"]] == [18]


def test_a_screening_answers_the_others_and_leaves_open_what_it_names(tmp_path: Path) -> None:
    tables = _loaded(
        tmp_path,
        """
        [[screenings]]
        on = 2026-10-17
        others = false
        fever_or_unwell = true
        unanswered = ["dark_urine"]
        """,
    )

    answers = tables["screenings"][-1]
    assert answers["fever_or_unwell"] is True
    assert answers["marked_weakness"] is False
    assert "dark_urine" not in answers
    assert len(answers) == len(RED_FLAG_KEYS)  # the day, and every question but one


def test_an_expectation_that_does_not_hold_is_told() -> None:
    found = {
        "today": {
            "action": "rest",
            "urgency": None,
            "reasons": [
                {"criterion": "limps_today", "verdict": "met"},
                {"criterion": "short_night", "verdict": "unmet"},
            ],
        }
    }

    def wrong(**today: Any) -> list[str]:
        return mismatches({"today": today}, found)

    assert wrong(action="rest", urgency="null", reasons=["limps_today", "not short_night"]) == []
    assert wrong(action="run") == ["today.action: expected 'run', found 'rest'"]
    assert wrong(urgency="urgent") == ["today.urgency: expected 'urgent', found None"]
    assert wrong(urgencie="null") == ["today.urgencie: no such key"]
    assert wrong(reasons=["short_night"]) == [
        "today.reasons: short_night is not among ['limps_today']"
    ]
    assert wrong(reasons=["not limps_today"]) == ["today.reasons: limps_today is there"]
    assert wrong(reasons=[]) == ["today.reasons: expected nothing, found ['limps_today']"]
