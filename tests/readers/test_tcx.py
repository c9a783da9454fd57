"""TCX: what is read, hand-typed from the files beside it."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hamstride.errors import NotAnActivityError, UnreadableFileError
from hamstride.readers.tcx import decode_tcx
from hamstride.records import MISSING, Activity, Lap
from made_up_files import TCX_HEAD, TCX_TAIL, lap, tcx, trackpoint

PLANS = {"tcx__brighton-beach.tcx": "a course", "tcx__simple_workout_1.tcx": "a workout"}


def only(data: bytes) -> Activity:
    (activity,) = decode_tcx(data, "run.tcx")
    return activity


def test_every_real_file_gives_all_its_points(activities_folder: Path) -> None:
    files = sorted((activities_folder / "tcx").glob("*.tcx"))
    assert len(files) == 36

    for file in files:
        data = file.read_bytes()
        written = len(re.findall(rb"<Trackpoint\b", data))
        if file.name in PLANS:
            with pytest.raises(NotAnActivityError, match=PLANS[file.name]):
                decode_tcx(data, file.name)
        else:
            activities = decode_tcx(data, file.name)
            assert sum(activity.samples for activity in activities) == written, file.name


def test_a_real_run_reads_as_it_is_written(activities_folder: Path) -> None:
    run = only((activities_folder / "tcx" / "rp__run.tcx").read_bytes())

    # Typed from the head of the file.
    assert run.start == datetime(2017, 5, 27, 8, 13, 1, tzinfo=UTC)
    assert (run.sport, run.device) == ("running", "TomTom GPS Sport Watch")
    assert (run.timer_s, run.distance_m, run.duration_s) == (1424, 4824.94, 1423)
    assert run.channels["latitude"].raw[:3].tolist() == [521479120, 521479230, 521479290]
    assert run.channels["longitude"].raw[:3].tolist() == [-4596220, -4596140, -4596190]
    assert run.channels["distance"].raw[:3].tolist() == [0, 0, 102]
    assert run.channels["speed"].raw[:3].tolist() == [0, 0, 1020]
    assert run.laps == (Lap(0.0, 1424.0, 4824.94),)


def test_a_real_treadmill_run_has_no_positions_and_the_totals_of_its_laps(
    activities_folder: Path,
) -> None:
    run = only((activities_folder / "tcx" / "tcx__treadmill_1.tcx").read_bytes())

    assert "latitude" not in run.channels
    assert run.laps[0] == Lap(0.0, 681.55, 1609.34)
    assert run.channels["heart_rate"].si()[:2].tolist() == [83, 83]


def test_two_activities_of_a_file_are_two(activities_folder: Path) -> None:
    file = activities_folder / "tcx" / "tcx__multiple_running_activities.tcx"

    first, second = decode_tcx(file.read_bytes(), file.name)

    assert (first.start, first.samples) == (datetime(2014, 12, 26, 10, 0, 39, tzinfo=UTC), 1254)
    assert (second.start, second.samples) == (datetime(2016, 7, 29, 15, 0, 26, tzinfo=UTC), 1463)


def test_strides_of_one_leg_are_steps_exactly() -> None:
    inside = "<Extensions><ns3:TPX><ns3:RunCadence>87</ns3:RunCadence></ns3:TPX></Extensions>"

    run = only(tcx(lap(trackpoint(0, inside) + trackpoint(1))))

    assert run.channels["cadence"].unit == "spm"
    assert run.channels["cadence"].si()[0] == 174
    assert run.channels["cadence"].raw[1] == MISSING


def test_a_bare_cadence_says_what_it_turns_only_on_a_bike() -> None:
    points = trackpoint(0, "<Cadence>85</Cadence>")

    assert only(tcx(lap(points))).channels["cadence"].unit == "rpm_or_spm"
    assert only(tcx(lap(points), sport="Biking")).channels["cadence"].unit == "rpm"


def test_laps_without_points_are_a_run_of_their_totals() -> None:
    laps = lap("", seconds="600", metres="2000") + lap(
        "", seconds="300.5", metres="900", second=600
    )

    run = only(tcx(laps))

    assert run.samples == 0
    assert run.start == datetime(2026, 10, 20, 6, tzinfo=UTC)
    assert (run.duration_s, run.timer_s, run.distance_m) == (900.5, 900.5, 2900)
    assert run.laps == (Lap(0.0, 600.0, 2000.0), Lap(600.0, 300.5, 900.0))


def test_a_second_track_within_a_lap_follows_a_pause() -> None:
    points = f"{trackpoint(0)}{trackpoint(5)}</Track><Track>{trackpoint(65)}{trackpoint(70)}"

    run = only(tcx(lap(points) + lap(trackpoint(80), second=71)))

    assert run.pauses == ((5.0, 65.0),)


def test_heart_rates_of_0_and_255_are_a_sensor_without_a_pulse() -> None:
    beats = (0, 255, 151)
    points = "".join(
        trackpoint(second, f"<HeartRateBpm><Value>{beat}</Value></HeartRateBpm>")
        for second, beat in enumerate(beats)
    )

    run = only(tcx(lap(points)))

    assert run.channels["heart_rate"].raw.tolist() == [MISSING, MISSING, 1510]
    assert run.findings == ()


def test_points_of_a_course_are_not_taken_for_a_run() -> None:
    course = f"<Courses><Course><Track>{trackpoint(0)}</Track></Course></Courses>"
    data = f"{TCX_HEAD}</Activities>{course}</TrainingCenterDatabase>".encode()

    with pytest.raises(NotAnActivityError, match="a course, which is a plan and no run"):
        decode_tcx(data, "plan.tcx")


def test_blanks_before_the_declaration_are_no_damage() -> None:
    run = only(b" \n   " + tcx(lap(trackpoint(0))))

    assert run.samples == 1
    assert run.findings == ()


def test_a_cut_file_keeps_its_points_and_names_the_line() -> None:
    data = tcx(lap(trackpoint(0) + trackpoint(1) + trackpoint(2)))
    cut = data[: data.rindex(b"<Trackpoint>") + 20]

    run = only(cut)

    assert run.samples == 2
    (finding,) = run.findings
    assert (finding.code, finding.offset) == ("syntax", 6)
    assert finding.say == "The file ends too early, at line 6, column 21."


def test_the_device_is_the_creator_and_never_the_author() -> None:
    creator = "<Creator><Name>Forerunner 945</Name></Creator>"
    data = tcx(lap(trackpoint(0)) + creator).replace(
        b"</Activities>", b"</Activities><Author><Name>Connect Api</Name></Author>"
    )

    assert only(data).device == "Forerunner 945"


def test_a_file_of_nothing_but_its_head_is_no_activity() -> None:
    with pytest.raises(NotAnActivityError, match="no activity"):
        decode_tcx((TCX_HEAD + TCX_TAIL).encode(), "empty.tcx")


def test_a_prefix_of_the_file_gives_a_prefix_of_the_points() -> None:
    inside = "<DistanceMeters>{}.5</DistanceMeters>"
    points = "".join(trackpoint(second, inside.format(second)) for second in range(20))
    data = tcx(lap(points) + lap(trackpoint(30)))
    whole = only(data)

    for cut in range(len(data)):
        try:
            part = only(data[:cut])
        except (UnreadableFileError, NotAnActivityError):
            continue
        for name, channel in part.channels.items():
            assert channel.raw.tolist() == whole.channels[name].raw[: part.samples].tolist()


def test_a_file_cut_before_its_first_activity_is_unreadable() -> None:
    with pytest.raises(UnreadableFileError, match="ends too early, at line 3"):
        decode_tcx(TCX_HEAD.encode()[:-3], "run.tcx")


def test_points_without_times_are_said_also_where_the_lap_names_its_start() -> None:
    timeless = "<Trackpoint><DistanceMeters>5</DistanceMeters></Trackpoint>"

    run = only(tcx(lap(timeless)))

    assert run.start == datetime(2026, 10, 20, 6, tzinfo=UTC)
    assert [finding.code for finding in run.findings] == ["no_times"]
