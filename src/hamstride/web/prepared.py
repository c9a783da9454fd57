"""What is made of one file before it is stored: plain values, small, and without a database.

Worker processes do this, so nothing here knows Django.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from hamstride.facts.activity import Reading, reading
from hamstride.facts.measured import measured_run
from hamstride.readers import Outcome, Status
from hamstride.readers.sameness import Richness, richness, span
from hamstride.readers.sports import family
from hamstride.records import Activity, Bout, Finding, Lap, Load, Measured, Run, Speeds
from hamstride.vocabulary import Declared
from hamstride.web.streams import Packed, pack

READER = 1
"""Goes up when reading or measuring changes for the better: what an older one read can be read
again from its original."""

KEPT_FORMATS = frozenset({"fit", "gpx", "tcx"})
"""Their bytes are kept, also where nothing of them can be read: a better reader may."""

RUN_COLUMNS = (
    "treadmill",
    "duration_s",
    "timer_s",
    "moving_s",
    "running_s",
    "longest_continuous_s",
    "walk_breaks",
    "distance_m",
    "ascent_m",
    "cadence_spm",
    "best_speed_mps",
)
"""The plain numbers of a run, under their names in `records.Run`."""

MEASURED_COLUMNS = (
    "quality",
    "best_3s_mps",
    "best_20s_mps",
    "best_5k_mps",
    "descent_m",
    "steep_s",
    "hill_efforts",
)
"""The plain numbers of `records.Measured`."""

LOAD_COLUMNS = {
    "hlu": "load_hlu",
    "low": "load_low",
    "high": "load_high",
    "easy": "load_easy",
    "hills": "load_hills",
    "fast": "load_fast",
    "walking": "load_walking",
}
"""The column of each field of `records.Load`."""


@dataclass(frozen=True, slots=True)
class Written:
    """What an activity says of itself beside its channels and its columns."""

    laps: tuple[Lap, ...] = ()
    pauses: tuple[tuple[float, float], ...] = ()
    findings: tuple[Finding, ...] = ()
    duration_s: float | None = None
    timer_s: float | None = None
    distance_m: float | None = None
    ascent_m: float | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """What of `records.Measured` is no plain number."""

    stride_lengths: tuple[tuple[float, float, float], ...] = ()
    speeds: Speeds = field(default_factory=Speeds)
    bouts: tuple[Bout, ...] = ()
    bursts: tuple[Bout, ...] = ()


WRITTEN: TypeAdapter[Written] = TypeAdapter(Written)
PARTS: TypeAdapter[Parts] = TypeAdapter(Parts)


@dataclass(frozen=True, slots=True)
class PreparedActivity:
    """One activity as it is stored: its columns, and its packed streams."""

    columns: Mapping[str, Any]
    streams: tuple[Packed, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """One file as it is stored; without a format nothing of it is kept."""

    file: str
    status: Status
    message: str
    format: str | None
    sha256: str | None
    rich: Richness | None
    activities: tuple[PreparedActivity, ...]


def prepare(outcome: Outcome, declared: Declared, timezone: str) -> Prepared:
    """What is stored of a file that was read, its days in a time zone."""
    kept = outcome.format in KEPT_FORMATS
    return Prepared(
        file=clean(outcome.file),
        status=outcome.status,
        message=clean(outcome.message),
        format=outcome.format if kept else None,
        sha256=outcome.sha256,
        rich=richness(outcome) if outcome.activities else None,
        activities=tuple(
            PreparedActivity(
                {
                    **_columns(activity, declared, timezone),
                    "part": part,
                    "gear": _text(outcome.gear),
                },
                tuple(_streams(activity)),
            )
            for part, activity in enumerate(outcome.activities)
        ),
    )


def _streams(activity: Activity) -> Iterator[Packed]:
    for name, channel in activity.channels.items():
        packed = pack(clean(name), channel)
        if packed is not None:
            yield packed


def _columns(activity: Activity, declared: Declared, timezone: str) -> dict[str, Any]:
    run = measured_run(activity, declared, timezone)
    numbers = _of_run(run) if run is not None else _of_reading(reading(activity, declared.runs))
    start = _utc(activity.start if run is None else run.start)
    return {
        "file": clean(activity.file),
        "format": activity.format,
        "sport": clean(activity.sport),
        "sub_sport": _text(activity.sub_sport),
        "device": _text(activity.device),
        "title": _text(activity.title),
        "is_run": run is not None,
        "start": start,
        "day": day_of(start, timezone),
        "written": WRITTEN.dump_python(_written(activity), mode="json"),
        **_when(activity),
        **numbers,
    }


def _when(activity: Activity) -> dict[str, Any]:
    """What tells whether another file holds the same run."""
    start = _utc(activity.start)
    if start is None:
        return {"begins": None, "ends": None, "family": None}
    when = span(start.timestamp(), activity.duration_s, family(activity.sport, activity.sub_sport))
    return {
        "begins": start,
        "ends": start + timedelta(seconds=when.length_s),
        "family": _text(when.family),
    }


def _written(activity: Activity) -> Written:
    named = {each.name for each in fields(Written)} - {"findings"}
    findings = tuple(
        Finding(each.code, clean(each.say), each.offset, each.unsure) for each in activity.findings
    )
    return Written(**{name: getattr(activity, name) for name in named}, findings=findings)


def _of_reading(read: Reading) -> dict[str, Any]:
    """The numbers of another sport than running."""
    found = {name: getattr(read, name, None) for name in RUN_COLUMNS}
    return {**found, "descent_m": read.descent_m}


def _of_run(run: Run) -> dict[str, Any]:
    columns = {name: getattr(run, name) for name in RUN_COLUMNS}
    return columns if run.measured is None else {**columns, **measured_columns(run.measured)}


def measured_columns(found: Measured) -> dict[str, Any]:
    """What was measured of a run, by column."""
    load = {} if found.load is None else asdict(found.load)
    parts = Parts(**{each.name: getattr(found, each.name) for each in fields(Parts)})
    return {
        "measured": True,
        "doubts": list(found.doubts),
        **{name: getattr(found, name) for name in MEASURED_COLUMNS},
        **{column: load.get(name) for name, column in LOAD_COLUMNS.items()},
        "parts": PARTS.dump_python(parts, mode="json"),
    }


def measured_of(columns: Mapping[str, Any]) -> Measured | None:
    """What was measured of a run, from its columns; its parts only where they are among them."""
    if not columns["measured"]:
        return None
    load = None
    if columns["load_hlu"] is not None:
        load = Load(**{name: columns[column] for name, column in LOAD_COLUMNS.items()})
    parts = PARTS.validate_python(columns["parts"]) if columns.get("parts") else Parts()
    return Measured(
        doubts=tuple(columns["doubts"]),
        load=load,
        **{name: columns[name] for name in MEASURED_COLUMNS},
        **{each.name: getattr(parts, each.name) for each in fields(Parts)},
    )


def day_of(start: datetime | None, timezone: str) -> date | None:
    """The local date of an instant."""
    return None if start is None else start.astimezone(ZoneInfo(timezone)).date()


def _utc(instant: datetime | None) -> datetime | None:
    if instant is None:
        return None
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)


def _text(text: str | None) -> str | None:
    return None if text is None else clean(text)


def clean(text: str) -> str:
    """A text that every database takes: without NUL, and without halves of characters.

    Examples
    --------
    >>> clean("Edge\\x00 810"), clean("\\udcff.fit")
    ('Edge 810', '?.fit')
    """
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
