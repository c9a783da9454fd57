"""From a FIT file to its activities."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from hamstride.errors import NotAnActivityError, UnreadableFileError
from hamstride.readers.damage import Damage, without_rest
from hamstride.readers.fit_beats import HR, Beats, beats, merged
from hamstride.readers.fit_channels import cadence_of, channels, compact
from hamstride.readers.fit_messages import FILE_ID, RECORD, note_oddities, part_tables
from hamstride.readers.fit_profile import FILE_NAMES, GARMIN_PRODUCT_NAMES, MANUFACTURER_NAMES
from hamstride.readers.fit_sessions import (
    DAY_S,
    EVENT,
    FIRST_DATE,
    LAP,
    SESSION,
    LapSummary,
    Summary,
    before_damage,
    laps,
    members,
    pauses,
    stamps,
    summaries,
    whole_numbers,
)
from hamstride.readers.fit_table import Table
from hamstride.readers.fit_walk import Log, first_messages, walk
from hamstride.records import MISSING, Activity, Channel, Lap

ACTIVITY_FILE = 4
# Manufacturers whose product numbers are Garmin's own.
GARMIN = (1, 13, 15, 89)

EPOCH = datetime(1989, 12, 31, tzinfo=UTC)

Ints = NDArray[np.int64]


def decode_fit(data: bytes, file: str, on_damage: Damage = Damage.KEEP) -> tuple[Activity, ...]:
    """The activities of a FIT file, one for each session, with what was odd about the file.

    Raises
    ------
    NotAnActivityError
        It is no FIT file, or a FIT file of another kind: settings, a workout, weights.
    UnreadableFileError
        Nothing of it can be read, or there is damage under `Damage.REFUSE`.
    """
    # Damage may leave numbers that overflow; what comes of them is told by its findings.
    with np.errstate(all="ignore"):
        return _decoded(data, Log(file, on_damage))


def _decoded(data: bytes, log: Log) -> tuple[Activity, ...]:
    _look_first(data, log.file)
    parts = [part_tables(data, part) for part in walk(data, log)]
    kinds = [_kind(tables) for tables in parts]
    kept = [
        tables
        for tables, kind in zip(parts, kinds, strict=True)
        if not _is_other(kind) and not tables.keys().isdisjoint((RECORD, SESSION, LAP))
    ]
    if not kept:
        _raise_for(kinds, log)
    strap = beats(tables[HR] for tables in parts if HR in tables)
    found = [activity for tables in kept for activity in _activities(tables, strap, len(data), log)]
    return tuple(replace(each, findings=tuple(log.findings)) for each in found)


def _look_first(data: bytes, file: str) -> None:
    """Refuse a file of another kind by its first message, before the rest is walked."""
    part = first_messages(data)
    kind = None if part is None else _kind(part_tables(data, part))
    if kind is not None and _is_other(kind):
        raise NotAnActivityError(_other_kind(file, kind))


def _kind(tables: Mapping[int, Table]) -> int | None:
    """The kind of a FIT file, as its file_id says."""
    kinds = whole_numbers(tables.get(FILE_ID), "type", 1)
    return kinds[0] if kinds else None


def _is_other(kind: int | None) -> bool:
    """Whether this kind is known to be none of ours; one without a name may be a damaged 4."""
    return kind != ACTIVITY_FILE and kind in FILE_NAMES


def _other_kind(file: str, kind: int) -> str:
    name = FILE_NAMES.get(kind)
    # The profile counts its kinds of monitoring file: monitoring_a, monitoring_b.
    words = None if name is None else name.removesuffix("_a").removesuffix("_b").replace("_", " ")
    what = f"a FIT file of kind {kind}" if words is None else f"a {words} file"
    return f"{file}: {what}, not an activity."


def _raise_for(kinds: list[int | None], log: Log) -> None:
    other = next((kind for kind in kinds if kind not in (None, ACTIVITY_FILE)), None)
    if other is not None and ACTIVITY_FILE not in kinds:
        raise NotAnActivityError(_other_kind(log.file, other))
    why = next((each.say for each in log.findings), "It has neither samples nor a summary.")
    raise UnreadableFileError(
        f"{log.file}: nothing of it can be read. {without_rest(why)} Copy it again from the watch."
    )


@dataclass(frozen=True, slots=True)
class Content:
    """What a FIT file holds besides the sums of its sessions; all of it, or a session's share."""

    seconds: Ints
    channels: Mapping[str, Channel]
    laps: Sequence[LapSummary]
    pauses: Sequence[tuple[int, int]]


def _activities(
    tables: Mapping[int, Table], strap: Beats | None, size: int, log: Log
) -> list[Activity]:
    """One activity for each session of one FIT file."""
    records = tables.get(RECORD)
    note_oddities(records, log)
    seconds = _one_clock(stamps(records), log)
    found = {} if records is None else channels(records, log, size)
    seconds, found = _without_strays(seconds, found, log)
    own = found.get("heart_rate")
    if strap is not None and len(seconds) and (own is None or own.raw.dtype.kind == "i"):
        raw = merged(strap, seconds, None if own is None else own.raw)
        if (raw != MISSING).any():
            found["heart_rate"] = Channel(compact(raw), "bpm")
    content = Content(seconds, found, laps(tables.get(LAP), log), pauses(tables.get(EVENT)))
    sessions = summaries(tables, log)
    device = _device(tables.get(FILE_ID))
    activities = [
        _activity(session, share, log.file, device)
        for session, share in zip(sessions, _shares(content, sessions), strict=True)
    ]
    if any(each.start is None for each in activities):
        say = (
            "The file does not tell the date: its times, if any, count from when the watch was "
            "switched on. The day is yours to tell."
        )
        log.note("undated", say)
    return activities


