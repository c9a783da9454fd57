"""The FIT decoder against files made by the encoder of `demo`, which shares nothing with it.

Every expected value is typed by hand from what was put into the file beside it. T0 is second
1,150,000,000 of the FIT clock: 631,065,600 (31 December 1989 in Unix time) + 1,150,000,000 =
1,781,065,600, which is 10 June 2026, 04:26:40 UTC. It is a multiple of 32, which makes
compressed times easy to read.
"""

from datetime import UTC, datetime
from typing import Literal

import pytest

from hamstride.demo.damage import with_byte, with_crc, with_data_size, with_header_crc
from hamstride.demo.encode_fit import (
    BYTE,
    ENUM,
    FLOAT32,
    FLOAT64,
    SINT8,
    SINT16,
    SINT32,
    SINT64,
    STRING,
    TIMESTAMP,
    UINT8,
    UINT8Z,
    UINT16,
    UINT16Z,
    UINT32,
    UINT32Z,
    UINT64,
    UINT64Z,
    BaseType,
    Definition,
    DeveloperField,
    Field,
    fit_file,
    packed_12_bit,
    semicircles,
    speed_and_distance,
)
from hamstride.errors import NotAnActivityError, UnreadableFileError
from hamstride.readers.damage import Damage
from hamstride.readers.fit import decode_fit
from hamstride.records import Activity, Lap

T0 = 1_150_000_000
START = datetime(2026, 6, 10, 4, 26, 40, tzinfo=UTC)

FILE_ID = Definition(0, 0, (Field(0, ENUM), Field(1, UINT16), Field(4, UINT32)))
IS_ACTIVITY = FILE_ID.defined() + FILE_ID.data(4, 255, T0)  # 15 + 8 bytes

HEART_RATE = Field(3, UINT8)
RECORD = Definition(1, 20, (TIMESTAMP, HEART_RATE))  # 12 bytes defined, 6 bytes a message
THREE_BEATS = b"".join(RECORD.data(T0 + s, bpm) for s, bpm in enumerate((140, 141, 142)))
THREE_RECORDS = RECORD.defined() + THREE_BEATS

# timestamp, start_time, sport, sub_sport, elapsed and timer in 1/1000 s, distance in cm
SESSION = Definition(
    2,
    18,
    (
        TIMESTAMP,
        Field(2, UINT32),
        Field(5, ENUM),
        Field(6, ENUM),
        Field(7, UINT32),
        Field(8, UINT32),
        Field(9, UINT32),
    ),
)
EVENT = Definition(3, 21, (TIMESTAMP, Field(0, ENUM), Field(1, ENUM)))
TIMER, STARTS, STOPS, STOPS_ALL = 0, 0, 1, 4
RUNNING, CYCLING, STREET, TREADMILL = 1, 2, 2, 1


def read(*messages: bytes) -> Activity:
    return read_one(fit_file(IS_ACTIVITY, *messages))


def read_one(data: bytes) -> Activity:
    (activity,) = decode_fit(data, "name.fit", Damage.KEEP)
    return activity


def values(activity: Activity, channel: str) -> list[float | None]:
    """A channel's physical values; None where the file has none."""
    column = activity.channels[channel].si().tolist()
    return [None if value != value else round(value, 6) for value in column]  # noqa: PLR0124


def codes(activity: Activity) -> list[str]:
    return [finding.code for finding in activity.findings]


# A sound file


def test_a_short_run_is_read_as_it_was_written() -> None:
    session = SESSION.defined() + SESSION.data(T0 + 2, T0, RUNNING, STREET, 2_500, 2_000, 812)

    run = read(THREE_RECORDS, session)

    assert run.file == "name.fit"
    assert run.format == "fit"
    assert run.sport == "running"
    assert run.sub_sport == "street"
    assert run.start == START
    assert run.samples == 3
    assert values(run, "time") == [0, 1, 2]
    assert values(run, "heart_rate") == [140, 141, 142]
    assert run.channels["heart_rate"].unit == "bpm"
    assert run.timer_s == 2.0
    assert run.distance_m == 8.12
    assert run.findings == ()


