"""Heart rate that a chest strap kept for itself, in `hr` messages, and handed over later."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hamstride.readers.fit_counters import unrolled
from hamstride.readers.fit_table import Table
from hamstride.records import MISSING

HR = 132
TICKS_PER_S = 1024
ROLLING_BITS = 12
LONGEST_S = 10
"""A sample speaks for at most this long before it, however late it comes after a pause."""


class Beats(NamedTuple):
    """Heart rate by time, sorted by time."""

    seconds: NDArray[np.float64]
    bpm: NDArray[np.int64]


def beats(tables: Iterable[Table]) -> Beats | None:
    """The beats of every `hr` message of a chain; None where there are none."""
    found = [each for each in map(_beats, tables) if each is not None]
    if not found:
        return None
    seconds = np.concatenate([each.seconds for each in found])
    bpm = np.concatenate([each.bpm for each in found])
    order = np.argsort(seconds, kind="stable")
    return Beats(seconds[order], bpm[order])


def _beats(table: Table) -> Beats | None:
    full = _flat(table, "event_timestamp")
    packed = _flat(table, "event_timestamp_12")
    pulse = _flat(table, "filtered_bpm")
    if full is None or pulse is None:
        return None
    keys, values = full
    whole = np.ones(len(keys), bool)
    if packed is not None:
        keys = np.concatenate((keys, packed[0]))
        values = np.concatenate((values, packed[1]))
        whole = np.concatenate((whole, np.zeros(len(packed[0]), bool)))
    order = np.argsort(keys, kind="stable")
    keys, values, whole = keys[order], values[order], whole[order]

    bpm = np.full(len(keys), MISSING, np.int64)
    at = np.minimum(np.searchsorted(pulse[0], keys), len(pulse[0]) - 1)
    same = pulse[0][at] == keys
    bpm[same] = pulse[1][at[same]]
    # The last message of a strap is filled up with times of all ones and no heart rate.
    there = (values != MISSING) & ((bpm > 0) | whole | (values != (1 << ROLLING_BITS) - 1))
    keys, values, whole, bpm = keys[there], values[there], whole[there], bpm[there]
    ticks = unrolled(values, whole, ROLLING_BITS)
    seconds = _dated(table, keys >> 8, ticks, whole)
    sound = (bpm > 0) & ~np.isnan(seconds)
    return Beats(seconds[sound], bpm[sound])


def _dated(
    table: Table, rows: NDArray[np.int64], ticks: NDArray[np.int64], whole: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Seconds of FIT time of each beat: the strap's own clock, tied to the watch's."""
    column, fraction = table.column("timestamp"), table.column("fractional_timestamp")
    if column is None:
        return np.full(len(rows), np.nan)
    stamp = column.si()
    if fraction is not None:
        stamp = stamp + np.nan_to_num(fraction.si())
    tie = np.where(whole & ~np.isnan(stamp[rows]), np.arange(len(rows)), -1)
    tie = np.maximum.accumulate(tie) if len(tie) else tie
    seconds = stamp[rows[tie]] + (ticks - ticks[tie]) / TICKS_PER_S
    return np.where(tie < 0, np.nan, seconds)


def _flat(table: Table, name: str) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
    """Every value of an array field in order, with message * 256 + place as its key."""
    keys, flat = [], []
    for rows, values in table.blocks(name):
        if values.dtype.kind != "i":
            continue
        each = values.reshape(len(values), -1)
        if name == "event_timestamp_12":
            each = _twelves(each)
        row = np.arange(len(table))[rows] << 8
        keys.append((row[:, None] + np.arange(each.shape[1])).ravel())
        flat.append(each.ravel())
    if not keys or not sum(map(len, keys)):
        return None
    key, value = np.concatenate(keys), np.concatenate(flat)
    order = np.argsort(key, kind="stable")
    return key[order], value[order]


def _twelves(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Two 12-bit times out of every three bytes."""
    triples = values[:, : values.shape[1] // 3 * 3].reshape(len(values), -1, 3)
    low, middle, high = np.moveaxis(triples, 2, 0)
    pairs = np.stack((low | (middle & 0x0F) << 8, middle >> 4 | high << 4), axis=2)
    pairs[low == MISSING] = MISSING
    return pairs.reshape(len(values), -1)


def merged(found: Beats, seconds: NDArray[np.int64], own: NDArray[Any] | None) -> NDArray[np.int64]:
    """Heart rate of samples at these times: their own, else the mean of the beats before each.

    A beat counts for the first sample at or after it.
    """
    raw = np.full(len(seconds), MISSING, np.int64) if own is None else own.astype(np.int64)
    gaps = np.flatnonzero((raw == MISSING) & (seconds != MISSING))
    if len(gaps) == 0 or len(found.bpm) == 0:
        return raw
    times = np.unique(seconds[seconds != MISSING])
    place = np.searchsorted(times, seconds[gaps])
    before = np.where(place > 0, times[np.maximum(place - 1, 0)], times[place] - 1)
    first = np.searchsorted(found.seconds, np.maximum(before, times[place] - LONGEST_S), "right")
    last = np.searchsorted(found.seconds, times[place], "right")
    total = np.concatenate(([0], np.cumsum(found.bpm)))
    count = last - first
    mean = np.rint((total[last] - total[first]) / np.maximum(count, 1)).astype(np.int64)
    raw[gaps] = np.where(count > 0, mean, MISSING)
    return raw
