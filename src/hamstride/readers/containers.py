"""Files out of folders, zips, gzip files and takeouts, one by one, with their layers taken off.

Nothing is written under a name that a file brings: entries are read as streams, and an inner
zip of a takeout lies in a temporary file without a name.
"""

import io
import os
import stat
import struct
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from hamstride.errors import (
    HamstrideError,
    NotAnActivityError,
    TooLargeError,
    UnsupportedFileError,
)
from hamstride.readers.inflate import (
    Budget,
    entry_beginning,
    gunzip,
    gzip_beginning,
    inflated,
    read_entry,
)
from hamstride.readers.limits import Limits, size_text
from hamstride.readers.outcome import Outcome, Status
from hamstride.readers.sniff import HEAD_BYTES, sniff
from hamstride.readers.takeouts import (
    UNDESCRIBED,
    Described,
    is_garmin_part,
    strava_descriptions,
    strava_table,
)
from hamstride.readers.zip_directory import Entry, read_directory
from hamstride.records import Finding

FAULT = "reader_fault"

Opener = Callable[[], AbstractContextManager[BinaryIO]]
"""Opens what holds a file, at its beginning."""

_LONGEST_NAME = 255
_STATUS: tuple[tuple[type[HamstrideError], Status], ...] = (
    (NotAnActivityError, "not_an_activity"),
    (TooLargeError, "too_large"),
    (UnsupportedFileError, "unsupported"),
)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that is in memory, under the name that somebody gave it."""

    name: str
    data: bytes | bytearray | memoryview


@dataclass(frozen=True, slots=True)
class Found:
    """One file with its layers taken off, not yet looked into."""

    file: str
    data: bytes
    findings: tuple[Finding, ...] = ()
    described: Described = UNDESCRIBED


@dataclass(frozen=True, slots=True)
class Item:
    """One file that is still packed.

    `open` takes its layers off, and counts what comes out; `first_bytes` gives up to so many of
    its first ones, without counting. `written` is when the file was written last, if that is told.
    """

    file: str
    open: Callable[[], Found | Outcome]
    first_bytes: Callable[[int], bytes]
    written: datetime | None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the layers a zip is: its name, its limits, and whether it is within another."""

    file: str
    limits: Limits
    budget: Budget | None = None
    within: bool = False
    descriptions: Mapping[str, Described] = field(default_factory=dict)
    keep: ExitStack | None = None


def refused(error: HamstrideError, file: str) -> Outcome:
    """What an error says, as the outcome of a file."""
    status: Status = "unreadable"
    for kind, name in _STATUS:
        if isinstance(error, kind):
            status = name
    return Outcome(file, status, message=str(error))


def stumbled(error: Exception, file: str) -> Outcome:
    """What is said where a reader meets something that it did not foresee."""
    say = f"{file}: the reader stumbled over it ({type(error).__name__}). Please report it."
    fault = Finding(FAULT, f"The reader did not foresee this: {repr(error)[:500]}.")
    return Outcome(file, "unreadable", message=say, findings=(fault,))


def shown(name: str) -> str:
    """A name from within an archive, harmless to print: escaped, and at most 255 characters."""
    safe = "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii")
        for letter in name.encode("utf-8", "replace").decode("utf-8")
    )
    return safe if len(safe) <= _LONGEST_NAME else "…" + safe[1 - _LONGEST_NAME :]


def files_in(source: Path | Upload, limits: Limits) -> Iterator[Found | Outcome]:
    """Every file in a source, in an order that depends on names only; refusals among them."""
    for item in items_in(source, limits):
        yield item if isinstance(item, Outcome) else item.open()


def items_in(
    source: Path | Upload, limits: Limits, keep: ExitStack | None = None
) -> Iterator[Item | Outcome]:
    """Every file in a source, not yet unpacked, in the order of `files_in`.

    Without `keep` an item can be opened until the next one is asked for; with it, until `keep`
    is closed.
    """
    if isinstance(source, Upload):
        name, stream = shown(source.name), io.BytesIO(source.data)
        place = _Place(name, limits, keep=keep)
        yield from _from_stream(_held(stream), len(source.data), place)
    else:
        yield from _from_path(source, _Place(str(source), limits, keep=keep))


def _held(stream: BinaryIO) -> Opener:
    """A stream that stays open, given out as if it had been opened anew."""

    def opened() -> AbstractContextManager[BinaryIO]:
        stream.seek(0)
        return nullcontext(stream)

    return opened


