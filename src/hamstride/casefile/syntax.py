"""Text of a runner's file into plain tables, with a slip of the keyboard told in plain words."""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from typing import Any

from hamstride.casefile.models import REPEATED
from hamstride.casefile.saying import quoted, readable
from hamstride.errors import CaseFileError


class Twice(dict[str, Any]):
    """A table in which the file wrote some keys a second time; JSON lets that happen."""

    names: tuple[str, ...] = ()


_TOO_DEEP = "the tables are nested too deeply; a runner's file has two levels."


def toml_tables(text: str, file: str) -> dict[str, Any]:
    """The tables of a TOML text.

    Raises
    ------
    CaseFileError
        The text is not TOML; the fault names the line and the column.
    """
    _refuse_long_keys(text, file)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, column, said = _toml_place(str(error), text)
        around = text.replace("\r\n", "\n").split("\n")[line - 1]
        raise _fault(file, line, column, _toml_cure(said, around, column)) from None
    except ValueError:
        raise CaseFileError((f"{_name(file)}: a number has too many digits.",)) from None
    except RecursionError:
        raise CaseFileError((f"{_name(file)}: {_TOO_DEEP}",)) from None


def json_tables(text: str, file: str) -> dict[str, Any]:
    """The tables of a JSON text; an object with a key twice is a `Twice`.

    Raises
    ------
    CaseFileError
        The text is not JSON, or no object; a slip is told with its line and column.
    """
    try:
        found = json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise _fault(file, error.lineno, error.colno, _json_cure(error.msg)) from None
    except ValueError:
        raise CaseFileError((f"{_name(file)}: a number has too many digits.",)) from None
    except RecursionError:
        raise CaseFileError((f"{_name(file)}: {_TOO_DEEP}",)) from None
    if not isinstance(found, dict):
        raise CaseFileError(
            (f"{_name(file)}: {quoted(found)} is here; a runner's file is one object, in {{ }}.",)
        )
    return found


def _name(file: str) -> str:
    return readable(file)


def _fault(file: str, line: int, column: int, sentence: str) -> CaseFileError:
    return CaseFileError((f"{_name(file)}, line {line}, column {column}: {sentence}",))


# TOML

# A text without its end runs to the end of the line or the file, or else each of its quotes would
# be tried as a beginning: 300 kB of \" took minutes.
_STRINGS_AND_COMMENTS = re.compile(
    r"""
    \"{3} (?: [^\\] | \\. )*? (?: \"{3,5} | \Z )
    | '{3} .*? (?: '{3,5} | \Z )
    | " (?: [^"\\\n] | \\[^\n] )*+ "?
    | ' [^'\n]*+ '?
    | \# [^\n]*+
    """,
    re.DOTALL | re.VERBOSE,
)
# Over six parts, a.b.c and so on: the time and memory of tomllib grow with the square of them.
_LONG_KEY = re.compile(r"(?<![\w\"-])(?:[\w-]++|\"\")(?:[ \t]*+\.[ \t]*+(?:[\w-]++|\"\")){6}")


def _refuse_long_keys(text: str, file: str) -> None:
    """Refuse a dotted key of many parts before tomllib spends hours on it.

    Up to the first slip of the text, strings and comments are taken out exactly as TOML has
    them; after it, tomllib does not read on.
    """
    bare = _STRINGS_AND_COMMENTS.sub(lambda found: '""' + "\n" * found[0].count("\n"), text)
    found = _LONG_KEY.search(bare)
    if found is not None:
        line = bare.count("\n", 0, found.start()) + 1
        column = found.start() - bare.rfind("\n", 0, found.start())
        raise _fault(file, line, column, _TOO_DEEP)


def _toml_place(message: str, text: str) -> tuple[int, int, str]:
    """Line, column and the bare message of an error of tomllib."""
    found = re.search(r" \(at line (\d+), column (\d+)\)$", message)
    if found is not None:
        return int(found[1]), int(found[2]), message[: found.start()]
    lines = text.replace("\r\n", "\n").split("\n")
    return len(lines), len(lines[-1]) + 1, message.removesuffix(" (at end of document)")