def _without_strays(
    seconds: Ints, found: dict[str, Channel], log: Log
) -> tuple[Ints, dict[str, Channel]]:
    """The samples without those that a damage made up, at its very place."""
    kept = before_damage(seconds) if log.damaged else len(seconds)
    if kept == len(seconds):
        return seconds, found
    lost = len(seconds) - kept
    say = "The last sample before the damage is more than a day from all others. It was left out."
    if lost > 1:
        say = (
            f"The last {lost} samples before the damage are more than a day from all others. "
            "They were left out."
        )
    log.note("stray_time", say)
    return seconds[:kept], _rows(found, slice(kept))


def _rows(found: Mapping[str, Channel], rows: slice | NDArray[np.intp]) -> dict[str, Channel]:
    """Some samples of every channel."""
    return {
        name: Channel(each.raw[rows], each.unit, each.scale, each.offset)
        for name, each in found.items()
    }


def _one_clock(seconds: Ints, log: Log) -> Ints:
    """Times of one kind: where some have a date, those that count from power-up have none."""
    there = seconds != MISSING
    relative = there & (seconds < FIRST_DATE)
    if not relative.any() or relative.sum() == there.sum():
        return seconds
    say = (
        f"{relative.sum()} samples were written before the watch knew the time. "
        "They were kept without one."
    )
    log.note("relative_time", say)
    return np.where(relative, MISSING, seconds)


def _shares(content: Content, sessions: Sequence[Summary]) -> Iterator[Content]:
    """What belongs to each session."""
    if len(sessions) == 1:
        yield content
        return
    samples = members(content.seconds, sessions)
    lap_starts = [MISSING if each.start is None else each.start for each in content.laps]
    of_laps = members(np.array(lap_starts, np.int64), sessions).tolist()
    stops, starts = np.array(content.pauses, np.int64).reshape(-1, 2).T
    of_stops, of_starts = members(stops, sessions), members(starts, sessions)
    # A pause that ends in the next session is the way from one to the other.
    of_pauses = np.where(of_stops == of_starts, of_stops, -1).tolist()
    for i in range(len(sessions)):
        rows = np.flatnonzero(samples == i)
        yield Content(
            content.seconds[rows],
            _rows(content.channels, rows),
            [lap for lap, of in zip(content.laps, of_laps, strict=True) if of == i],
            [pause for pause, of in zip(content.pauses, of_pauses, strict=True) if of == i],
        )


def _activity(session: Summary, share: Content, file: str, device: str | None) -> Activity:
    seconds = share.seconds
    there = seconds[seconds != MISSING]
    origin = _origin(session, there)
    dated = next(
        (at for at in (origin, session.start) if at is not None and at >= FIRST_DATE), None
    )
    found: dict[str, Channel] = {}
    if len(seconds):
        since = np.where(seconds == MISSING, MISSING, seconds - (origin or 0))
        found["time"] = Channel(compact(since), "s")
    for name, channel in share.channels.items():
        found[name] = cadence_of(channel, session.sport) if name == "cadence" else channel
    lasted = float(there[-1] - there[0]) if len(there) else session.elapsed_s
    return Activity(
        file=file,
        format="fit",
        sport=session.sport,
        sub_sport=session.sub_sport,
        start=None if dated is None else EPOCH + timedelta(seconds=dated),
        device=device,
        channels=found,
        laps=tuple(_lap(each, origin) for each in share.laps),
        pauses=tuple((float(a - (origin or 0)), float(b - (origin or 0))) for a, b in share.pauses),
        duration_s=lasted if lasted is not None and lasted >= 0 else None,
        timer_s=session.timer_s,
        distance_m=session.distance_m,
        ascent_m=session.ascent_m,
    )


def _origin(session: Summary, there: Ints) -> int | None:
    """Zero of the activity's clock: the session's start.

    It is the first sample instead where that is earlier, since a watch that is set while it
    runs dates its session late, or where the two are not on the same clock.
    """
    if len(there) == 0:
        return session.start
    first = int(there[0])
    start = session.start
    if start is None or (first < FIRST_DATE) != (start < FIRST_DATE) or 0 < start - first <= DAY_S:
        return first
    return start


def _lap(lap: LapSummary, origin: int | None) -> Lap:
    start_s = None if lap.start is None or origin is None else float(lap.start - origin)
    return Lap(start_s, lap.duration_s, lap.distance_m)


def _device(table: Table | None) -> str | None:
    """Who made the device, and its model, as far as the file names them."""
    if table is None:
        return None
    maker = whole_numbers(table, "manufacturer", 1)[0]
    product = whole_numbers(table, "product", 1)[0]
    model = table.text("product_name")[0]
    if model is None and product is not None:
        model = GARMIN_PRODUCT_NAMES.get(product) if maker in GARMIN else None
        model = model or str(product)
    name = None if maker is None else MANUFACTURER_NAMES.get(maker, f"manufacturer {maker}")
    return " ".join(each for each in (name, model) if each) or None
