"""The directory of a zip, read before anything is unpacked.

The standard library's reader builds an object for every entry before one can be looked at, and
believes the sizes that it finds. Here each entry is checked as it is read, and nothing is
allocated by a number that the file claims.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from hamstride.errors import TooLargeError, UnreadableFileError, UnsupportedFileError

_END = struct.Struct("<4s4H2LH")
_END_64_PLACE = struct.Struct("<4sLQL")
_END_64 = struct.Struct("<4sQ2H2L4Q")
# What is not needed of an entry is skipped: versions, the disk.
_ENTRY = struct.Struct("<4sxB2xHHLLLLHHH4xLL")
_LONGEST_COMMENT = 65_535
_FULL_32, _FULL_16 = 0xFFFF_FFFF, 0xFFFF
_ENCRYPTED, _UTF_8 = 0x1, 0x800
_UNIX, _LINK, _FILE_TYPE = 3, 0o120000, 0o170000
LOCAL_HEADER_BYTES = 30


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a zip, as its directory tells.

    `offset` is where its local header begins, `room` where the next thing begins. `dos_time` is
    when the file was written last, as DOS packs date and time into 32 bits; it has no zone.
    """

    name: str
    method: int
    crc: int
    packed_bytes: int
    bytes: int
    offset: int
    encrypted: bool
    link: bool
    room: int = 0
    dos_time: int = 0


@dataclass(frozen=True, slots=True)
class _End:
    """Where the directory is, and how many entries it claims."""

    entries: int
    bytes: int
    offset: int


def has_zip_end(tail: bytes) -> bool:
    """Whether the last bytes of a file are the end of a zip."""
    return _end_place(tail) is not None


def read_directory(stream: BinaryIO, size: int, *, file: str, most: int) -> list[Entry]:
    """Every entry, in the order of the directory.

    Raises
    ------
    UnreadableFileError
        The directory is damaged or cut off, or entries lie over each other.
    UnsupportedFileError
        Something is not of one zip in one part.
    TooLargeError
        It holds more than `most` entries.
    """
    end = _find_end(stream, size, file)
    if end.entries > most:
        raise _too_many(file, f"{end.entries:,}", most)
    if end.offset + end.bytes > size:
        raise _damaged(file, "its directory is cut off")
    entries: list[Entry] = []
    stream.seek(end.offset)
    for entry in _entries(stream, end.bytes, file):
        if len(entries) == most:
            raise _too_many(file, f"more than {most:,}", most)
        entries.append(entry)
    if len(entries) != end.entries:
        raise _damaged(file, f"it says {end.entries:,} files and lists {len(entries):,}")
    return _with_room(entries, end.offset, file)


def _find_end(stream: BinaryIO, size: int, file: str) -> _End:
    tail_bytes = min(size, _END.size + _LONGEST_COMMENT)
    stream.seek(size - tail_bytes)
    tail = stream.read(tail_bytes)
    place = _end_place(tail)
    if place is None:
        if tail.rfind(b"PK\5\6") >= 0:
            raise UnsupportedFileError(
                f"{file}: something else follows the end of the zip, so it is not clear what to "
                "read. Export it again."
            )
        raise _damaged(file, "its directory is missing")
    _mark, disk, first_disk, _here, entries, length, offset, _comment = _END.unpack_from(
        tail, place
    )
    if _FULL_32 in {length, offset} or entries == _FULL_16:
        return _find_end_64(stream, size - tail_bytes + place, file)
    if disk or first_disk:
        raise UnsupportedFileError(f"{file}: it is one part of a zip in several. Join them first.")
    return _End(entries, length, offset)


def _end_place(tail: bytes) -> int | None:
    """Where the end record is, whose comment must reach the end of the file."""
    place = tail.rfind(b"PK\5\6")
    while place >= 0:
        if len(tail) - place >= _END.size:
            comment = _END.unpack_from(tail, place)[-1]
            if place + _END.size + comment == len(tail):
                return place
        place = tail.rfind(b"PK\5\6", 0, place)
    return None


def _find_end_64(stream: BinaryIO, place: int, file: str) -> _End:
    if place < _END_64_PLACE.size:
        raise _damaged(file, "its directory is missing")
    stream.seek(place - _END_64_PLACE.size)
    mark, _disk, offset, _disks = _END_64_PLACE.unpack(stream.read(_END_64_PLACE.size))
    if mark != b"PK\6\7" or offset + _END_64.size > place:
        raise _damaged(file, "its directory is missing")
    stream.seek(offset)
    record = _END_64.unpack(stream.read(_END_64.size))
    if record[0] != b"PK\6\6":
        raise _damaged(file, "its directory is missing")
    return _End(record[7], record[8], record[9])


def _entries(stream: BinaryIO, length: int, file: str) -> Iterator[Entry]:
    left = length
    while left >= _ENTRY.size:
        fixed = stream.read(_ENTRY.size)
        if len(fixed) < _ENTRY.size or fixed[:4] != b"PK\1\2":
            raise _damaged(file, "its directory is damaged")
        (_mark, system, flags, method, dos_time, crc, packed, plain, name_bytes, extra_bytes,
         comment_bytes, outer, offset) = _ENTRY.unpack(fixed)  # fmt: skip
        rest = stream.read(name_bytes + extra_bytes + comment_bytes)
        left -= _ENTRY.size + name_bytes + extra_bytes + comment_bytes
        if left < 0 or len(rest) < name_bytes + extra_bytes + comment_bytes:
            raise _damaged(file, "its directory is damaged")
        name = rest[:name_bytes].decode("utf-8" if flags & _UTF_8 else "cp437", "replace")
        plain, packed, offset = _wide(
            rest[name_bytes : name_bytes + extra_bytes], plain, packed, offset
        )
        link = system == _UNIX and (outer >> 16) & _FILE_TYPE == _LINK
        locked = bool(flags & _ENCRYPTED)
        yield Entry(name, method, crc, packed, plain, offset, locked, link, dos_time=dos_time)


def _wide(extra: bytes, *narrow: int) -> tuple[int, int, int]:
    """Size, packed size and offset, from the 64-bit field where the 32-bit ones are full."""
    values = list(narrow)
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == 1:
            field = extra[at + 4 : at + 4 + length]
            for index, value in enumerate(values):
                if value == _FULL_32 and len(field) >= 8:
                    values[index] = int.from_bytes(field[:8], "little")
                    field = field[8:]
        at += 4 + length
    return values[0], values[1], values[2]


def _with_room(entries: list[Entry], directory: int, file: str) -> list[Entry]:
    """Give each entry the bytes up to the next; entries that share bytes are a bomb."""
    if not entries:
        return []
    order = sorted(range(len(entries)), key=lambda index: entries[index].offset)
    ends = [entries[index].offset for index in order[1:]] + [directory]
    for index, room in zip(order, ends, strict=True):
        entry = entries[index]
        if entry.offset + LOCAL_HEADER_BYTES + entry.packed_bytes > room:
            raise _damaged(file, "its files lie over each other")
        entries[index] = replace(entry, room=room)
    return entries


def _too_many(file: str, found: str, most: int) -> TooLargeError:
    return TooLargeError(
        f"{file}: it holds {found} files, and {most:,} is the most that is read at once. "
        "Split it, and give the parts one by one."
    )


def _damaged(file: str, what: str) -> UnreadableFileError:
    return UnreadableFileError(f"{file}: a damaged zip; {what}. Download it again.")