def test_a_run_without_a_session_message_is_still_a_run() -> None:
    run = read(THREE_RECORDS)

    assert run.start == START
    assert values(run, "heart_rate") == [140, 141, 142]


def test_the_header_may_be_twelve_bytes_long() -> None:
    run = read_one(fit_file(IS_ACTIVITY, THREE_RECORDS, header_length=12))

    assert values(run, "heart_rate") == [140, 141, 142]
    assert run.findings == ()


def test_byte_order_belongs_to_the_definition_and_not_to_the_file() -> None:
    little = Definition(1, 20, (TIMESTAMP, Field(6, UINT16)))
    big = Definition(2, 20, (TIMESTAMP, Field(6, UINT16)), order=">")

    run = read(
        little.defined(), big.defined(), little.data(T0, 2_750), big.data(T0 + 1, 3_001)
    )  # mm/s

    assert values(run, "time") == [0, 1]
    assert values(run, "speed") == [2.75, 3.001]


def test_a_local_number_may_be_defined_anew_in_mid_file() -> None:
    with_cadence = Definition(1, 20, (TIMESTAMP, Field(4, UINT8), HEART_RATE))

    run = read(
        THREE_RECORDS,
        with_cadence.defined(),
        with_cadence.data(T0 + 3, 80, 143),
        SESSION.defined(),
        SESSION.data(T0 + 3, T0, RUNNING, STREET, 3_000, 3_000, 800),
    )

    assert values(run, "heart_rate") == [140, 141, 142, 143]
    assert values(run, "cadence") == [None, None, None, 160]


def test_a_field_with_no_value_is_missing_and_never_a_number() -> None:
    fields = (TIMESTAMP, HEART_RATE, Field(2, UINT16), Field(5, UINT32), Field(0, SINT32))
    record = Definition(1, 20, fields)

    run = read(
        record.defined(),
        record.data(T0, 150, 2_700, 12_345, semicircles(38.5)),
        record.data(T0 + 1, None, None, None, None),
    )

    assert values(run, "heart_rate") == [150, None]
    assert values(run, "altitude") == [40.0, None]  # 2700 / 5 - 500
    assert values(run, "distance") == [123.45, None]
    assert values(run, "latitude") == [38.5, None]


def test_positions_keep_their_integers_and_read_as_degrees() -> None:
    record = Definition(1, 20, (TIMESTAMP, Field(0, SINT32), Field(1, SINT32)))

    # 45 degrees are a quarter of 2**31 semicircles: 536,870,912.
    run = read(record.defined(), record.data(T0, 536_870_912, -536_870_912))

    assert run.channels["latitude"].raw.tolist() == [536_870_912]
    assert values(run, "latitude") == [45.0]
    assert values(run, "longitude") == [-45.0]


def test_strides_of_one_leg_become_steps_with_their_fraction() -> None:
    record = Definition(1, 20, (TIMESTAMP, Field(4, UINT8), Field(53, UINT8)))
    session = SESSION.defined() + SESSION.data(T0 + 1, T0, RUNNING, STREET, 1_000, 1_000, 300)

    # 85 + 64/128 = 85.5 strides a minute are 171 steps; the second has no fraction.
    run = read(record.defined(), record.data(T0, 85, 64), record.data(T0 + 1, 86, None), session)

    assert values(run, "cadence") == [171, 172]
    assert run.channels["cadence"].unit == "spm"


