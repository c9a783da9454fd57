"""The samples of a FIT file as the channels of an activity."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hamstride.readers.fit_counters import filled
from hamstride.readers.fit_table import Table
from hamstride.readers.fit_walk import Log
from hamstride.records import MISSING, Channel

SEMICIRCLES_PER_DEG = 2**31 / 180
ON_FOOT = ("running", "walking", "hiking")
FRACTION = 128

# Channel: the fields that it is read from, the better one first, and its unit. The plain
# fields fill the gaps of the enhanced ones sample by sample.
SOURCES: dict[str, tuple[tuple[str, ...], str]] = {
    "latitude": (("position_lat",), "deg"),
    "longitude": (("position_long",), "deg"),
    "altitude": (("enhanced_altitude", "altitude"), "m"),
    "distance": (("distance",), "m"),
    "speed": (("enhanced_speed", "speed"), "mps"),
    "heart_rate": (("heart_rate",), "bpm"),
    "cadence": (("cadence",), "rpm"),
    "power": (("power",), "watt"),
    "temperature": (("temperature",), "celsius"),
    "grade": (("grade",), "pct"),
}
# A value takes a byte in the file or more, so no honest file has more cells than bytes.
MOST_CELLS_PER_BYTE = 4
FREE_CELLS = 100_000


def channels(table: Table, log: Log, size: int) -> dict[str, Channel]:
    """Every channel that has a value, but for time.

    Parameters
    ----------
    size : int
        Bytes of the file. A file that names many fields and fills few of them would need memory
        out of proportion to it; what goes beyond is left out, developer fields first.
    """
    most = (FREE_CELLS + MOST_CELLS_PER_BYTE * size) // max(len(table), 1)
    found: dict[str, Channel] = {}
    names = (*SOURCES, *table.developer)
    for name in names:
        if len(found) >= most:
            say = f"More fields are named than the samples fill: from {name} on they were left out."
            log.note("sparse", say)
            break
        channel = _native(table, name) if name in SOURCES else table.developer_column(name)
        if channel is None:
            continue
        raw = compact(channel.raw)
        there = ~np.isnan(raw) if raw.dtype.kind == "f" else raw != MISSING
        if there.any():
            found[name] = Channel(raw, channel.unit, channel.scale, channel.offset)
    return found


def _native(table: Table, name: str) -> Channel | None:
    fields, unit = SOURCES[name]
    channel = None
    for each in fields:
        channel = filled(channel, table.column(each))
    if channel is None:
        return None
    if name == "cadence":
        return _with_fraction(channel, table.column("fractional_cadence"))
    scale = SEMICIRCLES_PER_DEG if unit == "deg" else channel.scale
    return Channel(channel.raw, unit, scale, channel.offset)


def _with_fraction(cadence: Channel, fraction: Channel | None) -> Channel:
    """Cadence in 128ths, where the file has a fraction of it at all."""
    if fraction is None or "f" in (cadence.raw.dtype.kind, fraction.raw.dtype.kind):
        return Channel(cadence.raw, "rpm")
    parts = np.where(fraction.raw == MISSING, 0, fraction.raw)
    if not parts.any():
        return Channel(cadence.raw, "rpm")
    raw = np.where(cadence.raw == MISSING, MISSING, cadence.raw * FRACTION + parts)
    return Channel(raw, "rpm", float(FRACTION))


def cadence_of(channel: Channel, sport: str) -> Channel:
    """Cadence as the sport counts it: on foot the file has strides of one leg, we have steps."""
    if sport in ON_FOOT:
        return Channel(channel.raw, "spm", channel.scale / 2)
    return Channel(channel.raw, "rpm_or_spm" if sport == "unknown" else "rpm", channel.scale)


def compact(raw: NDArray[Any]) -> NDArray[Any]:
    """Integers as int32; as floats where one of them does not fit, so that nothing is lost."""
    if raw.dtype.kind == "f":
        return raw
    if len(raw) and (raw.min() < MISSING or raw.max() >= -MISSING):
        return np.where(raw == MISSING, np.nan, raw.astype(np.float64))
    return raw.astype(np.int32)