_TOML_SAID = {
    "Expected '=' after a key": "a key and its value are joined by =, such as limp = false.",
    "Expected ']": "the heading is not closed, such as [runner], on a line of its own.",
    "Invalid date": "there is no such day or time in the calendar.",
    "Unclosed array": "a list that begins here or above has no closing ].",
    "Unclosed inline": "a table that begins here or above has no closing }, on the same line.",
    "Unterminated string": "a text that begins here or above has no closing quote.",
    "Illegal character '\\n'": "the text on this line has no closing quote.",
    "Unescaped": "a backslash in double quotes stands alone; use / or \\\\ or single quotes.",
    "Invalid hex": "a backslash in double quotes stands alone; use / or \\\\ or single quotes.",
    "Escaped character": "the number after \\u stands for no character.",
    "Duplicate inline": "a key stands twice in this table; keep one of the two.",
    "Illegal character": "there is a character here that no text shows; take it out.",
    "Found invalid": "there is a character here that no text shows; take it out.",
}
"""What tomllib says, by its first words, and what we say for it."""

_TOML_VALUES = (
    (r"$|#", "a value is missing after =; write one, or leave the key out."),
    (r"(?i:true|false)\b", "true and false are written in small letters."),
    (r"(?i:yes|no|on|off|y|n)\b", "a yes or no is written true or false."),
    (r"(?i:null|none|nil|unknown|n/a|\?)", "where nothing is known, the key is left out."),
    (r"[“”„«‘’]", 'the quotes are curly; use straight ones, such as "left".'),
)
"""How a value begins that is none, and what to write instead."""

_TOML_TAILS = (
    (r"\.\d|/\d", "a date is written year, month, day, such as 2026-10-20."),
    (r"-\d", "a date is a day of the calendar, written year, month, day, such as 2026-10-20."),
    (r",\d", "a number has a point, not a comma, such as 58.5."),
    (r":\d", "a duration is one number in the unit of its key, such as 1500 for 25 minutes in s."),
    (r"(?<=[\s=,\[]0)\d", "a number does not begin with 0, such as 3 instead of 03."),
    (r"\s*[a-zA-Z%]+\s*(#|$)", "a number stands without its unit; the key already names it."),
)
"""What stands after a value that could be read, and what to write instead."""


def _toml_cure(said: str, line: str, column: int) -> str:
    """What to do about an error of tomllib."""
    if said.startswith("Cannot"):
        return _toml_again(line)
    if said == "Invalid value":
        return _first(_TOML_VALUES, line, column) or _unquoted(line[column - 1 :])
    if said.startswith("Expected newline"):
        tail = "something follows the value; a line holds one key and one value."
        return _first(_TOML_TAILS, line, column) or tail
    for start, sentence in _TOML_SAID.items():
        if said.startswith(start):
            return sentence
    return "this is not TOML; a line is key = value, a [heading] or a # comment."


def _first(cures: tuple[tuple[str, str], ...], line: str, column: int) -> str | None:
    """The first cure whose pattern begins at the column."""
    for pattern, sentence in cures:
        if re.compile(pattern).match(line, column - 1):
            return sentence
    return None


def _unquoted(rest: str) -> str:
    typed = re.match(r"[^\W\d][^#,\]}]*", rest)
    if typed is not None:
        return f"text stands in quotes: {quoted(typed[0].strip())}."
    return "this is no value: text stands in quotes, a number has a point, such as 58.5."


def _toml_again(line: str) -> str:
    """What to do about a table or key that stands a second time."""
    heading = re.match(r"\s*\[+\s*([\w-]+)", line)
    if heading is None:
        key = re.match(r"\s*([\w-]+)", line)
        which = f'the key "{key[1]}"' if key else "a key"
        return f"{which} stands twice in its table; keep one of the two."
    name = heading[1]
    if name in REPEATED:
        return (
            f"{name} stands here a second time; with many of them, each has the heading "
            f"[[{name}]], in double brackets."
        )
    return f"the table [{name}] stands twice; bring its keys together under one heading."


# JSON

_JSON_SAID = {
    "Expecting property name": 'a key is expected, in double quotes, such as "limp"; '
    "there is no comma after the last one.",
    "Illegal trailing comma": "there is no comma after the last one; take it out.",
    "Expecting ':'": 'a key and its value are joined by :, such as "limp": false.',
    "Expecting ','": "a comma is expected between one value and the next.",
    "Expecting value": "a value is expected: text in double quotes, a number, true or false.",
    "Extra data": "something follows the end of the file's object; take it out.",
    "Unterminated string": "the text that begins here has no closing quote.",
    "Invalid control character": "a text stands on one line; a line break in it is written \\n.",
    "Invalid \\": "a backslash stands alone; write it twice, \\\\.",
}


def _json_cure(said: str) -> str:
    known = (sentence for start, sentence in _JSON_SAID.items() if said.startswith(start))
    return next(known, "this is not JSON.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    twice = Twice(found)
    twice.names = tuple(_repeated(name for name, _ in pairs))
    return twice


def _repeated(names: Iterator[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]