def test_enhanced_speed_and_altitude_win_and_the_plain_fields_fill_their_gaps() -> None:
    fields = (TIMESTAMP, Field(6, UINT16), Field(73, UINT32), Field(2, UINT16), Field(78, UINT32))
    record = Definition(1, 20, fields)

    run = read(
        record.defined(),
        record.data(T0, 2_500, 2_600, 2_500, 2_550),
        record.data(T0 + 1, 2_700, None, 2_600, None),
        record.data(T0 + 2, None, 2_800, None, 2_650),
    )

    assert values(run, "speed") == [2.6, 2.7, 2.8]
    assert values(run, "altitude") == [10.0, 20.0, 30.0]


def test_turns_of_a_pedal_are_not_steps() -> None:
    record = Definition(1, 20, (TIMESTAMP, Field(4, UINT8)))
    session = SESSION.defined() + SESSION.data(T0, T0, CYCLING, None, 1_000, 1_000, 600)

    ride = read(record.defined(), record.data(T0, 90), session)

    assert values(ride, "cadence") == [90]


def test_a_temperature_may_be_below_zero() -> None:
    record = Definition(1, 20, (TIMESTAMP, Field(13, SINT8)))

    run = read(record.defined(), record.data(T0, -5), record.data(T0 + 1, None))

    assert values(run, "temperature") == [-5, None]


def test_records_stay_in_the_order_of_the_file() -> None:
    run = read(RECORD.defined(), *(RECORD.data(T0 + s, 140 + s) for s in (0, 2, 1, 1)))

    assert values(run, "time") == [0, 2, 1, 1]
    assert values(run, "heart_rate") == [140, 142, 141, 141]


def test_unknown_messages_and_fields_are_stepped_over() -> None:
    vendors_own = Definition(15, 0xFF00, (Field(1, UINT32, 5), Field(2, STRING, 7)))
    record = Definition(1, 20, (TIMESTAMP, Field(200, UINT16, 3), HEART_RATE))

    run = read(
        vendors_own.defined(),
        record.defined(),
        vendors_own.data((1, 2, 3, 4, 5), "secret"),
        record.data(T0, (7, 8, 9), 140),
        vendors_own.data(None, None),
        record.data(T0 + 1, None, 141),
    )

    assert values(run, "heart_rate") == [140, 141]
    assert run.findings == ()


def test_a_summary_without_samples_is_an_activity() -> None:
    session = SESSION.data(T0 + 1_800, T0, RUNNING, TREADMILL, 1_800_000, 1_790_500, 500_000)

    run = read(SESSION.defined(), session)

    assert run.samples == 0
    assert run.start == START
    assert run.duration_s == 1_800
    assert run.timer_s == 1_790.5
    assert run.distance_m == 5_000


def test_what_the_summary_does_not_know_is_not_zero() -> None:
    session = SESSION.data(T0 + 2, T0, RUNNING, STREET, 2_000, None, None)

    run = read(THREE_RECORDS, SESSION.defined(), session)

    assert run.timer_s is None
    assert run.distance_m is None
    assert run.ascent_m is None


def test_laps_are_counted_from_the_start_of_the_activity() -> None:
    lap = Definition(4, 19, (TIMESTAMP, Field(2, UINT32), Field(7, UINT32), Field(9, UINT32)))
    session = SESSION.defined() + SESSION.data(T0 + 2, T0, RUNNING, STREET, 2_000, 2_000, 900)

    run = read(
        THREE_RECORDS,
        lap.defined(),
        lap.data(T0 + 1, T0, 1_250, 400),
        lap.data(T0 + 2, T0 + 1, 750, 500),
        session,
    )

    assert run.laps == (Lap(0.0, 1.25, 4.0), Lap(1.0, 0.75, 5.0))


def test_a_treadmill_run_has_no_place_and_is_a_run() -> None:
    session = SESSION.defined() + SESSION.data(T0 + 2, T0, RUNNING, TREADMILL, 2_000, 2_000, 650)

    run = read(THREE_RECORDS, session)

    assert run.sport == "running"
    assert run.sub_sport == "treadmill"
    assert "latitude" not in run.channels
    assert run.samples == 3


# Clocks


