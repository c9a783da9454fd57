"""TCX: every <Activity> with its laps; courses and workouts are plans, not runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hamstride.errors import NotAnActivityError, UnreadableFileError
from hamstride.readers.damage import Damage, named
from hamstride.readers.limits import UPLOAD, Limits
from hamstride.readers.sports import sport_of
from hamstride.readers.xml_activity import finished, samples
from hamstride.readers.xml_columns import (
    ALTITUDE,
    CADENCE,
    COLUMNS,
    DISTANCE,
    HEART_RATE,
    LATITUDE,
    LONGITUDE,
    POWER,
    SPEED,
    STRIDE_CADENCE,
    TIME,
    Columns,
    Row,
)
from hamstride.readers.xml_numbers import floats
from hamstride.readers.xml_points import parse
from hamstride.readers.xml_times import instant_ms, moment
from hamstride.records import Activity, Lap

_EMPTY: Row = [None] * len(COLUMNS)
_LONGEST_LAP_S = 1e6
_LONGEST_LAP_M = 2e6


@dataclass(slots=True)
class _LapTotals:
    """A lap as it is being read."""

    start_ms: int | None
    duration_s: float | None = None
    distance_m: float | None = None
    tracks: int = 0


@dataclass(slots=True)
class _Recording:
    """One <Activity> as it is being read."""

    sport: str
    id_ms: int | None = None
    device: str | None = None
    notes: str | None = None
    laps: list[_LapTotals] = field(default_factory=list)
    columns: Columns = field(default_factory=Columns)

    def __bool__(self) -> bool:
        return bool(self.laps) or len(self.columns) > 0


class _TcxLayout:
    """Collects every <Activity> with its laps and points."""

    point = "Trackpoint"
    attribute_slots: Mapping[str, int] = {}
    texts = frozenset({"TotalTimeSeconds", "DistanceMeters", "Id", "Name", "Notes"})
    slots: Mapping[str, int] = {
        "time": TIME,
        "latitudedegrees": LATITUDE,
        "longitudedegrees": LONGITUDE,
        "altitudemeters": ALTITUDE,
        "distancemeters": DISTANCE,
        "value": HEART_RATE,
        "speed": SPEED,
        "cadence": CADENCE,
        "runcadence": STRIDE_CADENCE,
        "watts": POWER,
    }

    def __init__(self) -> None:
        self.recordings: list[_Recording] = []
        self.plan: str | None = None
        self._recording: _Recording | None = None

    def columns(self) -> Columns | None:
        return self._recording.columns if self._recording else None

    def row(self, _attributes: Mapping[str, str], /) -> Row:
        return _EMPTY.copy()

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Activity":
            self._recording = _Recording(attributes.get("Sport", ""))
            self.recordings.append(self._recording)
        elif name in {"Course", "Workout"}:
            self.plan = name.lower()
        elif self._recording is None:
            return
        elif name == "Lap":
            start_ms, _zoned = instant_ms(attributes.get("StartTime", ""))
            self._recording.laps.append(_LapTotals(start_ms))
        elif name == "Track" and self._recording.laps:
            # A lap goes on in a new track after a pause; a new lap begins one without.
            lap = self._recording.laps[-1]
            lap.tracks += 1
            if lap.tracks > 1:
                self._recording.columns.mark_break()

    def closed(self, name: str, text: str, parent: str) -> None:
        recording = self._recording
        if recording is None:
            return
        if name == "Activity":
            self._recording = None
        elif parent == "Lap" and recording.laps:
            lap = recording.laps[-1]
            if name == "TotalTimeSeconds":
                lap.duration_s = _total(text, _LONGEST_LAP_S)
            elif name == "DistanceMeters":
                lap.distance_m = _total(text, _LONGEST_LAP_M)
        elif name == "Id" and parent == "Activity":
            recording.id_ms = instant_ms(text)[0]
        elif name == "Name" and parent == "Creator":
            recording.device = text.strip()[:255] or None
        elif name == "Notes" and parent == "Activity":
            recording.notes = text.strip()[:255] or None


def decode_tcx(
    data: bytes, file: str, on_damage: Damage = Damage.KEEP, *, limits: Limits = UPLOAD
) -> tuple[Activity, ...]:
    """Every activity of a TCX file, in file order; one with laps and no points is one too.

    Raises
    ------
    NotAnActivityError
        It holds a course or a workout, or nothing.
    UnreadableFileError
        Nothing can be read, too many positions are none, or the file is damaged and
        `on_damage` is REFUSE.
    TooLargeError, UnsupportedFileError
        It is past a limit, has a DOCTYPE or an encoding that is not read.
    """
    layout, cut = parse(data, _TcxLayout, file=file, limits=limits)
    recordings = [recording for recording in layout.recordings if recording]
    if not recordings and cut:
        say = f"{cut.say} Nothing of it was read; export it again."
        raise UnreadableFileError(named(file, say))
    if not recordings:
        holds = f"a {layout.plan}, which is a plan and no run" if layout.plan else "no activity"
        raise NotAnActivityError(f"{file}: it holds {holds}.")
    activities = [_activity(recording, file) for recording in recordings]
    return finished(activities, [], cut, on_damage)


def _activity(recording: _Recording, file: str) -> Activity:
    sport, sub_sport = sport_of(recording.sport)
    unit = "rpm" if sport == "cycling" else "rpm_or_spm"
    named = next((lap.start_ms for lap in recording.laps if lap.start_ms is not None), None)
    read = samples(
        recording.columns,
        file=file,
        cadence_unit=unit,
        summary_start_ms=recording.id_ms if named is None else named,
    )
    start_s = None if read.start is None else read.start.timestamp()
    timer_s = _sum([lap.duration_s for lap in recording.laps])
    return Activity(
        file=file,
        format="tcx",
        sport=sport,
        sub_sport=sub_sport,
        start=read.start,
        channels=read.channels,
        device=recording.device,
        laps=tuple(_lap(lap, start_s) for lap in recording.laps),
        pauses=read.pauses,
        duration_s=timer_s if read.duration_s is None else read.duration_s,
        timer_s=timer_s,
        distance_m=_sum([lap.distance_m for lap in recording.laps]),
        title=recording.notes,
        findings=read.findings,
    )


def _lap(lap: _LapTotals, start_s: float | None) -> Lap:
    since_s = None
    if lap.start_ms is not None and start_s is not None:
        since_s = round(moment(lap.start_ms).timestamp() - start_s, 3)
    return Lap(since_s, lap.duration_s, lap.distance_m)


def _total(text: str, most: float) -> float | None:
    value = float(floats([text])[0])
    return value if 0 <= value <= most else None


def _sum(totals: list[float | None]) -> float | None:
    known = [total for total in totals if total is not None]
    return round(sum(known), 3) if known else None
