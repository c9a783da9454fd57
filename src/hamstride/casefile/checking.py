"""Tables, as TOML and JSON give them, into records; every fault is collected before any is told."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from hamstride.casefile.days import NoOffset, day, instant, time_zone
from hamstride.casefile.faults import Faults, Place, TooManyFaults, ordinal
from hamstride.casefile.models import (
    REPEATED,
    SINGLE,
    item_record,
    key_names,
    kinds,
    model,
    properties,
    required,
)
from hamstride.casefile.nearest import nearest, nearest_zone
from hamstride.casefile.saying import (
    Refusal,
    allowed_values,
    quoted,
    says_nothing,
    told,
    wrong_kind,
)
from hamstride.casefile.syntax import Twice
from hamstride.casefile.words import TABLES, word
from hamstride.errors import CaseFileError
from hamstride.records import RED_FLAG_KEYS, Case, Screening

_MOST_WORDS = 1000
"""Values in a list of words; the model would find a fault in each of a million."""

Table = Mapping[str, Any]
Record = TypeVar("Record")


def case_from(data: Table, file: str, *, questions: frozenset[str] | None = None) -> Case:
    """The case that tables hold.

    Parameters
    ----------
    data
        Tables with the keys of the runner's file; days and instants as such, or as ISO text.
    file
        What to call the file in messages.
    questions
        Keys of the red-flag questions; by default those that records.py lists.

    Raises
    ------
    CaseFileError
        Something is unknown, missing or out of its range; `faults` names all of it.
    """
    asked = frozenset(RED_FLAG_KEYS) if questions is None else questions
    walk = _Walk(Faults(file), asked, _zone_of(data))
    found: dict[str, Any] = {}
    with suppress(TooManyFaults):
        found = walk.case(data)
    if walk.faults.lines:
        raise CaseFileError(tuple(walk.faults.lines))
    return Case(**found)


def _zone_of(data: Table) -> ZoneInfo | None:
    """The runner's time zone, where the file names one that exists."""
    runner = data.get("runner")
    name = runner.get("timezone") if isinstance(runner, Mapping) else None
    return time_zone(name) if isinstance(name, str) else None


SCHEMA_KEY = "$schema"
"""Where JSON editors look for the schema; it says nothing about the runner."""