def test_compressed_times_roll_over_every_32_seconds() -> None:
    record = Definition(1, 20, (HEART_RATE,))
    full = Definition(2, 20, (TIMESTAMP, HEART_RATE))

    run = read(
        full.defined(),
        record.defined(),
        full.data(T0, 140),
        record.data_at(T0 + 30, 141),  # offset 30
        record.data_at(T0 + 31, 142),  # offset 31
        record.data_at(T0 + 33, 143),  # offset 1: the next half minute
        record.data_at(T0 + 64, 144),  # offset 0: and the next
    )

    assert values(run, "time") == [0, 30, 31, 33, 64]
    assert values(run, "heart_rate") == [140, 141, 142, 143, 144]


def test_every_kind_of_message_moves_the_compressed_clock() -> None:
    full = Definition(2, 20, (TIMESTAMP, HEART_RATE))
    record = Definition(1, 20, (HEART_RATE,))
    lap_pressed = Definition(3, 21, (Field(0, ENUM), Field(1, ENUM)))

    run = read(
        full.defined(),
        record.defined(),
        lap_pressed.defined(),
        full.data(T0, 140),
        lap_pressed.data_at(T0 + 20, 9, 1),
        record.data_at(T0 + 45, 141),  # offset 13 is after 20 only in the next half minute
    )

    assert values(run, "time") == [0, 45]


def test_seconds_since_power_up_are_no_date() -> None:
    run = read(
        RECORD.defined(), RECORD.data(300, 140), RECORD.data(301, 141), RECORD.data(302, 142)
    )

    assert run.start is None
    assert values(run, "time") == [0, 1, 2]
    assert values(run, "heart_rate") == [140, 141, 142]


def test_a_stopped_timer_is_a_pause() -> None:
    records = b"".join(RECORD.data(T0 + s, 140) for s in (0, 5, 10, 40, 45))
    session = SESSION.defined() + SESSION.data(T0 + 45, T0, RUNNING, STREET, 45_000, 15_000, 4_000)

    run = read(
        RECORD.defined(),
        EVENT.defined(),
        EVENT.data(T0, TIMER, STARTS),
        records,
        EVENT.data(T0 + 10, TIMER, STOPS),
        EVENT.data(T0 + 40, TIMER, STARTS),
        EVENT.data(T0 + 45, TIMER, STOPS_ALL),
        session,
    )

    assert run.pauses == ((10.0, 40.0),)
    assert run.timer_s == 15.0


# Accumulators and packed values


def test_packed_speed_and_distance_go_on_past_their_twelve_bits() -> None:
    record = Definition(1, 20, (TIMESTAMP, Field(8, BYTE, 3)))

    # Distance in 1/16 m: 4,000 is 250 m; the counter holds 4,096 (256 m), so 104 is 262.5 m.
    run = read(
        record.defined(),
        record.data(T0, speed_and_distance(275, 4_000)),
        record.data(T0 + 1, None),
        record.data(T0 + 2, speed_and_distance(300, 4_200)),
    )

    assert values(run, "speed") == [2.75, None, 3.0]
    first, missing, last = values(run, "distance")
    assert missing is None
    assert first is not None
    assert last is not None
    assert last - first == 12.5


def test_beats_from_the_strap_fill_the_records_that_have_no_heart_rate() -> None:
    record = Definition(1, 20, (TIMESTAMP, HEART_RATE))
    anchor = Definition(2, 132, (TIMESTAMP, Field(0, UINT16), Field(6, UINT8), Field(9, UINT32)))
    eight = Definition(3, 132, (Field(6, UINT8, 8), Field(10, BYTE, 12)))
    seconds = [None, None, 99, None, None, None, None, None, None]
    records = b"".join(record.data(T0 + s, bpm) for s, bpm in enumerate(seconds))

    # A beat a second, 1,024 ticks apart; the anchor is tick 2,048, and the twelve-bit
    # counter passes 4,096 twice. The record of second 2 has a rate of its own.
    run = read(
        record.defined(),
        records,
        anchor.defined(),
        anchor.data(T0, 0, 60, 2_048),
        eight.defined(),
        eight.data(
            (61, 62, 63, 64, 65, 66, 67, 68),
            packed_12_bit([2_048 + 1_024 * beat for beat in range(1, 9)]),
        ),
    )

    assert values(run, "heart_rate") == [60, 61, 99, 63, 64, 65, 66, 67, 68]


