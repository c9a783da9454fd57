"""What a watch says about a whole session, its laps and its pauses.

Times are seconds of FIT time, which begins with 1990, or with power-up where they are below
`FIRST_DATE`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from hamstride.readers.fit_profile import SPORT_NAMES, SUB_SPORT_NAMES
from hamstride.readers.fit_table import Table
from hamstride.readers.fit_walk import Log
from hamstride.records import MISSING

SPORT, SESSION, LAP, EVENT = 12, 18, 19, 21
TIMER = 0
START = 0
STOPS = (1, 4, 8, 9)
DAY_S = 86_400
# So many samples can be read out of step with the file before that shows.
MOST_STRAYS = 16
FIRST_DATE = 0x10000000
"""A time below this counts from power-up, and says nothing about the date."""

# Bounds for files made to hurt; no device comes near them.
MOST_SESSIONS = 100
MOST_LAPS = 10_000
MOST_EVENTS = 100_000

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Summary:
    """One session as the watch sums it up."""

    sport: str
    sub_sport: str | None = None
    start: int | None = None
    elapsed_s: float | None = None
    timer_s: float | None = None
    distance_m: float | None = None
    ascent_m: float | None = None


@dataclass(frozen=True, slots=True)
class LapSummary:
    """One lap as the watch sums it up."""

    start: int | None
    duration_s: float | None
    distance_m: float | None


def stamps(table: Table | None, name: str = "timestamp") -> Ints:
    """A column of times; MISSING where there is none."""
    if table is None:
        return np.zeros(0, np.int64)
    column = table.column(name)
    if column is None or column.raw.dtype.kind == "f":
        return np.full(len(table), MISSING, np.int64)
    raw: Ints = column.raw
    # Times have four bytes; a file that gives them eight may hold what no calendar does.
    return np.where((raw < 0) | (raw >= 2**32), MISSING, raw) if len(raw) else raw


def before_damage(seconds: Ints) -> int:
    """How many samples of a damaged file have times that can be believed.

    The last ones before a damage may be made of what is not theirs, and then their times lie
    years away. So the first of the last few that is more than a day from the one before it is
    left out, and what follows it. A gap further from the end is as the watch wrote it.
    """
    timed = np.flatnonzero(seconds != MISSING)
    if len(timed) < 2:
        return len(seconds)
    leaps = np.flatnonzero(abs(np.diff(seconds[timed])) > DAY_S) + 1
    leaps = leaps[timed[leaps] >= len(seconds) - MOST_STRAYS]
    return int(timed[leaps[0]]) if len(leaps) else len(seconds)


def times(table: Table, name: str, most: int = MOST_LAPS) -> list[int | None]:
    """A column of times of a short table; None where there is none."""
    return [None if at == MISSING else at for at in stamps(table, name)[:most].tolist()]


def numbers(table: Table | None, name: str, most: int = MOST_LAPS) -> list[float | None]:
    """A column of a short table as physical values; None where there is none."""
    if table is None:
        return []
    column = table.column(name)
    if column is None:
        return [None] * min(len(table), most)
    scale, offset = column.scale, column.offset
    return [
        value / scale - offset if value != MISSING and isfinite(value) else None
        for value in column.raw[:most].tolist()
    ]


def whole_numbers(table: Table | None, name: str, most: int = MOST_LAPS) -> list[int | None]:
    """A column of numbers that count or name something; None where there is none."""
    return [None if value is None else int(value) for value in numbers(table, name, most)]


def summaries(tables: Mapping[int, Table], log: Log) -> list[Summary]:
    """Every session in order of its start; one without totals where the file has none."""
    table = tables.get(SESSION)
    sport, sub_sport = _sport_of(tables)
    if table is None:
        return [Summary(sport, sub_sport)]
    if len(table) > MOST_SESSIONS:
        log.note("sessions", f"{len(table)} sessions are named; {MOST_SESSIONS} of them were read.")
    rows = zip(
        whole_numbers(table, "sport", MOST_SESSIONS),
        whole_numbers(table, "sub_sport", MOST_SESSIONS),
        _starts(table),
        *(
            numbers(table, name, MOST_SESSIONS)
            for name in ("total_elapsed_time", "total_timer_time", "total_distance", "total_ascent")
        ),
        strict=True,
    )
    found = [
        Summary(
            sport if kind is None else _name(SPORT_NAMES, kind, "sport"),
            sub_sport if sub is None else _name(SUB_SPORT_NAMES, sub, "sub_sport"),
            *totals,
        )
        for kind, sub, *totals in rows
    ]
    return _by_start(found)


def _by_start(found: list[Summary]) -> list[Summary]:
    """In order of start; a session without a start stays behind the one before it."""
    keyed, last = [], 0
    for each in found:
        last = last if each.start is None else each.start
        keyed.append((last, each))
    return [each for _, each in sorted(keyed, key=lambda pair: pair[0])]


def _starts(table: Table) -> list[int | None]:
    """When each session began; from its end and length where the start is missing."""
    starts = times(table, "start_time", MOST_SESSIONS)
    ends = times(table, "timestamp", MOST_SESSIONS)
    lengths = numbers(table, "total_elapsed_time", MOST_SESSIONS)
    return [
        int(end - length)
        if start is None and end is not None and length is not None and length <= end
        else start
        for start, end, length in zip(starts, ends, lengths, strict=True)
    ]


def _sport_of(tables: Mapping[int, Table]) -> tuple[str, str | None]:
    """The sport as other messages than the session name it."""
    for number in (SPORT, LAP):
        table = tables.get(number)
        kinds = whole_numbers(table, "sport", 1)
        if kinds and kinds[0] is not None:
            sub = whole_numbers(table, "sub_sport", 1)[0]
            return (
                _name(SPORT_NAMES, kinds[0], "sport"),
                None if sub is None else _name(SUB_SPORT_NAMES, sub, "sub_sport"),
            )
    return "unknown", None


def _name(names: Mapping[int, str], number: int, kind: str) -> str:
    return names.get(number, f"{kind}_{number}")


def members(seconds: Ints, sessions: Sequence[Summary]) -> NDArray[np.intp]:
    """To which session each time belongs: the last one that had begun.

    What has no time goes with what stands before it in the file.
    """
    if len(sessions) < 2 or len(seconds) == 0:
        return np.zeros(len(seconds), np.intp)
    there = np.maximum.accumulate(np.where(seconds == MISSING, -1, np.arange(len(seconds))))
    known = np.where(there < 0, MISSING, seconds[there])
    starts = np.maximum.accumulate(
        [MISSING if each.start is None else each.start for each in sessions]
    )
    return np.maximum(np.searchsorted(starts, known, "right") - 1, 0)


def laps(table: Table | None, log: Log) -> list[LapSummary]:
    """Every lap in file order; its length is that of the timer, which stops in pauses."""
    if table is None:
        return []
    if len(table) > MOST_LAPS:
        log.note("laps", f"{len(table)} laps are named; {MOST_LAPS} of them were read.")
    timer = numbers(table, "total_timer_time")
    elapsed = numbers(table, "total_elapsed_time")
    rows = zip(
        times(table, "start_time"),
        timer,
        elapsed,
        numbers(table, "total_distance"),
        strict=True,
    )
    return [
        LapSummary(start, whole if moving is None else moving, distance)
        for start, moving, whole, distance in rows
    ]


def pauses(table: Table | None) -> list[tuple[int, int]]:
    """From each stop of the timer to its next start, in file order."""
    if table is None:
        return []
    event, kind = table.column("event"), table.column("event_type")
    if event is None or kind is None:
        return []
    seconds = stamps(table)
    timer = (event.raw == TIMER) & np.isin(kind.raw, (START, *STOPS)) & (seconds != MISSING)
    rows = np.flatnonzero(timer)[:MOST_EVENTS]
    found, stopped = [], None
    for at, what in zip(seconds[rows].tolist(), kind.raw[rows].tolist(), strict=True):
        if what != START:
            stopped = at if stopped is None else stopped
        elif stopped is not None:
            if at > stopped:
                found.append((stopped, at))
            stopped = None
    return found
