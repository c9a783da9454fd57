"""The messages of one kind as columns.

A column is decoded when it is asked for: a run needs a dozen of the hundred that a watch writes.
Integers stay as the file wrote them, with MISSING (-2**31) where the file has no value.
"""

from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hamstride.readers import fit_profile
from hamstride.readers.fit_counters import filled, unrolled
from hamstride.readers.fit_groups import BASE_SIZES, BYTES, COMPRESSED, Group
from hamstride.readers.fit_walk import Part
from hamstride.records import MISSING, Channel

Ints = NDArray[np.int64]
Values = NDArray[Any]

TIMESTAMP = 253
STRING = 7

# NumPy's letter and the value that stands for "none", by base type. Floats use all ones, a NaN.
BASES: dict[int, tuple[str, int | None]] = {
    0: ("u1", 0xFF),
    1: ("i1", 0x7F),
    2: ("u1", 0xFF),
    3: ("i2", 0x7FFF),
    4: ("u2", 0xFFFF),
    5: ("i4", 0x7FFFFFFF),
    6: ("u4", 0xFFFFFFFF),
    8: ("f4", None),
    9: ("f8", None),
    10: ("u1", 0),
    11: ("u2", 0),
    12: ("u4", 0),
    14: ("i8", 0x7FFFFFFFFFFFFFFF),
    15: ("u8", 0xFFFFFFFFFFFFFFFF),
    16: ("u8", 0),
}
DTYPES = {
    (base, little): np.dtype(("<" if little else ">") + kind)
    for base, (kind, _) in BASES.items()
    for little in (True, False)
}


# Every message may have a timestamp, also one that the profile does not know.
ONLY_TIME = {"timestamp": TIMESTAMP}
NUMBERS = {
    message: ONLY_TIME | {name: number for number, (name, *_) in fields.items()}
    for message, (_, fields) in fit_profile.MESSAGES.items()
}


class Packed(NamedTuple):
    """A value packed into the bits of another field, where it may roll over."""

    source: int
    shift: int
    bits: int
    scale: float
    unit: str
    rolls: bool


# By message and field name. A speed of all ones is missing; a distance of all ones is a count.
PACKED: dict[tuple[int, str], Packed] = {
    (20, "speed"): Packed(8, 0, 12, 100.0, "m/s", rolls=False),
    (20, "distance"): Packed(8, 12, 12, 16.0, "m", rolls=True),
    (20, "total_cycles"): Packed(18, 0, 8, 1.0, "cycles", rolls=True),
    (20, "accumulated_power"): Packed(28, 0, 16, 1.0, "watts", rolls=True),
}


@dataclass(frozen=True, slots=True)
class Described:
    """What a file says about a developer field of its own."""

    offset: int
    base: int
    name: str
    unit: str


class Block(NamedTuple):
    """The values of one field in the messages of one definition; (n,) or (n, k)."""

    rows: Ints | slice
    values: Values


@dataclass(frozen=True, slots=True)
class Clock:
    """What the watch's clock showed at each message that moved it, by byte offset."""

    offsets: Ints
    seconds: Ints


