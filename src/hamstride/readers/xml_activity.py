"""From the columns of one activity to its channels, and what is odd about them.

Nothing is repaired: a value that cannot be is missing, everything else is as the file has it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from hamstride.errors import UnreadableFileError
from hamstride.readers.damage import Damage, named
from hamstride.readers.xml_columns import COLUMNS, LATITUDE, Columns, Integers
from hamstride.readers.xml_times import NO_TIME, moment
from hamstride.records import MISSING, Activity, Channel, Finding

# A watch with an empty clock writes 1970, 1980 or 1989; satellite time was complete in 1995.
_FIRST_YEAR, _YEAR_AFTER_LAST = 1995, 2090
_REFUSED_POSITIONS = 0.05
_DISORDERED_TIMES = 0.1
# Faster than any train: the position moved, not the runner.
_JUMP_MPS = 150.0
_M_PER_DEG = 111_195.0
_DEGREES = COLUMNS[LATITUDE].scale
# So little in both directions is no jump in any time.
_NO_JUMP_DEG = 0.7 * _JUMP_MPS / _M_PER_DEG
_INT32 = 2**31 - 1

_WORDS = {
    "position": ("bad_position", "positions"),
    "time": ("bad_time", "times"),
    "altitude": ("bad_altitude", "altitudes"),
    "heart_rate": ("bad_number", "heart rates"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """The points of one activity.

    `start` is the first time in the file, None where there is none or its date cannot be.
    `duration_s` is the last time minus the first.
    """

    channels: dict[str, Channel]
    start: datetime | None
    duration_s: float | None
    pauses: tuple[tuple[float, float], ...]
    findings: tuple[Finding, ...]


def samples(
    columns: Columns, *, file: str, cadence_unit: str, summary_start_ms: int | None = None
) -> Samples:
    """Channels, clock, pauses and findings of one activity.

    `summary_start_ms` is the start that a lap or header names; it counts where no point has a
    time.

    Raises
    ------
    UnreadableFileError
        More than one position in twenty is none.
    """
    arrays = columns.arrays()
    findings = list(_dropped(columns, file))
    start_ms, since_ms = None, None
    if "time" in arrays:
        start_ms, since_ms, clock = _clock(arrays.pop("time"))
        findings += clock
        if columns.without_zone:
            say = "The times name no time zone; they were read as UTC."
            findings.append(Finding("no_zone", say))
    else:
        if summary_start_ms is not None:
            start_ms, _zero, clock = _clock(np.array([summary_start_ms]))
            findings += clock
        if len(columns):
            say = "The points have no times, so duration and speed are not known."
            findings.append(Finding("no_times", say))
    channels = _channels(arrays, since_ms, cadence_unit)
    findings += _jumps(channels)
    return Samples(
        channels=channels,
        start=None if start_ms is None else moment(start_ms),
        duration_s=None if since_ms is None else _length_s(since_ms),
        pauses=_pauses(columns.breaks, since_ms),
        findings=tuple(findings),
    )


def finished(
    activities: list[Activity], odd: list[Finding], cut: Finding | None, on_damage: Damage
) -> tuple[Activity, ...]:
    """The activities of a file; what was found about the whole file goes to the last of them.

    `cut` is where the reading ended before the file did.
    """
    last = activities[-1]
    if cut is not None:
        if on_damage is Damage.REFUSE:
            raise UnreadableFileError(named(last.file, f"{cut.say} Export it again."))
        odd = [*odd, cut]
    return (*activities[:-1], replace(last, findings=(*last.findings, *odd)))


def _channels(
    arrays: dict[str, Integers], since_ms: Integers | None, cadence_unit: str
) -> dict[str, Channel]:
    # The unit of `cadence` is known by now; strides, where there are any, are surer.
    if "stride_cadence" in arrays:
        arrays.pop("cadence", None)
    channels = {} if since_ms is None else {"time": Channel(since_ms, "s", 1000)}
    for column in COLUMNS:
        if column.name not in arrays:
            continue
        name, unit, scale = column.name, column.unit, column.scale
        if name == "cadence":
            unit = cadence_unit
            scale = scale / 2 if unit == "spm" else scale
        if name == "stride_cadence":
            name = "cadence"
        channels[name] = Channel(arrays[column.name], unit, scale)
    return channels


def _clock(times: Integers) -> tuple[int | None, Integers, list[Finding]]:
    """The start, ms since then, and what is odd; dates that cannot be are dropped or asked for."""
    findings: list[Finding] = []
    known = times != NO_TIME
    possible = known & (times >= _year_ms(_FIRST_YEAR)) & (times < _year_ms(_YEAR_AFTER_LAST))
    first = int(times[np.argmax(known)])
    start_ms: int | None = None
    if not possible.any():
        say = f"The date is {moment(first).date()}, which cannot be. On which day was it?"
        findings.append(Finding("impossible_date", say))
    else:
        if (known != possible).any():
            odd = int((known & ~possible).sum())
            say = f"{odd:,} of the points carry a date that cannot be; their times are left out."
            findings.append(Finding("impossible_date", say))
        known = possible
        start_ms = first = int(times[np.argmax(known)])
    since = np.where(known, times - first, MISSING)
    if np.abs(since[known]).max() <= _INT32:
        since = since.astype(np.int32)
    findings += _order(since[known].astype(np.int64))
    return start_ms, since, findings


def _length_s(since_ms: Integers) -> float:
    timed = since_ms[since_ms != MISSING]
    return float(timed.max() - timed.min()) / 1000


def _order(timed: NDArray[np.int64]) -> Iterator[Finding]:
    if len(timed) < 2:
        return
    back = int((np.diff(timed) < 0).sum())
    if timed.min() == timed.max():
        say = "All points have the same time, so duration and speed are not known."
        yield Finding("no_duration", say, unsure=True)
    elif back > _DISORDERED_TIMES * len(timed):
        say = (
            f"The times run backwards at {back:,} of {len(timed):,} points. "
            "Look whether the duration is right."
        )
        yield Finding("time_disordered", say, unsure=True)
    elif back:
        say = f"The times run backwards at {back:,} of {len(timed):,} points."
        yield Finding("time_backwards", say)


def _dropped(columns: Columns, file: str) -> Iterator[Finding]:
    lost = columns.odd["position"]
    if lost > _REFUSED_POSITIONS * columns.positions:
        example = columns.example["position"]
        cure = "Export it again."
        if "," in example:
            cure = "Its numbers have decimal commas; export it again with decimal points."
        raise UnreadableFileError(
            f"{file}: {lost:,} of its {columns.positions:,} positions are none, such as "
            f"{example!r}. {cure}"
        )
    for name, count in columns.odd.items():
        code, words = _WORDS.get(name, ("bad_number", f"values of {name.replace('_', ' ')}"))
        say = (
            f"{count:,} of the {words} cannot be and were left out, "
            f"such as {columns.example[name]!r}."
        )
        yield Finding(code, say)


def _jumps(channels: dict[str, Channel]) -> Iterator[Finding]:
    """Say where the position moved faster than anything on the ground."""
    if not {"time", "latitude", "longitude"} <= channels.keys():
        return
    time_ms, latitude, longitude = (
        channels[name].raw.astype(np.int64) for name in ("time", "latitude", "longitude")
    )
    there = (time_ms != MISSING) & (latitude != MISSING)
    if not there.all():
        time_ms, latitude, longitude = time_ms[there], latitude[there], longitude[there]
    if len(time_ms) < 2 or time_ms.min() == time_ms.max():
        return
    north, east = np.diff(latitude), np.diff(longitude)
    if max(abs(north).max(), abs(east).max()) < _NO_JUMP_DEG * _DEGREES:
        return
    east = ((east / _DEGREES + 180) % 360 - 180) * np.cos(np.radians(latitude[1:] / _DEGREES))
    moved_m = _M_PER_DEG * np.hypot(north / _DEGREES, east)
    passed_s = np.maximum(abs(np.diff(time_ms)) / 1000, 1)
    jumps = int((moved_m > _JUMP_MPS * passed_s).sum())
    if jumps:
        often = "once" if jumps == 1 else f"{jumps:,} times"
        say = f"The position jumps {often}, faster than anyone can go: the distance may be wrong."
        yield Finding("position_jump", say)


def _pauses(breaks: list[int], since_ms: Integers | None) -> tuple[tuple[float, float], ...]:
    if since_ms is None:
        return ()
    pauses = []
    timed = np.flatnonzero(since_ms != MISSING)
    for at in breaks:
        place = int(np.searchsorted(timed, at))
        if 0 < place < len(timed):
            stopped, went_on = (int(since_ms[timed[i]]) for i in (place - 1, place))
            if went_on > stopped:
                pauses.append((stopped / 1000, went_on / 1000))
    return tuple(pauses)


def _year_ms(year: int) -> int:
    return int(np.datetime64(f"{year}-01-01", "ms").astype(np.int64))
