"""The schemas of a protocol's files accept what is loaded, and underline what is not."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
LIBRARY = Path(str(files("hamstride.protocols") / "library"))
FILES = sorted(LIBRARY.glob("*/*.toml"))
KINDS: Mapping[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": (str, date),
    "boolean": bool,
    "integer": int,
    "number": (int, float),
}


@cache
def _schema(file_name: str) -> dict[str, Any]:
    name = "protocol" if file_name == "protocol.toml" else "phase"
    found: dict[str, Any] = json.loads(
        (REFERENCE / f"{name}.schema.json").read_text(encoding="utf-8")
    )
    return found


def _faults(value: Any, schema: Mapping[str, Any], root: Mapping[str, Any]) -> Iterator[str]:
    """What an editor would underline: the words of JSON Schema that the files use."""
    if "$ref" in schema:
        yield from _faults(value, root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root)
        return
    kind = schema.get("type")
    is_kind = kind is None or isinstance(value, KINDS[kind])
    if not is_kind or (isinstance(value, bool) and kind in ("integer", "number")):
        yield f"{value!r} is no {kind}"
        return
    yield from _narrower(value, schema, root)
    if isinstance(value, list):
        for each in value:
            yield from _faults(each, schema.get("items", {}), root)
    if isinstance(value, dict):
        yield from _table(value, schema, root)


def _narrower(value: Any, schema: Mapping[str, Any], root: Mapping[str, Any]) -> Iterator[str]:
    if "enum" in schema and value not in schema["enum"]:
        yield f"{value!r} is not among the choices"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{value!r} looks different"
    if value < schema["minimum"] if "minimum" in schema else False:
        yield f"{value!r} is too small"
    if value > schema["maximum"] if "maximum" in schema else False:
        yield f"{value!r} is too large"
    if len(value) < schema["minItems"] if "minItems" in schema else False:
        yield "the list is too short"
    if "anyOf" in schema and all([*_faults(value, each, root)] for each in schema["anyOf"]):
        yield f"{value!r} fits none"


def _table(
    value: dict[str, Any], schema: Mapping[str, Any], root: Mapping[str, Any]
) -> Iterator[str]:
    known = schema["properties"]
    yield from (f"{key} is missing" for key in schema.get("required", ()) if key not in value)
    for key, each in value.items():
        if key in known:
            yield from _faults(each, known[key], root)
        else:
            yield f"{key} is not known"
    one_of = [names["required"][0] for names in schema.get("oneOf", ())]
    if one_of and sum(name in value for name in one_of) != 1:
        yield "a comparison has one constant"


def _underlined(file_name: str, table: dict[str, Any]) -> list[str]:
    schema = _schema(file_name)
    return list(_faults(table, schema, schema))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_file_that_ships_is_accepted(path: Path) -> None:
    table = tomllib.loads(path.read_text(encoding="utf-8"))

    assert _underlined(path.name, table) == []


PHASE = """
id      = "settle"
title   = "Let it settle"
goal    = "Quiet mornings."
running = "none"
source  = "our_choice"

[[advance_when]]
id     = "rested"
say    = "Sleep 8 hours."
all    = [{ fact = "sleep_h", at_least = 8, within_days = 0 }]
source = "our_choice"
"""


def test_the_phase_that_the_slips_are_made_in_is_accepted() -> None:
    assert _underlined("1_settle.toml", tomllib.loads(PHASE)) == []


@pytest.mark.parametrize(
    ("right", "slip", "said"),
    [
        ('"sleep_h"', '"sleeps_h"', "'sleeps_h' is not among the choices"),
        ("at_least = 8", "at_least = 8, below = 9", "a comparison has one constant"),
        ("at_least = 8, ", "", "a comparison has one constant"),
        ("within_days = 0", "within_days = -1", "-1 is too small"),
        ('running = "none"', 'running = "slow"', "'slow' is not among the choices"),
        ("goal    =", "aim =", "goal is missing"),
        ("say    =", "says =", "says is not known"),
        ('"our_choice"', '"ours"', "'ours' is not among the choices"),
    ],
)
def test_a_slip_is_underlined(right: str, slip: str, said: str) -> None:
    found = _underlined("1_settle.toml", tomllib.loads(PHASE.replace(right, slip, 1)))

    assert said in found


def test_the_phases_of_a_protocol_are_files_of_their_own() -> None:
    assert "phases" not in _schema("protocol.toml")["properties"]
