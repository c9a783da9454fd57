"""One TOML file as plain tables, or the reasons why it is none.

Whatever passes is small, shallow and of one line a text, so that nothing behind it has to ask.
"""

import math
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from typing import Any

Place = tuple[str | int, ...]

LARGEST_FILE_BYTES = 256_000
DEEPEST = 12
_WHOLE_64_BITS = range(-(2**63), 2**63)
_TOO_DEEP = (
    f"tables and lists are nested more than {DEEPEST} deep; a protocol needs no more than 7."
)

# a.b.c and so on: the time and memory of tomllib grow with the square of the parts. No part is
# tried from its middle, or else one long word would cost the square of its length here.
_LONG = "a key has more than 8 parts with points between; a protocol needs no more than 2."
_PART = r"""(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')"""
_LONG_KEY = re.compile(rf"(?<![\w\"'\\-]){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{8}}")

# What turns the direction of the text around it, so that a rule reads other than it is.
_TURNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Line and paragraph separators break a line as well; they are no control characters by name.
_UNSEEN_CATEGORIES = ("Cc", "Zl", "Zp")

_TOML_SAID = {
    "Cannot overwrite": "a key stands here for the second time. Keep one of the two",
    "Duplicate inline": "a key stands here for the second time in its table. Keep one of the two",
    "Cannot declare": "this heading stands here for the second time. Keep one of the two",
    "Invalid value": "no value stands here; a text is in quotes, and true and false are small",
    "Expected '=' after a key": "a key and its value are joined by =",
    "Unclosed": "a list or table that begins here or above is not closed",
    "Unterminated string": "a text that begins here or above has no closing quote",
    "Illegal character '\\n'": "the text on this line has no closing quote",
    "Illegal character '\\x": "a character stands here that nobody sees. Take it out",
}
"""What tomllib says, by its first words, and what we say for it."""


def read_table(place: Traversable, name: str, faults: list[str]) -> dict[str, Any] | None:
    """The tables of a file, or None and a line for each fault; `name` is what the lines call it."""
    try:
        with place.open("rb") as file:
            data = file.read(LARGEST_FILE_BYTES + 1)
    except OSError:
        faults.append(f"{name}: the file is missing or cannot be read.")
        return None
    if len(data) > LARGEST_FILE_BYTES:
        faults.append(
            f"{name}: the file is over {LARGEST_FILE_BYTES // 1000} kB, the most it may be."
        )
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        faults.append(f"{name}, line {line}: this is not UTF-8. Save the file as UTF-8.")
        return None
    table = _tables(text, name, faults)
    if table is None:
        return None
    odd = [f"{place_in(name, table, where)}: {said}" for where, said in _oddities(table, ())]
    faults += odd
    return None if odd else table


def _tables(text: str, name: str, faults: list[str]) -> dict[str, Any] | None:
    if (long := _LONG_KEY.search(text)) is not None:
        faults.append(f"{name}, line {text.count(chr(10), 0, long.start()) + 1}: {_LONG}")
        return None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        faults.append(_syntax(name, str(error)))
    except ValueError:
        faults.append(f"{name}: a number has thousands of digits; whole numbers have 64 bits.")
    except RecursionError:
        faults.append(f"{name}: {_TOO_DEEP}")
    return None


def _syntax(name: str, message: str) -> str:
    """What tomllib said, in our words where it has its own for it, behind its line and column."""
    said, _, where = message.removesuffix(")").rpartition(" (at ")
    where = "at the end" if where == "end of document" else where
    for beginning, ours in _TOML_SAID.items():
        if said.startswith(beginning):
            said = ours
    return f"{name}, {where}: this is not TOML: {said}."


def _oddities(value: object, where: Place) -> Iterator[tuple[Place, str]]:
    """Every value that TOML allows and no protocol needs, with its place."""
    if len(where) > DEEPEST:
        yield where[:2], _TOO_DEEP
    elif isinstance(value, Mapping):
        for key, each in value.items():
            for sign in _unseen(key):
                yield where, f"a key holds the character {sign}, which nobody sees. Take it out."
            yield from _oddities(each, (*where, key))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _oddities(each, (*where, number))
    elif isinstance(value, str):
        for sign in _unseen(value):
            yield (
                where,
                f"the text holds the character {sign}, which nobody sees. Take it out; a text is "
                "one line that reads from left to right.",
            )
    elif isinstance(value, float) and not math.isfinite(value):
        yield where, f"found {value}; a number is finite."
    elif isinstance(value, int) and value not in _WHOLE_64_BITS:
        yield where, "found a number beyond 64 bits; no fact is that large."


def _unseen(text: str) -> list[str]:
    """The code points of control and bidirectional characters, each once."""
    found = [
        sign
        for sign in dict.fromkeys(text)
        if sign in _TURNS or unicodedata.category(sign) in _UNSEEN_CATEGORIES
    ]
    return [f"U+{ord(sign):04X}" for sign in found]


def place_in(name: str, table: object, where: Place) -> str:
    """The file and the way into its tables; a row by its id, or else by its number."""
    words = []
    row = table
    for key in where:
        row = _inside(row, key)
        if isinstance(key, str):
            words.append(key if re.fullmatch(r"[\w-]+", key) else repr(key))
            continue
        label = _label(row)
        words.append(f"row {key + 1}" if label is None else repr(label))
    return f"{name}, {' '.join(words)}" if words else name


def _label(row: object) -> str | None:
    """What a row is called: its id, or what stands for one."""
    if not isinstance(row, Mapping):
        return None
    names = (row.get(key) for key in ("id", "key", "exercise"))
    return next((name for name in names if isinstance(name, str)), None)


def _inside(row: object, key: str | int) -> object:
    """What stands under a key or at a place; None where there is nothing."""
    if isinstance(row, Mapping) and isinstance(key, str):
        return row.get(key)
    if isinstance(row, list) and isinstance(key, int) and key < len(row):
        return row[key]
    return None


def within(table: object, where: Place) -> Place:
    """The part of a place that the tables hold; pydantic adds the types that it tried."""
    row = table
    for depth, key in enumerate(where):
        row = _inside(row, key)
        if row is None:
            return where[:depth]
    return where