# Developer fields


DESCRIPTION = Definition(
    4,
    206,
    (
        Field(0, UINT8),
        Field(1, UINT8),
        Field(2, UINT8),
        Field(3, STRING, 8),
        Field(8, STRING, 8),
    ),
)
UINT16_NUMBER, FLOAT32_NUMBER = 0x84, 0x88
POD_POWER = DeveloperField(Field(0, UINT16), index=0)
NATIVE_AND_POD = Definition(1, 20, (TIMESTAMP, Field(7, UINT16)), developer=(POD_POWER,))


def test_a_developer_field_never_takes_the_place_of_a_native_one() -> None:
    run = read(
        DESCRIPTION.defined(),
        DESCRIPTION.data(0, 0, UINT16_NUMBER, "Power", "Watts"),
        NATIVE_AND_POD.defined(),
        NATIVE_AND_POD.data(T0, 250, 261),
        NATIVE_AND_POD.data(T0 + 1, 251, None),
    )

    assert values(run, "power") == [250, 251]
    assert values(run, "developer.Power") == [261, None]


def test_developer_fields_may_be_floats() -> None:
    stiffness = DeveloperField(Field(3, FLOAT32), index=0)
    record = Definition(1, 20, (TIMESTAMP, HEART_RATE), developer=(stiffness,), order=">")

    run = read(
        DESCRIPTION.defined(),
        DESCRIPTION.data(0, 3, FLOAT32_NUMBER, "Spring", "kN/m"),
        record.defined(),
        record.data(T0, 140, 9.25),
        record.data(T0 + 1, 141, None),
    )

    assert values(run, "developer.Spring") == [9.25, None]
    assert values(run, "heart_rate") == [140, 141]


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (ENUM, 200),
        (SINT8, -100),
        (UINT8, 200),
        (SINT16, -30_000),
        (UINT16, 60_000),
        (SINT32, -2_000_000_000),
        (UINT32, 2_000_000_000),
        (FLOAT32, -0.375),
        (FLOAT64, 1e-3),
        (UINT8Z, 200),
        (UINT16Z, 60_000),
        (UINT32Z, 2_000_000_000),
        (SINT64, -2_000_000_000),
        (UINT64, 2_000_000_000),
        (UINT64Z, 2_000_000_000),
    ],
)
def test_every_base_type_has_its_values_and_its_no_value(
    kind: BaseType, value: float, order: Literal["<", ">"]
) -> None:
    own = DeveloperField(Field(0, kind), index=0)
    record = Definition(1, 20, (TIMESTAMP,), developer=(own,), order=order)

    run = read(
        DESCRIPTION.defined(),
        DESCRIPTION.data(0, 0, kind.number, "Own", "au"),
        record.defined(),
        record.data(T0, value),
        record.data(T0 + 1, None),
    )

    assert values(run, "developer.Own") == [value, None]


@pytest.mark.parametrize(
    ("kind", "value"),
    [(UINT32, 4_000_000_000), (SINT64, -(2**40)), (UINT64, 2**40)],
)
def test_a_number_too_large_for_32_bits_is_not_lost(kind: BaseType, value: int) -> None:
    own = DeveloperField(Field(0, kind), index=0)
    record = Definition(1, 20, (TIMESTAMP,), developer=(own,))

    run = read(
        DESCRIPTION.defined(),
        DESCRIPTION.data(0, 0, kind.number, "Own", "au"),
        record.defined(),
        record.data(T0, value),
    )

    assert values(run, "developer.Own") == [value]


