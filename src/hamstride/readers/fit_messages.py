"""A FIT file as tables of messages, part by part where files are chained."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

import numpy as np

from hamstride.readers.damage import Damage
from hamstride.readers.fit_counters import unrolled
from hamstride.readers.fit_groups import COMPRESSED, FIELD_DESCRIPTION, Group
from hamstride.readers.fit_table import Clock, Described, Table
from hamstride.readers.fit_walk import Log, Part, walk
from hamstride.records import MISSING, Finding

FILE_ID = 0
RECORD = 20
# One for each developer index and field number: more cannot be told apart.
MOST_DESCRIBED = 65_536


@dataclass(frozen=True, slots=True, eq=False)
class Messages:
    """The messages of a FIT file.

    `parts` holds the tables of each FIT file of a chain by message number; `tables` those of
    the whole chain by name ("record", "session" ..., else "message_147").
    """

    parts: tuple[Mapping[int, Table], ...]
    tables: Mapping[str, Table]
    findings: tuple[Finding, ...]


def decode_messages(data: bytes, file: str, on_damage: Damage = Damage.KEEP) -> Messages:
    """Every message of a FIT file, as one table for each kind, in file order.

    Raises
    ------
    NotAnActivityError
        The bytes carry no FIT mark.
    UnreadableFileError
        The header cannot be read, or the first damage under `Damage.REFUSE`.
    """
    log = Log(file, on_damage)
    parts = walk(data, log)
    by_part = tuple(part_tables(data, part) for part in parts)
    tables = {table.name: table for table in by_part[0].values()}
    if len(parts) > 1:
        tables = _joined(data, parts, by_part)
    note_oddities(tables.get("record"), log)
    return Messages(by_part, tables, tuple(log.findings))


def part_tables(data: bytes, part: Part) -> dict[int, Table]:
    """The tables of one FIT file of a chain, by message number."""
    groups: dict[int, list[Group]] = {}
    for group in part.groups:
        groups.setdefault(group.number, []).append(group)
    tables = {number: Table(data, same, (part,)) for number, same in groups.items()}
    described = _described(tables.get(FIELD_DESCRIPTION))
    clock = _clock(tables) if part.compressed else None
    for table in tables.values():
        table.described = described
        table.clock = clock
    return tables


def note_oddities(table: Table | None, log: Log) -> None:
    """List what is odd in the definitions of the samples, and was read all the same."""
    if table is None:
        return
    offset = table.misfit()
    if offset is not None:
        say = (
            f"A field of the samples has a size that does not fit its type, at byte {offset}. "
            "It was read as bytes."
        )
        log.note("field_size", say, offset)
    undescribed = table.undescribed()
    if undescribed:
        index, number, offset = undescribed[0]
        say = (
            f"The developer field {index}.{number} is described nowhere, at byte {offset}. "
            "It was left out."
        )
        log.note("developer_field", say, offset)


def _joined(
    data: bytes, parts: list[Part], by_part: tuple[dict[int, Table], ...]
) -> dict[str, Table]:
    joined: dict[str, Table] = {}
    for number in dict.fromkeys(number for tables in by_part for number in tables):
        same = [tables[number] for tables in by_part if number in tables]
        table = Table(data, [group for one in same for group in one.groups], parts)
        described: dict[tuple[int, int], list[Described]] = {}
        for one in same:
            for key, told in one.described.items():
                described.setdefault(key, []).extend(told)
        clocks = [one.clock for one in same if one.clock is not None]
        table.described = described
        if clocks:
            table.clock = Clock(
                np.concatenate([clock.offsets for clock in clocks]),
                np.concatenate([clock.seconds for clock in clocks]),
            )
        joined[table.name] = table
    return joined


def _described(table: Table | None) -> dict[tuple[int, int], list[Described]]:
    """Descriptions of developer fields by developer index and field number."""
    described: dict[tuple[int, int], list[Described]] = {}
    if table is None:
        return described
    columns = [
        table.column(name)
        for name in ("developer_data_index", "field_definition_number", "fit_base_type_id")
    ]
    if any(column is None or column.raw.dtype.kind == "f" for column in columns):
        return described
    indexes, numbers, bases = (column.raw.tolist() for column in columns if column is not None)
    names, units = table.text("field_name"), table.text("units")
    rows = zip(indexes, numbers, bases, names, units, table.offsets.tolist(), strict=True)
    for index, number, base, name, unit, offset in islice(rows, MOST_DESCRIBED):
        if MISSING not in (index, number, base):
            told = Described(offset, base, name or f"field {index}.{number}", unit or "")
            described.setdefault((index, number), []).append(told)
    return described


def _clock(tables: Mapping[int, Table]) -> Clock:
    """The time of every message with a compressed timestamp.

    Five bits count the seconds since the last full timestamp of any message; each compressed
    message moves the clock on.
    """
    offsets, values, full = [], [], []
    for table in tables.values():
        heads = table.heads()
        ticks = heads >= COMPRESSED
        offsets.append(table.offsets[ticks])
        values.append((heads[ticks] & 0x1F).astype(np.int64))
        full.append(np.zeros(len(offsets[-1]), bool))
        for rows, seconds in table.blocks("timestamp"):
            if seconds.ndim == 1 and seconds.dtype.kind == "i":
                there = seconds != MISSING
                offsets.append(table.offsets[rows][there])
                values.append(seconds[there])
                full.append(np.ones(len(offsets[-1]), bool))
    at, value, whole = (np.concatenate(each) for each in (offsets, values, full))
    # Where one message carries both, its own timestamp comes first.
    order = np.lexsort((~whole, at))
    seconds = unrolled(value[order], whole[order], 5)
    ticked = ~whole[order]
    return Clock(at[order][ticked], seconds[ticked])
