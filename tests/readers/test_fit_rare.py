"""What few FIT files have: straps without a clock, odd types, longer headers, shared names.

Every expected value is typed by hand from what was put into the file beside it.
"""

from typing import Any

import pytest

from hamstride.demo.damage import with_byte
from hamstride.demo.encode_fit import (
    BYTE,
    ENUM,
    FLOAT32,
    SINT8,
    STRING,
    TIMESTAMP,
    UINT8,
    UINT16,
    UINT32,
    BaseType,
    Definition,
    DeveloperField,
    Field,
    crc16,
    fit_file,
)
from hamstride.errors import NotAnActivityError, UnreadableFileError
from hamstride.readers.damage import Damage
from hamstride.readers.fit import decode_fit
from hamstride.readers.fit_messages import decode_messages
from hamstride.records import Activity

T0 = 1_150_000_000
FILE_ID = Definition(0, 0, (Field(0, ENUM),))
ACTIVITY = FILE_ID.defined() + FILE_ID.data(4)
HEART_RATE = Field(3, UINT8)
RECORD = Definition(1, 20, (TIMESTAMP, HEART_RATE))
SAMPLES = RECORD.defined() + RECORD.data(T0, None) + RECORD.data(T0 + 1, None)
RUNNING, TRAIL = 1, 3


def read(*messages: bytes) -> Activity:
    (activity,) = decode_fit(fit_file(ACTIVITY, *messages), "run.fit")
    return activity


def values(activity: Activity, channel: str) -> list[float | None]:
    """A channel's physical values; None where the file has none."""
    column = activity.channels[channel].si().tolist()
    return [None if value != value else round(value, 6) for value in column]  # noqa: PLR0124


def codes(activity: Activity) -> list[str]:
    return [finding.code for finding in activity.findings]


# Chest straps


def strap(*fields: Field) -> Definition:
    """An `hr` message of these fields."""
    return Definition(2, 132, fields)


CLOCK, FRACTION, BPM, TICKS = (
    Field(253, UINT32),
    Field(0, UINT16),
    Field(6, UINT8),
    Field(9, UINT32),
)


def test_a_strap_that_gives_every_beat_its_full_time_is_read() -> None:
    each = strap(CLOCK, BPM, TICKS)

    run = read(SAMPLES, each.defined(), each.data(T0, 61, 0), each.data(T0 + 1, 62, 1_024))

    assert values(run, "heart_rate") == [61, 62]


def test_beats_that_nothing_ties_to_the_watch_are_left_out() -> None:
    each = strap(BPM, TICKS)

    run = read(SAMPLES, each.defined(), each.data(61, 0), each.data(62, 1_024))

    assert "heart_rate" not in run.channels


def test_beats_of_another_hour_are_left_out() -> None:
    each = strap(CLOCK, FRACTION, BPM, TICKS)

    run = read(SAMPLES, each.defined(), each.data(T0 - 3_600, 0, 61, 0))

    assert "heart_rate" not in run.channels


def test_a_strap_that_counts_in_floats_is_not_guessed_at() -> None:
    each = strap(CLOCK, BPM, Field(9, FLOAT32))

    run = read(SAMPLES, each.defined(), each.data(T0, 61, 0.0))

    assert "heart_rate" not in run.channels


def test_a_strap_adds_nothing_to_a_run_that_has_every_heart_rate() -> None:
    each = strap(CLOCK, BPM, TICKS)
    own = RECORD.defined() + RECORD.data(T0, 140) + RECORD.data(T0 + 1, 141)

    run = read(own, each.defined(), each.data(T0, 61, 0), each.data(T0 + 1, 62, 1_024))

    assert values(run, "heart_rate") == [140, 141]


# Types and gaps


def test_a_fraction_of_cadence_that_is_never_used_changes_nothing() -> None:
    cadence = Definition(1, 20, (TIMESTAMP, Field(4, UINT8), Field(53, UINT8)))
    sport = Definition(5, 18, (Field(5, ENUM),))

    run = read(cadence.defined(), cadence.data(T0, 85, 0), sport.defined(), sport.data(RUNNING))

    assert (values(run, "cadence"), run.channels["cadence"].scale) == ([170], 0.5)


def test_the_enhanced_speed_stands_where_the_plain_one_is_a_float() -> None:
    record = Definition(1, 20, (TIMESTAMP, Field(73, UINT32), Field(6, FLOAT32)))

    run = read(record.defined(), record.data(T0, 2_750, 9.0), record.data(T0 + 1, None, 9.0))

    assert values(run, "speed") == [2.75, None]


