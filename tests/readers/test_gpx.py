"""GPX: what is read, hand-typed from the files beside it."""

import re
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from hamstride.errors import NotAnActivityError, UnreadableFileError
from hamstride.readers import Damage
from hamstride.readers.gpx import decode_gpx
from hamstride.records import MISSING, Activity
from made_up_files import GPX_HEAD, gpx, point, track, when

# Without points in a track: waypoints, routes and bare headers.
WITHOUT_TRACK = {
    "gpxpy__custom_schema_locations.gpx",
    "gpxpy__default_schema_locations.gpx",
    "gpxpy__gpx1.1_with_extensions.gpx",
    "gpxpy__gpx1.1_with_extensions_without_namespaces.gpx",
    "gpxpy__gpx_with_garmin_extension.gpx",
    "gpxpy__route.gpx",
    "gpxpy__unicode.gpx",
    "gpxpy__unicode2.gpx",
    "gpxpy__unicode_with_bom.gpx",
    "gpxpy__unicode_with_bom_noencoding.gpx",
}


def codes(activity: Activity) -> list[str]:
    return [finding.code for finding in activity.findings]


def only(data: bytes) -> Activity:
    (activity,) = decode_gpx(data, "run.gpx")
    return activity


def test_every_real_file_gives_all_its_track_points(activities_folder: Path) -> None:
    files = sorted((activities_folder / "gpx").glob("*.gpx"))
    assert len(files) == 68

    for file in files:
        data = file.read_bytes()
        written = len(re.findall(rb"<trkpt\b", data))
        if file.name in WITHOUT_TRACK:
            with pytest.raises(NotAnActivityError):
                decode_gpx(data, file.name)
        else:
            activities = decode_gpx(data, file.name)
            assert sum(activity.samples for activity in activities) == written, file.name


def test_a_real_run_reads_as_it_is_written(activities_folder: Path) -> None:
    file = activities_folder / "gpx" / "rp__038a22f7-eb5e-44f9-a551-de14d84d8524.gpx"

    run = only(file.read_bytes())

    # The first three points, as they stand in the file.
    assert run.start == datetime(2021, 4, 21, 9, 5, 33, 139000, tzinfo=UTC)
    assert run.channels["latitude"].raw[:3].tolist() == [-80462110, -80461786, -80461464]
    assert run.channels["longitude"].raw[:3].tolist() == [-348944257, -348945227, -348946195]
    assert run.channels["time"].raw[:3].tolist() == [0, 4859, 9860]
    assert run.channels["heart_rate"].si()[2] == 136
    assert run.channels["heart_rate"].raw[0] == MISSING
    assert run.title == "quarta-feira corrida matutina"
    assert run.sport == "unknown"


def test_a_track_with_speed_keeps_the_speed_of_the_file(activities_folder: Path) -> None:
    run = only((activities_folder / "gpx" / "gpxpy__track_with_speed.gpx").read_bytes())

    assert run.channels["speed"].si().tolist() == [1.2, 2.2, 3.2]
    assert run.channels["altitude"].raw.tolist() == [48962, 58166, 53382]
    assert run.duration_s == 13


def test_undeclared_prefixes_are_read() -> None:
    extra = (
        "<extensions><gpxdata:hr>151</gpxdata:hr><gpxdata:cadence>84</gpxdata:cadence></extensions>"
    )

    run = only(gpx(track(point(0, extra=extra) + point(1))))

    assert run.channels["heart_rate"].raw.tolist() == [1510, MISSING]
    assert run.channels["cadence"].si()[0] == 84


def test_zero_is_a_value_and_a_missing_value_is_none() -> None:
    extra = "<extensions><hr>150</hr><power>0</power><atemp>0</atemp></extensions>"

    run = only(gpx(track(point(0, lat="0", lon="0", extra=extra) + point(1, lat="0", lon="0"))))

    assert run.channels["power"].raw.tolist() == [0, MISSING]
    assert run.channels["temperature"].raw.tolist() == [0, MISSING]
    assert run.channels["latitude"].raw[0] == 0
    assert not codes(run)


def test_each_track_is_an_activity() -> None:
    both = track(point(0) + point(9), name="One") + track(point(60) + point(80), kind="walking")

    one, two = decode_gpx(gpx(both), "run.gpx")

    assert (one.title, one.sport, one.duration_s) == ("One", "running", 9)
    assert (two.sport, two.duration_s, two.start) == (
        "walking",
        20,
        datetime(2026, 10, 20, 6, 1, tzinfo=UTC),
    )


