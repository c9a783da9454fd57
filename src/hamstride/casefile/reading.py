"""The runner's file from disk or memory to a case."""

import re
from pathlib import Path
from typing import Literal

from hamstride.casefile.checking import case_from
from hamstride.casefile.saying import readable
from hamstride.casefile.syntax import json_tables, toml_tables
from hamstride.errors import CaseFileError
from hamstride.records import Case

Format = Literal["toml", "json"]

MOST_BYTES = 10_000_000
"""A check-in and a run on every day of ten years is a fifth of this."""

_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


def read_case(path: Path, *, questions: frozenset[str] | None = None) -> Case:
    """The case in a runner's file, TOML or JSON.

    Parameters
    ----------
    path
        The file. `Run.file` is kept as written: the caller resolves it against this folder.
    questions
        Keys of the red-flag questions; by default those that records.py lists.

    Raises
    ------
    CaseFileError
        The file cannot be opened, or it has faults; `faults` names all that were found.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise CaseFileError((f"{readable(path.name)}: {_unopened(error)}",)) from None
    return parse_case(data, file=path.name, questions=questions)


def parse_case(
    text: str | bytes,
    *,
    file: str,
    format: Format | None = None,  # noqa: A002 - the word that the caller thinks of
    questions: frozenset[str] | None = None,
) -> Case:
    """The case in the text of a runner's file.

    Parameters
    ----------
    text
        The text, or its bytes in UTF-8; a byte-order mark is passed over.
    file
        What to call the file in messages.
    format
        `None` looks at the name and the text: what ends in .json or begins with `{` is JSON.
    questions
        Keys of the red-flag questions; by default those that records.py lists.

    Raises
    ------
    CaseFileError
        The text has faults; `faults` names all that were found.
    """
    if len(text) > MOST_BYTES:
        say = f"the file is larger than {MOST_BYTES // 1_000_000} MB, the most that is read."
        raise CaseFileError((f"{readable(file)}: {say}",))
    plain = _decoded(text, file) if isinstance(text, bytes) else text.removeprefix("\ufeff")
    if not plain.strip():
        say = "the file is empty; it holds at least [episode] with started_on and side."
        raise CaseFileError((f"{readable(file)}: {say}",))
    form = format or _format(file, plain)
    tables = json_tables(plain, file) if form == "json" else toml_tables(plain, file)
    return case_from(tables, file, questions=questions)


def _format(file: str, text: str) -> Format:
    return "json" if file.lower().endswith(".json") or re.match(r"\s*\{", text) else "toml"


def _decoded(data: bytes, file: str) -> str:
    mark = _MARKS.get(data[:2])
    if mark is not None:
        say = f"the file is saved as {mark}; save it again with the encoding UTF-8."
        raise CaseFileError((f"{readable(file)}: {say}",))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        say = "a character is not in UTF-8; save the file again with the encoding UTF-8."
        raise CaseFileError((f"{readable(file)}, line {line}: {say}",)) from None


def _unopened(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return "there is no such file; look at its name and its folder."
        case IsADirectoryError():
            return "this is a folder; name the runner's file in it."
        case PermissionError():
            return "the file may not be read; look at its permissions."
    return f"the file could not be read ({error.strerror or type(error).__name__})."