@dataclass(frozen=True, slots=True)
class _Walk:
    """One walk through the tables of a file."""

    faults: Faults
    questions: frozenset[str]
    zone: ZoneInfo | None

    def case(self, data: Table) -> dict[str, Any]:
        self._say_twice(data, None)
        for name in data:
            if name not in SINGLE and name not in REPEATED and name != SCHEMA_KEY:
                self.faults.add(None, _unknown_table(name))
        found: dict[str, Any] = {}
        for name, kind in SINGLE.items():
            if name in data:
                found[name] = self._single(name, kind, data[name])
        for name, kind in REPEATED.items():
            if name in data:
                found[name] = self._repeated(name, kind, data[name])
        if "episode" not in data:
            self.faults.add(
                None,
                "the table [episode] is missing; it holds at least two keys, "
                'such as started_on = 2026-10-01 and side = "left".',
            )
        return found

    def _single(self, name: str, kind: type[Record], table: object) -> Record | None:
        place = Place(name, name)
        if isinstance(table, list):
            self.faults.add(
                place,
                f"a list is here, and there is only one {name} in a file; "
                f"its heading is [{name}] in TOML, and in JSON it has no square brackets.",
            )
            return None
        return self._record(kind, table, place)

    def _repeated(self, name: str, kind: type[Record], tables: object) -> tuple[Record | None, ...]:
        place = Place(name, name)
        if isinstance(tables, Mapping):
            self.faults.add(
                place,
                f"one table is here, and there may be many; in TOML each of them has the heading "
                f"[[{name}]], and in JSON they stand in square brackets.",
            )
            return ()
        if not isinstance(tables, list | tuple):
            self.faults.add(place, f"{quoted(tables)} is here; {name} is a list of tables.")
            return ()
        return tuple(
            self._record(kind, table, Place(name, f"{name}[{index}]", _when(table, index)))
            for index, table in enumerate(tables)
        )

    def _record(self, kind: type[Record], table: object, place: Place) -> Record | None:
        if not isinstance(table, Mapping):
            noun = TABLES[place.table].noun
            self.faults.add(place, f"{quoted(table)} is here; {noun} is a table of keys.")
            return None
        values, settled = self._values(kind, table, place)
        try:
            built = model(cast(type, kind)).model_validate(values)
        except ValidationError as error:
            for found in error.errors(include_url=False):
                if found["loc"][0] not in settled:
                    self._say(kind, found, place)
            return None
        return kind(**{name: getattr(built, name) for name in built.model_fields_set})

    def _values(self, kind: type, table: Table, place: Place) -> tuple[dict[str, Any], set[str]]:
        """The values of a table in the form that the model takes, and the keys with a fault."""
        self._say_twice(table, place)
        known = key_names(kind, self.questions)
        values: dict[str, Any] = {}
        settled: set[str] = set()
        answers: dict[str, Any] = {}
        for name, value in table.items():
            if name not in known:
                self.faults.add(place, _unknown_key(name, known))
            elif value is None:
                self.faults.add(
                    place.key(name), "null is no answer; leave the key out where nothing is known."
                )
                settled.add(name)
            elif kind is Screening and name in self.questions:
                answers[name] = value
            else:
                try:
                    values[name] = self._value(kind, name, value, place)
                except Refusal as fault:
                    self.faults.add(place.key(name), str(fault))
                    settled.add(name)
        if kind is Screening:
            values["answers"] = answers
        return values, settled

    def _value(self, kind: type, name: str, value: object, place: Place) -> object:
        match kinds(kind)[name]:
            case "day" | "instant" as form:
                try:
                    return day(value) if form == "day" else instant(value)
                except Refusal as fault:
                    allowed = self._there(fault) or allowed_values(
                        word(place.table, name), properties(kind)[name]
                    )
                    raise Refusal(f"{fault}; {allowed}.") from None
            case "list":
                return self._list(kind, name, value, place)
        if name == "timezone" and isinstance(value, str) and value and time_zone(value) is None:
            raise Refusal(_unknown_zone(value))
        return value

    def _there(self, fault: Refusal) -> str | None:
        """What a time without an offset would be where the runner lives, if the file says."""
        if not isinstance(fault, NoOffset) or self.zone is None:
            return None
        return f"in {self.zone} it would be {fault.local.replace(tzinfo=self.zone).isoformat()}"

    def _list(self, kind: type, name: str, value: object, place: Place) -> object:
        if not isinstance(value, list | tuple):
            raise Refusal(wrong_kind(value, word(place.table, name), properties(kind)[name]))
        inner = item_record(kind, name)
        if inner is None:
            if len(value) > _MOST_WORDS:
                raise Refusal(f"the list has {len(value)} values; at most {_MOST_WORDS} are read.")
            return tuple(value)
        items: list[object] = []
        for index, table in enumerate(value):
            at = replace(place.key(name, index), table=name)
            items.append(self._record(inner, table, at))
        return tuple(item for item in items if item is not None)

    def _say(self, kind: type, found: ErrorDetails, place: Place) -> None:
        """Tell one fault that the model found."""
        at = found["loc"]
        names = at[1:] if at[0] == "answers" else at
        key = str(names[0])
        about = word(place.table, key)
        shape: Mapping[str, Any] = properties(kind)[key] if names is at else {"type": "boolean"}
        if len(names) > 1:
            shape = shape["items"]
            about = replace(about, noun="each of them")
        if found["type"] == "missing":
            allowed = allowed_values(about, shape)
            self.faults.add(place, f'the key "{key}" is missing; {allowed}.')
        else:
            sentence = told(found, about, shape)
            if says_nothing(found["input"]) and names is at and key not in required(kind):
                sentence += " Leave the key out where nothing is known."
            self.faults.add(place.key(*names), sentence)

    def _say_twice(self, table: Table, place: Place | None) -> None:
        for name in table.names if isinstance(table, Twice) else ():
            self.faults.add(place, f"the key {quoted(name)} stands twice; keep one of the two.")


def _when(table: object, index: int) -> str:
    """The day of a record, where it names one that can be read; else which one it is."""
    found = table.get("on", table.get("start")) if isinstance(table, Mapping) else None
    text = found.isoformat() if isinstance(found, date) else found
    try:
        return day(text[: len("2026-10-20")] if isinstance(text, str) else None).isoformat()
    except Refusal:
        return ordinal(index)


def _unknown_table(name: str) -> str:
    tables = (*SINGLE, *REPEATED)
    owners = _owners(name)
    if owners:
        return f"{quoted(name)} stands outside of the tables; it belongs to {owners}."
    near = nearest(name, tables)
    if near is not None:
        return f'there is no table {quoted(name)}; did you mean "{near}"?'
    return f"there is no table {quoted(name)}. The tables are: {', '.join(tables)}."


def _unknown_key(name: str, known: tuple[str, ...]) -> str:
    owners = _owners(name)
    near = nearest(name, known)
    if owners:
        here = f' The nearest here is "{near}".' if near is not None else ""
        return f"there is no key {quoted(name)} here; it belongs to {owners}.{here}"
    if near is not None:
        return f'there is no key {quoted(name)} here; did you mean "{near}"?'
    return f"there is no key {quoted(name)} here. The keys are: {', '.join(known)}."


def _owners(name: str) -> str:
    """The tables that have a key of this name."""
    return " or ".join(table for table, kind in (SINGLE | REPEATED).items() if name in kinds(kind))


def _unknown_zone(name: str) -> str:
    near = nearest_zone(name)
    hint = f' Did you mean "{near}"?' if near else ""
    return (
        f"there is no time zone {quoted(name)}; "
        f'the time zone is an IANA name, such as "Europe/Lisbon".{hint}'
    )