def test_a_developer_field_that_nobody_described_is_stepped_over() -> None:
    run = read(
        NATIVE_AND_POD.defined(),
        NATIVE_AND_POD.data(T0, 250, 261),
        NATIVE_AND_POD.data(T0 + 1, 251, 262),
    )

    assert values(run, "power") == [250, 251]
    assert [name for name in run.channels if name.startswith("developer.")] == []


def test_a_name_without_an_end_mark_or_not_in_utf8_is_read_all_the_same() -> None:
    strange = Definition(
        5, 206, (Field(0, UINT8), Field(1, UINT8), Field(2, UINT8), Field(3, STRING, 4))
    )

    run = read(
        strange.defined(),
        strange.data(0, 0, UINT16_NUMBER, b"Po\xffr"),
        NATIVE_AND_POD.defined(),
        NATIVE_AND_POD.data(T0, 250, 261),
    )

    assert values(run, "developer.Po\N{REPLACEMENT CHARACTER}r") == [261]


def test_a_text_ends_at_its_first_nul() -> None:
    run = read(
        DESCRIPTION.defined(),
        DESCRIPTION.data(0, 0, UINT16_NUMBER, b"Pw\0rest\0", "Watts"),
        NATIVE_AND_POD.defined(),
        NATIVE_AND_POD.data(T0, 250, 261),
    )

    assert values(run, "developer.Pw") == [261]


def test_a_field_of_an_odd_size_does_not_move_the_fields_after_it() -> None:
    odd = Field(5, UINT32, extra_bytes=1)  # distance in five bytes
    record = Definition(1, 20, (TIMESTAMP, odd, HEART_RATE))

    run = read(record.defined(), record.data(T0, 100, 140), record.data(T0 + 1, 200, 141))

    assert values(run, "heart_rate") == [140, 141]


# Several in one file


def test_each_session_of_a_multisport_file_is_an_activity_of_its_own() -> None:
    records = b"".join(RECORD.data(T0 + s, 140 + s) for s in range(10))

    ride, run = decode_fit(
        fit_file(
            IS_ACTIVITY,
            RECORD.defined(),
            records,
            SESSION.defined(),
            SESSION.data(T0 + 4, T0, CYCLING, None, 5_000, 5_000, 4_000),
            SESSION.data(T0 + 9, T0 + 5, RUNNING, STREET, 5_000, 5_000, 1_500),
        ),
        "name.fit",
        Damage.KEEP,
    )

    assert (ride.sport, run.sport) == ("cycling", "running")
    assert values(ride, "heart_rate") == [140, 141, 142, 143, 144]
    assert values(run, "heart_rate") == [145, 146, 147, 148, 149]
    assert values(run, "time") == [0, 1, 2, 3, 4]
    assert (ride.distance_m, run.distance_m) == (40.0, 15.0)


def test_the_parts_of_a_chained_file_are_read_one_after_the_other() -> None:
    other = Definition(1, 20, (HEART_RATE, TIMESTAMP), order=">")
    second = fit_file(IS_ACTIVITY, other.defined(), other.data(150, T0 + 60), header_length=12)

    activities = decode_fit(fit_file(IS_ACTIVITY, THREE_RECORDS) + second, "name.fit", Damage.KEEP)

    beats = [bpm for activity in activities for bpm in values(activity, "heart_rate")]
    assert beats == [140, 141, 142, 150]


def test_a_damaged_part_of_a_chained_file_costs_the_others_nothing() -> None:
    second = fit_file(IS_ACTIVITY, RECORD.defined(), RECORD.data(T0 + 60, 150))

    activities = decode_fit(
        fit_file(IS_ACTIVITY, THREE_RECORDS) + second[:-4], "name.fit", Damage.KEEP
    )

    beats = [bpm for activity in activities for bpm in values(activity, "heart_rate")]
    assert beats == [140, 141, 142]
    assert codes(activities[0]) != []


