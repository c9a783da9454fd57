"""The records as strict pydantic models, and the shape of the tables that hold them."""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from dataclasses import Field as DataField
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, get_args, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, create_model

from hamstride.records import (
    CheckIn,
    Episode,
    Override,
    PhaseEntry,
    Run,
    Runner,
    Screening,
    Session,
    TestResult,
)

SINGLE: dict[str, type] = {"runner": Runner, "episode": Episode}
"""The tables that come once, in the order of the file."""

REPEATED: dict[str, type] = {
    "screenings": Screening,
    "check_ins": CheckIn,
    "runs": Run,
    "tests": TestResult,
    "sessions": Session,
    "phases": PhaseEntry,
    "overrides": Override,
}
"""The tables that come once a record, in the order of the file."""

Kind = Literal["day", "instant", "list", "plain"]


def written(record: type) -> tuple[DataField[Any], ...]:
    """The fields of a record that its file has a key for, in their order."""
    return tuple(item for item in fields(record) if item.metadata.get("in_file", True))


@cache
def key_names(record: type, questions: frozenset[str]) -> tuple[str, ...]:
    """The keys that the table of a record may hold, in the order in which they are written.

    A screening is flat in the file: its answers stand in the table itself, one key a question.
    """
    names = [item.name for item in written(record)]
    if record is not Screening:
        return tuple(names)
    at = names.index("answers")
    return (*names[:at], *sorted(questions), *names[at + 1 :])


@cache
def kinds(record: type) -> Mapping[str, Kind]:
    """What each field asks of the file's form, before any value is looked at."""
    hints = get_type_hints(record)
    return {item.name: _kind(hints[item.name]) for item in written(record)}


def _kind(hint: object) -> Kind:
    options = get_args(hint) or (hint,)
    if datetime in options:
        return "instant"
    if date in options:
        return "day"
    is_list = any(getattr(option, "__origin__", None) is tuple for option in (hint, *options))
    return "list" if is_list else "plain"


@cache
def item_record(record: type, name: str) -> type | None:
    """The record that a list of tables holds; None for a list of words or no list at all."""
    inner = get_args(get_type_hints(record)[name])
    return inner[0] if inner and is_dataclass(inner[0]) and isinstance(inner[0], type) else None


@cache
def model(record: type) -> type[BaseModel]:
    """The record as a model that takes a table, and refuses whatever it would have to coerce.

    A strict pydantic dataclass takes only instances of itself, so the dataclass alone cannot be
    asked. Built at the first use: all of them together take some 25 ms.
    """
    hints = get_type_hints(record, include_extras=True)
    found: dict[str, Any] = {}
    for item in written(record):
        if item.default_factory is not MISSING:
            found[item.name] = (hints[item.name], Field(default_factory=item.default_factory))
        else:
            default = ... if item.default is MISSING else item.default
            found[item.name] = (hints[item.name], default)
    strict = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)
    made: type[BaseModel] = create_model(record.__name__, __config__=strict, **found)
    return made


@cache
def properties(record: type) -> Mapping[str, Mapping[str, Any]]:
    """JSON Schema of each field, without the null that stands for a key left out."""
    schema = model(record).model_json_schema()
    return {name: _without_null(found) for name, found in schema["properties"].items()}


@cache
def required(record: type) -> tuple[str, ...]:
    """The keys that a table of the record is refused without."""
    return tuple(name for name, found in model(record).model_fields.items() if found.is_required())


def _without_null(found: Mapping[str, Any]) -> Mapping[str, Any]:
    options = found.get("anyOf", [found])
    kept = next(option for option in options if option.get("type") != "null")
    return {key: value for key, value in kept.items() if key not in ("title", "default")}
