"""Points of an XML file, from texts to columns of integers.

A point is a row of texts, one for each of `COLUMNS`. Rows are turned into integers a few
thousand at a time, so that a file of two days costs little more memory than its columns.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hamstride.readers.xml_numbers import Texts, degrees, floats
from hamstride.readers.xml_times import NO_TIME, alike_ms, instant_ms
from hamstride.records import MISSING

Row = list[str | None]
Integers = NDArray[np.signedinteger[Any]]


@dataclass(frozen=True, slots=True)
class Column:
    """How one value of a point is written, and what it can be.

    The integer is the text times `factor`; the physical value is the integer / `scale`. They
    differ for strides, which are written for one leg. A value outside `low` to `high` is
    dropped and counted; those in `empty` are dropped in silence, being a sensor's word for
    "nothing".
    """

    name: str
    unit: str
    factor: float
    scale: float
    low: float = -np.inf
    high: float = np.inf
    empty: tuple[float, ...] = ()


# One decimal is kept of what is mostly whole, because some phones write one.
COLUMNS = (
    Column("time", "s", 1, 1000),
    Column("latitude", "deg", 1e7, 1e7, -90, 90),
    Column("longitude", "deg", 1e7, 1e7, -180, 180),
    Column("altitude", "m", 1000, 1000, -1000, 10_000),
    Column("distance", "m", 100, 100),
    Column("speed", "mps", 1000, 1000),
    Column("heart_rate", "bpm", 10, 10, 1, 254, (0, 255)),
    Column("stride_cadence", "spm", 10, 5, 0),
    Column("cadence", "rpm_or_spm", 10, 10, 0),
    Column("power", "watt", 10, 10),
    Column("temperature", "celsius", 10, 10),
)
(
    TIME,
    LATITUDE,
    LONGITUDE,
    ALTITUDE,
    DISTANCE,
    SPEED,
    HEART_RATE,
    STRIDE_CADENCE,
    CADENCE,
    POWER,
    TEMPERATURE,
) = range(len(COLUMNS))

_CHUNK = 4096
_HIGHEST = 2**31 - 1


class Columns:
    """The points of one activity, as they come.

    `odd` counts the texts that were dropped, by column; `example` keeps the first of each.
    `breaks` are the points before which the recording had stopped.
    """

    def __init__(self) -> None:
        self._rows: list[Row] = []
        self._waiting: list[Row] = [[] for _ in COLUMNS]
        self._written: set[int] = set()
        self.odd: Counter[str] = Counter()
        self.example: dict[str, str] = {}
        self.without_zone = 0
        self.positions = 0
        self.breaks: list[int] = []
        self._count = 0
        self._chunks: dict[int, list[Integers]] = {}

    def __len__(self) -> int:
        return self._count + len(self._waiting[TIME]) + len(self._rows)

    def add(self, row: Row) -> None:
        """Take one more point."""
        self._rows.append(row)
        if len(self._rows) >= _CHUNK:
            self._flush()

    def extend(self, texts: Mapping[int, Texts], count: int) -> None:
        """Take many more points at once, column by column."""
        self._line_up()
        self._written.update(texts)
        nothing: Texts = [None] * count
        for slot, waiting in enumerate(self._waiting):
            waiting.extend(texts.get(slot, nothing))
        if len(self._waiting[TIME]) >= _CHUNK:
            self._flush()

    def mark_break(self) -> None:
        """Note that the recording stopped before the next point."""
        if len(self) and (not self.breaks or self.breaks[-1] != len(self)):
            self.breaks.append(len(self))

    def arrays(self) -> dict[str, Integers]:
        """The columns that hold any value; times in ms since 1970, or NO_TIME."""
        self._flush()
        whole: dict[str, Integers] = {}
        for slot, chunks in sorted(self._chunks.items()):
            array = np.concatenate(chunks) if len(chunks) > 1 else chunks[0]
            if (array != _nothing(slot)).any():
                whole[COLUMNS[slot].name] = array
        return whole

    def _line_up(self) -> None:
        """Put the single points behind those that came column by column."""
        for slot, texts in enumerate(zip(*self._rows, strict=True)):
            self._waiting[slot].extend(texts)
            self._written.add(slot)
        self._rows.clear()

    def _flush(self) -> None:
        """Turn what waits into integers; a column that no point has costs nothing."""
        self._line_up()
        count = len(self._waiting[TIME])
        written = {slot for slot in self._written if self._waiting[slot].count(None) < count}
        if written & {LATITUDE, LONGITUDE}:
            written |= {LATITUDE, LONGITUDE}
            both = self._positions(self._waiting[LATITUDE], self._waiting[LONGITUDE])
        for slot in sorted(written | self._chunks.keys()):
            chunks = self._chunks.setdefault(slot, [])
            if not chunks and self._count:
                chunks.append(np.full(self._count, _nothing(slot)))
            if slot not in written:
                chunks.append(np.full(count, _nothing(slot)))
            elif slot in {LATITUDE, LONGITUDE}:
                chunks.append(both[slot - LATITUDE])
            elif slot == TIME:
                chunks.append(self._times(self._waiting[slot]))
            else:
                chunks.append(self._integers(COLUMNS[slot], self._waiting[slot]))
        self._count += count
        self._written.clear()
        for column in self._waiting:
            column.clear()

    # Numbers

    def _integers(self, column: Column, texts: Texts) -> Integers:
        values = floats(texts)
        good = _within(column, values)
        for empty in column.empty:
            good &= values != empty
        if len(texts) - np.count_nonzero(good) > texts.count(None):
            for index in np.flatnonzero(~good).tolist():
                text = texts[index]
                if text and text.strip() and values[index] not in column.empty:
                    self._drop(column.name, text)
        return _scaled(values, good, column.factor)

    def _positions(self, latitudes: Texts, longitudes: Texts) -> Sequence[Integers]:
        """Half a position is none: a latitude goes with its longitude."""
        north, east = degrees(latitudes), degrees(longitudes)
        good = _within(COLUMNS[LATITUDE], north) & _within(COLUMNS[LONGITUDE], east)
        self.positions += int(np.count_nonzero(good))
        for index in np.flatnonzero(~good).tolist():
            written = [text for text in (latitudes[index], longitudes[index]) if text]
            if written:
                self.positions += 1
                self._drop("position", " ".join(written))
        return [_scaled(values, good, COLUMNS[LATITUDE].factor) for values in (north, east)]

    def _drop(self, name: str, text: str) -> None:
        self.odd[name] += 1
        self.example.setdefault(name, text.strip()[:60])

    # Times

    def _times(self, texts: Texts) -> Integers:
        """Milliseconds since 1970."""
        times = np.full(len(texts), NO_TIME, dtype=np.int64)
        written = [text or "" for text in texts]
        lengths = np.fromiter(map(len, written), np.int64, len(written))
        # Many leave the decimals out where they are zero, so a file has two or three lengths.
        for length in set(lengths.tolist()) - {0}:
            there = lengths == length
            times[there] = self._times_of_length(list(compress(written, there)), length)
        return times

    def _times_of_length(self, texts: list[str], length: int) -> NDArray[np.int64]:
        alike = alike_ms(texts, length)
        return np.array([self._time(text) for text in texts]) if alike is None else alike

    def _time(self, text: str) -> int:
        read, zoned = instant_ms(text)
        if read is None:
            if text.strip():
                self._drop("time", text)
            return NO_TIME
        self.without_zone += not zoned
        return read


def _nothing(slot: int) -> np.signedinteger[Any]:
    return np.int64(NO_TIME) if slot == TIME else np.int32(MISSING)


def _within(column: Column, values: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Where a value is a number, in range, and fits the integers of the column."""
    most = _HIGHEST / column.factor
    low, high = max(column.low, -most), min(column.high, most)
    good: NDArray[np.bool_] = (values >= low) & (values <= high)
    return good


def _scaled(values: NDArray[np.float64], good: NDArray[np.bool_], factor: float) -> Integers:
    """Values as integers; MISSING where they are not good."""
    if good.all():
        return np.rint(values * factor).astype(np.int32)
    whole = np.full(len(values), MISSING, dtype=np.int32)
    whole[good] = np.rint(values[good] * factor)
    return whole
