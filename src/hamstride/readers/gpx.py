"""GPX 1.0 and 1.1: tracks to activities; waypoints and routes are none."""

from collections.abc import Mapping

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
    TEMPERATURE,
    TIME,
    Columns,
    Row,
)
from hamstride.readers.xml_points import parse
from hamstride.records import Activity, Finding

# Both export the revolutions of one leg, as Garmin's schema for `cad` says; others write what
# they like, so that what they mean is decided later from the values.
_COUNT_STRIDES = ("garmin connect", "stravagpx")
_ON_FOOT = {"running", "walking", "hiking"}
_REST: Row = [None] * (len(COLUMNS) - 3)


class _Track:
    """One <trk>: a recording, whose segments are parted by pauses."""

    def __init__(self) -> None:
        self.columns = Columns()
        self.title = ""
        self.type = ""


class _GpxLayout:
    """Collects every <trk> with its points."""

    point = "trkpt"
    attribute_slots: Mapping[str, int] = {"lat": LATITUDE, "lon": LONGITUDE}
    texts = frozenset({"name", "type"})
    # By local name in lower case; vendors differ in all but hr and cad.
    slots: Mapping[str, int] = {
        "time": TIME,
        "ele": ALTITUDE,
        "distance": DISTANCE,
        "speed": SPEED,
        "hr": HEART_RATE,
        "heartrate": HEART_RATE,
        "cad": CADENCE,
        "cadence": CADENCE,
        "power": POWER,
        "watts": POWER,
        "powerinwatts": POWER,
        "atemp": TEMPERATURE,
        "temp": TEMPERATURE,
        "temperature": TEMPERATURE,
    }

    def __init__(self) -> None:
        self.tracks: list[_Track] = []
        self.creator: str | None = None
        self.planned = 0
        self._track: _Track | None = None

    def columns(self) -> Columns | None:
        return self._track.columns if self._track else None

    def row(self, attributes: Mapping[str, str], /) -> Row:
        return [None, attributes.get("lat"), attributes.get("lon"), *_REST]

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "trk":
            self._track = _Track()
            self.tracks.append(self._track)
        elif name == "trkseg" and self._track:
            self._track.columns.mark_break()
        elif name == "gpx":
            self.creator = attributes.get("creator", "")[:255] or None
        elif name in {"wpt", "rtept"}:
            self.planned += 1

    def closed(self, name: str, text: str, parent: str) -> None:
        if name == "trk":
            self._track = None
        elif self._track and parent == "trk":
            if name == "name":
                self._track.title = text.strip()[:255]
            elif name == "type":
                self._track.type = text.strip()


def decode_gpx(
    data: bytes, file: str, on_damage: Damage = Damage.KEEP, *, limits: Limits = UPLOAD
) -> tuple[Activity, ...]:
    """Every track of a GPX file as an activity, in file order.

    Raises
    ------
    NotAnActivityError
        It has no track points, only waypoints or a route.
    UnreadableFileError
        Nothing can be read, too many positions are none, or the file is damaged and
        `on_damage` is REFUSE.
    TooLargeError, UnsupportedFileError
        It is past a limit, has a DOCTYPE or an encoding that is not read.
    """
    layout, cut = parse(data, _GpxLayout, file=file, limits=limits)
    tracks = [track for track in layout.tracks if len(track.columns)]
    if not tracks and cut:
        say = f"{cut.say} Nothing of it was read; export it again."
        raise UnreadableFileError(named(file, say))
    if not tracks:
        holds = "waypoints or a route, and" if layout.planned else "no points and"
        raise NotAnActivityError(f"{file}: it holds {holds} no track, so there is no run in it.")
    activities = [_activity(track, layout.creator, file) for track in tracks]
    odd = []
    empty = len(layout.tracks) - len(tracks)
    if empty and not cut:
        have = "has" if empty == 1 else "have"
        say = f"{empty} of {len(layout.tracks)} tracks {have} no points."
        odd.append(Finding("empty_track", say))
    return finished(activities, odd, cut, on_damage)


def _activity(track: _Track, creator: str | None, file: str) -> Activity:
    sport, sub_sport = sport_of(track.type)
    read = samples(track.columns, file=file, cadence_unit=_cadence_unit(sport, creator))
    paused_s = sum(end - start for start, end in read.pauses)
    return Activity(
        file=file,
        format="gpx",
        sport=sport,
        sub_sport=sub_sport,
        start=read.start,
        channels=read.channels,
        device=creator,
        pauses=read.pauses,
        duration_s=read.duration_s,
        timer_s=None if read.duration_s is None else read.duration_s - paused_s,
        title=track.title or None,
        findings=read.findings,
    )


def _cadence_unit(sport: str, creator: str | None) -> str:
    if sport == "cycling":
        return "rpm"
    if sport in _ON_FOOT and (creator or "").lower().startswith(_COUNT_STRIDES):
        return "spm"
    return "rpm_or_spm"
