"""The front door for activity files: FIT, GPX and TCX, alone, packed, or a whole takeout.

What a file is is told by its first bytes, never by its name. Nothing that a file contains
raises past `read` under `Damage.KEEP`; every file and every entry of a zip gets an outcome.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from hamstride.errors import (
    HamstrideError,
    NotAnActivityError,
    UnreadableFileError,
    UnsupportedFileError,
)
from hamstride.readers.catalogue import Listed, catalogue
from hamstride.readers.containers import Found, Upload, files_in, refused, stumbled
from hamstride.readers.damage import Damage, named, without_rest
from hamstride.readers.duplicates import mark_duplicates
from hamstride.readers.fit import decode_fit
from hamstride.readers.gpx import decode_gpx
from hamstride.readers.limits import TAKEOUT, UPLOAD, Limits
from hamstride.readers.outcome import Outcome, Status
from hamstride.readers.sniff import HEAD_BYTES, Kind, sniff
from hamstride.readers.tcx import decode_tcx
from hamstride.readers.zip_directory import has_zip_end
from hamstride.records import Activity, Finding

__all__ = [
    "TAKEOUT",
    "UPLOAD",
    "Damage",
    "Found",
    "Limits",
    "Listed",
    "Outcome",
    "Status",
    "Upload",
    "catalogue",
    "decode",
    "mark_duplicates",
    "read",
    "read_all",
]

Progress = Callable[[int, str], object]
"""Called with how many files are done, and the name of the last."""

# After these, something of the file is missing. All other findings are odd and no loss.
_LOSSES = frozenset(
    {
        "syntax",
        "wrong_encoding",
        "zip_damaged",
        "gzip_damaged",
        "truncated",
        "undefined_message",
        "message_cut",
        "definition_cut",
    }
)
_ZIP_TAIL_BYTES = 66_000


def read(
    source: Path | Upload,
    on_damage: Damage = Damage.KEEP,
    *,
    on_progress: Progress | None = None,
    limits: Limits = UPLOAD,
) -> Iterator[Outcome]:
    """What became of every file in a source: a file, a folder, a zip, a takeout.

    Files come one at a time, in an order that depends on their names or their place in the zip
    only, and nothing but the one in hand is kept in memory.

    Raises
    ------
    UnreadableFileError
        Only with `Damage.REFUSE`: a file is damaged.

    Examples
    --------
    >>> [outcome.message for outcome in read(Upload("notes.fit", b"Ran well today."))]
    ['notes.fit: not an activity file; it looks like a text or table.']
    """
    for done, found in enumerate(files_in(source, limits), 1):
        outcome = found if isinstance(found, Outcome) else decode(found, on_damage, limits)
        if on_damage is Damage.REFUSE and outcome.status == "unreadable":
            raise UnreadableFileError(outcome.message)
        if on_progress is not None:
            on_progress(done, outcome.file)
        yield outcome


def read_all(
    sources: Iterable[Path | Upload],
    on_damage: Damage = Damage.KEEP,
    *,
    on_progress: Progress | None = None,
    limits: Limits = UPLOAD,
) -> list[Outcome]:
    """What became of every file in several sources, with copies of a run marked."""
    return mark_duplicates(
        [
            outcome
            for source in sources
            for outcome in read(source, on_damage, on_progress=on_progress, limits=limits)
        ]
    )


def decode(found: Found, on_damage: Damage = Damage.KEEP, limits: Limits = UPLOAD) -> Outcome:
    """One file of a source, decoded by what its first bytes say it is.

    Nothing is raised: damage under `Damage.REFUSE` is an outcome too, "unreadable".
    """
    sha256 = hashlib.sha256(found.data).hexdigest()
    sniffed = sniff(found.data[:HEAD_BYTES])
    form = sniffed.kind if sniffed.kind in {"fit", "gpx", "tcx", "zip"} else None
    try:
        _refuse_other_kinds(found, sniffed.kind, sniffed.words)
        activities = _decode(found, sniffed.kind, on_damage, limits)
    except HamstrideError as error:
        return replace(refused(error, found.file), format=form, sha256=sha256)
    except Exception as error:
        # Whatever a decoder did not foresee: one strange file never stops the rest.
        return replace(stumbled(error, found.file), format=form, sha256=sha256)
    activities = tuple(
        replace(activity, sha256=sha256, title=found.described.title or activity.title)
        for activity in activities
    )
    findings = (*found.findings, *_misnamed(found.file, sniffed.kind), *_distinct(activities))
    losses = [finding.say for finding in findings if finding.code in _LOSSES]
    return Outcome(
        file=found.file,
        status="in_part" if losses else "read",
        format=form,
        activities=activities,
        message=f"{found.file}: read in part. {' '.join(losses)}" if losses else "",
        findings=findings,
        sha256=sha256,
        gear=found.described.gear,
    )


def _refuse_other_kinds(found: Found, kind: Kind, words: str) -> None:
    """Say what a file is that is no activity."""
    file = found.file
    if kind == "empty":
        raise NotAnActivityError(f"{file}: the file is empty.")
    if kind == "archive":
        raise UnsupportedFileError(
            f"{file}: {words}, which is not opened. FIT, GPX and TCX are read, alone, as .gz or "
            "in a zip; pack it again as a zip."
        )
    if kind in {"zip", "gzip"}:
        raise UnsupportedFileError(f"{file}: a zip inside a zip. Unpack it once, and give that.")
    if kind == "other":
        raise NotAnActivityError(f"{file}: not an activity file; it looks like {words}.")
    if has_zip_end(found.data[-_ZIP_TAIL_BYTES:]):
        raise UnsupportedFileError(
            f"{file}: an activity and a zip at once, so it is not clear what to read. "
            "Export it again."
        )


def _decode(found: Found, kind: Kind, on_damage: Damage, limits: Limits) -> tuple[Activity, ...]:
    if on_damage is Damage.REFUSE:
        for finding in found.findings:
            if finding.code in _LOSSES:
                say = f"{without_rest(finding.say)} Download it again."
                raise UnreadableFileError(named(found.file, say))
    if kind == "fit":
        return decode_fit(found.data, found.file, on_damage)
    decode_xml = decode_gpx if kind == "gpx" else decode_tcx
    return decode_xml(found.data, found.file, on_damage, limits=limits)


def _misnamed(file: str, kind: Kind) -> Iterator[Finding]:
    """Say that a file is named for another kind than it is."""
    ending = file.lower().removesuffix(".gz").rpartition(".")[2]
    if ending in {"fit", "gpx", "tcx"} - {kind}:
        say = f"It is named .{ending} and is a {kind.upper()} file; it was read as one."
        yield Finding("misnamed", say)


def _distinct(activities: tuple[Activity, ...]) -> Iterator[Finding]:
    """Each finding once, though several activities of a file may carry it."""
    seen = set()
    for activity in activities:
        for finding in activity.findings:
            if finding not in seen:
                seen.add(finding)
                yield finding