def test_segments_are_parted_by_pauses_that_the_timer_leaves_out() -> None:
    parted = f"{point(0)}{point(10)}</trkseg><trkseg/><trkseg>{point(70)}{point(75)}"

    run = only(gpx(track(parted)))

    assert run.pauses == ((10.0, 70.0),)
    assert run.duration_s == 75
    assert run.timer_s == 15


def test_a_file_without_times_is_read_with_no_start_and_no_duration() -> None:
    run = only(gpx(track('<trkpt lat="1" lon="2"/><trkpt lat="1.1" lon="2"/>')))

    assert (run.start, run.duration_s, run.timer_s, run.samples) == (None, None, None, 2)
    assert codes(run) == ["no_times"]


@pytest.mark.parametrize(
    ("written", "sport", "sub_sport"),
    [
        ("9", "running", None),
        ("Run", "running", None),
        ("trail_running", "running", "trail"),
        ("Treadmill Running", "running", "treadmill"),
        ("1", "cycling", None),
        ("Biking", "cycling", None),
        ("walking", "walking", None),
        ("Kayaking", "kayaking", None),
        ("", "unknown", None),
    ],
)
def test_the_type_of_a_track_is_its_sport(written: str, sport: str, sub_sport: str | None) -> None:
    run = only(gpx(track(point(0), kind=written)))

    assert (run.sport, run.sub_sport) == (sport, sub_sport)


@pytest.mark.parametrize(
    ("creator", "kind", "unit", "value"),
    [
        ("Garmin Connect", "running", "spm", 168),
        ("StravaGPX", "9", "spm", 168),
        ("Made up", "running", "rpm_or_spm", 84),
        ("Garmin Connect", "cycling", "rpm", 84),
        ("Garmin Connect", "", "rpm_or_spm", 84),
    ],
)
def test_cadence_is_steps_only_where_the_vendor_is_known(
    creator: str, kind: str, unit: str, value: float
) -> None:
    head = GPX_HEAD.replace("Made up", creator)
    extra = "<extensions><x:cad>84</x:cad></extensions>"

    run = only(gpx(track(point(0, extra=extra), kind=kind), head=head))

    assert run.channels["cadence"].unit == unit
    assert run.channels["cadence"].si().tolist() == [value]


def test_a_point_keeps_its_own_time_whatever_its_extensions_say() -> None:
    extra = "<extensions><o:time>1999-01-01T00:00:00Z</o:time></extensions>"

    run = only(gpx(track(point(0, extra=extra))))

    assert run.start == datetime(2026, 10, 20, 6, tzinfo=UTC)


def test_times_with_an_offset_are_the_same_instant() -> None:
    there = '<trkpt lat="1" lon="2"><time>2026-10-20T08:00:00.250+02:00</time></trkpt>'

    assert only(gpx(track(there))).start == datetime(2026, 10, 20, 6, 0, 0, 250_000, tzinfo=UTC)


def test_routes_and_waypoints_are_no_run() -> None:
    body = '<wpt lat="1" lon="2"><name>Home</name></wpt><rte><rtept lat="1" lon="2"/></rte>'

    with pytest.raises(NotAnActivityError, match="waypoints or a route, and no track"):
        decode_gpx(gpx(body), "plan.gpx")


def test_two_days_at_one_second_come_out_whole() -> None:
    points = "".join(
        f'<trkpt lat="38.7" lon="-9.1"><time>2026-10-{20 + second // 86400}T'
        f"{second // 3600 % 24:02d}:{second // 60 % 60:02d}:{second % 60:02d}Z</time></trkpt>"
        for second in range(2 * 86400)
    )

    run = only(gpx(track(points)))

    assert run.samples == 172_800
    assert run.duration_s == 172_799
    assert np.diff(run.channels["time"].raw).tolist() == [1000] * 172_799


def test_a_damaged_file_is_refused_where_that_is_asked_for() -> None:
    with pytest.raises(UnreadableFileError, match=r"run\.gpx: the file ends too early, at line 6"):
        decode_gpx(gpx()[:400], "run.gpx", Damage.REFUSE)


def test_a_prefix_of_the_file_gives_a_prefix_of_the_points() -> None:
    data = gpx(track("".join(point(s, lat=f"38.{s:03d}") for s in range(40))))
    whole = only(data)

    for cut in range(len(data)):
        try:
            part = only(data[:cut])
        except (UnreadableFileError, NotAnActivityError):
            continue
        for name, channel in part.channels.items():
            assert channel.raw.tolist() == whole.channels[name].raw[: part.samples].tolist()


def test_a_time_element_outside_a_point_is_no_point() -> None:
    run = only(gpx(f"<metadata>{when(5)}</metadata>{track(point(0))}"))

    assert run.samples == 1
