"""Decision cases: what a runner recorded, and what is to be said of one day.

A case in `tests/cases/TOPIC/NAME.toml` is a runner's file with two tables more: `[case]` and
`[expect]`. To keep cases short, `[case]` may name a `base` of `tests/cases/base`; the tables of
the case are then laid over those of the base:

- `[runner]` and `[episode]`: key by key.
- check-ins, runs, screenings, phases and tests: the first record that a case gives for a day
  (for a test, a day and a test) is laid over the base's record of that day, key by key; a
  second one for the same day stands beside it. Other records are added.
- `KEY = "left out"` takes a key away, and `left_out = true` a whole record.
- `on` and `start` may be lists: the same record on each of those days.
- `others = false` in a screening answers every red-flag question that is named neither there nor
  in its list `unanswered`.

In `[expect]` a table asks only for the keys that it holds, "null" stands for null, and a list
asks for what has to be among what was found: ids of reasons that are met ("unknown ID" for an
unknown one), ids of causes and exercises, keys to answer; "not ID" asks that it is not there.
An empty list asks for an empty list.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from hamstride.records import RED_FLAG_KEYS

CASES = Path(__file__).parent / "cases"

LEFT_OUT = "left out"
NULL = "null"

Table = dict[str, Any]

_DAY = {"check_ins": "on", "screenings": "on", "phases": "on", "tests": "on", "runs": "start"}


@dataclass(frozen=True, slots=True)
class DecisionCase:
    """A runner's file as tables, the day that is asked about, and the answer that is expected."""

    id: str
    name: str
    because: str
    on: date
    tables: Table
    expected: Table


def decision_cases() -> Iterator[Path]:
    """The files of all cases, without the bases."""
    files = sorted(CASES.glob("*/*.toml"))
    return (file for file in files if file.parent.name != "base")


def load_decision_case(file: Path) -> DecisionCase:
    """The case of a file, laid over its base."""
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    head = tables.pop("case")
    expected = tables.pop("expect")
    return DecisionCase(
        id=f"{file.parent.name}/{file.stem}",
        name=head["name"],
        because=head["because"],
        on=head["on"],
        tables=_laid_over(head.get("base"), tables),
        expected=expected,
    )


def _laid_over(base: str | None, tables: Table) -> Table:
    """The tables of a case over those of its base, and of the base's own base."""
    if base is None:
        under: Table = {}
    else:
        below = tomllib.loads((CASES / "base" / f"{base}.toml").read_text(encoding="utf-8"))
        under = _laid_over(below.pop("case", {}).get("base"), below)
    for name, given in tables.items():
        if isinstance(given, list):
            under[name] = _records(name, under.get(name, []), given)
        else:
            under[name] = _without_left_out({**under.get(name, {}), **given})
    return under


def _records(name: str, under: list[Table], given: list[Table]) -> list[Table]:
    """The records of one kind: those of the base, changed and added to by those of the case."""
    records = list(under)
    touched: set[object] = set()
    for own in _one_a_day(name, given):
        key = _key(name, own)
        at = next((i for i, record in enumerate(records) if _key(name, record) == key), None)
        if at is None or key is None or key in touched:
            records.append(own)
        else:
            records[at] = {**_opened(records[at], own), **own}
        touched.add(key)
    kept = [record for record in records if not record.get("left_out")]
    return [_answered(name, _without_left_out(record)) for record in kept]


def _one_a_day(name: str, given: list[Table]) -> Iterator[Table]:
    """The records, with one for each day of a list of days."""
    day = _DAY.get(name, "on")
    for record in given:
        days = record[day]
        for one in days if isinstance(days, list) else [days]:
            yield {**record, day: one}


def _key(name: str, record: Table) -> object:
    """What makes two records the same one; None for kinds that are only added."""
    match name:
        case "runs":
            return record["start"].date()
        case "tests":
            return record["on"], record["test"]
        case "check_ins" | "screenings" | "phases":
            return record["on"]
    return None


def _opened(record: Table, own: Table) -> Table:
    """A screening of the base without its `all_clear` where the case answers by question."""
    if "all_clear" in record and own.keys() & {"others", *RED_FLAG_KEYS}:
        return {key: value for key, value in record.items() if key != "all_clear"}
    return record


def _without_left_out(record: Table) -> Table:
    return {key: value for key, value in record.items() if value != LEFT_OUT}


def _answered(name: str, record: Table) -> Table:
    """A screening in which `others` is written out; a question left out stays unanswered."""
    if name != "screenings" or "others" not in record:
        return record
    others = record["others"]
    unasked = record.get("unanswered", [])
    answers = {key: others for key in RED_FLAG_KEYS if key not in unasked}
    own = {key: value for key, value in record.items() if key not in {"others", "unanswered"}}
    return {**answers, **own}


def mismatches(expected: Any, found: Any, at: str = "") -> list[str]:
    """Where an answer is not what a case expects, one line each."""
    match expected:
        case dict():
            if not isinstance(found, Mapping):
                return [f"{at}: expected a table, found {found!r}"]
            lines: list[str] = []
            for key, value in expected.items():
                place = f"{at}.{key}" if at else key
                known = key in found
                lines += (
                    mismatches(value, found[key], place) if known else [f"{place}: no such key"]
                )
            return lines
        case []:
            return [f"{at}: expected nothing, found {_named(found)}"] if found else []
        case list():
            return [line for item in expected for line in _listed(item, found, at)]
    wanted = None if expected == NULL else expected
    return [] if wanted == found else [f"{at}: expected {wanted!r}, found {found!r}"]


def expected_names(expected: Any) -> Iterator[str]:
    """Every id and key that a case names in its lists, wanted or not."""
    if isinstance(expected, dict):
        for value in expected.values():
            yield from expected_names(value)
    elif isinstance(expected, list):
        for item in expected:
            if isinstance(item, str):
                yield item.removeprefix("not ").removeprefix("unknown ")
            else:
                yield from expected_names(item)


def _listed(item: Any, found: Any, at: str) -> list[str]:
    """Where a list does not hold what a case asks of it."""
    if not isinstance(found, (list, tuple)):
        return [f"{at}: expected a list, found {found!r}"]
    if isinstance(item, dict):
        if any(not mismatches(item, one) for one in found):
            return []
        return [f"{at}: nothing fits {item!r} among {_named(found)}"]
    names = _named(found)
    unwanted = str(item).removeprefix("not ") if str(item).startswith("not ") else None
    if unwanted is not None:
        return [f"{at}: {unwanted} is there"] if unwanted in names else []
    return [] if item in names else [f"{at}: {item} is not among {names}"]


def _named(found: Any) -> list[str]:
    """What a list holds, by name; an unmet reason has no name."""
    names: list[str] = []
    for one in found or ():
        if not isinstance(one, Mapping):
            names.append(str(one))
            continue
        name = str(one.get("criterion") or one.get("id") or one.get("exercise"))
        match one.get("verdict"):
            case "unknown":
                names.append(f"unknown {name}")
            case "unmet":
                continue
            case _:
                names.append(name)
    return names
