"""Takes zip entries and gzip files apart, counting every byte that comes out."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from hamstride.errors import TooLargeError, UnreadableFileError, UnsupportedFileError
from hamstride.readers.limits import Limits, size_text
from hamstride.readers.zip_directory import LOCAL_HEADER_BYTES, Entry
from hamstride.records import Finding

_STORED, _DEFLATED = 0, 8
_BLOCK = 256 * 1024
_GZIP = 16 + zlib.MAX_WBITS
_METHODS = {9: "Deflate64", 12: "BZip2", 14: "LZMA", 93: "Zstandard", 95: "XZ"}


class Budget:
    """What may still come out of one upload or takeout, over all its layers."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.inflated_bytes = 0
        self.entries = 0

    def spend(self, count: int, file: str) -> None:
        """Count bytes that came out; past the limit, nothing more is unpacked."""
        self.inflated_bytes += count
        if self.inflated_bytes > self.limits.inflated_bytes:
            raise TooLargeError(
                f"{file}: not read. All together unpacks to more than "
                f"{size_text(self.limits.inflated_bytes)}; split it, and give the parts one by one."
            )


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What came out of a layer, and what was odd about the layer."""

    data: bytes
    finding: Finding | None = None


def read_entry(stream: BinaryIO, entry: Entry, budget: Budget, *, file: str) -> Unpacked:
    """One entry of a zip in memory.

    Raises
    ------
    TooLargeError
        It is past a limit, whatever size it claims.
    UnreadableFileError
        Nothing of it can be unpacked, or more comes out than the zip says.
    UnsupportedFileError
        It is encrypted, or packed in a way that is not read.
    """
    parts: list[bytes] = []
    most = budget.limits.entry_bytes
    if entry.bytes > most:
        raise _too_large(file, most)
    try:
        for part in inflated(stream, entry, budget, file=file, most=most):
            parts.append(part)
    except UnreadableFileError:
        if not parts:
            raise
        say = "The zip is damaged here. What came before was read."
        return Unpacked(b"".join(parts), Finding("zip_damaged", say))
    return Unpacked(b"".join(parts))


def inflated(
    stream: BinaryIO, entry: Entry, budget: Budget, *, file: str, most: int
) -> Iterator[bytes]:
    """The bytes of an entry, block by block; the same errors as `read_entry`."""
    packed = _packed(stream, entry, file)
    blocks = packed if entry.method == _STORED else _inflate(packed, -zlib.MAX_WBITS, file)
    total, crc = 0, 0
    for block in blocks:
        total += len(block)
        crc = zlib.crc32(block, crc)
        _check(total, entry.packed_bytes, budget, file=file, most=most)
        budget.spend(len(block), file)
        if total > entry.bytes:
            raise _lies(entry, file)
        yield block
    if total != entry.bytes or crc != entry.crc:
        raise UnreadableFileError(f"{file}: damaged within the zip. Download it again.")


def gunzip(data: bytes, budget: Budget, *, file: str) -> Unpacked:
    """The first member of a gzip file; what follows it is left out, and said."""
    parts: list[bytes] = []
    total = 0
    gzip = zlib.decompressobj(_GZIP)
    finding = None
    try:
        while not gzip.eof:
            part = gzip.decompress(gzip.unconsumed_tail if total else data, _BLOCK)
            if not part:
                break
            total += len(part)
            _check(total, len(data), budget, file=file, most=budget.limits.entry_bytes)
            budget.spend(len(part), file)
            parts.append(part)
    except zlib.error:
        finding = Finding("gzip_damaged", "The gzip layer is damaged. What came before was read.")
    else:
        if not gzip.eof:
            finding = Finding("gzip_damaged", "The gzip layer ends too early; the rest is missing.")
        elif gzip.unused_data:
            count = len(gzip.unused_data)
            say = f"{count:,} bytes after the end of the gzip layer were left out."
            finding = Finding("gzip_trailing", say)
    if not parts and finding is not None and finding.code == "gzip_damaged":
        raise UnreadableFileError(f"{file}: a damaged gzip file. Download it again.")
    return Unpacked(b"".join(parts), finding)


def entry_beginning(stream: BinaryIO, entry: Entry, *, file: str, most: int) -> bytes:
    """Up to `most` first bytes of an entry, from as many packed ones; the errors of `read_entry`.

    It is bounded by itself, so that nothing is counted that is counted when the entry is read.
    """
    first = replace(entry, packed_bytes=min(entry.packed_bytes, most))
    data = b"".join(_packed(stream, first, file))
    return data if entry.method == _STORED else _beginning(data, -zlib.MAX_WBITS, most)


def gzip_beginning(data: bytes, *, most: int) -> bytes:
    """Up to `most` first bytes of what is within a gzip file; none where it is damaged."""
    return _beginning(data, _GZIP, most)


def _beginning(packed: bytes, window: int, most: int) -> bytes:
    try:
        return zlib.decompressobj(window).decompress(packed, most)
    except zlib.error:
        return b""


def _packed(stream: BinaryIO, entry: Entry, file: str) -> Iterator[bytes]:
    """The packed bytes of an entry, after its local header has been looked at."""
    if entry.encrypted:
        raise UnsupportedFileError(
            f"{file}: locked with a password. Remove the password, and give it again."
        )
    if entry.link:
        raise UnsupportedFileError(f"{file}: a link to another file, which is not followed.")
    if entry.method not in {_STORED, _DEFLATED}:
        name = _METHODS.get(entry.method, f"method {entry.method}")
        raise UnsupportedFileError(f"{file}: packed with {name}. Pack it again as an ordinary zip.")
    stream.seek(entry.offset)
    header = stream.read(LOCAL_HEADER_BYTES)
    if len(header) < LOCAL_HEADER_BYTES or header[:4] != b"PK\3\4":
        raise UnreadableFileError(f"{file}: damaged within the zip. Download it again.")
    name_bytes, extra_bytes = struct.unpack_from("<2H", header, 26)
    at = entry.offset + LOCAL_HEADER_BYTES + name_bytes + extra_bytes
    if at + entry.packed_bytes > entry.room:
        raise UnreadableFileError(f"{file}: lies over another file in the zip. Download it again.")
    return _blocks(stream, at, entry.packed_bytes)


def _blocks(stream: BinaryIO, at: int, length: int) -> Iterator[bytes]:
    for place in range(at, at + length, _BLOCK):
        # The stream is shared by all entries of the zip, so its place is set each time.
        stream.seek(place)
        yield stream.read(min(at + length - place, _BLOCK))


def _inflate(packed: Iterator[bytes], window: int, file: str) -> Iterator[bytes]:
    inflater = zlib.decompressobj(window)
    for block in packed:
        waiting = block
        while waiting and not inflater.eof:
            try:
                part = inflater.decompress(waiting, _BLOCK)
            except zlib.error:
                message = f"{file}: damaged within the zip. Download it again."
                raise UnreadableFileError(message) from None
            waiting = inflater.unconsumed_tail
            if part:
                yield part
    # What is left inside is less than a block.
    rest = inflater.flush()
    if rest:
        yield rest


def _check(total: int, packed: int, budget: Budget, *, file: str, most: int) -> None:
    limits = budget.limits
    if total > most:
        raise _too_large(file, most)
    if total > limits.ratio_from_bytes and total > limits.ratio * max(packed, 1):
        raise TooLargeError(
            f"{file}: not read. It unpacks to more than {limits.ratio} times its size, "
            "which no activity does."
        )


def _too_large(file: str, most: int) -> TooLargeError:
    return TooLargeError(f"{file}: not read. It is larger than {size_text(most)}.")


def _lies(entry: Entry, file: str) -> UnreadableFileError:
    return UnreadableFileError(
        f"{file}: not read. The zip says that it holds {size_text(entry.bytes)}, and more comes "
        "out. Download it again."
    )
