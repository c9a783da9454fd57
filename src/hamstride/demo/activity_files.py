"""The streams of a made-up run as the files that watches and services write."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import numpy as np

from hamstride.demo.encode_fit import (
    ENUM,
    SINT32,
    TIMESTAMP,
    UINT8,
    UINT16,
    UINT32,
    Definition,
    Field,
    fit_file,
    fit_time,
)
from hamstride.demo.streams import Samples, Streams

_ACTIVITY_FILE, _DEVELOPMENT = 4, 255
_RUNNING, _TREADMILL, _GENERIC = 1, 1, 0
_TIMER, _LAP, _SESSION, _ACTIVITY = 0, 9, 8, 26
_START, _STOP, _STOP_ALL = 0, 1, 4

_FILE_ID = Definition(0, 0, (Field(0, ENUM), Field(1, UINT16), Field(4, UINT32)))
_EVENT = Definition(1, 21, (TIMESTAMP, Field(0, ENUM), Field(1, ENUM)))
# timestamp, distance, speed, heart rate, cadence and its fraction
_MEASURED = (TIMESTAMP, Field(5, UINT32), Field(6, UINT16), Field(3, UINT8), Field(4, UINT8))
_INDOORS = Definition(2, 20, (*_MEASURED, Field(53, UINT8)))
# and then latitude, longitude and altitude
_PLACED = (Field(0, SINT32), Field(1, SINT32), Field(2, UINT16))
_OUTDOORS = Definition(2, 20, (*_INDOORS.fields, *_PLACED))
# timestamp, event, event type, start, time with and without pauses, distance
_SPAN = (
    TIMESTAMP,
    Field(0, ENUM),
    Field(1, ENUM),
    Field(2, UINT32),
    Field(7, UINT32),
    Field(8, UINT32),
    Field(9, UINT32),
)
_LAPS = Definition(3, 19, _SPAN)
# and then sport, sub-sport, first lap, number of laps
_SESSIONS = Definition(
    4, 18, (*_SPAN, Field(5, ENUM), Field(6, ENUM), Field(25, UINT16), Field(26, UINT16))
)
# timestamp, time without pauses, sessions, kind (0: by hand), event, event type, local time
_ACTIVITIES = Definition(
    5,
    34,
    (
        TIMESTAMP,
        Field(0, UINT32),
        Field(1, UINT16),
        Field(2, ENUM),
        Field(3, ENUM),
        Field(4, ENUM),
        Field(5, UINT32),
    ),
)


def as_fit(streams: Streams, start: datetime) -> bytes:
    """A FIT file as a running watch writes it, with a lap for each effort."""
    began = fit_time(start)
    ended = began + streams.duration_s
    laps = list(_lap_spans(streams))
    total = _span(streams, 0, streams.duration_s)
    sub_sport = _GENERIC if streams.latitude_deg is not None else _TREADMILL
    local_s = int((start.utcoffset() or timedelta()).total_seconds())
    return fit_file(
        _FILE_ID.defined() + _FILE_ID.data(_ACTIVITY_FILE, _DEVELOPMENT, began),
        _EVENT.defined() + _EVENT.data(began, _TIMER, _START),
        _records(streams, began),
        _EVENT.data(ended, _TIMER, _STOP_ALL),
        _LAPS.defined(),
        *(
            _LAPS.data(began + last, _LAP, _STOP, began + first, *_span(streams, first, last))
            for first, last in laps
        ),
        _SESSIONS.defined(),
        _SESSIONS.data(ended, _SESSION, _STOP, began, *total, _RUNNING, sub_sport, 0, len(laps)),
        _ACTIVITIES.defined(),
        _ACTIVITIES.data(ended, total[1], 1, 0, _ACTIVITY, _STOP, ended + local_s),
    )


def _records(streams: Streams, began: int) -> bytes:
    whole_strides = np.floor(streams.strides_per_min)
    columns = [
        list(range(began, began + streams.duration_s + 1)),
        _whole(streams.distance_m * 100),
        _whole(streams.speed_mps * 1000),
        _whole(streams.heart_rate_bpm),
        _whole(whole_strides),
        _whole(np.floor((streams.strides_per_min - whole_strides) * 128)),
    ]
    if streams.latitude_deg is None or streams.longitude_deg is None or streams.altitude_m is None:
        return _INDOORS.defined() + _INDOORS.rows(*columns)
    columns += [
        _whole(streams.latitude_deg * (2**31 / 180)),
        _whole(streams.longitude_deg * (2**31 / 180)),
        _whole((streams.altitude_m + 500) * 5),
    ]
    return _OUTDOORS.defined() + _OUTDOORS.rows(*columns)


def _whole(values: Samples) -> list[int]:
    return [int(value) for value in np.rint(values).tolist()]


def _lap_spans(streams: Streams) -> Iterator[tuple[int, int]]:
    first = 0
    for effort in streams.efforts:
        yield first, first + effort.duration_s
        first += effort.duration_s


def _span(streams: Streams, first: int, last: int) -> tuple[int, int, int]:
    """Time with and without pauses in 1/1000 s, of which there are none, and distance in cm."""
    lasted = 1000 * (last - first)
    metres = streams.distance_m[last] - streams.distance_m[first]
    return lasted, lasted, round(float(metres) * 100)


class _Point(NamedTuple):
    """What a track keeps of one second."""

    time: str
    latitude_deg: float
    longitude_deg: float
    altitude_m: float
    distance_m: float
    speed_mps: float
    heart_rate_bpm: float
    strides_per_min: float


_GPX_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="Hamstride demo" xmlns="http://www.topografix.com/GPX/1/1"
 xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">
<trk><name>Run</name><type>running</type><trkseg>
"""
_GPX_POINT = (
    '<trkpt lat="{0.latitude_deg:.7f}" lon="{0.longitude_deg:.7f}">'
    "<ele>{0.altitude_m:.1f}</ele><time>{0.time}</time>"
    "<extensions><gpxtpx:TrackPointExtension><gpxtpx:hr>{0.heart_rate_bpm:.0f}</gpxtpx:hr>"
    "<gpxtpx:cad>{0.strides_per_min:.0f}</gpxtpx:cad></gpxtpx:TrackPointExtension></extensions>"
    "</trkpt>"
)
_GPX_TAIL = "\n</trkseg></trk>\n</gpx>\n"


