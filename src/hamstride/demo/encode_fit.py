"""Writes FIT files, from the published facts of the FIT protocol.

It exists to make the files of the made-up runner and of the tests, so it shares no table and no
code with the decoder in `readers`: a mistake in one of the two cannot hide in the other. A file
is put together from pieces of bytes::

    RECORD = Definition(0, 20, (TIMESTAMP, Field(3, UINT8)))
    data = fit_file(RECORD.defined(), RECORD.data(1_150_000_000, 142))

Values are given in file units; None is written as the "no value" of its type. Files written one
after the other are a chained file: `first + second`.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

Value = int | float | str | bytes | Sequence[int | float] | None

EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
"""The instant from which FIT counts its seconds."""

PROTOCOL_VERSION = 0x20
PROFILE_VERSION = 2100
MARK = b".FIT"

_IS_DEFINITION = 0x40
_HAS_DEVELOPER_FIELDS = 0x20
_IS_COMPRESSED = 0x80


@dataclass(frozen=True, slots=True)
class BaseType:
    """A FIT base type: its number in a definition, its letter for `struct`, its "no value".

    `missing` is given as the bit pattern, which reads the same in both byte orders.
    """

    number: int
    letter: str
    missing: int

    @property
    def size(self) -> int:
        """Bytes of one value."""
        return struct.calcsize("<" + self.letter)

    def pack(self, order: str, value: float | None) -> bytes:
        """One value as bytes; None as the "no value" of the type."""
        if value is None:
            ends: Literal["little", "big"] = "little" if order == "<" else "big"
            return self.missing.to_bytes(self.size, ends)
        return struct.pack(order + self.letter, value)


ENUM = BaseType(0x00, "B", 0xFF)
SINT8 = BaseType(0x01, "b", 0x7F)
UINT8 = BaseType(0x02, "B", 0xFF)
SINT16 = BaseType(0x83, "h", 0x7FFF)
UINT16 = BaseType(0x84, "H", 0xFFFF)
SINT32 = BaseType(0x85, "i", 0x7FFFFFFF)
UINT32 = BaseType(0x86, "I", 0xFFFFFFFF)
STRING = BaseType(0x07, "B", 0x00)
FLOAT32 = BaseType(0x88, "f", 0xFFFFFFFF)
FLOAT64 = BaseType(0x89, "d", 0xFFFFFFFFFFFFFFFF)
UINT8Z = BaseType(0x0A, "B", 0x00)
UINT16Z = BaseType(0x8B, "H", 0x0000)
UINT32Z = BaseType(0x8C, "I", 0x00000000)
BYTE = BaseType(0x0D, "B", 0xFF)
SINT64 = BaseType(0x8E, "q", 0x7FFFFFFFFFFFFFFF)
UINT64 = BaseType(0x8F, "Q", 0xFFFFFFFFFFFFFFFF)
UINT64Z = BaseType(0x90, "Q", 0x0000000000000000)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a message: its number, its type and how many values it holds.

    `extra_bytes` makes a field whose size is no multiple of its type, as some watches write.
    """

    number: int
    type: BaseType
    count: int = 1
    extra_bytes: int = 0

    @property
    def size(self) -> int:
        """Bytes of the field in a message."""
        return self.type.size * self.count + self.extra_bytes

    def pack(self, order: str, value: Value) -> bytes:
        """The field's bytes: short texts and arrays are filled up with "no value"."""
        if isinstance(value, str):
            packed = value.encode()
        elif isinstance(value, bytes):
            packed = value
        elif value is None or isinstance(value, int | float):
            packed = self.type.pack(order, value)
        else:
            packed = b"".join(self.type.pack(order, each) for each in value)
        if len(packed) > self.size:
            raise ValueError(f"field {self.number} holds {self.size} bytes, not {len(packed)}")
        missing = self.type.pack(order, None)
        return (packed + missing * self.count + bytes(self.extra_bytes))[: self.size]


@dataclass(frozen=True, slots=True)
class DeveloperField:
    """A field described in the file itself; `index` says by which developer.

    Its type stands in the `field_description` message; here it only says how to write a value.
    """

    field: Field
    index: int = 0


TIMESTAMP = Field(253, UINT32)


