"""The JSON Schema of the runner's file, for editors."""

import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from hamstride.casefile import schema, schema_text
from hamstride.casefile.models import written
from hamstride.records import (
    RED_FLAG_KEYS,
    CheckIn,
    Episode,
    Override,
    PhaseEntry,
    Run,
    Runner,
    Screening,
    Session,
    SessionItem,
    TestResult,
)

STORED = Path(__file__).parents[2] / "docs" / "reference" / "runner.schema.json"
ANA = Path(__file__).parent / "ana.toml"
RECORDS = {
    "runner": Runner,
    "episode": Episode,
    "check_ins": CheckIn,
    "runs": Run,
    "tests": TestResult,
    "sessions": Session,
    "items": SessionItem,
    "phases": PhaseEntry,
    "overrides": Override,
}


def test_the_stored_schema_is_current() -> None:
    """To renew it, write what `hamstride.casefile.schema_text` gives into the file."""
    assert STORED.read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize(("table", "record"), RECORDS.items())
def test_the_schema_has_every_key_of_a_record_and_no_other(table: str, record: type) -> None:
    found = schema()["$defs"][table]

    assert list(found["properties"]) == [item.name for item in written(record)]
    assert found["additionalProperties"] is False


def test_the_answers_of_a_screening_are_keys_of_their_own() -> None:
    found = schema()["$defs"]["screenings"]

    assert list(found["properties"]) == ["on", "all_clear", *RED_FLAG_KEYS, "recorded_at"]
    assert {item.name for item in fields(Screening)} - set(found["properties"]) == {"answers"}


def test_every_key_but_the_questions_has_words_of_its_own() -> None:
    for table, record in RECORDS.items():
        for name in (item.name for item in written(record)):
            found = schema()["$defs"][table]["properties"][name]
            assert found["title"]
            assert not found["description"].startswith("Red-flag question"), f"{table}.{name}"


@pytest.mark.parametrize(
    ("table", "key", "expected"),
    [
        (
            "check_ins",
            "pain_morning",
            {
                "title": "Pain",
                "description": "Pain at the first steps of the day. "
                "0 is no pain, 10 the worst that can be imagined.",
                "x-unit": "whole number, 0-10",
                "type": "integer",
                "minimum": 0,
                "maximum": 10,
            },
        ),
        (
            "runner",
            "mass_kg",
            {
                "title": "Body mass",
                "description": "Body mass.",
                "x-unit": "kg",
                "type": "number",
                "minimum": 20,
                "maximum": 400,
            },
        ),
        (
            "runs",
            "start",
            {
                "title": "Start",
                "description": "When the run began, with its offset from UTC.",
                "type": "string",
                "format": "date-time",
            },
        ),
        (
            "episode",
            "side",
            {
                "title": "Side",
                "description": "The leg that hurts.",
                "type": "string",
                "enum": ["left", "right", "both"],
            },
        ),
        (
            "sessions",
            "items",
            {
                "title": "List of exercises",
                "description": "What was done, one table an exercise.",
                "type": "array",
                "items": {"$ref": "#/$defs/items"},
            },
        ),
        (
            "screenings",
            "dark_urine",
            {
                "title": "Dark urine",
                "description": "Red-flag question. True is yes, false is no.",
                "type": "boolean",
            },
        ),
    ],
)
def test_a_key_is_described_with_its_range_and_unit(
    table: str, key: str, expected: dict[str, object]
) -> None:
    assert schema()["$defs"][table]["properties"][key] == expected


def test_the_starred_keys_are_required() -> None:
    required = {table: found["required"] for table, found in schema()["$defs"].items()}

    assert schema()["required"] == ["episode"]
    assert required == {
        "runner": [],
        "episode": ["started_on", "side"],
        "screenings": ["on"],
        "check_ins": ["on"],
        "runs": ["start"],
        "tests": ["on", "test"],
        "sessions": ["on", "kind"],
        "phases": ["on", "id"],
        "overrides": ["on", "by", "reason"],
        "items": ["exercise"],
    }


def test_the_schema_knows_every_key_of_the_example() -> None:
    example = tomllib.loads(ANA.read_text(encoding="utf-8"))

    for table, records in example.items():
        for record in records if isinstance(records, list) else [records]:
            assert set(record) <= set(schema()["$defs"][table]["properties"])


def test_the_schema_lets_a_file_name_its_schema() -> None:
    found = schema()

    tables = {*RECORDS, "screenings"} - {"items"}
    assert found["properties"]["$schema"] == {"type": "string"}
    assert set(found["properties"]) == {"$schema", *tables}
    assert found["additionalProperties"] is False


def test_importing_the_package_leaves_pydantic_alone() -> None:
    code = "import sys, hamstride; sys.exit('pydantic' in sys.modules or 'numpy' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], check=False)  # noqa: S603 - our own code

    assert done.returncode == 0