# Files of another kind


def test_a_settings_file_is_not_an_activity_and_not_an_error_of_reading() -> None:
    settings = fit_file(FILE_ID.defined(), FILE_ID.data(2, 255, T0))

    with pytest.raises(NotAnActivityError, match="not an activity"):
        decode_fit(settings, "name.fit", Damage.KEEP)


@pytest.mark.parametrize("data", [b"", b"<html>Log in</html>", bytes(100)])
def test_bytes_without_the_mark_of_fit_are_not_read_as_fit(data: bytes) -> None:
    with pytest.raises((NotAnActivityError, UnreadableFileError), match=r"name\.fit"):
        decode_fit(data, "name.fit", Damage.KEEP)


# Damage

WHOLE = fit_file(IS_ACTIVITY, THREE_RECORDS)  # 14 + 23 + 12 + 18 + 2 = 69 bytes


def test_a_header_check_sum_of_zero_means_that_none_was_computed() -> None:
    run = read_one(with_header_crc(WHOLE, 0))

    assert values(run, "heart_rate") == [140, 141, 142]
    assert run.findings == ()


@pytest.mark.parametrize(
    "damaged",
    [
        pytest.param(with_header_crc(WHOLE, 0x1234), id="header check sum"),
        pytest.param(with_crc(WHOLE, 0x1234), id="file check sum"),
        pytest.param(WHOLE[:-2], id="no file check sum"),
        pytest.param(WHOLE + b"left over", id="bytes after the end"),
        pytest.param(with_data_size(WHOLE, 0), id="data size 0"),
        pytest.param(with_data_size(WHOLE, 2_000_000_000), id="data size beyond the file"),
        pytest.param(with_byte(WHOLE, 0, 0), id="header length 0"),
    ],
)
def test_damage_outside_the_messages_costs_no_record_and_is_told(damaged: bytes) -> None:
    run = read_one(damaged)

    assert values(run, "heart_rate") == [140, 141, 142]
    assert codes(run) != []
    with pytest.raises(UnreadableFileError, match=r"name\.fit"):
        decode_fit(damaged, "name.fit", Damage.REFUSE)


def test_a_file_cut_short_keeps_every_record_before_the_cut() -> None:
    run = read_one(WHOLE[:-5])  # the check sum and half of the last record

    assert values(run, "heart_rate") == [140, 141]
    (finding, *_) = run.findings
    assert "early" in finding.say
    with pytest.raises(UnreadableFileError):
        decode_fit(WHOLE[:-5], "name.fit", Damage.REFUSE)


def test_every_prefix_of_a_file_gives_a_prefix_of_its_records() -> None:
    for length in range(49, len(WHOLE)):  # 49 bytes hold everything before the first record
        whole_records = min((length - 49) // 6, 3)
        if not whole_records:
            continue

        run = read_one(WHOLE[:length])

        assert values(run, "heart_rate") == [140, 141, 142][:whole_records]


def test_a_message_that_was_never_defined_ends_the_reading_at_its_byte() -> None:
    run = read(THREE_RECORDS, bytes((7, 1, 2, 3)))

    assert values(run, "heart_rate") == [140, 141, 142]
    assert 67 in [finding.offset for finding in run.findings]  # 14 + 23 + 12 + 18


def test_a_byte_order_that_is_neither_little_nor_big_is_damage() -> None:
    again = with_byte(RECORD.defined(), 2, 7)

    run = read(THREE_RECORDS, again, RECORD.data(T0 + 3, 143))

    assert values(run, "heart_rate") == [140, 141, 142]
    assert codes(run) != []


def test_an_undamaged_file_is_read_the_same_by_both_policies() -> None:
    kept = read_one(WHOLE)

    (refused,) = decode_fit(WHOLE, "name.fit", Damage.REFUSE)

    assert values(refused, "heart_rate") == values(kept, "heart_rate") == [140, 141, 142]