def as_gpx(streams: Streams, start: datetime) -> bytes:
    """A GPX file as a training service exports it; it knows no speed and no distance."""
    points = "\n".join(map(_GPX_POINT.format, _points(streams, start)))
    return (_GPX_HEAD + points + _GPX_TAIL).encode()


_TCX_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"
 xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2">
<Activities><Activity Sport="Running"><Id>{start}</Id><Lap StartTime="{start}">
<TotalTimeSeconds>{duration}</TotalTimeSeconds><DistanceMeters>{distance:.2f}</DistanceMeters>
<Intensity>Active</Intensity><TriggerMethod>Manual</TriggerMethod><Track>
"""
_TCX_POINT = (
    "<Trackpoint><Time>{0.time}</Time>"
    "<Position><LatitudeDegrees>{0.latitude_deg:.7f}</LatitudeDegrees>"
    "<LongitudeDegrees>{0.longitude_deg:.7f}</LongitudeDegrees></Position>"
    "<AltitudeMeters>{0.altitude_m:.1f}</AltitudeMeters>"
    "<DistanceMeters>{0.distance_m:.2f}</DistanceMeters>"
    "<HeartRateBpm><Value>{0.heart_rate_bpm:.0f}</Value></HeartRateBpm>"
    "<Extensions><ns3:TPX><ns3:Speed>{0.speed_mps:.3f}</ns3:Speed>"
    "<ns3:RunCadence>{0.strides_per_min:.0f}</ns3:RunCadence></ns3:TPX></Extensions>"
    "</Trackpoint>"
)
_TCX_TAIL = "\n</Track></Lap></Activity></Activities></TrainingCenterDatabase>\n"


def as_tcx(streams: Streams, start: datetime) -> bytes:
    """A TCX file as a training service exports it, in one lap."""
    head = _TCX_HEAD.format(
        start=_zulu(start), duration=streams.duration_s, distance=streams.distance_m[-1]
    )
    points = "\n".join(map(_TCX_POINT.format, _points(streams, start)))
    return (head + points + _TCX_TAIL).encode()


def _points(streams: Streams, start: datetime) -> Iterator[_Point]:
    if streams.latitude_deg is None or streams.longitude_deg is None or streams.altitude_m is None:
        raise ValueError("a treadmill run has no points to put on a track")
    columns = (
        (_zulu(start + timedelta(seconds=each)) for each in range(streams.duration_s + 1)),
        streams.latitude_deg.tolist(),
        streams.longitude_deg.tolist(),
        streams.altitude_m.tolist(),
        streams.distance_m.tolist(),
        streams.speed_mps.tolist(),
        streams.heart_rate_bpm.tolist(),
        streams.strides_per_min.tolist(),
    )
    return map(_Point._make, zip(*columns, strict=True))


def _zulu(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
