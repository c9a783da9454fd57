"""Files out of folders, zips, gzip files and takeouts, one by one, with their layers taken off.

Nothing is written under a name that a file brings: entries are read as streams, and an inner
zip of a takeout lies in a temporary file without a name.
"""

import io
import os
import stat
import struct
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from hamstride.errors import (
    HamstrideError,
    NotAnActivityError,
    TooLargeError,
    UnsupportedFileError,
)
from hamstride.readers.inflate import Budget, gunzip, inflated, read_entry
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
class _Place:
    """Where in the layers a zip is: its name, its limits, and whether it is within another."""

    file: str
    limits: Limits
    budget: Budget | None = None
    within: bool = False
    descriptions: Mapping[str, Described] = field(default_factory=dict)


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
    if isinstance(source, Upload):
        name, data = shown(source.name), source.data
        yield from _from_stream(io.BytesIO(data), len(data), _Place(name, limits))
    else:
        yield from _from_path(source, limits, {})


# Folders


def _from_path(
    path: Path, limits: Limits, descriptions: Mapping[str, Described]
) -> Iterator[Found | Outcome]:
    file = str(path)
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            yield from _from_folder(path, limits, descriptions)
        elif stat.S_ISREG(about.st_mode):
            with path.open("rb") as stream:
                place = _Place(file, limits, descriptions=descriptions)
                yield from _from_stream(stream, about.st_size, place)
        else:
            # A pipe or a device could keep the reader waiting for ever.
            yield Outcome(file, "unsupported", message=f"{file}: neither a file nor a folder.")
    except FileNotFoundError:
        message = f"{file}: there is no such file. Look at the name and the folder."
        yield Outcome(file, "unreadable", message=message)
    except OSError as error:
        why = (error.strerror or "unknown reason").lower()
        yield Outcome(file, "unreadable", message=f"{file}: it cannot be opened ({why}).")


def _from_folder(
    folder: Path, limits: Limits, descriptions: Mapping[str, Described]
) -> Iterator[Found | Outcome]:
    names = sorted(entry.name for entry in os.scandir(folder))
    if not names:
        message = f"{folder}: an empty folder."
        yield Outcome(str(folder), "not_an_activity", message=message)
    if {"activities.csv", "activities"} <= set(names):
        descriptions = _described_in(folder, limits)
    for name in names:
        path = folder / name
        if _is_hidden(name):
            yield _hidden(str(path))
        elif path.is_symlink():
            message = f"{path}: a link to another place, which is not followed."
            yield Outcome(str(path), "unsupported", message=message)
        else:
            yield from _from_path(path, limits, descriptions)


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


def _from_stream(stream: BinaryIO, size: int, place: _Place) -> Iterator[Found | Outcome]:
    """A file by what it is: a zip is opened, anything else is read whole within its limit."""
    try:
        kind = sniff(stream.read(HEAD_BYTES)).kind
        if kind == "zip":
            yield from _from_zip(stream, size, place)
            return
        if size > place.limits.file_bytes:
            most = size_text(place.limits.file_bytes)
            raise TooLargeError(f"{place.file}: larger than {most}, the most that is read.")
        stream.seek(0)
        described = place.descriptions.get(place.file, UNDESCRIBED)
        found = Found(place.file, stream.read(), described=described)
        yield from _without_gzip(found, place)
    except HamstrideError as error:
        yield refused(error, place.file)
    except (ArithmeticError, LookupError, ValueError, struct.error) as error:
        yield stumbled(error, place.file)


def _without_gzip(found: Found, place: _Place) -> Iterator[Found | Outcome]:
    """Take one gzip layer off; a second is refused, a zip below it is opened."""
    if sniff(found.data[:HEAD_BYTES]).kind != "gzip":
        yield found
        return
    budget = place.budget or Budget(place.limits)
    unpacked = gunzip(found.data, budget, file=found.file)
    below = sniff(unpacked.data[:HEAD_BYTES]).kind
    if below == "gzip":
        raise UnsupportedFileError(f"{found.file}: packed twice. Unpack it once, and give that.")
    if below == "zip" and not place.within:
        stream = io.BytesIO(unpacked.data)
        inner = _Place(found.file, place.limits, budget, within=True)
        yield from _from_zip(stream, len(unpacked.data), inner)
        return
    findings = found.findings if unpacked.finding is None else (*found.findings, unpacked.finding)
    yield Found(found.file, unpacked.data, findings, found.described)


# Zips


def _from_zip(stream: BinaryIO, size: int, place: _Place) -> Iterator[Found | Outcome]:
    file = place.file
    limits, takeout = place.limits, place.limits.takeout
    widest = takeout or limits
    if size > max(limits.zip_bytes, widest.zip_bytes):
        raise TooLargeError(f"{file}: larger than {size_text(widest.zip_bytes)}. Split it.")
    most = max(limits.entries, widest.entries)
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
    descriptions = _descriptions(stream, entries, table, budget, file) if table else {}
    inside = _Place(file, limits, budget, place.within, descriptions)
    files = [entry for entry in entries if not entry.name.endswith(("/", "\\"))]
    if not files:
        raise NotAnActivityError(f"{file}: an empty zip.")
    for entry in files:
        yield from _from_entry(stream, entry, inside, garmin=garmin)


def _descriptions(
    stream: BinaryIO, entries: list[Entry], table: str, budget: Budget, file: str
) -> Mapping[str, Described]:
    entry = next(entry for entry in entries if entry.name == table)
    try:
        return strava_descriptions(read_entry(stream, entry, budget, file=file).data, table)
    except HamstrideError:
        # The table is a convenience: activities are read without it.
        return {}


def _from_entry(
    stream: BinaryIO, entry: Entry, place: _Place, *, garmin: bool
) -> Iterator[Found | Outcome]:
    file = f"{place.file}/{shown(entry.name)}"
    budget = place.budget or Budget(place.limits)
    try:
        if _is_hidden(entry.name):
            yield _hidden(file)
        elif garmin and not place.within and is_garmin_part(entry.name):
            yield from _from_garmin_part(stream, entry, file, budget)
        else:
            unpacked = read_entry(stream, entry, budget, file=file)
            findings = () if unpacked.finding is None else (unpacked.finding,)
            described = place.descriptions.get(entry.name, UNDESCRIBED)
            found = Found(file, unpacked.data, findings, described)
            inner = _Place(file, place.limits, budget, within=True)
            yield from _without_gzip(found, inner)
    except HamstrideError as error:
        yield refused(error, file)


def _from_garmin_part(
    stream: BinaryIO, entry: Entry, file: str, budget: Budget
) -> Iterator[Found | Outcome]:
    """The one inner layer that is opened: a part of a Garmin takeout."""
    with tempfile.TemporaryFile() as part:
        size = 0
        for block in inflated(stream, entry, budget, file=file, most=budget.limits.zip_bytes):
            size += part.write(block)
        part.seek(0)
        place = _Place(file, budget.limits, budget, within=True)
        yield from _from_stream(part, size, place)