class Table:
    """Every message of one kind, in file order."""

    def __init__(self, data: bytes, groups: Sequence[Group], parts: Sequence[Part]) -> None:
        self.number = groups[0].number
        self.name, self._fields = fit_profile.MESSAGES.get(
            self.number, (f"message_{self.number}", {})
        )
        self._data = data
        self.groups = groups
        self._parts = parts
        self._numbers = NUMBERS.get(self.number, ONLY_TIME)
        self._length = sum(map(len, groups))
        self.described: Mapping[tuple[int, int], list[Described]] = {}
        self.clock: Clock | None = None

    def __len__(self) -> int:
        return self._length

    @cached_property
    def offsets(self) -> Ints:
        """Byte offset of each message."""
        if len(self.groups) == 1:
            return self.groups[0].offsets
        offsets = np.concatenate([group.offsets for group in self.groups])
        offsets.sort(kind="stable")
        return offsets

    @cached_property
    def _rows(self) -> list[Ints | slice]:
        """Where the messages of each definition belong in file order."""
        if len(self.groups) == 1:
            return [slice(None)]
        return [np.searchsorted(self.offsets, group.offsets) for group in self.groups]

    @cached_property
    def _bytes(self) -> dict[int, tuple[Any, int]]:
        return {}

    def _cells(self, i: int, at: int, dtype: np.dtype[Any], width: int) -> Values:
        """A view of one field of the messages of group `i`, without a copy of its own."""
        group = self.groups[i]
        if i not in self._bytes:
            if len(group.starts) == 1:
                # Messages in a row lie at equal distances in the file itself.
                self._bytes[i] = self._data, group.starts[0]
            else:
                windows = len(self._data) - group.size + 1
                view: Values = np.ndarray(
                    (windows,), np.dtype((np.void, group.size)), self._data, 0, (1,)
                )
                self._bytes[i] = view[group.offsets], 0
        source, base = self._bytes[i]
        count = len(group)
        if width == 1:
            return np.ndarray((count,), dtype, source, base + at, (group.size,))
        return np.ndarray((count, width), dtype, source, base + at, (group.size, dtype.itemsize))

    def heads(self) -> NDArray[np.uint8]:
        """The first byte of each message."""
        return np.frombuffer(self._data, np.uint8)[self.offsets]

    def names(self) -> list[str]:
        """Fields that some definition has, those of developers last."""
        numbers = dict.fromkeys(n for group in self.groups for n in group.slots)
        native = [self._fields[n][0] if n in self._fields else f"field_{n}" for n in numbers]
        packed = [
            name
            for (message, name), it in PACKED.items()
            if message == self.number and it.source in numbers
        ]
        time = [] if self.clock is None else ["timestamp"]
        return list(dict.fromkeys((*native, *packed, *time, *self.developer)))

    def _number(self, name: str) -> int:
        number = name.removeprefix("field_")
        return self._numbers.get(name, int(number) if number.isdecimal() else -1)

    def blocks(self, name: str) -> list[Block]:
        """The values of a native field, definition by definition, arrays as (n, k)."""
        return self._native(self._number(name))

    def _native(self, number: int) -> list[Block]:
        blocks = []
        for i, group in enumerate(self.groups):
            slot = group.slots.get(number)
            if slot is not None:
                values = self._decoded(i, slot.at, slot.size, slot.base)
                blocks.append(Block(self._rows[i], values))
        return blocks

    def _decoded(self, i: int, at: int, size: int, base: int) -> Values:
        if base == STRING:
            return self._cells(i, at, np.dtype((np.bytes_, size)), 1)
        if base == BYTES or base not in BASES:
            cells = self._cells(i, at, np.dtype("u1"), size)
            empty = (cells == 0xFF).reshape(len(cells), -1).all(axis=1)
            out = cells.astype(np.int64)
            out[empty] = MISSING
            return out
        cells = self._cells(i, at, DTYPES[base, self.groups[i].little], size // BASE_SIZES[base])
        none = BASES[base][1]
        if none is None or cells.dtype.itemsize == 8:
            return _wide(cells, none)
        values = cells.astype(np.int64)
        values[cells == none] = MISSING
        return values

    def text(self, name: str) -> list[str | None]:
        """A field of text; cut at the first NUL, None where it is empty."""
        texts: list[str | None] = [None] * len(self)
        for rows, values in self.blocks(name):
            if values.dtype.kind != "S":
                continue
            where = range(len(self)) if isinstance(rows, slice) else rows.tolist()
            for row, value in zip(where, values.tolist(), strict=True):
                texts[row] = value.split(b"\0")[0].decode("utf-8", "replace") or None
        return texts

    def column(self, name: str) -> Channel | None:
        """One value a message, or None where no definition has the field or it is text.

        Of an array field it is the first value. Values that are packed into another field fill
        the gaps of the plain one.
        """
        number = self._number(name)
        _, scale, offset, unit = self._fields.get(number, (name, 1.0, 0.0, ""))
        raw = self._dense(self._native(number))
        plain = None if raw is None else Channel(raw, unit, scale, offset)
        packed = PACKED.get((self.number, name))
        if packed is not None:
            plain = filled(plain, self._unpacked(packed))
        if name == "timestamp" and self.clock is not None:
            plain = filled(self._ticked(self.clock), plain)
        return plain

    def _dense(self, blocks: list[Block]) -> Values | None:
        blocks = [block for block in blocks if block.values.dtype.kind != "S"]
        if not blocks:
            return None
        firsts = [(rows, v if v.ndim == 1 else v[:, 0]) for rows, v in blocks]
        if len(firsts) == len(self.groups) == 1:
            return firsts[0][1]
        floats = any(v.dtype.kind == "f" for _, v in firsts)
        raw: Values = (
            np.full(len(self), np.nan) if floats else np.full(len(self), MISSING, np.int64)
        )
        for rows, values in firsts:
            raw[rows] = _floats(values) if floats else values
        return raw

    def _unpacked(self, packed: Packed) -> Channel | None:
        blocks = self._native(packed.source)
        sums = [Block(rows, _little(values)) for rows, values in blocks]
        raw = self._dense(sums)
        if raw is None or raw.dtype.kind == "f":
            return None
        there = raw != MISSING
        ones = (1 << packed.bits) - 1
        values = raw >> packed.shift & ones
        if packed.rolls:
            rows = np.flatnonzero(there)
            # Every part of a chain counts from zero again.
            starts = np.searchsorted(self.offsets[rows], [part.start for part in self._parts])
            full = np.zeros(len(rows), bool)
            full[starts[starts < len(rows)]] = True
            values[rows] = unrolled(values[rows], full, packed.bits)
        else:
            there &= values != ones
        return Channel(np.where(there, values, MISSING), packed.unit, packed.scale)

    def _ticked(self, clock: Clock) -> Channel:
        heads = self.heads()
        raw = np.full(len(self), MISSING, np.int64)
        rows = np.flatnonzero(heads >= COMPRESSED)
        raw[rows] = clock.seconds[np.searchsorted(clock.offsets, self.offsets[rows])]
        return Channel(raw, "s")

    @cached_property
    def developer(self) -> dict[str, list[tuple[int, int, int, Described]]]:
        """Developer fields by name: group, place, size and description.

        A name that two apps share is told apart by the app's index.
        """
        if not self.described:
            return {}
        found: dict[str, list[tuple[int, int, int, Described]]] = {}
        owner: dict[str, tuple[int, int]] = {}
        for i, group in enumerate(self.groups):
            for index, number, at, size in group.developer_slots:
                told = self._told(group, index, number)
                if told is None:
                    continue
                name = f"developer.{told.name}"
                if owner.setdefault(name, (index, number)) != (index, number):
                    name = f"{name} [{index}.{number}]"
                found.setdefault(name, []).append((i, at, size, told))
        return found

    def undescribed(self) -> list[tuple[int, int, int]]:
        """Developer fields that nothing describes: developer index, field number, offset."""
        return [
            (index, number, group.offset)
            for group in self.groups
            for index, number, _, _ in group.developer_slots
            if self._told(group, index, number) is None
        ]

    def _told(self, group: Group, index: int, number: int) -> Described | None:
        told = self.described.get((index, number), [])
        before = bisect(told, group.offset, key=lambda each: each.offset)
        return told[before - 1] if before else None

    def developer_column(self, name: str) -> Channel | None:
        """A developer field by its name in `developer`; None where it is text."""
        blocks = []
        unit = ""
        for i, at, size, told in self.developer[name]:
            base = told.base & 0x1F
            if base not in BASES or size % BASE_SIZES[base]:
                continue
            blocks.append(Block(self._rows[i], self._decoded(i, at, size, base)))
            unit = told.unit
        raw = self._dense(blocks)
        return None if raw is None else Channel(raw, unit)

    def misfit(self) -> int | None:
        """Offset of the first definition with a field whose size does not fit its type."""
        return next((group.offset for group in self.groups if group.misfits), None)


def _wide(cells: Values, none: int | None) -> Values:
    """Floats, and the integers of eight bytes, of which unsigned ones become floats."""
    if none is None:
        # A damaged float may be a NaN of the kind that NumPy warns about.
        with np.errstate(invalid="ignore"):
            return cells.astype(np.float64)
    if cells.dtype.kind == "u":
        return np.where(cells == none, np.nan, cells.astype(np.float64))
    return np.where(cells == none, MISSING, cells.astype(np.int64))


def _floats(values: Values) -> Values:
    if values.dtype.kind == "f":
        return values
    return np.where(values == MISSING, np.nan, values.astype(np.float64))


def _little(values: Values) -> Values:
    """Bytes of a field as one little-endian number; at most the first six are looked at."""
    if values.ndim == 1 or values.dtype.kind == "f":
        return values
    values = values[:, :6]
    total = (values << (8 * np.arange(values.shape[1]))).sum(axis=1)
    return np.where(values[:, 0] == MISSING, MISSING, total)
