"""Counters that roll over, and columns that complete one another."""

from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hamstride.records import MISSING, Channel


def unrolled(values: NDArray[np.int64], full: NDArray[np.bool_], bits: int) -> NDArray[np.int64]:
    """Undo the roll-over of a counter of so many bits.

    Parameters
    ----------
    values : (n,) array
        Either the low bits of the counter, or all of it.
    full : (n,) array
        Where a value is the whole counter. Before the first of them it starts from 0.
    """
    mask = (1 << bits) - 1
    low = values & mask
    steps = np.diff(low, prepend=0) & mask
    steps[full] = 0
    counted = np.cumsum(steps)
    last = np.maximum.accumulate(np.where(full, np.arange(len(values)), -1))
    since: NDArray[np.int64] = counted - np.where(last < 0, 0, counted[last])
    since += np.where(last < 0, 0, values[last])
    return since


def filled(first: Channel | None, second: Channel | None) -> Channel | None:
    """The first channel, with its gaps filled from the second sample by sample."""
    if first is None or second is None:
        return second if first is None else first
    if "f" in (first.raw.dtype.kind, second.raw.dtype.kind):
        return first
    gaps = first.raw == MISSING
    if not gaps.any():
        return first
    if gaps.all():
        return second
    # 16ths and 100ths of a metre meet in 400ths, so that nothing is rounded.
    scale = lcm(int(first.scale), int(second.scale))
    raw = np.where(gaps, _rescaled(second, scale), _rescaled(first, scale))
    return Channel(raw, first.unit, float(scale), first.offset)


def _rescaled(channel: Channel, scale: int) -> NDArray[Any]:
    factor = scale // int(channel.scale)
    if factor == 1:
        return channel.raw
    return np.where(channel.raw == MISSING, MISSING, channel.raw * factor)
