"""Days and instants of the runner's file: TOML has them as values, JSON as ISO text."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hamstride.casefile.saying import Refusal, quoted

EARLIEST, LATEST = 1900, 2200
"""Years outside of these are slips of the keyboard."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?", re.ASCII | re.IGNORECASE
)


class NoOffset(Refusal):
    """A date and time that could be any of two dozen instants."""

    def __init__(self, local: datetime) -> None:
        super().__init__(f"{quoted(local)} has no offset from UTC")
        self.local = local


def day(value: object) -> date:
    """The day that a value of the file stands for."""
    if isinstance(value, datetime):
        raise Refusal(f"{quoted(value)} has a time of day")
    if isinstance(value, str):
        if not _DAY.fullmatch(value):
            raise Refusal(f"{quoted(value)} is not written as a date")
        value = _in_calendar(value)
    if not isinstance(value, date):
        raise Refusal(f"{quoted(value)} is not a date")
    _check_year(value)
    return value


def instant(value: object) -> datetime:
    """The instant that a value of the file stands for."""
    if isinstance(value, str):
        if _DAY.fullmatch(value):
            value = _in_calendar(value)
        elif _INSTANT.fullmatch(value):
            value = _in_calendar(value.upper())
        else:
            raise Refusal(f"{quoted(value)} is not written as a date and time")
    if not isinstance(value, datetime):
        why = "has no time of day" if isinstance(value, date) else "is not a date and time"
        raise Refusal(f"{quoted(value)} {why}")
    _check_year(value)
    if value.tzinfo is None:
        raise NoOffset(value)
    return value


def time_zone(name: str) -> ZoneInfo | None:
    """The time zone of an IANA name, or None where there is no such zone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _in_calendar(text: str) -> date:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else datetime.fromisoformat(text)
    except ValueError:
        raise Refusal(f"{quoted(text)} is not in the calendar") from None


def _check_year(value: date) -> None:
    if not EARLIEST <= value.year <= LATEST:
        raise Refusal(f"{quoted(value)} lies outside the years {EARLIEST} to {LATEST}")