@dataclass(frozen=True, slots=True)
class Definition:
    """The shape of the messages that a local number stands for, from here on in the file.

    Parameters
    ----------
    local : int
        0 to 15; a compressed header has room for 0 to 3 only.
    message : int
        The message's global number in the FIT profile.
    order : "<" or ">"
        Little or big byte order, of this definition and its messages.
    """

    local: int
    message: int
    fields: tuple[Field, ...]
    developer: tuple[DeveloperField, ...] = ()
    order: Literal["<", ">"] = "<"

    def defined(self) -> bytes:
        """The definition message."""
        header = _IS_DEFINITION | self.local
        if self.developer:
            header |= _HAS_DEVELOPER_FIELDS
        big_endian = int(self.order == ">")
        parts = [
            struct.pack("BBB", header, 0, big_endian),
            struct.pack(self.order + "HB", self.message, len(self.fields)),
            *(bytes((each.number, each.size, each.type.number)) for each in self.fields),
        ]
        if self.developer:
            parts.append(bytes((len(self.developer),)))
            parts += [
                bytes((each.field.number, each.field.size, each.index)) for each in self.developer
            ]
        return b"".join(parts)

    def data(self, *values: Value) -> bytes:
        """A message with a normal header: values of the fields, then of the developer fields."""
        return bytes((self.local,)) + self._content(values)

    def data_at(self, time_s: int, *values: Value) -> bytes:
        """A message whose time is the low five bits of `time_s`, in a compressed header."""
        header = _IS_COMPRESSED | self.local << 5 | time_s & 0x1F
        return bytes((header,)) + self._content(values)

    def rows(self, *columns: Sequence[int | float]) -> bytes:
        """Many messages with normal headers, a column for each field and no value missing.

        The same bytes as `data` row by row, and many times faster.
        """
        each_row = struct.Struct(
            f"{self.order}B" + "".join(field.type.letter for field in self.fields)
        )
        pack, local = each_row.pack, self.local
        return b"".join([pack(local, *row) for row in zip(*columns, strict=True)])

    def _content(self, values: tuple[Value, ...]) -> bytes:
        fields = (*self.fields, *(each.field for each in self.developer))
        pairs = zip(fields, values, strict=True)
        return b"".join(field.pack(self.order, value) for field, value in pairs)


def fit_file(*messages: bytes, header_length: Literal[12, 14] = 14) -> bytes:
    """A whole FIT file: header, messages and check sum.

    A header of 12 bytes has no check sum of its own.
    """
    content = b"".join(messages)
    header = struct.pack(
        "<BBHI4s", header_length, PROTOCOL_VERSION, PROFILE_VERSION, len(content), MARK
    )
    if header_length == 14:
        header += struct.pack("<H", crc16(header))
    body = header + content
    return body + struct.pack("<H", crc16(body))


def fit_time(instant: datetime) -> int:
    """Whole seconds since the FIT epoch."""
    return int((instant - EPOCH).total_seconds())


def semicircles(degrees: float) -> int:
    """A latitude or longitude in FIT's unit: half a circle is 2**31."""
    return round(degrees * 2**31 / 180)


def packed_12_bit(values: Sequence[int]) -> bytes:
    """Numbers of 12 bits side by side, lowest bits first, as `hr` messages keep their beats."""
    bits = sum((value & 0xFFF) << 12 * place for place, value in enumerate(values))
    return bits.to_bytes((12 * len(values) + 7) // 8, "little")


def speed_and_distance(speed_cmps: int, distance_16th_m: int) -> bytes:
    """The three bytes of `compressed_speed_distance`; the distance rolls over at 4096."""
    return packed_12_bit((speed_cmps, distance_16th_m))


# The check sum


def _crc_table() -> Iterator[int]:
    for byte in range(256):
        rest = byte
        for _ in range(8):
            rest = rest >> 1 ^ 0xA001 if rest & 1 else rest >> 1
        yield rest


_CRC = tuple(_crc_table())


def crc16(data: bytes) -> int:
    """FIT's check sum: CRC-16 with the polynomial 0x8005 reflected, starting from 0.

    Examples
    --------
    >>> hex(crc16(b"123456789"))
    '0xbb3d'
    """
    crc, table = 0, _CRC
    for byte in data:
        crc = crc >> 8 ^ table[(crc ^ byte) & 0xFF]
    return crc
