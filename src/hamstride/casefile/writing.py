"""Records into a runner's file that people can read on."""

import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from hamstride.casefile.models import REPEATED, SINGLE, written
from hamstride.casefile.reading import Format, parse_case
from hamstride.records import RED_FLAG_KEYS, Case, Screening


def to_toml(case: Case, *, schema_comment: str | None = None) -> str:
    """The case as TOML; reading it again gives an equal case.

    Parameters
    ----------
    schema_comment
        Path or address of the JSON Schema, for editors: the first line becomes `#:schema ...`.
    """
    blocks = [f"#:schema {schema_comment}\n"] if schema_comment else []
    for name, tables in _tables(case).items():
        if isinstance(tables, dict):
            blocks.append(_block(f"[{name}]", tables))
        else:
            blocks.extend(_block(f"[[{name}]]", table) for table in tables)
    return "\n".join(blocks)


def to_json(case: Case) -> str:
    """The case as JSON; reading it again gives an equal case."""
    return json.dumps(_tables(case), indent=2, ensure_ascii=False, default=_iso) + "\n"


def write_case(case: Case, path: Path) -> None:
    """Write the case as TOML, or as JSON where the name ends so; all of it or nothing.

    The text is read back before it takes the place of the file: what could not be read again
    never replaces what can.

    Raises
    ------
    CaseFileError
        The case holds something that no runner's file may hold, such as a pain of NaN.
    OSError
        The disk refuses.
    """
    form: Format = "json" if path.suffix.lower() == ".json" else "toml"
    text = to_json(case) if form == "json" else to_toml(case)
    asked = frozenset(RED_FLAG_KEYS).union(*(found.answers for found in case.screenings))
    parse_case(text, file=path.name, format=form, questions=asked)
    _replace(path.resolve(), text.encode())


def _replace(path: Path, data: bytes) -> None:
    """Put bytes under a name in one step, so that a crash leaves the old file or the new one."""
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            Path(temporary).chmod(path.stat().st_mode & 0o777)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


# Records into plain tables


def _tables(case: Case) -> dict[str, Any]:
    """The tables of the file, in its order; what is unknown or empty is left out."""
    found: dict[str, Any] = {name: _table(getattr(case, name)) for name in SINGLE}
    for name in REPEATED:
        records = getattr(case, name)
        if records:
            found[name] = [_table(record) for record in records]
    return found


def _table(record: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in written(record):
        value = getattr(record, item.name)
        if isinstance(record, Screening) and item.name == "answers":
            found |= _in_order(value)
        elif item.name == "items" and value:
            found["items"] = [_table(inner) for inner in value]
        elif value is not None and not _is_empty_default(item, value):
            found[item.name] = _plain(value)
    return found


def _is_empty_default(item: "Field[Any]", value: object) -> bool:
    return value == () and item.default is not MISSING and item.default == ()


def _in_order(answers: Mapping[str, bool]) -> dict[str, bool]:
    """Answers in the order in which the questions are asked."""
    known = [name for name in RED_FLAG_KEYS if name in answers]
    return {name: answers[name] for name in (*known, *sorted(set(answers) - set(known)))}


def _plain(value: Any) -> Any:
    """A value as both formats can hold it; a whole number is written without a point."""
    match value:
        case float() if value.is_integer():
            return int(value)
        case datetime():
            offset = value.utcoffset()
            # Neither format writes seconds of an offset, which only local mean times have.
            in_minutes = offset is None or not offset.total_seconds() % 60
            return value if in_minutes else value.astimezone(UTC)
        case tuple():
            return list(value)
    return value


def _iso(value: date) -> str:
    return value.isoformat()


# Plain tables into TOML


def _block(heading: str, table: Mapping[str, Any]) -> str:
    return "\n".join((heading, *_lines(table))) + "\n"


def _lines(table: Mapping[str, Any]) -> Iterator[str]:
    for name, value in table.items():
        key = _key(name)
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield f"{key} = ["
            yield from (f"  {_value(inner)}," for inner in value)
            yield "]"
        elif isinstance(value, str) and "\n" in value:
            lines = _escaped(value, keep="\n")
            yield f'{key} = """\n{lines}"""'
        else:
            yield f"{key} = {_value(value)}"


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f'"{_escaped(value)}"'
        case date():
            return value.isoformat()
        case list():
            return f"[{', '.join(map(_value, value))}]"
        case dict():
            inner = ", ".join(f"{_key(name)} = {_value(held)}" for name, held in value.items())
            return f"{{ {inner} }}"
    return repr(value)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else f'"{_escaped(name)}"'


_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def _escaped(text: str, keep: str = "") -> str:
    return re.sub(
        r'[\x00-\x1f\x7f"\\]',
        lambda found: (
            found[0] if found[0] in keep else _SHORT.get(found[0], f"\\u{ord(found[0]):04x}")
        ),
        text,
    )
