"""Every file of a source, newest first, before anything is unpacked.

An export of ten years holds thousands of runs, and the last weeks are asked for first. So files
are listed by a few kilobytes of each, and the rest comes out only of those that are opened.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hamstride.errors import HamstrideError
from hamstride.readers.containers import Found, Item, Upload, items_in
from hamstride.readers.fit import EPOCH
from hamstride.readers.fit_groups import walked
from hamstride.readers.fit_messages import FILE_ID, part_tables
from hamstride.readers.fit_sessions import FIRST_DATE, whole_numbers
from hamstride.readers.fit_walk import FIRST_LOOK, HEADER_LENGTHS, Part, is_header
from hamstride.readers.inflate import gzip_beginning
from hamstride.readers.limits import UPLOAD, Limits
from hamstride.readers.outcome import Outcome
from hamstride.readers.sniff import sniff
from hamstride.readers.xml_times import instant_ms, moment

LOOK_BYTES = 4096
"""How much of a file is looked at for its date: packed, below a zip, and below gzip."""

_XML_TIME = re.compile(rb"<(?:\w+:)?(?:time|Id)>([^<]{1,64})<")
# A clock that was never set, or damage, is no date: the earliest is that of FIT files.
_FIRST = EPOCH + timedelta(seconds=FIRST_DATE)
_LAST = datetime(2100, 1, 1, tzinfo=UTC)
_NEVER = datetime.min.replace(tzinfo=UTC)
_LAST_FIT_S = (_LAST - EPOCH).total_seconds()
_FIRST_MS, _LAST_MS = (int(each.timestamp() * 1000) for each in (_FIRST, _LAST))


@dataclass(frozen=True, slots=True)
class Listed:
    """One file of a source.

    Parameters
    ----------
    file : str
        Its name, as `read` gives it.
    about : datetime or None
        When the run was, roughly: as the first bytes tell, else when the file was written.
    open : callable
        Gives the file with its layers taken off, or why that cannot be; as long as the catalogue
        is open.
    """

    file: str
    about: datetime | None
    open: Callable[[], Found | Outcome]


@contextmanager
def catalogue(source: Path | Upload, limits: Limits = UPLOAD) -> Iterator[tuple[Listed, ...]]:
    """Every file of a source, newest first; those without a date last, in the order of `read`.

    They are the files and refusals of `read`, under the same limits. What is never opened is
    never unpacked, apart from its first bytes and from the inner zips of a Garmin takeout. Only
    where all together is too large, newer files are unpacked and older ones refused.

    Examples
    --------
    >>> with catalogue(Upload("notes.fit", b"Ran well today.")) as files:
    ...     [(each.file, each.about, each.open().data) for each in files]
    [('notes.fit', None, b'Ran well today.')]
    """
    with ExitStack() as keep:
        files = [_listed(item) for item in items_in(source, limits, keep)]
        yield tuple(sorted(files, key=lambda each: each.about or _NEVER, reverse=True))


def _listed(item: Item | Outcome) -> Listed:
    if isinstance(item, Outcome):
        outcome = item
        return Listed(outcome.file, None, lambda: outcome)
    return Listed(item.file, _date_within(item) or item.written, item.open)


def _date_within(item: Item) -> datetime | None:
    """When the run was, as the first bytes of the file tell."""
    try:
        head = item.first_bytes(LOOK_BYTES)
    except (HamstrideError, OSError):
        # Why it cannot be read is said when it is opened.
        return None
    if sniff(head).kind == "gzip":
        head = gzip_beginning(head, most=LOOK_BYTES)
    return _fit_date(head) if is_header(head, 0) else _xml_date(head)


def _fit_date(head: bytes) -> datetime | None:
    """When a FIT file says that it was created."""
    body = head[0] if head[0] in HEADER_LENGTHS else max(HEADER_LENGTHS)
    groups, compressed, _stop = walked(head, body, min(len(head), body + FIRST_LOOK))
    table = part_tables(head, Part(0, groups, compressed)).get(FILE_ID)
    for created_s in whole_numbers(table, "time_created", 1):
        if created_s is not None and FIRST_DATE <= created_s < _LAST_FIT_S:
            return EPOCH + timedelta(seconds=created_s)
    return None


def _xml_date(head: bytes) -> datetime | None:
    """The first time in a GPX file, or the name of the first activity in a TCX file."""
    if sniff(head).kind not in {"gpx", "tcx"}:
        return None
    # In UTF-16 every other byte is 0.
    for found in _XML_TIME.finditer(head.replace(b"\0", b"")):
        time_ms, _zoned = instant_ms(found[1].decode("ascii", "replace"))
        if time_ms is not None and _FIRST_MS <= time_ms < _LAST_MS:
            return moment(time_ms)
    return None