def _tried(file: str, unpack: Callable[[], Found]) -> Found | Outcome:
    """A file with its layers taken off, or why that cannot be."""
    try:
        return unpack()
    except HamstrideError as error:
        return refused(error, file)
    except OSError as error:
        return _unopened(error, file)
    except (ArithmeticError, LookupError, ValueError, struct.error) as error:
        return stumbled(error, file)


def _unopened(error: OSError, file: str) -> Outcome:
    if isinstance(error, FileNotFoundError):
        message = f"{file}: there is no such file. Look at the name and the folder."
    else:
        why = (error.strerror or "unknown reason").lower()
        message = f"{file}: it cannot be opened ({why})."
    return Outcome(file, "unreadable", message=message)


# Folders


def _from_path(path: Path, place: _Place) -> Iterator[Item | Outcome]:
    file = str(path)
    place = replace(place, file=file)
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            yield from _from_folder(path, place)
        elif stat.S_ISREG(about.st_mode):
            written = datetime.fromtimestamp(about.st_mtime, UTC)
            yield from _from_stream(lambda: path.open("rb"), about.st_size, place, written)
        else:
            # A pipe or a device could keep the reader waiting for ever.
            yield Outcome(file, "unsupported", message=f"{file}: neither a file nor a folder.")
    except OSError as error:
        yield _unopened(error, file)


def _from_folder(folder: Path, place: _Place) -> Iterator[Item | Outcome]:
    names = sorted(entry.name for entry in os.scandir(folder))
    if not names:
        message = f"{folder}: an empty folder."
        yield Outcome(str(folder), "not_an_activity", message=message)
    if {"activities.csv", "activities"} <= set(names):
        place = replace(place, descriptions=_described_in(folder, place.limits))
    for name in names:
        path = folder / name
        if _is_hidden(name):
            yield _hidden(str(path))
        elif path.is_symlink():
            message = f"{path}: a link to another place, which is not followed."
            yield Outcome(str(path), "unsupported", message=message)
        else:
            yield from _from_path(path, place)


def _described_in(folder: Path, limits: Limits) -> Mapping[str, Described]:
    """What the table of an unpacked Strava export says, by the path of each file."""
    table = folder / "activities.csv"
    if not table.is_file() or table.stat().st_size > limits.entry_bytes:
        return {}
    described = strava_descriptions(table.read_bytes(), table.name)
    return {str(folder / name): each for name, each in described.items()}


