"""JSON Schema of the runner's file, so that editors complete keys and underline slips."""

import json
from collections.abc import Mapping
from typing import Any

from hamstride.casefile.models import REPEATED, SINGLE, key_names, properties, required
from hamstride.casefile.words import TABLES, word
from hamstride.records import RED_FLAG_KEYS, Screening, SessionItem

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """JSON Schema of the runner's file, draft 2020-12; units stand under `x-unit`."""
    tables: dict[str, Any] = {name: {"$ref": f"#/$defs/{name}"} for name in SINGLE}
    for name in REPEATED:
        tables[name] = {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}
    records = SINGLE | REPEATED | {"items": SessionItem}
    return {
        "$schema": DIALECT,
        "title": "A runner's file",
        "description": "One injury of one runner, as recorded. A key left out is unknown: "
        "never zero, never no.",
        "type": "object",
        "properties": {"$schema": {"type": "string"}, **tables},
        "required": ["episode"],
        "additionalProperties": False,
        "$defs": {name: _record(name, kind) for name, kind in records.items()},
    }


def schema_text() -> str:
    """The schema as the text of `docs/reference/runner.schema.json`."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _record(table: str, kind: type) -> dict[str, Any]:
    return {
        "title": _capital(TABLES[table].noun),
        "description": TABLES[table].description,
        "type": "object",
        "properties": {name: _key(table, kind, name) for name in _names(kind)},
        "required": list(required(kind)),
        "additionalProperties": False,
    }


def _names(kind: type) -> tuple[str, ...]:
    names = key_names(kind, frozenset())
    if kind is not Screening:
        return names
    at = names.index("all_clear") + 1
    return (*names[:at], *RED_FLAG_KEYS, *names[at:])


def _key(table: str, kind: type, name: str) -> dict[str, Any]:
    about = word(table, name)
    found: dict[str, Any] = {"title": _capital(about.noun), "description": about.description}
    if about.unit is not None:
        found["x-unit"] = about.unit
    shape: Mapping[str, Any] = properties(kind).get(name, {"type": "boolean"})
    if "$ref" in shape.get("items", {}):
        shape = {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}
    return found | dict(shape)


def _capital(noun: str) -> str:
    plain = noun.removeprefix("the ").removeprefix("a ").removeprefix("an ").replace("_", " ")
    return plain[:1].upper() + plain[1:]
