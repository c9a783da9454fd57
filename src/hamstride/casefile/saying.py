"""The sentences in which a fault of the runner's file is told: what was found, what is allowed."""

import math
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from pydantic_core import ErrorDetails

from hamstride.casefile.nearest import nearest
from hamstride.casefile.words import Word

_SHOWN = 40
"""Characters of a value that are shown back."""

_UNITS = {"kg": "kilograms", "m": "metres", "s": "seconds", "min": "minutes", "h": "hours"}
_UNQUOTED = ("integer", "number", "boolean")


class Refusal(ValueError):  # noqa: N818 - a sentence on its way to the list of faults
    """A value is refused; the text says why."""


def readable(text: str) -> str:
    """Text in one line, without characters that a terminal would obey or hide."""
    return "".join(
        sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text.replace("\n", "\\n")
    )


def quoted(value: object) -> str:
    """A value as it stands in the file, short, in one line."""
    match value:
        case str():
            cut = value if len(value) <= _SHOWN else value[:_SHOWN] + "…"
            shown = f'"{readable(cut)}"'
        case None | bool():
            shown = {None: "null", True: "true", False: "false"}[value]
        case int():
            shown = str(value) if abs(value) < 10**_SHOWN else "a number of over 40 digits"
        case date() | time():
            shown = value.isoformat()
        case Mapping():
            shown = "a table"
        case list() | tuple():
            shown = "a list"
        case _:
            shown = readable(str(value)[:_SHOWN])
    return shown


def told(found: ErrorDetails, word: Word, shape: Mapping[str, Any]) -> str:
    """One fault of one value: what was found, then what is allowed there.

    Parameters
    ----------
    found
        The error, as pydantic gives it.
    word
        The key in words.
    shape
        JSON Schema of the key.
    """
    value = found["input"]
    after = ""
    match found["type"]:
        case "greater_than_equal":
            what = f"{quoted(value)} is less than {shape['minimum']}"
        case "less_than_equal":
            what = f"{quoted(value)} is more than {shape['maximum']}"
        case "finite_number":
            what = _as_found(value)
        case "string_too_short" if not value:
            what = "the text is empty"
        case "string_too_short" | "string_too_long":
            what = f"the text has {_characters(len(value))}"
        case "string_unicode":
            what = f"{quoted(value)} holds half a character, which cannot be saved"
        case "literal_error" if isinstance(value, str):
            near = nearest(value, shape["enum"])
            what = f"{quoted(value)} is not among the choices"
            after = f' Did you mean "{near}"?' if near else ""
        case _:
            what = _as_found(value)
            if isinstance(value, str) and shape.get("type") in _UNQUOTED:
                what += ", because it stands in quotes"
    return f"{what}; {allowed_values(word, shape)}.{after}"


def allowed_values(word: Word, shape: Mapping[str, Any]) -> str:
    """What a key may hold, as a clause: "pain is a whole number from 0 to 10"."""
    if "enum" in shape:
        return f"{word.noun} is {_choices(shape['enum'])}"
    match shape.get("type"), shape.get("format"):
        case "boolean", _:
            held = "true or false"
        case "integer", _:
            held = f"a whole number from {shape['minimum']} to {shape['maximum']}"
        case "number", _:
            unit = f", in {_UNITS[word.unit]}" if word.unit in _UNITS else ""
            held = f"a number from {shape['minimum']} to {shape['maximum']}{unit}"
        case "string", "date":
            held = "a date, such as 2026-10-20"
        case "string", "date-time":
            held = "a date and time with its offset from UTC, such as 2026-10-19T18:00:00+01:00"
        case "array", _:
            held = "a list, in square brackets"
        case _:
            least, most = shape.get("minLength", 0), shape["maxLength"]
            length = f"{least} to {most}" if least else f"at most {most}"
            held = f"text of {length} characters, in quotes"
    return f"{word.noun} is {held}"


def _as_found(value: object) -> str:
    """A value of the wrong kind, and what it is."""
    match value:
        case str():
            what = "is text"
        case bool():
            what = "is a yes or no"
        case float() if not math.isfinite(value):
            what = "is not a number"
        case float():
            what = "has a decimal point"
        case int():
            what = "is a number"
        case date() | time():
            what = "is a date or time"
        case _:
            what = "is here"
    return f"{quoted(value)} {what}"


def says_nothing(value: object) -> bool:
    """Whether a value stands in the place of no answer: an empty text, or NaN."""
    return value == "" or (isinstance(value, float) and not math.isfinite(value))


def wrong_kind(value: object, word: Word, shape: Mapping[str, Any]) -> str:
    """A value of another kind than the key holds: what it is, and what is allowed."""
    return f"{_as_found(value)}; {allowed_values(word, shape)}."


def _choices(options: list[object]) -> str:
    shown = [quoted(option) for option in options]
    return " or ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))


def _characters(count: int) -> str:
    return f"{count} character" if count == 1 else f"{count} characters"