def test_the_plain_speed_stands_where_the_enhanced_one_is_never_written() -> None:
    record = Definition(1, 20, (TIMESTAMP, Field(73, UINT32), Field(6, UINT16)))

    run = read(record.defined(), record.data(T0, None, 2_750), record.data(T0 + 1, None, None))

    assert values(run, "speed") == [2.75, None]


def test_a_field_that_changes_its_type_within_a_file_keeps_its_values() -> None:
    whole = Definition(1, 20, (TIMESTAMP, Field(7, UINT16)))
    broken = Definition(2, 20, (TIMESTAMP, Field(7, FLOAT32)))

    run = read(
        whole.defined(),
        broken.defined(),
        whole.data(T0, 250),
        broken.data(T0 + 1, 250.5),
        whole.data(T0 + 2, None),
    )

    assert values(run, "power") == [250, 250.5, None]


def test_packed_values_that_never_come_give_no_channel() -> None:
    record = Definition(1, 20, (TIMESTAMP, HEART_RATE, Field(8, BYTE, 3)))

    run = read(record.defined(), record.data(T0, 140, None))

    assert sorted(run.channels) == ["heart_rate", "time"]


@pytest.mark.parametrize("kind", [Field(253, FLOAT32), Field(253, UINT32, 2)], ids=["float", "two"])
def test_a_time_of_an_odd_type_does_not_move_the_compressed_ones(kind: Field) -> None:
    odd = Definition(2, 21, (kind,))
    beat = Definition(1, 20, (HEART_RATE,))
    written: Any = 7.0 if kind.type is FLOAT32 else (7, 7)

    run = read(
        RECORD.defined(),
        RECORD.data(T0, 140),
        odd.defined(),
        odd.data(written),
        beat.defined(),
        beat.data_at(T0 + 3, 141),
    )

    assert values(run, "time") == [0, 3]


def test_each_file_of_a_chain_has_its_own_compressed_clock() -> None:
    beat = Definition(2, 20, (HEART_RATE,))

    def part(begun: int) -> bytes:
        full = RECORD.defined() + RECORD.data(begun, 140)
        return fit_file(ACTIVITY, full, beat.defined(), beat.data_at(begun + 2, 141))

    chain = part(T0) + part(T0 + 3_600)

    times = decode_messages(chain, "run.fit").tables["record"].column("timestamp")

    assert times is not None
    assert times.raw.tolist() == [T0, T0 + 2, T0 + 3_600, T0 + 3_602]


def test_a_file_that_does_not_name_its_device_has_none() -> None:
    (run,) = decode_fit(fit_file(RECORD.defined(), RECORD.data(T0, 140)), "run.fit")

    assert run.device is None
    assert values(run, "heart_rate") == [140]


def test_a_name_that_is_a_number_is_no_name() -> None:
    device = Definition(0, 0, (Field(0, ENUM), Field(1, UINT16), Field(8, UINT8)))
    data = fit_file(device.defined(), device.data(4, 255, 9), RECORD.defined(), RECORD.data(T0, 1))

    (run,) = decode_fit(data, "run.fit")

    assert run.device == "development"


# Sessions


def test_the_sport_is_that_of_its_own_message_where_no_session_names_one() -> None:
    sport = Definition(5, 12, (Field(0, ENUM), Field(1, ENUM)))

    run = read(SAMPLES, sport.defined(), sport.data(RUNNING, TRAIL))

    assert (run.sport, run.sub_sport) == ("running", "trail")


def test_a_stop_and_start_in_one_second_is_no_pause() -> None:
    event = Definition(3, 21, (TIMESTAMP, Field(0, ENUM), Field(1, ENUM)))

    run = read(SAMPLES, event.defined(), event.data(T0 + 1, 0, 4), event.data(T0 + 1, 0, 0))

    assert run.pauses == ()


# Developer fields

DESCRIPTION = Definition(
    4, 206, (Field(0, UINT8), Field(1, UINT8), Field(2, UINT8), Field(3, STRING, 8))
)


def own(index: int, kind: BaseType = UINT8, count: int = 1) -> DeveloperField:
    """Field 0 of a developer."""
    return DeveloperField(Field(0, kind, count), index=index)


def described(index: int | None, name: str, base: int = UINT8.number) -> bytes:
    """What a file says of field 0 of a developer."""
    return DESCRIPTION.data(index, 0, base, name)


def samples_of(*fields: DeveloperField) -> Definition:
    return Definition(1, 20, (TIMESTAMP,), developer=fields)


