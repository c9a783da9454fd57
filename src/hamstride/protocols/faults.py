"""What pydantic found, told as one line a fault: the file, the row, what is there, what fits."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from hamstride.protocols.nearest import known
from hamstride.protocols.reading import Place, place_in, within

_FITS = {
    "bool_type": "true or false",
    "int_type": "a whole number",
    "float_type": "a number",
    "string_type": "a text in quotes",
    "tuple_type": "a list in [ ]",
    "list_type": "a list in [ ]",
    "model_type": "a table",
    "date_type": "a day such as 2026-11-24",
    "literal_error": "{expected}",
    "greater_than_equal": "{ge} or more",
    "less_than_equal": "{le} or less",
    "greater_than": "more than {gt}",
    "too_short": "a list with {min_length} or more rows",
    "string_too_short": "a text of {min_length} or more letters",
    "string_pattern_mismatch": "a text like {pattern}",
}
"""What would fit, by the type of pydantic's error."""

_LONGEST_SHOWN = 60


def faults_of(
    name: str, table: Mapping[str, Any], error: ValidationError, model: type[BaseModel]
) -> list[str]:
    """A line for each place of a table that does not fit its model."""
    by_place: dict[Place, list[ErrorDetails]] = {}
    for each in error.errors():
        where = each["loc"]
        if each["type"] != "missing":
            where = within(table, where)
        by_place.setdefault(where, []).append(each)
    return [
        _line(name, table, where, found, model)
        for where, found in by_place.items()
        # pydantic counts only the rows that fit: a list is too short because a row has a fault.
        if found[0]["type"] != "too_short" or not _any_inside(where, by_place)
    ]


def _any_inside(where: Place, places: Iterable[Place]) -> bool:
    return any(each != where and each[: len(where)] == where for each in places)


def _line(
    name: str,
    table: Mapping[str, Any],
    where: Place,
    found: list[ErrorDetails],
    model: type[BaseModel],
) -> str:
    first = found[0]
    place = place_in(name, table, where)
    if first["type"] in ("missing", "extra_forbidden"):
        key, row = str(where[-1]), where[:-1]
        fields = _model_at(model, row).model_fields
        place = place_in(name, table, row)
        if first["type"] == "missing":
            needed = ", ".join(each for each, field in fields.items() if field.is_required())
            return f"{place}: {key!r} is missing. Needed here: {needed}."
        return f"{place}: there is no key {key!r} here. {known(key, fields)}"
    if first["type"] == "value_error":
        return f"{place}: {first['ctx']['error']}."
    fits = dict.fromkeys(_fits(each) for each in found)
    if "a number" in fits:
        fits.pop("a whole number", None)
    return f"{place}: found {_shown(first['input'])}; what fits is {' or '.join(fits)}."


def _fits(error: ErrorDetails) -> str:
    return _FITS.get(error["type"], error["msg"]).format(**error.get("ctx", {}))


def _shown(value: object) -> str:
    """A value as TOML would write it, or in words where it is long."""
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    text = repr(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."


def _model_at(model: type[BaseModel], where: Place) -> type[BaseModel]:
    """The model of the table at a place inside another."""
    for key in where:
        if isinstance(key, str):
            model = _models_in(model.model_fields[key].annotation)[0]
    return model


def _models_in(annotation: object) -> list[type[BaseModel]]:
    """The models that an annotation names, the outermost first."""
    inside = [model for each in get_args(annotation) for model in _models_in(each)]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation, *inside]
    return inside