def _is_hidden(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return "__MACOSX" in parts or any(part[:1] == "." and part.strip(".") for part in parts)


def _hidden(file: str) -> Outcome:
    return Outcome(file, "not_an_activity", message=f"{file}: a hidden file, left out.")


# Single files and their layers


def _from_stream(
    opener: Opener, size: int, place: _Place, written: datetime | None = None
) -> Iterator[Item | Outcome]:
    """A file by what it is: a zip is opened, anything else is an item, below a gzip layer too."""
    try:
        with opener() as stream:
            head = stream.read(HEAD_BYTES)
        if sniff(head).kind == "zip":
            yield from _from_zip(opener, size, place)
        elif not place.within and _is_zip_below(head):
            budget = Budget(place.limits)
            unpacked = gunzip(_whole(opener, size, place), budget, file=place.file)
            inner = replace(place, budget=budget, within=True)
            yield from _from_zip(_held(io.BytesIO(unpacked.data)), len(unpacked.data), inner)
        else:
            yield Item(
                place.file,
                lambda: _tried(place.file, lambda: _single(opener, size, place)),
                lambda most: _first_bytes(opener, most),
                written,
            )
    except HamstrideError as error:
        yield refused(error, place.file)
    except (ArithmeticError, LookupError, ValueError, struct.error) as error:
        yield stumbled(error, place.file)


def _is_zip_below(head: bytes) -> bool:
    below = gzip_beginning(head, most=HEAD_BYTES)
    return sniff(head).kind == "gzip" and sniff(below).kind == "zip"


def _first_bytes(opener: Opener, most: int) -> bytes:
    with opener() as stream:
        return stream.read(most)


def _whole(opener: Opener, size: int, place: _Place) -> bytes:
    if size > place.limits.file_bytes:
        most = size_text(place.limits.file_bytes)
        raise TooLargeError(f"{place.file}: larger than {most}, the most that is read.")
    with opener() as stream:
        return stream.read()


def _single(opener: Opener, size: int, place: _Place) -> Found:
    described = place.descriptions.get(place.file, UNDESCRIBED)
    found = Found(place.file, _whole(opener, size, place), described=described)
    return _without_gzip(found, place.budget or Budget(place.limits))


def _without_gzip(found: Found, budget: Budget) -> Found:
    """Take one gzip layer off; a second is refused."""
    if sniff(found.data[:HEAD_BYTES]).kind != "gzip":
        return found
    unpacked = gunzip(found.data, budget, file=found.file)
    if sniff(unpacked.data[:HEAD_BYTES]).kind == "gzip":
        raise UnsupportedFileError(f"{found.file}: packed twice. Unpack it once, and give that.")
    findings = found.findings if unpacked.finding is None else (*found.findings, unpacked.finding)
    return Found(found.file, unpacked.data, findings, found.described)


# Zips


def _from_zip(opener: Opener, size: int, place: _Place) -> Iterator[Item | Outcome]:
    file = place.file
    limits, takeout = place.limits, place.limits.takeout
    widest = takeout or limits
    if size > max(limits.zip_bytes, widest.zip_bytes):
        raise TooLargeError(f"{file}: larger than {size_text(widest.zip_bytes)}. Split it.")
    most = max(limits.entries, widest.entries)
    with opener() as stream:
        entries = read_directory(stream, size, file=file, most=most)
    table = strava_table(entry.name for entry in entries)
    garmin = any(is_garmin_part(entry.name) for entry in entries)
    if takeout and not place.within and (table or garmin):
        limits = takeout
    budget = place.budget or Budget(limits)
    budget.entries += len(entries)
    if size > budget.limits.zip_bytes:
        most_bytes = size_text(budget.limits.zip_bytes)
        raise TooLargeError(f"{file}: larger than {most_bytes}. Split it, and give the parts.")
    if budget.entries > budget.limits.entries:
        raise TooLargeError(
            f"{file}: it holds {budget.entries:,} files, and {budget.limits.entries:,} is the most "
            "that is read at once. Split it, and give the parts one by one."
        )
    descriptions = _descriptions(opener, entries, table, budget, file) if table else {}
    inside = replace(place, limits=limits, budget=budget, descriptions=descriptions)
    files = [entry for entry in entries if not entry.name.endswith(("/", "\\"))]
    if not files:
        raise NotAnActivityError(f"{file}: an empty zip.")
    for entry in files:
        yield from _from_entry(opener, entry, inside, budget, garmin=garmin)


def _descriptions(
    opener: Opener, entries: list[Entry], table: str, budget: Budget, file: str
) -> Mapping[str, Described]:
    entry = next(entry for entry in entries if entry.name == table)
    try:
        with opener() as stream:
            data = read_entry(stream, entry, budget, file=file).data
        return strava_descriptions(data, table)
    except HamstrideError:
        # The table is a convenience: activities are read without it.
        return {}


def _from_entry(
    opener: Opener, entry: Entry, place: _Place, budget: Budget, *, garmin: bool
) -> Iterator[Item | Outcome]:
    file = f"{place.file}/{shown(entry.name)}"
    described = place.descriptions.get(entry.name, UNDESCRIBED)

    def unpacked() -> Found:
        with opener() as stream:
            out = read_entry(stream, entry, budget, file=file)
        findings = () if out.finding is None else (out.finding,)
        return _without_gzip(Found(file, out.data, findings, described), budget)

    def first_bytes(most: int) -> bytes:
        with opener() as stream:
            return entry_beginning(stream, entry, file=file, most=most)

    if _is_hidden(entry.name):
        yield _hidden(file)
    elif garmin and not place.within and is_garmin_part(entry.name):
        try:
            yield from _from_garmin_part(opener, entry, replace(place, file=file), budget)
        except HamstrideError as error:
            yield refused(error, file)
    else:
        written = _dos_time(entry.dos_time)
        yield Item(file, lambda: _tried(file, unpacked), first_bytes, written)


def _from_garmin_part(
    opener: Opener, entry: Entry, place: _Place, budget: Budget
) -> Iterator[Item | Outcome]:
    """The one inner layer that is opened: a part of a Garmin takeout."""
    most = budget.limits.zip_bytes
    with ExitStack() if place.keep is None else nullcontext(place.keep) as keep:
        part = keep.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 (keep closes it)
        with opener() as stream:
            for block in inflated(stream, entry, budget, file=place.file, most=most):
                part.write(block)
        size = part.tell()
        inner = replace(place, limits=budget.limits, budget=budget, within=True, descriptions={})
        yield from _from_stream(_held(part), size, inner)


def _dos_time(packed: int) -> datetime | None:
    """Date and time as DOS packs them; they have no zone, and UTC is near enough for an order."""
    day, time = divmod(packed, 1 << 16)
    try:
        date = datetime(1980 + (day >> 9), day >> 5 & 15, day & 31, tzinfo=UTC)
        return date.replace(hour=time >> 11, minute=time >> 5 & 63, second=(time & 31) * 2)
    except ValueError:
        return None
