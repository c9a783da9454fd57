"""What real FIT files hold. Counts are those of SOURCES.tsv; values were typed from fitdecode."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hamstride.errors import NotAnActivityError, UnreadableFileError
from hamstride.readers.damage import Damage
from hamstride.readers.fit import decode_fit
from hamstride.readers.fit_messages import decode_messages
from hamstride.records import MISSING, Activity

RUN = "running"
RIDE = "cycling"
HEAVY = "pfp__activity-large-fenxi2-multisport.fit"

# Samples by session, in order, and the sports.
ACTIVITIES: dict[str, tuple[tuple[str, int], ...]] = {
    "fprs__hrv-activity.fit": ((RIDE, 1072),),
    "pfp__2013-02-06-12-11-14.fit": ((RUN, 590),),
    "pfp__2015-10-13-08-43-15.fit": ((RIDE, 221),),
    "pfp__20170518-191602-1740899583.fit": (("fitness_equipment", 1641),),
    "pfp__2019-02-17-062644-ELEMNT-297E-195-0.fit": ((RIDE, 13471),),
    "pfp__Activity.fit": ((RUN, 14),),
    "pfp__DeveloperData.fit": (("unknown", 3),),
    "pfp__Edge810-Vector-2013-08-16-15-35-10.fit": ((RIDE, 4700),),
    "pfp__activity-activity-filecrc.fit": ((RUN, 14), (RUN, 14)),
    "pfp__activity-filecrc.fit": ((RUN, 14),),
    HEAVY: (
        ("generic", 11683),
        ("transition", 284),
        (RUN, 2199),
        ("transition", 6),
        (RUN, 6695),
        ("transition", 241),
        (RIDE, 3131),
    ),
    "pfp__activity-settings-corruptheader.fit": ((RUN, 14),),
    "pfp__activity-settings-nodata.fit": ((RUN, 14),),
    "pfp__activity-settings.fit": ((RUN, 14),),
    "pfp__activity-small-fenix2-run.fit": ((RUN, 2809),),
    "pfp__activity-unexpected-eof.fit": ((RUN, 14),),
    "pfp__antfs-dump.63.fit": ((RUN, 686),),
    "pfp__compressed-speed-distance.fit": ((RUN, 755),),
    "pfp__coros-pace-2-cycling-misaligned-fields.fit": ((RIDE, 11272),),
    "pfp__developer-types-sample.fit": ((RUN, 3424),),
    "pfp__elemnt-bolt-no-application-id-inside-developer-data-id.fit": ((RIDE, 132),),
    "pfp__event_timestamp.fit": (("swimming", 4376),),
    "pfp__garmin-edge-500-activity.fit": ((RIDE, 10686),),
    "pfp__garmin-edge-820-bike.fit": ((RIDE, 15),),
    "pfp__garmin-fenix-5-bike.fit": ((RIDE, 19),),
    "pfp__garmin-fenix-5-run.fit": ((RUN, 21),),
    "pfp__garmin-fenix-5-walk.fit": (("walking", 17),),
    "pfp__nick.fit": ((RIDE, 14391),),
    "pfp__null_compressed_speed_dist.fit": ((RIDE, 1808),),
    "pfp__sample-activity-indoor-trainer.fit": ((RIDE, 2263),),
    "pfp__sample-activity.fit": ((RIDE, 3098),),
    "pfp__sample_mulitple_header.fit": (
        ("swimming", 349),
        ("transition", 38),
        (RIDE, 854),
        ("transition", 14),
        (RUN, 518),
    ),
    # The last of the 473 in the file is made of what stands behind the damage.
    "pfp__strava-android-app-201.10-b1218918.fit": ((RUN, 472),),
    "php__mountain-biking.fit": ((RIDE, 2088),),
    "php__power-analysis.fit": ((RIDE, 3043),),
    "php__road-cycling.fit": ((RIDE, 4317),),
    "php__swim.fit": (("swimming", 67),),
    "rp__run.fit": ((RUN, 1202),),
    "torm__0134902991.fit": ((RIDE, 739),),
    "torm__garmin.fit": ((RIDE, 8823),),
    "torm__mornindew-broken.fit": ((RUN, 6874),),
    "torm__unterminated-strings.fit": ((RIDE, 33),),
}
OTHER_KINDS = {
    "pfp__MonitoringFile.fit": "monitoring",
    "pfp__Settings.fit": "settings",
    "pfp__Settings2.fit": "settings",
    "pfp__WeightScaleMultiUser.fit": "weight",
    "pfp__WeightScaleSingleUser.fit": "weight",
    "pfp__WorkoutCustomTargetValues.fit": "workout",
    "pfp__WorkoutIndividualSteps.fit": "workout",
    "pfp__WorkoutRepeatGreaterThanStep.fit": "workout",
    "pfp__WorkoutRepeatSteps.fit": "workout",
}
# Every damage that the other files do not have: code and byte offset.
DAMAGED = {
    "pfp__activity-activity-filecrc.fit": [("crc", 1540)],
    "pfp__activity-filecrc.fit": [("crc", 769)],
    "pfp__activity-settings-corruptheader.fit": [("trailing", 771)],
    "pfp__activity-settings-nodata.fit": [("truncated", 786)],
    "pfp__activity-unexpected-eof.fit": [("truncated", 768)],
    "pfp__nick.fit": [("crc", 403454), ("message_cut", 403437)],
    "pfp__strava-android-app-201.10-b1218918.fit": [("truncated", 78233), ("undescribed", 7471)],
}
CODES = {"crc", "trailing", "truncated", "message_cut", "undescribed", "header", "header_crc"}
CODES |= {"size", "byte_order", "definition_cut", "kinds"}

Read = Callable[[str], tuple[Activity, ...]]


@pytest.fixture(scope="module")
def read(activities_folder: Path) -> Read:
    """Decode one of the real files by its name."""

    def one(name: str) -> tuple[Activity, ...]:
        return decode_fit((activities_folder / "fit" / name).read_bytes(), name)

    return one


def row(activity: Activity, i: int, *names: str) -> list[float]:
    """The physical values of one sample."""
    return [float(activity.channels[name].si()[i]) for name in names]


def test_every_real_file_is_named_here(activities_folder: Path) -> None:
    names = {path.name for path in (activities_folder / "fit").glob("*.fit")}

    assert names == ACTIVITIES.keys() | OTHER_KINDS.keys()


@pytest.mark.parametrize("name", ACTIVITIES)
def test_a_file_gives_its_sessions_with_all_their_samples(read: Read, name: str) -> None:
    activities = read(name)

    assert tuple((each.sport, each.samples) for each in activities) == ACTIVITIES[name]
    for each in activities:
        assert {len(channel.raw) for channel in each.channels.values()} == {each.samples}


@pytest.mark.parametrize("name", OTHER_KINDS)
def test_a_file_of_another_kind_is_told_by_its_first_message(read: Read, name: str) -> None:
    with pytest.raises(NotAnActivityError, match=f"{name}: a {OTHER_KINDS[name]} file, not"):
        read(name)


@pytest.mark.parametrize("name", ACTIVITIES)
def test_every_damage_is_listed_with_its_offset_and_nothing_else_is(read: Read, name: str) -> None:
    findings = read(name)[0].findings

    damage = [(each.code, each.offset) for each in findings if each.code in CODES]
    assert damage == DAMAGED.get(name, [])


@pytest.mark.parametrize("name", ACTIVITIES)
def test_refusing_damage_refuses_exactly_the_damaged_files(
    activities_folder: Path, name: str
) -> None:
    data = (activities_folder / "fit" / name).read_bytes()

    if name in DAMAGED:
        with pytest.raises(UnreadableFileError, match=f"at byte {DAMAGED[name][0][1]}"):
            decode_fit(data, name, Damage.REFUSE)
    else:
        assert len(decode_fit(data, name, Damage.REFUSE)) == len(ACTIVITIES[name])


def test_a_run_of_a_watch_has_its_values_units_and_totals(read: Read) -> None:
    (run,) = read("rp__run.fit")

    assert run.start == datetime(2019, 9, 14, 15, 22, 5, tzinfo=UTC)
    assert (run.format, run.sub_sport, run.device) == ("fit", "generic", "garmin fr645m")
    assert (run.timer_s, run.distance_m, run.ascent_m) == (3164.606, 5839.77, 234.0)
    assert run.duration_s == 3167.0
    # 15:27:45 is 340 s after the start; 72 strides of one leg are 144 steps.
    assert row(run, 100, "time", "distance", "speed", "heart_rate", "cadence", "temperature") == [
        340.0, 810.17, 1.717, 151.0, 144.0, 29.0,
    ]  # fmt: skip
    assert row(run, 100, "altitude") == pytest.approx([13.8])
    # 589438660 and 103751472 semicircles, times 180 / 2**31.
    assert row(run, 100, "latitude", "longitude") == pytest.approx([49.40618, 8.69635], abs=1e-5)
    assert run.channels["latitude"].raw[100] == 589438660
    # 61 strides and a half.
    assert row(run, 0, "cadence") == [123.0]
    assert {name: each.unit for name, each in run.channels.items()} == {
        "time": "s",
        "latitude": "deg",
        "longitude": "deg",
        "altitude": "m",
        "distance": "m",
        "speed": "mps",
        "heart_rate": "bpm",
        "cadence": "spm",
        "temperature": "celsius",
    }


def test_a_place_not_yet_found_is_missing(read: Read) -> None:
    (run,) = read("rp__run.fit")

    assert run.channels["latitude"].raw[0] == MISSING
    assert run.channels["latitude"].raw.dtype == "int32"


def test_laps_are_the_devices_own(read: Read) -> None:
    (run,) = read("rp__run.fit")

    assert len(run.laps) == 6
    assert (run.laps[0].start_s, run.laps[0].duration_s, run.laps[0].distance_m) == (
        0.0, 465.09, 1000.0,
    )  # fmt: skip


def test_pauses_last_from_a_stop_of_the_timer_to_its_start(read: Read) -> None:
    (run,) = read("torm__mornindew-broken.fit")

    # Events: start 14:11:39, stop_all 14:17:19, start 14:23:05, stop_all 14:29:37,
    # start 14:29:58, stop_all 14:29:59, start 14:30:02.
    assert len(run.pauses) == 17
    assert run.pauses[:3] == ((340.0, 686.0), (1078.0, 1099.0), (1100.0, 1103.0))


def test_developer_fields_keep_apart_from_native_ones_of_the_same_name(read: Read) -> None:
    (run,) = read("torm__mornindew-broken.fit")

    assert row(run, 100, "cadence", "developer.Cadence") == [170.0, 83.0]
    assert row(run, 100, "developer.Power", "developer.Leg Spring Stiffness") == [189.0, 9.125]
    assert run.channels["developer.Power"].unit == "Watts"


def test_a_header_of_12_bytes_is_read(read: Read) -> None:
    (run,) = read("pfp__Activity.fit")

    assert run.start == datetime(2012, 4, 9, 21, 22, 26, tzinfo=UTC)
    assert run.findings == ()


@pytest.mark.parametrize("name", ["pfp__Edge810-Vector-2013-08-16-15-35-10.fit", "php__swim.fit"])
def test_a_header_checksum_of_zero_is_no_finding(read: Read, name: str) -> None:
    assert read(name)[0].findings == ()


def test_chained_files_each_begin_anew(activities_folder: Path) -> None:
    def parts(name: str) -> int:
        data = (activities_folder / "fit" / name).read_bytes()
        return len(decode_messages(data, name).parts)

    assert parts("pfp__sample_mulitple_header.fit") == 4
    assert parts("pfp__event_timestamp.fit") == 5
    assert parts("pfp__activity-settings.fit") == 2


def test_byte_order_belongs_to_the_definition(read: Read) -> None:
    (ride,) = read("pfp__2019-02-17-062644-ELEMNT-297E-195-0.fit")

    assert row(ride, 13470, "time", "distance", "speed", "heart_rate", "temperature") == [
        23591.0, 78938.18, 1.033, 97.0, 2.0,
    ]  # fmt: skip
    assert ride.channels["longitude"].raw[13470] == 1448652621


def test_compressed_timestamps_follow_the_last_full_one(read: Read) -> None:
    (run,) = read("pfp__antfs-dump.63.fit")

    # 16441242, 16441247, 16441742 and 16444667 s since power-up; the session starts at 16441241.
    assert [row(run, i, "time") for i in (0, 1, 100, 685)] == [[1.0], [6.0], [501.0], [3426.0]]
    assert row(run, 100, "heart_rate") == [167.0]
    assert run.start is None
    assert [each.code for each in run.findings] == ["undated"]


def test_packed_speed_and_distance_are_unrolled(read: Read) -> None:
    (run,) = read("pfp__compressed-speed-distance.fit")

    # Bytes (192, 48, 174): speed 0x0c0 = 192 / 100; distance 0xae3 = 2787 / 16 after three turns.
    assert row(run, 100, "time", "speed", "distance", "cadence") == [500.0, 1.92, 942.1875, 166.0]
    assert row(run, 754, "time", "speed", "distance") == [3880.0, 0.0, 10248.6875]
    assert run.channels["distance"].raw[0] == MISSING
    assert run.distance_m == 10248.67
    assert run.pauses == ((681.0, 791.0),)


def test_packed_speed_and_distance_of_all_ones_are_missing(read: Read) -> None:
    (ride,) = read("pfp__null_compressed_speed_dist.fit")

    assert row(ride, 0, "speed", "distance") == [2.57, 2.19]
    assert ride.channels["distance"].scale == 100.0


def test_misaligned_fields_do_not_move_what_follows(read: Read) -> None:
    (ride,) = read("pfp__coros-pace-2-cycling-misaligned-fields.fit")

    # 12:35:14 is 5095 s after 11:10:19.
    assert row(ride, 5000, "time", "distance", "heart_rate", "altitude", "speed") == [
        5095.0, 14554.0, 102.0, 2542.0, 7.933,
    ]  # fmt: skip
    assert ride.device == "coros COROS PACE 2"


def test_text_without_an_end_is_read(read: Read, activities_folder: Path) -> None:
    name = "torm__unterminated-strings.fit"
    (ride,) = read(name)
    described = decode_messages((activities_folder / "fit" / name).read_bytes(), name).tables[
        "field_description"
    ]

    assert row(ride, 32, "time", "distance") == [32.0, 64.74]
    assert "Leg Spring Stiffness" in described.text("field_name")


def test_developer_fields_need_no_application_id(read: Read) -> None:
    (ride,) = read("pfp__elemnt-bolt-no-application-id-inside-developer-data-id.fit")

    assert row(ride, 100, "time", "distance", "power") == [100.0, 743.7, 555.0]
    (run,) = read("pfp__DeveloperData.fit")
    assert run.channels["developer.doughnuts_earned"].raw.tolist() == [1, 2, 3]


def test_multisport_is_cut_where_each_session_starts(read: Read) -> None:
    sessions = read(HEAVY)

    # The first session says 08:00:01, but the first sample is of 07:14:44: the clock was set
    # while it ran, and 11738 s before the next session is 07:14:46.
    assert [each.start for each in sessions[:3]] == [
        datetime(2015, 8, 29, 7, 14, 44, tzinfo=UTC),
        datetime(2015, 8, 29, 10, 30, 24, tzinfo=UTC),
        datetime(2015, 8, 29, 10, 36, 0, tzinfo=UTC),
    ]
    assert [len(each.laps) for each in sessions] == [1] * 7
    assert [each.distance_m for each in sessions] == [
        25072.07, 224.24, 2245.23, 3.63, 12740.37, 617.55, 28928.27,
    ]  # fmt: skip
    assert sessions[2].channels["cadence"].unit == "spm"
    assert sessions[6].channels["cadence"].unit == "rpm"


def test_heart_rate_that_the_strap_kept_is_merged_by_time(read: Read) -> None:
    (swim,) = read("pfp__event_timestamp.fit")

    # Means of the strap's beats since the sample before, by a plain loop over fitdecode's raw
    # values: T + (clock - E) / 1024 with the clock rolling over every 4096.
    found = [row(swim, i, "heart_rate")[0] for i in (0, 1, 100, 300, 1000, 1500)]
    assert found == [93.0, 91.0, 122.0, 120.0, 144.0, 146.0]


def test_heart_rate_of_the_watch_wins_over_that_of_the_strap(read: Read) -> None:
    swim, *_ = read("pfp__sample_mulitple_header.fit")

    # The watch wrote 138 at first, and nothing in sample 300, where the strap has 166.
    assert row(swim, 0, "heart_rate") == [138.0]
    assert row(swim, 300, "time", "heart_rate") == [1720.0, 166.0]


def test_a_swim_without_times_is_an_activity(read: Read) -> None:
    (swim,) = read("php__swim.fit")

    assert swim.start == datetime(2011, 11, 2, 23, 26, 29, tzinfo=UTC)
    assert set(swim.channels["time"].raw.tolist()) == {MISSING}
    assert swim.duration_s == 1619.683
    assert row(swim, 3, "distance", "speed") == [91.44, 0.928]


def test_what_was_read_before_the_damage_is_kept(read: Read) -> None:
    (run,) = read("pfp__strava-android-app-201.10-b1218918.fit")

    assert row(run, 100, "time", "speed") == [66.0, 2.458]
    assert run.findings[0].say == (
        "The file ends 19 bytes early, at byte 78233. Everything before it was read."
    )


def test_a_time_made_up_by_the_damage_does_not_make_a_run_of_64_years(read: Read) -> None:
    (run,) = read("pfp__strava-android-app-201.10-b1218918.fit")

    # The last sample with a speed; the one left out has the time 2,027,039,628 s.
    assert run.duration_s == 314.0
    assert row(run, 470, "time", "speed") == [314.0, 2.828]
    assert [each.code for each in run.findings] == ["truncated", "undescribed", "stray_time"]


@pytest.mark.parametrize(
    "name",
    [
        "rp__run.fit",
        "pfp__compressed-speed-distance.fit",
        "pfp__2019-02-17-062644-ELEMNT-297E-195-0.fit",
        "pfp__sample_mulitple_header.fit",
        "torm__mornindew-broken.fit",
    ],
)
@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.77, 0.95, 0.999])
def test_a_prefix_of_a_file_gives_a_prefix_of_its_samples(
    activities_folder: Path, name: str, share: float
) -> None:
    data = (activities_folder / "fit" / name).read_bytes()
    whole = decode_messages(data, name).tables["record"]

    part = decode_messages(data[: int(len(data) * share)], name).tables.get("record")

    n = 0 if part is None else len(part)
    assert n <= len(whole)
    for column in ("timestamp", "distance", "speed", "heart_rate", "cadence"):
        ours = None if part is None else part.column(column)
        theirs = whole.column(column)
        if ours is not None and theirs is not None:
            assert (ours.raw == theirs.raw[:n]).all()
