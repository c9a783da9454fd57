"""Sound FIT files made wrong in one place, for the tests and for showing what a reader does.

A file cut short needs no function: `data[:-5]`.
"""

import struct

from hamstride.demo.encode_fit import crc16


def with_byte(data: bytes, at: int, byte: int) -> bytes:
    """The file with one byte replaced, and nothing else put right."""
    return data[:at] + bytes((byte,)) + data[at + 1 :]


def with_crc(data: bytes, crc: int) -> bytes:
    """The file with another check sum at its end."""
    return data[:-2] + struct.pack("<H", crc)


def with_header_crc(data: bytes, crc: int) -> bytes:
    """The file with another check sum in its header of 14 bytes; the file's own is put right."""
    body = data[:12] + struct.pack("<H", crc) + data[14:-2]
    return body + struct.pack("<H", crc16(body))


def with_data_size(data: bytes, size: int) -> bytes:
    """The file with another data size in its header of 14 bytes; both check sums are put right."""
    header = data[:4] + struct.pack("<I", size) + data[8:12]
    return with_header_crc(header + data[12:], crc16(header))
