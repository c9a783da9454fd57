"""The encoder against bytes typed by hand and against `fitdecode`, a reader by other people."""

import io
from datetime import UTC, datetime
from typing import Any, Literal

import fitdecode
import pytest

from hamstride.demo.damage import with_byte, with_crc, with_data_size, with_header_crc
from hamstride.demo.encode_fit import (
    ENUM,
    FLOAT32,
    SINT32,
    STRING,
    TIMESTAMP,
    UINT8,
    UINT16,
    UINT32,
    Definition,
    DeveloperField,
    Field,
    crc16,
    fit_file,
    fit_time,
    packed_12_bit,
    semicircles,
    speed_and_distance,
)

RECORD = Definition(1, 20, (TIMESTAMP, Field(3, UINT8)))
FILE_ID = Definition(0, 0, (Field(0, ENUM), Field(1, UINT16), Field(4, UINT32)))
T0 = 1_150_000_000


def by_fitdecode(data: bytes, kind: str) -> list[dict[str, Any]]:
    """The messages of one kind as fitdecode reads them, strictly."""
    with fitdecode.FitReader(io.BytesIO(data), check_crc=fitdecode.CrcCheck.RAISE) as frames:
        return [
            {field.name: field.value for field in frame.fields}
            for frame in frames
            if isinstance(frame, fitdecode.FitDataMessage) and frame.name == kind
        ]


def test_the_check_sum_is_the_one_everybody_publishes() -> None:
    # The check value of CRC-16/ARC in Greg Cook's catalogue of CRC algorithms.
    assert crc16(b"123456789") == 0xBB3D


def test_a_definition_is_written_byte_for_byte() -> None:
    assert RECORD.defined() == bytes.fromhex("41 00 00 1400 02 fd0486 030102")


def test_a_definition_in_big_byte_order_turns_its_message_number_round() -> None:
    turned = Definition(1, 20, (TIMESTAMP,), order=">")

    assert turned.defined() == bytes.fromhex("41 00 01 0014 01 fd0486")


def test_a_message_is_its_local_number_and_its_values() -> None:
    assert RECORD.data(0x01020304, 140) == bytes.fromhex("01 04030201 8c")


def test_a_value_that_is_not_there_is_written_as_the_no_value_of_its_type() -> None:
    shape = Definition(2, 20, (Field(0, SINT32), Field(3, UINT8), Field(8, STRING, 3)))

    assert shape.data(None, None, None) == bytes.fromhex("02 ffffff7f ff 000000")


def test_a_compressed_header_holds_the_local_number_and_five_bits_of_the_time() -> None:
    heart_rate = Definition(3, 20, (Field(3, UINT8),))

    # 1 11 00101: compressed, local 3, second 5 of 32 (69 = 2 x 32 + 5).
    assert heart_rate.data_at(69, 140) == bytes((0b1110_0101, 140))


def test_many_rows_are_the_same_bytes_as_row_by_row() -> None:
    assert RECORD.rows([T0, T0 + 1], [140, 141]) == RECORD.data(T0, 140) + RECORD.data(T0 + 1, 141)


def test_a_text_that_is_too_long_for_its_field_is_a_slip() -> None:
    with pytest.raises(ValueError, match="field 3 holds 2 bytes, not 5"):
        Field(3, STRING, 2).pack("<", "Power")


def test_twelve_bit_numbers_lie_side_by_side_lowest_bits_first() -> None:
    assert packed_12_bit([0xABC, 0x123]) == bytes.fromhex("bc3a12")
    assert speed_and_distance(0x064, 0x010) == bytes.fromhex("640001")


def test_half_a_circle_is_two_to_the_thirty_first() -> None:
    assert semicircles(90.0) == 1_073_741_824
    assert semicircles(-45.0) == -536_870_912


def test_fit_counts_seconds_from_the_last_day_of_1989() -> None:
    assert fit_time(datetime(1990, 1, 1, tzinfo=UTC)) == 86_400


@pytest.mark.parametrize("header_length", [12, 14])
def test_another_reader_finds_what_was_written(header_length: Literal[12, 14]) -> None:
    big = Definition(2, 20, (TIMESTAMP, Field(5, UINT32)), order=">")
    data = fit_file(
        FILE_ID.defined(),
        FILE_ID.data(4, 255, T0),
        RECORD.defined(),
        RECORD.data(T0, 140),
        RECORD.data(T0 + 1, None),
        big.defined(),
        big.data(T0 + 2, 12_345),
        header_length=header_length,
    )

    first, second, third = by_fitdecode(data, "record")

    assert first["timestamp"] == datetime(2026, 6, 10, 4, 26, 40, tzinfo=UTC)
    assert first["heart_rate"] == 140
    assert second["heart_rate"] is None
    assert third["distance"] == 123.45


def test_another_reader_finds_the_developer_fields() -> None:
    description = Definition(
        4, 206, (Field(0, UINT8), Field(1, UINT8), Field(2, UINT8), Field(3, STRING, 8))
    )
    developer = Definition(5, 207, (Field(3, UINT8),))
    record = Definition(
        1, 20, (TIMESTAMP,), developer=(DeveloperField(Field(7, FLOAT32), index=0),)
    )
    data = fit_file(
        developer.defined(),
        developer.data(0),
        description.defined(),
        description.data(0, 7, FLOAT32.number, "Spring"),
        record.defined(),
        record.data(T0, 9.25),
    )

    (found,) = by_fitdecode(data, "record")

    assert found["Spring"] == 9.25


def test_damage_changes_what_it_says_and_nothing_else() -> None:
    whole = fit_file(RECORD.defined(), RECORD.data(T0, 140))

    assert with_byte(whole, 3, 9)[3] == 9
    assert with_byte(whole, 3, 9)[:3] + with_byte(whole, 3, 9)[4:] == whole[:3] + whole[4:]
    assert with_crc(whole, 0x1234) == whole[:-2] + b"\x34\x12"
    assert with_data_size(whole, len(whole) - 16) == whole
    assert with_header_crc(whole, crc16(whole[:12])) == whole
    assert with_data_size(whole, 0)[4:8] == bytes(4)


def test_a_field_takes_bytes_or_values_and_no_more_than_it_holds() -> None:
    field = Field(1, UINT8, count=3)

    assert Field(1, UINT16, count=3).pack(">", (1, 2)) == b"\x00\x01\x00\x02\xff\xff"
    assert field.pack("<", b"\x01\x02") == b"\x01\x02\xff"
    with pytest.raises(ValueError, match=r"^field 1 holds 3 bytes, not 4$"):
        field.pack("<", b"\x01\x02\x03\x04")