def test_one_name_of_two_apps_is_told_apart_by_the_app() -> None:
    record = samples_of(own(0), own(1))

    run = read(
        DESCRIPTION.defined(),
        described(0, "Form"),
        described(1, "Form"),
        record.defined(),
        record.data(T0, 7, 8),
    )

    assert values(run, "developer.Form") == [7]
    assert values(run, "developer.Form [1.0]") == [8]


def test_a_described_field_is_read_beside_one_that_nobody_described() -> None:
    record = samples_of(own(0), own(1))

    run = read(DESCRIPTION.defined(), described(0, "Form"), record.defined(), record.data(T0, 7, 8))

    assert [name for name in run.channels if name != "time"] == ["developer.Form"]
    assert codes(run) == ["developer_field"]


def test_a_description_without_an_app_describes_nothing() -> None:
    record = samples_of(own(0))

    run = read(DESCRIPTION.defined(), described(None, "Form"), record.defined(), record.data(T0, 7))

    assert codes(run) == ["developer_field"]


@pytest.mark.parametrize(
    ("field", "base"), [(own(0), 0x1F), (own(0, SINT8, 3), UINT16.number)], ids=["type", "size"]
)
def test_a_developer_field_that_does_not_fit_its_description_is_left_out(
    field: DeveloperField, base: int
) -> None:
    record = samples_of(field)
    written: Any = 7 if field.field.count == 1 else (7, 7, 7)

    run = read(
        DESCRIPTION.defined(),
        described(0, "Form", base),
        record.defined(),
        record.data(T0, written),
    )

    assert list(run.channels) == ["time"]


def test_a_developer_field_of_no_size_does_not_move_the_one_behind_it() -> None:
    record = samples_of(own(0, UINT8, 0), own(1))

    run = read(
        DESCRIPTION.defined(), described(1, "Form"), record.defined(), record.data(T0, (), 8)
    )

    assert values(run, "developer.Form") == [8]


def test_each_file_of_a_chain_describes_its_own_fields() -> None:
    record = samples_of(own(0))
    parts = [
        fit_file(
            ACTIVITY,
            DESCRIPTION.defined(),
            described(0, name),
            record.defined(),
            record.data(T0, 7),
        )
        for name in ("Form", "Power")
    ]

    table = decode_messages(b"".join(parts), "run.fit").tables["record"]

    assert sorted(table.developer) == ["developer.Form", "developer.Power"]


def test_a_description_that_is_cut_in_its_developer_fields_ends_the_walk() -> None:
    cut = samples_of(own(0), own(1)).defined()[:-2]

    run = read(RECORD.defined(), RECORD.data(T0, 140), cut)

    assert values(run, "heart_rate") == [140]
    assert codes(run) == ["definition_cut"]


# Headers, and what is said of damage


def test_a_header_that_is_longer_than_ours_and_says_so_is_read_without_a_finding() -> None:
    whole = fit_file(ACTIVITY, RECORD.defined(), RECORD.data(T0, 140))
    body = bytes((16,)) + whole[1:12] + bytes(4) + whole[14:-2]

    (run,) = decode_fit(body + crc16(body).to_bytes(2, "little"), "run.fit")

    assert values(run, "heart_rate") == [140]
    assert codes(run) == []


def test_a_settings_file_with_bytes_behind_it_is_still_a_settings_file() -> None:
    settings = fit_file(FILE_ID.defined(), FILE_ID.data(2), SAMPLES)

    with pytest.raises(NotAnActivityError, match="a settings file, not an activity"):
        decode_fit(settings + b"garbage", "run.fit")


def test_a_file_of_which_nothing_is_read_does_not_say_that_something_was() -> None:
    damaged = with_byte(fit_file(ACTIVITY), 0, 255)[:14] + bytes(200)

    with pytest.raises(UnreadableFileError) as caught:
        decode_fit(damaged, "run.fit")

    assert str(caught.value) == (
        "run.fit: nothing of it can be read. The header says that it is 255 bytes long, at byte 0, "
        "where 12 and 14 are known. Copy it again from the watch."
    )


def test_damage_that_is_refused_is_not_told_as_read() -> None:
    cut = fit_file(ACTIVITY, RECORD.defined(), RECORD.data(T0, 140))[:-1]

    with pytest.raises(UnreadableFileError) as caught:
        decode_fit(cut, "run.fit", Damage.REFUSE)

    # 14 bytes of header, 9 + 2 of file_id, 12 + 6 of samples and a byte of the checksum.
    assert str(caught.value) == (
        "run.fit: the file ends 1 byte early, at byte 44. "
        "Copy it again from the watch, or export it again."
    )
